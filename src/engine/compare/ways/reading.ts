/** What ways read off a cluster and a trace. */
import type { Cluster, LoadBalancer } from '../../cluster/cluster.ts';
import { isDown } from '../../cluster/nodes.ts';
import type { Node } from '../../kinds/node/node-spec.ts';
import type { Service, ServicePort } from '../../kinds/service/service-spec.ts';
import { nameKey, type ObjectRef, refKey } from '../../manifests/object-ref.ts';
import type { SocketAddress } from '../../trace/packet.ts';
import type { Hop } from '../../trace/hop.ts';
import type { Trace } from '../../trace/trace.ts';
import { portFor, servicesOf } from '../target.ts';
import { transportOf } from '../urls.ts';
import type { Situation, Standing } from './way.ts';

export const keyOf = ({ namespace, name }: ObjectRef): string => nameKey(namespace, name);

export function serviceIn(cluster: Cluster, ref: ObjectRef): Service | null {
  return cluster.services.get(keyOf(ref)) ?? null;
}

/** Of several Services that fit, the one that the request uses comes first; one that no text holds is none. */
export function writtenService(situation: Situation, fits: (service: Service) => boolean): Standing | null {
  const found = servicesOf(situation.cluster, situation.target).filter((service) => service.manifest !== null && fits(service));
  const used = found.find(({ ref }) => situation.service !== null && refKey(ref) === refKey(situation.service.ref));
  const service = used ?? found[0];
  return service === undefined ? null : { object: service.ref, service: service.ref };
}

/** The port of a Service that a call is made to. */
export function portIn(service: Service, { target, flow, endpoint }: Situation): ServicePort | null {
  return portFor(service, target, { protocol: transportOf(flow), endpoint, port: flow.port });
}

/** The hops of the way that is taken, in order. */
export function takenHops(trace: Trace): readonly Hop[] {
  const ids = trace.branches[trace.taken]?.hops ?? [];
  return ids.flatMap((id) => trace.hops.find((hop) => hop.id === id) ?? []);
}

/** Where the client connects to, once it knows the address; null when it never does. */
export function dialled(trace: Trace): SocketAddress | null {
  return takenHops(trace).find(({ kind }) => kind !== 'dns')?.before.dst ?? null;
}

/** Whether any hop stands for an object, asks it or cites it. */
export function mentions(trace: Trace, ref: ObjectRef): boolean {
  const key = refKey(ref);
  return trace.hops.some(
    ({ object, consulted, evidence }) =>
      (object !== null && refKey(object) === key) ||
      consulted.some((entry) => refKey(entry.object) === key) ||
      evidence.some((entry) => refKey(entry.object) === key),
  );
}

export function balancerOf(cluster: Cluster, service: ObjectRef): LoadBalancer | null {
  return cluster.loadBalancers.get(keyOf(service)) ?? null;
}

/** The address of a load balancer as a client would write it. */
export function publishedAddress(balancer: LoadBalancer | null): string | null {
  const [first] = balancer?.ingress ?? [];
  return first?.hostname ?? first?.ip ?? null;
}

/** Nodes that a client outside could call, those that serve the Service under its policy first. */
export function callableNodes(cluster: Cluster, service: Service): readonly string[] {
  const holding = new Set(
    (cluster.endpointSlices.get(keyOf(service.ref)) ?? []).flatMap(({ endpoints }) =>
      endpoints.flatMap(({ nodeName, ready }) => (ready ? (nodeName ?? []) : [])),
    ),
  );
  const isLocal = service.externalTrafficPolicy === 'Local';
  return [...cluster.nodes.values()]
    .filter(({ ref }) => !isDown(cluster, ref.name))
    .toSorted((a, b) => (isLocal ? Number(holding.has(b.ref.name)) - Number(holding.has(a.ref.name)) : 0))
    .flatMap((node) => addressFor(node, cluster) ?? []);
}

function addressFor(node: Node, { environment }: Cluster): string | null {
  const of = (wanted: string) => node.addresses.find(({ type }) => type === wanted)?.address;
  return (environment.externalReachesNodes === 'externalIPOnly' ? of('ExternalIP') : undefined) ?? of('InternalIP') ?? of('ExternalIP') ?? null;
}
