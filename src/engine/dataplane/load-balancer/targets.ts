/**
 * Where a load balancer may send: nodes that pass its health check, or Pod addresses (S8.1.4, S8.1.8, S8.2.7), each
 * with its share. Equal shares, or equal per zone first where it keeps to its own zone (S8.2.11).
 */
import type { Message } from '../../../catalogue/message.ts';
import { msg } from '../../../catalogue/message.ts';
import { familyOf } from '../../cluster/address-family.ts';
import type { Cluster, Endpoint, LoadBalancer } from '../../cluster/cluster.ts';
import { endpointsOf } from '../../cluster/endpoints.ts';
import { nodeAddress } from '../../cluster/nodes.ts';
import type { Service, ServicePort } from '../../kinds/service/service-spec.ts';
import type { IpFamily } from '../../manifests/ip.ts';
import { isDown } from '../../cluster/nodes.ts';
import { keyOf } from '../kube-proxy/service-hop.ts';

interface NodeTarget {
  readonly kind: 'node';
  readonly node: string;
  readonly zone: string | null;
  readonly ip: string;
}

interface PodTarget {
  readonly kind: 'pod';
  readonly endpoint: Endpoint;
  readonly zone: string | null;
}

export type Target = NodeTarget | PodTarget;

export interface Targets<T extends Target = Target> {
  readonly healthy: readonly T[];
  readonly excluded: readonly { readonly what: Message; readonly why: Message }[];
}

/** The nodes whose health check passes, as the load balancer's controller settled it; those it leaves out, and why. */
export function nodeTargets(cluster: Cluster, { nodes, excluded }: Pick<LoadBalancer, 'nodes' | 'excluded'>, family: IpFamily): Targets<NodeTarget> {
  const healthy: NodeTarget[] = [];
  const without: Targets['excluded'][number][] = [];
  for (const name of nodes) {
    const node = cluster.nodes.get(name);
    const ip = node === undefined ? null : nodeAddress(node, family);
    if (node === undefined || ip === null)
      without.push({ what: msg('load-balancer.considered.node', { node: name }), why: msg('load-balancer.considered.no-address') });
    else healthy.push({ kind: 'node', node: name, zone: node.zone, ip });
  }
  return { healthy, excluded: [...without, ...leftOut(cluster, excluded)] };
}

/** Every node of the cluster that runs, healthy or not. */
export function allNodes(cluster: Cluster): readonly string[] {
  return [...cluster.nodes.values()].flatMap(({ ref, ready }) => (ready ? [ref.name] : []));
}

function leftOut(cluster: Cluster, excluded: LoadBalancer['excluded']): Targets['excluded'] {
  return excluded.map(({ what, why }) => ({
    what: cluster.nodes.has(what) ? msg('load-balancer.considered.node', { node: what }) : msg('load-balancer.considered.other', { what }),
    why,
  }));
}

/** Ready endpoints: a controller registers them as targets, with their own ports. */
export function podTargets(cluster: Cluster, loadBalancer: LoadBalancer, service: Service, port: ServicePort, family: IpFamily): Targets<PodTarget> {
  const healthy: PodTarget[] = [];
  const excluded: Targets['excluded'][number][] = [];
  for (const endpoint of endpointsOf(cluster, keyOf(service), port)) {
    if (familyOf(endpoint.ip) !== family) continue;
    const isUp = endpoint.node === null || !isDown(cluster, endpoint.node);
    if (endpoint.ready && isUp) healthy.push({ kind: 'pod', endpoint, zone: endpoint.zone });
    else excluded.push({ what: describeEndpoint(endpoint), why: isUp ? msg('load-balancer.considered.not-ready') : msg('load-balancer.considered.down') });
  }
  for (const { pod, why } of cluster.excludedPods.get(keyOf(service)) ?? []) excluded.push({ what: msg('load-balancer.considered.other', { what: pod }), why });
  return { healthy, excluded: [...excluded, ...leftOut(cluster, loadBalancer.excluded)] };
}

export function describeEndpoint({ ip, port, pod }: Endpoint): Message {
  const endpoint = familyOf(ip) === 'IPv6' ? `[${ip}]:${port}` : `${ip}:${port}`;
  return pod === null ? msg('load-balancer.considered.endpoint', { endpoint }) : msg('load-balancer.considered.pod', { pod, endpoint });
}

export interface Shares {
  /** In the order of the targets; they sum to 1. */
  readonly shares: readonly number[];
  /** Zones that each keep to themselves; 0 where zones play no part. */
  readonly zones: number;
}

export function sharesOf(targets: readonly Target[], keepsToZone: boolean): Shares {
  const perZone = new Map<string, number>();
  for (const { zone } of targets) if (zone !== null) perZone.set(zone, (perZone.get(zone) ?? 0) + 1);
  const isZoned = keepsToZone && perZone.size > 1 && targets.every(({ zone }) => zone !== null);
  if (!isZoned) return { shares: targets.map(() => 1 / targets.length), zones: 0 };
  return { shares: targets.map(({ zone }) => 1 / perZone.size / (perZone.get(zone ?? '') ?? 1)), zones: perZone.size };
}

const CROSS_ZONE = 'service.beta.kubernetes.io/aws-load-balancer-cross-zone-load-balancing-enabled';
const ATTRIBUTES = 'service.beta.kubernetes.io/aws-load-balancer-attributes';

/** AWS: off unless asked for, by annotation or attribute (S8.2.11). Others spread over all zones. */
export function keepsToZone({ environment }: Cluster, service: Service): boolean {
  if (environment.cloud !== 'aws-intree' && environment.cloud !== 'aws-lbc') return false;
  const { annotations } = service.metadata;
  return annotations[CROSS_ZONE] !== 'true' && annotations[ATTRIBUTES]?.includes('cross_zone.enabled=true') !== true;
}
