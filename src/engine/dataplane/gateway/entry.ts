/**
 * The matches of attached HTTPRoutes and GRPCRoutes as flat entries, one for each host, rule and match, in the order in
 * which they go (S12.6). Everything that picks a rule, and everything that explains the pick, reads this one list.
 */
import type { Cluster } from '../../cluster/cluster.ts';
import type { AttachedRoute, MeshBinding, SettledListener } from '../../cluster/gateways/settled.ts';
import { chosen, REGEX_PLACE } from '../../cluster/open-points.ts';
import type { GrpcMethodMatch, GrpcRoute } from '../../kinds/grpc-route/grpc-route-spec.ts';
import type { HttpPathMatch, HttpRoute, ValueMatch } from '../../kinds/http-route/http-route-spec.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import type { FieldPath } from '../../manifests/source.ts';
import { byPrecedence } from './precedence.ts';

export interface Entry {
  readonly route: HttpRoute | GrpcRoute;
  /** Where it stands: `spec.rules[rule].matches[match]`; null where a GRPCRoute's rule states no match. */
  readonly rule: number;
  readonly match: number | null;
  /** The host it serves here, maybe with a wildcard; null: all hosts (S12.2). */
  readonly hostname: string | null;
  /** Null for GRPCRoutes, which have `grpc` instead. */
  readonly path: HttpPathMatch | null;
  /** Above or below 0 for a regular expression tried before or after prefixes (U2); 0 for any other path. */
  readonly regexRank: -1 | 0 | 1;
  readonly grpc: GrpcMethodMatch | null;
  readonly method: string | null;
  readonly headers: readonly ValueMatch[];
  readonly queryParams: readonly ValueMatch[];
  /** Null in a mesh. */
  readonly listener: SettledListener | null;
}

const memo = new WeakMap<Cluster, Map<string, readonly Entry[]>>();

/** Entries of the routes attached to a listener, those that go first in front. */
export function entriesOf(cluster: Cluster, listener: SettledListener): readonly Entry[] {
  return remembered(cluster, listener.id, () => listener.attached.flatMap((attached) => entriesOfRoute(cluster, attached, listener)).sort(byPrecedence));
}

/** Entries of several listeners as one list, for implementations that do not keep listeners apart (S12.3). */
export function mergedEntries(cluster: Cluster, listeners: readonly SettledListener[]): readonly Entry[] {
  return listeners.length === 1 ? entriesOf(cluster, listeners[0]!) : listeners.flatMap((listener) => entriesOf(cluster, listener)).sort(byPrecedence);
}

/** Entries of routes that bind to a Service (S12.15). The Host header takes no part: the Service's address was dialled. */
export function meshEntries(cluster: Cluster, bindings: readonly MeshBinding[]): readonly Entry[] {
  return bindings.flatMap(({ route }) => entriesOfRoute(cluster, { route, hostnames: [] }, null)).sort(byPrecedence);
}

function remembered(cluster: Cluster, key: string, make: () => readonly Entry[]): readonly Entry[] {
  let known = memo.get(cluster);
  if (known === undefined) memo.set(cluster, (known = new Map()));
  let entries = known.get(key);
  if (entries === undefined) known.set(key, (entries = make()));
  return entries;
}

/** Entries of one route in their own order; `listener` is null where it is attached to none. */
export function entriesOfRoute(cluster: Cluster, attached: Pick<AttachedRoute, 'route' | 'hostnames'>, listener: SettledListener | null): readonly Entry[] {
  const route = cluster.routes.get(attached.route);
  if (route?.protocol !== 'http' && route?.protocol !== 'grpc') return [];
  const hosts = attached.hostnames.length === 0 ? [null] : attached.hostnames;
  const place = chosen(cluster.environment, REGEX_PLACE) === 'after-prefixes' ? -1 : 1;
  return hosts.flatMap((hostname) =>
    matchesOf(route).map((match): Entry => ({ ...match, regexRank: match.path?.type === 'RegularExpression' ? place : 0, route, hostname, listener })),
  );
}

type Matched = Omit<Entry, 'route' | 'hostname' | 'listener' | 'regexRank'>;

function matchesOf(route: HttpRoute | GrpcRoute): readonly Matched[] {
  if (route.protocol === 'http') return route.rules.flatMap(({ matches }, rule) => matches.map((one, match) => ({ ...one, rule, match, grpc: null })));
  return route.rules.flatMap(({ matches }, rule): readonly Matched[] => {
    const call = { path: null, method: null, queryParams: [], rule };
    if (matches.length === 0) return [{ ...call, match: null, grpc: null, headers: [] }];
    return matches.map((one, match) => ({ ...call, match, grpc: one.method, headers: one.headers }));
  });
}

/** `shop/web`, as sentences and commands name a route. */
export function routeName({ route }: Pick<Entry, 'route'>): string {
  return nameKey(route.ref.namespace, route.ref.name);
}

export function rulePath({ rule }: Pick<Entry, 'rule'>): FieldPath {
  return ['spec', 'rules', rule];
}

/** The field that holds the match, with what stands below it. */
export function matchPath(entry: Pick<Entry, 'rule' | 'match'>, ...below: FieldPath): FieldPath {
  return entry.match === null ? rulePath(entry) : [...rulePath(entry), 'matches', entry.match, ...below];
}
