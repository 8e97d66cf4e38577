/**
 * Load balancer addresses in the kernel: a node translates them itself when they are IPs with `ipMode: VIP`, so
 * traffic from inside never leaves (S7.9), and filters them by `loadBalancerSourceRanges` (S7.8).
 */
import type { Cluster } from '../../cluster/cluster.ts';
import type { Node } from '../../kinds/node/node-spec.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import { canonicalIp } from '../../manifests/ip.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import type { Packet } from '../../trace/packet.ts';
import { isInCidr } from '../network/ip-text.ts';
import { nodeAddresses } from './node-address.ts';

/** A hostname in the status, or `ipMode: Proxy`, leaves the way to the load balancer. */
export function loadBalancerVIPs(cluster: Cluster, service: Service): readonly string[] {
  if (service.type !== 'LoadBalancer') return [];
  const ingress = cluster.loadBalancers.get(nameKey(service.ref.namespace, service.ref.name))?.ingress ?? service.statusIngress ?? [];
  return ingress.flatMap(({ ip, ipMode }) => (ip === null || ipMode === 'Proxy' ? [] : (canonicalIp(ip) ?? [])));
}

/** Whether the firewall rules for the load balancer address let the source in. No ranges: everyone. */
export function isSourceAllowed(service: Service, node: Node, packet: Packet): boolean {
  const ranges = service.loadBalancerSourceRanges;
  if (ranges.length === 0 || ranges.some((cidr) => isInCidr(packet.src.ip, cidr))) return true;
  // Where the address is also bound to the node, the node's own packets carry it as source.
  return packet.src.ip === packet.dst.ip && nodeAddresses(node).some(({ ip }) => ranges.some((cidr) => isInCidr(ip, cidr)));
}
