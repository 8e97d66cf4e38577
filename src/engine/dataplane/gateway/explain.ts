/** Sentences about routes: what an entry is, why it does not match, why it lost (S12.5, S12.6). */
import type { Message } from '../../../catalogue/message.ts';
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { SettledListener } from '../../cluster/gateways/settled.ts';
import { type OpenPoint, REGEX_PLACE } from '../../cluster/open-points.ts';
import type { RuleId } from '../../manifests/finding.ts';
import { nameKey, refKey } from '../../manifests/object-ref.ts';
import type { ConsideredChoice } from '../component.ts';
import { windowAround } from '../proxy/explain.ts';
import type { Entry } from './entry.ts';
import { matchPath, routeName } from './entry.ts';
import type { Asked, Misfit } from './match.ts';
import { misfitOf, routeHostMatches } from './match.ts';
import type { Decided } from './precedence.ts';
import { decidedBy } from './precedence.ts';

/** Entries that a hop lists around the one that is taken. */
const MOST_ENTRIES = 40;
const MOST_REFUSED = 8;

/** `/shop.Cart/Add`, `/shop.Cart/*`: what a GRPCRoute's match calls. */
function callOf({ grpc }: Entry): string {
  return grpc === null ? '/*' : `/${grpc.service ?? '*'}/${grpc.method ?? '*'}`;
}

export function pathOf(entry: Entry): string {
  return entry.path === null ? callOf(entry) : entry.path.value;
}

/** Facts only: `GET`, `version: two`, `?animal=whale`. */
function conditionsOf({ method, headers, queryParams }: Entry): readonly string[] {
  return [
    ...(method === null ? [] : [method]),
    ...headers.map(({ name, value, type }) => `${name}${type === 'Exact' ? ':' : ' ~'} ${value}`),
    ...queryParams.map(({ name, value, type }) => `?${name}${type === 'Exact' ? '=' : '~'}${value}`),
  ];
}

/** What a request must be to be taken, as a track on the map is labelled: `/cart`, `/ x-beta: yes`. */
export function labelOf(entry: Entry): string {
  return [pathOf(entry), ...conditionsOf(entry)].join(' ');
}

export function describeEntry(entry: Entry): Message {
  const conditions = conditionsOf(entry);
  const args = {
    type: entry.path === null ? 'gRPC' : entry.path.type,
    path: pathOf(entry),
    kind: entry.route.ref.kind,
    route: routeName(entry),
    rule: entry.rule + 1,
  };
  if (entry.hostname === null)
    return conditions.length === 0 ? msg('gateway.entry.all-hosts', args) : msg('gateway.entry.with.all-hosts', { ...args, conditions });
  const named = { ...args, host: entry.hostname };
  return conditions.length === 0 ? msg('gateway.entry', named) : msg('gateway.entry.with', { ...named, conditions });
}

export function whyMisfit(entry: Entry, misfit: Misfit, asked: Asked): { readonly why: Message; readonly rule: RuleId } {
  switch (misfit.part) {
    case 'host':
      return { why: msg('gateway.no-match.host', { host: asked.host, pattern: entry.hostname ?? '' }), rule: 'S12.2' };
    case 'not-grpc':
      return { why: msg('gateway.no-match.not-grpc'), rule: 'S12.11' };
    case 'call':
      return { why: msg('gateway.no-match.call', { path: asked.path, call: callOf(entry) }), rule: 'S12.11' };
    case 'path':
      return { why: whyPath(entry, asked.path), rule: 'S12.5' };
    case 'method':
      return { why: msg('gateway.no-match.method', { wanted: misfit.wanted, method: asked.method }), rule: 'S12.5' };
    case 'header': {
      const { name, value } = misfit.wanted;
      const why = misfit.has === null ? msg('gateway.no-match.no-header', { name, value }) : msg('gateway.no-match.header', { name, value, has: misfit.has });
      return { why, rule: 'S12.5' };
    }
    case 'query': {
      const { name, value } = misfit.wanted;
      const why = misfit.has === null ? msg('gateway.no-match.no-query', { name, value }) : msg('gateway.no-match.query', { name, value, has: misfit.has });
      return { why, rule: 'S12.5' };
    }
  }
}

function whyPath({ path }: Entry, asked: string): Message {
  const pattern = path?.value ?? '';
  switch (path?.type) {
    case 'Exact':
      return msg('gateway.no-match.exact', { pattern, path: asked });
    case 'RegularExpression':
      return msg('gateway.no-match.regex', { pattern, path: asked });
    case 'PathPrefix':
    case undefined:
      return asked.startsWith(pattern) ? msg('gateway.no-match.element', { pattern, path: asked }) : msg('gateway.no-match.prefix', { pattern, path: asked });
  }
}

/** Why `loser` goes behind `winner`, in one sentence. */
export function whyBehind(winner: Entry, { by }: Decided): Message {
  switch (by) {
    case 'exact-host':
      return msg('gateway.lost.exact-host', { host: winner.hostname ?? '' });
    case 'longer-host':
      return msg('gateway.lost.longer-host', { host: winner.hostname ?? '' });
    case 'exact-path':
      return msg('gateway.lost.exact-path', { path: pathOf(winner) });
    case 'regex-path':
      return msg('gateway.lost.regex-path', { path: pathOf(winner) });
    case 'longer-path':
      return msg('gateway.lost.longer-path', { path: pathOf(winner) });
    case 'grpc-service':
      return msg('gateway.lost.grpc-service', { call: pathOf(winner) });
    case 'grpc-method':
      return msg('gateway.lost.grpc-method', { call: pathOf(winner) });
    case 'method':
      return msg('gateway.lost.method', { method: winner.method ?? '' });
    case 'headers':
      return msg('gateway.lost.headers', { count: winner.headers.length });
    case 'query':
      return msg('gateway.lost.query', { count: winner.queryParams.length });
    case 'older':
      return msg('gateway.lost.older', { route: routeName(winner) });
    case 'older-undated':
      return msg('gateway.lost.older-undated', { route: routeName(winner) });
    case 'name':
      return msg('gateway.lost.name', { route: routeName(winner) });
    case 'rule':
      return msg('gateway.lost.rule', { rule: winner.rule + 1 });
    case 'match':
      return msg('gateway.lost.match');
  }
}

/** Why the winner serves: the hardest contest it won, or that nothing else matches. */
export function whyWon(
  winner: Entry,
  runnerUp: Entry | null,
): { readonly why: readonly Message[]; readonly rules: readonly RuleId[]; readonly open: readonly OpenPoint[] } {
  const decided = runnerUp === null ? null : decidedBy(winner, runnerUp);
  if (decided === null || runnerUp === null) return { why: [msg('gateway.why.only')], rules: [], open: [] };
  return {
    open: decided.by === 'regex-path' ? [REGEX_PLACE] : [],
    why: [msg(`gateway.above.${decided.by}`), msg('gateway.why.contest', { route: routeName(runnerUp), rule: runnerUp.rule + 1 })],
    rules: [decided.rule],
  };
}

/** Every entry in the order in which they go, with what became of it; then the routes that did not attach. */
export function consideredEntries(entries: readonly Entry[], winner: Entry | null, asked: Asked, most = MOST_ENTRIES): readonly ConsideredChoice[] {
  return windowAround(entries, winner, most).map((entry) => judge(entry, winner, asked));
}

function judge(entry: Entry, winner: Entry | null, asked: Asked): ConsideredChoice {
  const what = describeEntry(entry);
  const because = (...below: readonly (string | number)[]) => [{ object: entry.route.ref, path: matchPath(entry, ...below) }];
  if (entry === winner) return { what, result: 'taken', why: msg('gateway.taken'), rules: ['S12.6'], because: because() };
  const misfit = misfitOf(entry, asked);
  if (misfit !== null) {
    const { why, rule } = whyMisfit(entry, misfit, asked);
    return { what, result: 'excluded', why, rules: [rule], because: because(...fieldOf(misfit)) };
  }
  const decided = winner === null ? null : decidedBy(winner, entry);
  if (winner === null || decided === null) return { what, result: 'lost', why: msg('gateway.lost.match'), rules: ['S12.5'], because: because() };
  return { what, result: 'lost', why: whyBehind(winner, decided), rules: [decided.rule], because: because() };
}

function fieldOf(misfit: Misfit): readonly (string | number)[] {
  switch (misfit.part) {
    case 'header':
    case 'query':
      return misfit.at;
    case 'path':
    case 'method':
      return [misfit.part];
    case 'call':
      return ['method'];
    case 'host':
    case 'not-grpc':
      return [];
  }
}

/** Routes that name the Gateway and did not attach to this listener, with the reason the control plane found. */
export function refusedRoutes(cluster: Cluster, listener: SettledListener): readonly ConsideredChoice[] {
  const attached = new Set(listener.attached.map(({ route }) => route));
  return listener.refused
    .filter(({ route }) => !attached.has(route))
    .slice(0, MOST_REFUSED)
    .map(({ route: key, parentRef, why, rule }): ConsideredChoice => {
      const route = cluster.routes.get(key);
      return {
        what: msg('gateway.entry.route', { kind: route?.ref.kind ?? 'Route', route: route === undefined ? key : nameKey(route.ref.namespace, route.ref.name) }),
        result: 'excluded',
        why,
        rules: [rule],
        because: route === undefined ? [] : [{ object: route.ref, path: ['spec', 'parentRefs', parentRef] }],
      };
    });
}

/** Other listeners of the port, and why the connection or request does not belong to them (S12.3). */
export function consideredListeners(listeners: readonly SettledListener[], taken: SettledListener | null, name: string | null): readonly ConsideredChoice[] {
  if (listeners.length < 2) return [];
  return listeners.slice(0, MOST_ENTRIES).map((listener): ConsideredChoice => {
    const what = describeListener(listener);
    const because = [{ object: listener.owner, path: [...listener.path, 'hostname'] }];
    const args = { host: name ?? '' };
    if (listener === taken) {
      const why = listener.hostname === null ? msg('gateway.listener.all-hosts', args) : msg('gateway.listener.best', { ...args, hostname: listener.hostname });
      return { what, result: 'taken', why, rules: ['S12.3'], because };
    }
    const covers = listener.hostname === null || (name !== null && routeHostMatches(listener.hostname, name));
    const why = covers ? msg('gateway.listener.less-specific') : msg('gateway.listener.other-host', { hostname: listener.hostname ?? '', host: name ?? '' });
    return { what, result: covers ? 'lost' : 'excluded', why, rules: ['S12.3'], because };
  });
}

/** A listener that was refused, in conflict or without a certificate takes nothing. */
export function consideredIdle(listener: SettledListener): ConsideredChoice {
  const { owner, path } = listener;
  return { what: describeListener(listener), result: 'excluded', why: faultOf(listener), rules: ['S12.13'], because: [{ object: owner, path }] };
}

/** Why nobody takes a request whose host only such a listener covers. */
export function whyIdle({ name }: SettledListener, host: string): Message {
  return msg('gateway.why.idle-listener', { listener: name, host });
}

function faultOf({ conditions }: SettledListener): Message {
  return conditions.find(({ type, status }) => (type === 'Conflicted' ? status === 'True' : status === 'False'))?.message ?? msg('gateway.listener.idle');
}

function describeListener(listener: SettledListener): Message {
  const args = { listener: listener.name, owner: refKey(listener.owner) };
  return listener.hostname === null ? msg('gateway.listener', args) : msg('gateway.listener.host', { ...args, hostname: listener.hostname });
}
