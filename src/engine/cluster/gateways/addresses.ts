/** Where clients reach a Gateway, and whether the addresses that it asks for can be had (S12.1.4, S12.13). */
import type { Gateway, GatewayAddress } from '../../kinds/gateway/gateway-spec.ts';
import type { Node } from '../../kinds/node/node-spec.ts';
import type { Pod } from '../../kinds/pod/pod-spec.ts';
import type { LoadBalancerIngress, Service } from '../../kinds/service/service-spec.ts';
import type { LoadBalancer } from '../cluster.ts';
import { nodeAddress } from '../nodes.ts';
import type { GatewayInfrastructure } from './settled.ts';

interface Network {
  readonly nodes: ReadonlyMap<string, Node>;
  readonly pods: ReadonlyMap<string, Pod>;
  readonly services: ReadonlyMap<string, Service>;
  readonly loadBalancers: ReadonlyMap<string, LoadBalancer>;
}

/** The address of its load balancer, else those of the nodes that its Pods open ports on. Empty: none yet. */
export function addressesOf({ service: key, pods }: GatewayInfrastructure, network: Network): readonly LoadBalancerIngress[] {
  const service = key === null ? undefined : network.services.get(key);
  const balancer = key === null ? undefined : network.loadBalancers.get(key);
  if (balancer?.state === 'active') return balancer.ingress;
  if (service !== undefined && service.externalIPs.length > 0) return service.externalIPs.map((ip) => ({ ip, hostname: null, ipMode: 'VIP' }));
  const holding = pods.flatMap((name) => {
    const pod = network.pods.get(name);
    return pod !== undefined && pod.status.ready && opensNode(pod) && pod.node !== null ? [pod.node] : [];
  });
  if (holding.length > 0) return nodeAddresses(holding, network.nodes);
  if (service?.type === 'ClusterIP') return service.clusterIPs.map((ip) => ({ ip, hostname: null, ipMode: 'VIP' }));
  return [];
}

function opensNode({ spec }: Pod): boolean {
  return spec.hostNetwork || spec.containers.some(({ ports }) => ports.some(({ hostPort }) => hostPort !== null));
}

function nodeAddresses(names: readonly string[], nodes: ReadonlyMap<string, Node>): readonly LoadBalancerIngress[] {
  return [...new Set(names)].flatMap((name) => {
    const node = nodes.get(name);
    const ip =
      node === undefined ? null : (node.addresses.find(({ type }) => type === 'ExternalIP')?.address ?? nodeAddress(node) ?? nodeAddress(node, 'IPv6'));
    return ip === null ? [] : [{ ip, hostname: null, ipMode: 'VIP' as const }];
  });
}

/** The first address of a type that no controller here gives; null: all can be asked for. */
export function unsupportedAddress({ addresses, statusAddresses }: Gateway, unsupported: readonly string[]): GatewayAddress | null {
  const given = new Set((statusAddresses ?? []).map(({ value }) => value));
  const isFixed = unsupported.includes('GatewayStaticAddresses');
  return addresses.find(({ type, value }) => !given.has(value) && (type !== 'IPAddress' || (isFixed && value !== null))) ?? null;
}

/** The first address that was asked for and not given. */
export function missingAddress({ addresses }: Gateway, given: readonly LoadBalancerIngress[]): string | null {
  return addresses.find(({ type, value }) => type === 'IPAddress' && value !== null && !given.some(({ ip }) => ip === value))?.value ?? null;
}
