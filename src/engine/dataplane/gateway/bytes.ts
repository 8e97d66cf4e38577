/**
 * Connections that are handed on without a look inside (S12.12): by server name for TLSRoutes, by port alone for
 * TCPRoutes and UDPRoutes. Of several routes on one listener the oldest gets everything.
 */
import type { Message } from '../../../catalogue/message.ts';
import { msg } from '../../../catalogue/message.ts';
import type { AttachedRoute, SettledListener } from '../../cluster/gateways/settled.ts';
import type { Route } from '../../kinds/gateway-api/route-spec.ts';
import type { RuleId } from '../../manifests/finding.ts';
import { nameKey, refKey } from '../../manifests/object-ref.ts';
import { formatFieldPath, type FieldPath } from '../../manifests/source.ts';
import type { ConsideredChoice, HopDecision } from '../component.ts';
import { closedHop, passthroughHop } from '../proxy/connection-hop.ts';
import type { Answered, CertificateChoice, PassedOn } from '../proxy/proxy.ts';
import { sharesOf, type Share } from './backends.ts';
import { listRoutes, showRoute } from './commands.ts';
import { refusedRoutes } from './explain.ts';
import { listenerConsulted } from './http.ts';
import { routeHostMatches } from './match.ts';
import type { GatewayVisit } from './visit.ts';

interface Candidate {
  readonly attached: AttachedRoute;
  readonly route: Route;
  /** The host by which it matches; null: all hosts. */
  readonly host: string | null;
}

/** A TLS connection at a TLS listener: the server name alone picks the route. `certificate` where TLS ends here. */
export function tlsConnection(visit: GatewayVisit, listener: SettledListener, serverName: string | null, certificate: CertificateChoice | null): HopDecision {
  const all = candidatesOf(visit, listener);
  const matching = all.filter(({ host }) => host === null || (serverName !== null && routeHostMatches(host, serverName)));
  const winner = matching.toSorted((a, b) => specificity(b) - specificity(a))[0];
  const considered = all.map((each) => judge(each, winner, serverName));
  const rules: readonly RuleId[] = certificate === null ? ['S12.3', 'S12.12.1', 'S14.2'] : ['S12.3', 'S12.12.1'];
  if (winner === undefined) return nowhere(visit, listener, msg('gateway.why.no-tls-route', { host: serverName ?? '' }), considered, rules);
  const why = certificate === null ? msg('gateway.why.passthrough', { host: serverName ?? '' }) : msg('gateway.why.terminated', { host: serverName ?? '' });
  return handOn(visit, listener, winner.route, { why, rules, considered, label: serverName ?? '*', certificate, keepsSession: certificate === null });
}

/** A connection or datagram at a TCP or UDP listener. */
export function plainConnection(visit: GatewayVisit, listener: SettledListener): HopDecision {
  const all = candidatesOf(visit, listener);
  const winner = all[0];
  const considered = all.map((each) => judge(each, winner, null));
  const rules: readonly RuleId[] = ['S12.3', 'S12.12.4'];
  if (winner === undefined) return nowhere(visit, listener, msg('gateway.why.no-l4-route', { listener: listener.name }), considered, rules);
  const why = msg('gateway.why.port', { port: listener.port, listener: listener.name });
  return handOn(visit, listener, winner.route, { why, rules, considered, label: String(listener.port), certificate: null, keepsSession: true });
}

function candidatesOf({ cluster }: GatewayVisit, listener: SettledListener): readonly Candidate[] {
  return listener.attached.flatMap((attached): readonly Candidate[] => {
    const route = cluster.routes.get(attached.route);
    if (route === undefined || route.protocol === 'http' || route.protocol === 'grpc') return [];
    const hosts: readonly (string | null)[] = attached.hostnames.length === 0 ? [null] : attached.hostnames;
    return hosts.map((host) => ({ attached, route, host }));
  });
}

/** Exact before wildcard, then the longer one; ties keep the age of the routes. */
function specificity({ host }: Candidate): number {
  return host === null ? 0 : host.length + (host.startsWith('*.') ? 0 : 1000);
}

function judge(candidate: Candidate, winner: Candidate | undefined, serverName: string | null): ConsideredChoice {
  const { route, host } = candidate;
  const args = { kind: route.ref.kind, route: nameKey(route.ref.namespace, route.ref.name) };
  const what = host === null ? msg('gateway.entry.route', args) : msg('gateway.entry.route.host', { ...args, host });
  const because = [{ object: route.ref, path: host === null ? ['spec', 'rules'] : ['spec', 'hostnames'] }];
  if (candidate === winner) return { what, result: 'taken', why: msg('gateway.taken'), rules: ['S12.12'], because };
  if (host !== null && (serverName === null || !routeHostMatches(host, serverName))) {
    return { what, result: 'excluded', why: msg('gateway.no-match.host', { host: serverName ?? '', pattern: host }), rules: ['S12.2'], because };
  }
  if (winner === undefined) return { what, result: 'lost', why: msg('gateway.lost.match'), rules: ['S12.12'], because };
  if (specificity(candidate) < specificity(winner))
    return { what, result: 'lost', why: msg('gateway.lost.longer-host', { host: winner.host ?? '' }), rules: ['S12.6.1'], because };
  return {
    what,
    result: 'lost',
    why: msg('gateway.lost.older', { route: nameKey(winner.route.ref.namespace, winner.route.ref.name) }),
    rules: ['S12.6.7'],
    because,
  };
}

interface Chosen {
  readonly why: Message;
  readonly rules: readonly RuleId[];
  readonly considered: readonly ConsideredChoice[];
  readonly label: string;
  readonly certificate: CertificateChoice | null;
  /** The bytes go on with the TLS that the client began, if any. */
  readonly keepsSession: boolean;
}

function handOn(visit: GatewayVisit, listener: SettledListener, route: Route, chosen: Chosen): HopDecision {
  const place: FieldPath = ['spec', 'rules', 0, 'backendRefs'];
  const refs = route.rules[0]?.backendRefs ?? [];
  const backends = visit.cluster.gatewayApi.routes.get(refKey(route.ref))?.backends;
  const shares = sharesOf(visit, route.ref, refs, place, (at) => backends?.get(formatFieldPath(at)));
  const considered = [...chosen.considered, ...refusedRoutes(visit.cluster, listener)];
  const fails = shares.flatMap((share) => (share.kind === 'fails' ? [share] : []));
  const ways = shares.flatMap((share): readonly PassedOn[] => {
    if (share.kind === 'fails') return [];
    const tls = chosen.keepsSession && share.tls.kind === 'plain' ? 'same' : share.tls;
    return [{ share: share.share, target: share.target, label: chosen.label, tls }];
  });
  if (shares.length === 0) return nowhere(visit, listener, msg('gateway.backend.none'), considered, [...chosen.rules, 'S12.12.4']);
  if (ways.length === 0) return failed(visit, route, fails[0]!, considered, chosen.rules, 1).decision;
  const name = nameKey(route.ref.namespace, route.ref.name);
  const notes = shares.map((share) => share.notes);
  return passthroughHop(
    visit,
    {
      title: msg('gateway.title.connection', { kind: route.ref.kind, route: name }),
      why: [chosen.why, ...(refs.length > 1 ? [msg('gateway.why.weights', { count: refs.length })] : []), ...notes.flatMap(({ why }) => why)],
      ways,
      because: [
        { object: listener.owner, path: [...listener.path, 'port'] },
        { object: route.ref, path: ['spec', 'rules', 0] },
        ...notes.flatMap(({ because }) => because),
      ],
      rules: [...new Set([...chosen.rules, ...notes.flatMap((each) => each.rules)])],
      considered,
      commands: showRoute(visit, route.ref),
      certificate: chosen.certificate,
      consulted: [listenerConsulted(listener), ...notes.flatMap(({ gates }) => gates)],
    },
    fails.map((share) => failed(visit, route, share, considered, chosen.rules, share.share)),
  );
}

/** Nobody can be told by an answer: the connection is closed, a datagram is lost. */
function failed(
  visit: GatewayVisit,
  route: Route,
  { notes }: Extract<Share, { kind: 'fails' }>,
  considered: readonly ConsideredChoice[],
  rules: readonly RuleId[],
  share: number,
): Answered {
  const end = closedHop(visit, lost(visit), notes.why[0] ?? msg('gateway.backend.invalid'), [...new Set([...rules, ...notes.rules])]);
  return { share, decision: { ...end, because: notes.because, considered, commands: showRoute(visit, route.ref) } };
}

function nowhere(visit: GatewayVisit, listener: SettledListener, why: Message, considered: readonly ConsideredChoice[], rules: readonly RuleId[]): HopDecision {
  const end = closedHop(visit, lost(visit), why, rules);
  return {
    ...end,
    because: [{ object: listener.owner, path: listener.path }],
    considered: [...considered, ...refusedRoutes(visit.cluster, listener)],
    commands: listRoutes(
      visit,
      listener.supportedKinds.map(({ kind }) => kind.toLowerCase()),
    ),
  };
}

function lost({ state }: GatewayVisit): 'UDP_SILENT' | 'CONN_RESET' {
  return state.packet.protocol === 'UDP' ? 'UDP_SILENT' : 'CONN_RESET';
}
