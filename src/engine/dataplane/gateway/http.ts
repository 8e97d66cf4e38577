/** A request at a listener: the listener it belongs to, the rule that wins, or the answer where there is none (S12.3–S12.6). */
import { msg } from '../../../catalogue/message.ts';
import type { SettledListener } from '../../cluster/gateways/settled.ts';
import { listed } from '../../cluster/open-points.ts';
import type { Consulted } from '../../trace/hop.ts';
import type { HopDecision } from '../component.ts';
import type { CertificateChoice, RequestDecision } from '../proxy/proxy.ts';
import { answerHop } from '../proxy/route-hop.ts';
import { listRoutes } from './commands.ts';
import { mergedEntries, type Entry } from './entry.ts';
import { consideredEntries, consideredListeners, refusedRoutes, whyWon } from './explain.ts';
import { bestListener, coveringListeners, covers, hostOverSession } from './listener-choice.ts';
import { askedOf, misfitOf, type Asked } from './match.ts';
import { serve, type Led } from './serve.ts';
import type { GatewayVisit } from './visit.ts';

/** gRPC: UNIMPLEMENTED, for a call that nothing routes. */
const UNIMPLEMENTED = 12;

/** A request in plain HTTP: its Host header picks among the listeners of the port. */
export function requestOnPlainPort(visit: GatewayVisit, listeners: readonly SettledListener[]): HopDecision {
  const asked = askedOf(visit.state.packet.http!);
  const listener = bestListener(listeners, asked.host);
  return listener === null ? noListener(visit, listeners, asked, null) : route(visit, listeners, listener, asked, null);
}

/** A request inside a session that a listener ended: the server name has picked it, and Host must agree. */
export function requestInSession(
  visit: GatewayVisit,
  listeners: readonly SettledListener[],
  session: SettledListener,
  certificate: CertificateChoice,
): HopDecision {
  const asked = askedOf(visit.state.packet.http!);
  const found = hostOverSession(listeners, session, asked.host);
  const checks = !visit.lacks.has('GatewayHTTPSListenerDetectMisdirectedRequests');
  if (found === 'misdirected' && checks) return misdirected(visit, listeners, session, asked, certificate);
  return covers(session, asked.host) ? route(visit, listeners, session, asked, certificate) : noListener(visit, listeners, asked, certificate);
}

/** Without listener isolation, routes of every listener that covers the host take part. */
function route(
  visit: GatewayVisit,
  listeners: readonly SettledListener[],
  listener: SettledListener,
  asked: Asked,
  certificate: CertificateChoice | null,
): HopDecision {
  const isolates = !visit.lacks.has('GatewayHTTPListenerIsolation');
  const own = isolates ? [listener] : coveringListeners(listeners, asked.host);
  const entries = mergedEntries(visit.cluster, own);
  const led: Led = {
    why: [isolates ? msg('gateway.why.listener', { listener: listener.name }) : msg('gateway.why.listeners', { listener: listener.name })],
    rules: listener.hostname?.startsWith('*') === true && coveringListeners(listeners, asked.host).length > 1 ? ['S12.3', 'S12.4.5'] : ['S12.3'],
    because: [{ object: listener.owner, path: listener.hostname === null ? listener.path : [...listener.path, 'hostname'] }],
    considered: [...consideredListeners(listeners, listener, asked.host)],
    assumes: [],
    consulted: [listenerConsulted(listener)],
  };
  const refused = own.flatMap((each) => refusedRoutes(visit.cluster, each));
  return (
    pick(visit, entries, asked, led, certificate) ??
    noRoute(visit, entries, asked, { ...led, considered: [...led.considered, ...consideredEntries(entries, null, asked), ...refused] }, certificate)
  );
}

/** The map writes the listener's name on the station. */
export function listenerConsulted({ owner, name }: SettledListener): Consulted {
  return { object: owner, role: 'consulted', address: null, label: name };
}

/** The first entry that matches serves; null when none does. */
export function pick(visit: GatewayVisit, entries: readonly Entry[], asked: Asked, led: Led, certificate: CertificateChoice | null): HopDecision | null {
  const matching = entries.filter((entry) => misfitOf(entry, asked) === null);
  const winner = matching[0];
  if (winner === undefined) return null;
  const runnerUp = matching.find((entry) => entry.route !== winner.route || entry.rule !== winner.rule) ?? null;
  const won = whyWon(winner, runnerUp);
  const considered = consideredEntries(entries, winner, asked);
  // The criteria by which the others lost are those by which this one won.
  const criteria = considered.flatMap(({ result, rules = [] }) => (result === 'lost' ? rules : []));
  const kind = winner.route.protocol === 'grpc' ? (['S12.11'] as const) : (['S12.5'] as const);
  return serve(
    visit,
    winner,
    {
      ...led,
      why: [...won.why, ...led.why],
      rules: [...led.rules, ...kind, ...won.rules, ...criteria],
      assumes: [...led.assumes, ...listed(visit.cluster.environment, won.open)],
      considered: [...led.considered, ...considered],
    },
    certificate,
    asked.isGrpc,
  );
}

function ownAnswer(
  visit: GatewayVisit,
  decision: Omit<RequestDecision, 'commands' | 'read' | 'responseHeaders'>,
  status: number,
  asked: Asked,
  certificate: CertificateChoice | null,
): HopDecision {
  const full: RequestDecision = { ...decision, commands: listRoutes(visit), read: [], responseHeaders: {} };
  return answerHop(visit, full, asked.isGrpc && status === 404 ? { status: 200, grpcStatus: UNIMPLEMENTED } : { status }, certificate);
}

/** S12.6: no match. */
export function noRoute(visit: GatewayVisit, entries: readonly Entry[], asked: Asked, led: Led, certificate: CertificateChoice | null): HopDecision {
  const why = entries.length === 0 ? msg(`${visit.voice}.why.no-routes`) : msg('gateway.why.no-match', { host: asked.host, path: asked.path });
  const title = msg('gateway.title.no-match', { host: asked.host, path: asked.path });
  const grpc = asked.isGrpc ? (['S12.11'] as const) : [];
  return ownAnswer(visit, { ...led, title, why: [why, ...led.why], rules: [...led.rules, 'S12.6', 'F-77', ...grpc] }, 404, asked, certificate);
}

function noListener(visit: GatewayVisit, listeners: readonly SettledListener[], asked: Asked, certificate: CertificateChoice | null): HopDecision {
  const decision = {
    title: msg('gateway.title.no-listener', { host: asked.host }),
    why: [msg('gateway.why.no-listener', { host: asked.host, port: visit.port })],
    rules: ['S12.3', ...(asked.isGrpc ? (['S12.11'] as const) : [])] as const,
    because: listeners.slice(0, 3).map(({ owner, path }) => ({ object: owner, path: [...path, 'hostname'] })),
    considered: consideredListeners(listeners, null, asked.host),
    assumes: [],
  };
  return ownAnswer(visit, decision, 404, asked, certificate);
}

function misdirected(
  visit: GatewayVisit,
  listeners: readonly SettledListener[],
  session: SettledListener,
  asked: Asked,
  certificate: CertificateChoice,
): HopDecision {
  const right = bestListener(listeners, asked.host);
  const decision = {
    title: msg('gateway.title.misdirected', { host: asked.host }),
    why: [msg('gateway.why.misdirected', { host: asked.host, session: session.name, listener: right?.name ?? '' })],
    rules: ['S12.3'] as const,
    because: right === null ? [] : [{ object: right.owner, path: [...right.path, 'hostname'] }],
    considered: consideredListeners(listeners, right, asked.host),
    assumes: [],
  };
  return ownAnswer(visit, decision, 421, asked, certificate);
}
