/** The rule that serves: its filters, its backends with their shares, its limits, as one hop (S12.7, S12.9, S12.10). */
import type { Message } from '../../../catalogue/message.ts';
import { msg } from '../../../catalogue/message.ts';
import type { BackendResolution } from '../../cluster/gateways/settled.ts';
import { chosen, GATEWAY_DIALS, listed, ZERO_WEIGHTS } from '../../cluster/open-points.ts';
import { refKey } from '../../manifests/object-ref.ts';
import { formatFieldPath, type FieldPath } from '../../manifests/source.ts';
import type { ConsideredChoice, HopDecision, Reason } from '../component.ts';
import { forwardedHeaders } from '../proxy/forwarded-headers.ts';
import type { Answered, CertificateChoice, RequestDecision, Upstream } from '../proxy/proxy.ts';
import { answerHop, forwardHop } from '../proxy/route-hop.ts';
import { backendName, sharesOf, type Share } from './backends.ts';
import { showRoute } from './commands.ts';
import type { Entry } from './entry.ts';
import { matchPath, routeName, rulePath } from './entry.ts';
import { labelOf } from './explain.ts';
import { applyFilters, unfiltered, type Filtered } from './filters.ts';
import { onFailureOf } from './limits.ts';
import { stickyOf } from './persistence.ts';
import type { GatewayVisit } from './visit.ts';

/** What led to the rule, told before what the rule does. */
export type Led = Pick<RequestDecision, 'why' | 'rules' | 'because' | 'considered' | 'assumes' | 'consulted'>;

/** gRPC: UNAVAILABLE, for a backend that cannot be had. */
const UNAVAILABLE = 14;

export function serve(visit: GatewayVisit, entry: Entry, led: Led, certificate: CertificateChoice | null, isGrpc: boolean): HopDecision {
  const { route } = entry;
  const rule = route.rules[entry.rule]!;
  const resolve = resolverOf(visit, entry);
  const at: FieldPath = [...rulePath(entry)];
  const http = visit.state.packet.http!;
  const filtered = applyFilters({ visit, entry, resolve }, rule.filters, [...at, 'filters'], unfiltered(http));
  const common = decisionOf(visit, entry, led, filtered);
  if (filtered.answer !== null) {
    const { status, location, headers, title } = filtered.answer;
    return answerHop(visit, { ...common, title, responseHeaders: headers }, { status, ...(location !== undefined && { location }) }, certificate);
  }
  const place: FieldPath = [...at, 'backendRefs'];
  const shares = sharesOf(visit, route.ref, rule.backendRefs, place, resolve);
  if (shares.length === 0) return nothingBehind(visit, entry, common, rule.backendRefs.length > 0, certificate, isGrpc);

  const fails = shares.flatMap((share) => (share.kind === 'fails' ? [share] : []));
  const answers = fails.map((share): Answered => ({ share: share.share, decision: failed(visit, common, share, certificate, isGrpc) }));
  if (fails.length === shares.length && new Set(fails.map(({ status }) => status)).size === 1) {
    return failed(visit, merged(common, fails), fails[0]!, certificate, isGrpc);
  }
  const ways = shares.flatMap((share) => {
    if (share.kind === 'fails') return [];
    const own = applyFilters({ visit, entry, resolve }, rule.backendRefs[share.index]!.filters, [...place, share.index, 'filters'], {
      ...unfiltered(filtered.request),
    });
    return [{ share, own }];
  });
  const ended = ways.flatMap(({ share, own }) => (own.answer === null ? [] : [answeredBy(visit, common, share.share, own, certificate)]));
  const onFailure = onFailureOf(visit, entry, isGrpc);
  const sticky = stickyOf(visit, entry);
  const upstreams = ways.flatMap(({ share, own }): readonly Upstream[] => {
    if (own.answer !== null) return [];
    const edits = [...own.responseEdits, ...filtered.responseEdits];
    const mirrors = [...filtered.mirrors, ...own.mirrors];
    return [
      {
        share: share.share,
        target: share.target,
        request: { ...own.request, headers: outgoingHeaders(visit, own) },
        tls: share.tls,
        label: labelOf(entry),
        why: msg('gateway.upstream', { backend: backendName(rule.backendRefs[share.index]!), weight: rule.backendRefs[share.index]!.weight }),
        onFailure: onFailure.value,
        ...(edits.length > 0 && { responseEdits: edits }),
        ...(mirrors.length > 0 && { mirrors }),
        ...(sticky !== null && { sticky: sticky.value }),
      },
    ];
  });
  const notes = shares.map(({ notes: each }) => each);
  const decision: RequestDecision = {
    ...common,
    title: msg(`${visit.voice}.title.rule`, { kind: route.ref.kind, route: routeName(entry), rule: entry.rule + 1 }),
    why: unique([
      ...common.why,
      ...weights(rule.backendRefs.length, shares),
      ...notes.flatMap(({ why }) => why),
      ...ways.flatMap(({ own }) => own.why),
      ...onFailure.why,
      ...(sticky?.why ?? []),
    ]),
    rules: [
      ...new Set([
        ...common.rules,
        'S12.9.1' as const,
        'S12.9.3' as const,
        ...notes.flatMap(({ rules }) => rules),
        ...onFailure.rules,
        ...(sticky === null ? [] : (['S12.10'] as const)),
      ]),
    ],
    because: [...common.because, ...notes.flatMap(({ because }) => because), ...onFailure.because],
    considered: [...common.considered, ...fails.map((share) => failedChoice(share, isGrpc))],
    consulted: [...(common.consulted ?? []), ...notes.flatMap(({ gates }) => gates)],
    read: notes.flatMap(({ read }) => read),
    assumes: [...common.assumes, ...(visit.voice === 'mesh' ? [] : listed(visit.cluster.environment, [GATEWAY_DIALS]))],
  };
  return forwardHop(visit, decision, upstreams, certificate, [...answers, ...ended]);
}

function resolverOf({ cluster }: GatewayVisit, { route }: Entry): (at: FieldPath) => BackendResolution | undefined {
  const backends = cluster.gatewayApi.routes.get(refKey(route.ref))?.backends;
  return (at) => backends?.get(formatFieldPath(at));
}

/** What the proxies of note tell a backend of the client; a mesh adds nothing of its own. */
function outgoingHeaders({ voice, state }: GatewayVisit, { request }: Filtered): Readonly<Record<string, string>> {
  if (voice === 'mesh') return request.headers;
  const { http, src } = state.packet;
  return forwardedHeaders({ http: { ...request, host: http!.host }, scheme: http!.scheme, peer: src.ip });
}

function decisionOf(visit: GatewayVisit, entry: Entry, led: Led, filtered: Filtered): RequestDecision {
  const because: readonly Reason[] = [...led.because, { object: entry.route.ref, path: matchPath(entry) }, ...filtered.because];
  return {
    title: msg(`${visit.voice}.title.rule`, { kind: entry.route.ref.kind, route: routeName(entry), rule: entry.rule + 1 }),
    why: [...led.why, ...filtered.why],
    rules: [...new Set([...led.rules, ...filtered.rules])],
    because,
    considered: led.considered,
    commands: showRoute(visit, entry.route.ref),
    read: [],
    assumes: [...led.assumes, ...filtered.assumes],
    responseHeaders: {},
    consulted: led.consulted ?? [],
  };
}

/** How the requests are divided, where more than one backend takes part. */
function weights(count: number, shares: readonly Share[]): readonly Message[] {
  return count > 1 && shares.length > 0 ? [msg('gateway.why.weights', { count })] : [];
}

type Fails = Extract<Share, { kind: 'fails' }>;

function failed(visit: GatewayVisit, common: RequestDecision, share: Fails, certificate: CertificateChoice | null, isGrpc: boolean): HopDecision {
  const { notes, status, name } = share;
  const decision: RequestDecision = {
    ...common,
    title: isGrpc
      ? msg('gateway.title.backend-fails-call', { backend: name, status: UNAVAILABLE })
      : msg('gateway.title.backend-fails', { backend: name, status }),
    why: unique([...notes.why, ...common.why]),
    rules: [...new Set([...notes.rules, ...common.rules])],
    because: [...notes.because, ...common.because],
    considered: [...common.considered, ...share.considered],
    read: notes.read,
  };
  return answerHop(visit, decision, isGrpc ? { status: 200, grpcStatus: UNAVAILABLE } : { status }, certificate);
}

/** All shares fail alike: one hop tells of each. */
function merged(common: RequestDecision, fails: readonly Fails[]): RequestDecision {
  const others = fails.slice(1);
  return {
    ...common,
    why: [...others.flatMap(({ notes }) => notes.why), ...common.why],
    because: [...others.flatMap(({ notes }) => notes.because), ...common.because],
    considered: [...common.considered, ...others.flatMap(({ considered }) => considered)],
  };
}

function failedChoice({ name, status, share, notes }: Fails, isGrpc: boolean): ConsideredChoice {
  const why = notes.why[0] ?? msg('gateway.backend.invalid');
  return {
    what: isGrpc ? msg('gateway.backend.call', { backend: name, status: UNAVAILABLE }) : msg('gateway.backend', { backend: name, status }),
    result: 'possible',
    why,
    probability: share,
    rules: notes.rules,
    because: notes.because.slice(0, 1),
  };
}

/** A filter of one backend answers for its share. */
function answeredBy(visit: GatewayVisit, common: RequestDecision, share: number, own: Filtered, certificate: CertificateChoice | null): Answered {
  const { status, location, headers, title } = own.answer!;
  const decision = { ...common, title, why: [...common.why, ...own.why], because: [...common.because, ...own.because], responseHeaders: headers };
  return { share, decision: answerHop(visit, decision, { status, ...(location !== undefined && { location }) }, certificate) };
}

/** S12.9.1, S12.9.2: no backend at all, or none with a weight. */
function nothingBehind(
  visit: GatewayVisit,
  entry: Entry,
  common: RequestDecision,
  weightless: boolean,
  certificate: CertificateChoice | null,
  isGrpc: boolean,
): HopDecision {
  const place = { object: entry.route.ref, path: [...rulePath(entry), 'backendRefs'] };
  const why = weightless ? msg('gateway.backend.weightless') : msg('gateway.backend.none');
  const { environment } = visit.cluster;
  const assumes = weightless ? listed(environment, [ZERO_WEIGHTS]) : [];
  const status = weightless && chosen(environment, ZERO_WEIGHTS) === '503' ? 503 : 500;
  const decision: RequestDecision = {
    ...common,
    title: msg('gateway.title.nothing-behind', { route: routeName(entry), rule: entry.rule + 1 }),
    why: [why, ...common.why],
    rules: [...common.rules, ...(weightless ? (['S12.9.1', 'U1', 'F-87'] as const) : (['S12.9.2'] as const))],
    because: [place, ...common.because],
    assumes: [...common.assumes, ...assumes],
  };
  return answerHop(visit, decision, isGrpc ? { status: 200, grpcStatus: UNAVAILABLE } : { status }, certificate);
}

function unique(messages: readonly Message[]): readonly Message[] {
  return [...new Map(messages.map((message) => [JSON.stringify(message), message])).values()];
}
