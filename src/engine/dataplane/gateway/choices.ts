/**
 * What the routes of a Gateway choose from, without a request: for each match where it leads, in the order in which
 * matches go, with what keeps requests from getting there. For the map; the same entries serve requests.
 */
import type { Cluster } from '../../cluster/cluster.ts';
import type { BackendResolution, SettledGateway, SettledListener } from '../../cluster/gateways/settled.ts';
import type { BackendRef } from '../../kinds/gateway-api/references.ts';
import type { ObjectRef } from '../../manifests/object-ref.ts';
import { refKey } from '../../manifests/object-ref.ts';
import { formatFieldPath } from '../../manifests/source.ts';
import { entriesOf, entriesOfRoute, type Entry } from './entry.ts';
import { labelOf } from './explain.ts';
import { shadowsOf } from './shadows.ts';

export interface RouteChoice {
  /** The host it serves, maybe with a wildcard; null: all hosts. */
  readonly host: string | null;
  /** `/cart`, `/ x-beta: yes`; the port where nothing but the port counts. */
  readonly label: string;
  readonly route: ObjectRef;
  readonly backend: ObjectRef;
  /** Of the requests that match, 0 to 1. */
  readonly share: number;
  /** The ReferenceGrant that lets the route name the backend; null: none is needed, or none is there. */
  readonly grant: ObjectRef | null;
  /** Why no request gets there by this choice; null: some do. */
  readonly refused: Exclude<BackendResolution, { kind: 'service' }>['reason'] | 'Shadowed' | 'WeightZero' | null;
}

/** Of the routes attached to the listeners that serve, listener by listener. */
export function choicesOfGateway(cluster: Cluster, { listeners }: SettledGateway): readonly RouteChoice[] {
  return listeners.filter(({ serves }) => serves).flatMap((listener) => choicesOfListener(cluster, listener));
}

/** What a route would lead to that is attached to nothing. */
export function choicesOfRoute(cluster: Cluster, key: string): readonly RouteChoice[] {
  const hostnames = cluster.routes.get(key)?.hostnames ?? [];
  const entries = entriesOfRoute(cluster, { route: key, hostnames }, null);
  const hosts = hostnames.length === 0 ? [null] : hostnames;
  return [...entries.flatMap((entry) => ofEntry(cluster, entry, false)), ...hosts.flatMap((host) => ofStream(cluster, key, host, '*', false))];
}

function choicesOfListener(cluster: Cluster, listener: SettledListener): readonly RouteChoice[] {
  const entries = entriesOf(cluster, listener);
  const shadows = shadowsOf(entries);
  // Of several routes for one server name or one port the oldest gets everything (S12.6.7).
  const taken = new Set<string | null>();
  const streams = listener.attached.flatMap(({ route, hostnames }) =>
    (hostnames.length === 0 ? [null] : hostnames).flatMap((host) => {
      const isShadowed = taken.has(host);
      taken.add(host);
      return ofStream(cluster, route, host, listener.carrier === 'TCP' || listener.carrier === 'UDP' ? String(listener.port) : '*', isShadowed);
    }),
  );
  return [...entries.flatMap((entry) => ofEntry(cluster, entry, shadows.has(entry))), ...streams];
}

function ofEntry(cluster: Cluster, entry: Entry, isShadowed: boolean): readonly RouteChoice[] {
  const { route, rule, hostname } = entry;
  const refs = route.rules[rule]?.backendRefs ?? [];
  return refs.map((ref, index) => ({ host: hostname, label: labelOf(entry), ...leadsTo(cluster, route.ref, rule, refs, ref, index, isShadowed) }));
}

/** Routes that look at nothing inside the connection have one rule that counts (S12.12). */
function ofStream(cluster: Cluster, key: string, host: string | null, port: string, isShadowed: boolean): readonly RouteChoice[] {
  const route = cluster.routes.get(key);
  if (route === undefined || route.protocol === 'http' || route.protocol === 'grpc') return [];
  const refs = route.rules[0]?.backendRefs ?? [];
  return refs.map((ref, index) => ({ host, label: host ?? port, ...leadsTo(cluster, route.ref, 0, refs, ref, index, isShadowed) }));
}

function leadsTo(
  cluster: Cluster,
  route: ObjectRef,
  rule: number,
  refs: readonly BackendRef[],
  ref: BackendRef,
  index: number,
  isShadowed: boolean,
): Pick<RouteChoice, 'route' | 'backend' | 'share' | 'grant' | 'refused'> {
  const { kind, namespace, name, weight } = ref;
  const found = cluster.gatewayApi.routes.get(refKey(route))?.backends.get(formatFieldPath(['spec', 'rules', rule, 'backendRefs', index]));
  const total = refs.reduce((sum, each) => sum + each.weight, 0);
  const invalid = found?.kind === 'invalid' ? found.reason : null;
  const grant = found?.kind === 'service' ? found.grant : null;
  const [space = '', own = ''] = grant?.split('/') ?? [];
  return {
    route,
    backend: { kind, namespace, name },
    share: total === 0 ? 0 : weight / total,
    grant: grant === null ? null : { kind: 'ReferenceGrant', namespace: space, name: own },
    refused: invalid ?? (isShadowed ? 'Shadowed' : weight === 0 ? 'WeightZero' : null),
  };
}
