/** Whether the load balancer takes the packet at all: its listeners and the ranges it lets in (S8.1.3, S7.8). */
import type { Cluster, LoadBalancer } from '../../cluster/cluster.ts';
import type { Service, ServicePort } from '../../kinds/service/service-spec.ts';
import type { FieldPath } from '../../manifests/source.ts';
import type { Packet } from '../../trace/packet.ts';
import { isInCidr } from '../network/ip-text.ts';

/** Every Service port is one listener. */
export function listenerOf(service: Service, packet: Packet): { readonly port: ServicePort; readonly index: number } | null {
  const index = service.ports.findIndex(({ port, protocol }) => port === packet.dst.port && protocol === packet.protocol);
  const port = service.ports[index];
  return port === undefined ? null : { port, index };
}

/** A proxy's own kernel refuses what it does not listen on; clouds and announced addresses drop it. */
export function refusesUnknownPorts(cluster: Cluster, { mode }: LoadBalancer): boolean {
  const { cloud } = cluster.environment;
  return mode === 'proxy' && cloud !== 'aws-intree' && cloud !== 'aws-lbc';
}

const LEGACY_RANGES = 'service.beta.kubernetes.io/load-balancer-source-ranges';

/** The ranges a cloud's firewall lets in, and the field that says so; null: everyone. */
export function sourceRanges(service: Service): { readonly ranges: readonly string[]; readonly path: FieldPath } | null {
  if (service.loadBalancerSourceRanges.length > 0) return { ranges: service.loadBalancerSourceRanges, path: ['spec', 'loadBalancerSourceRanges'] };
  const annotation = service.metadata.annotations[LEGACY_RANGES];
  if (annotation === undefined || annotation.trim() === '') return null;
  return { ranges: annotation.split(',').map((range) => range.trim()), path: ['metadata', 'annotations', LEGACY_RANGES] };
}

/** MetalLB has no firewall of its own: the nodes filter what it announces. A proxy set up by hand knows no Service. */
export function filtersSources(loadBalancer: LoadBalancer, service: Service): boolean {
  return service.type === 'LoadBalancer' && !isAnnounced(loadBalancer);
}

export function isAllowed(ranges: readonly string[], source: string): boolean {
  return ranges.some((range) => isInCidr(source, range));
}

/** MetalLB: nodes announce the address themselves; no machine stands between router and node (S8.5). */
export function isAnnounced({ product }: LoadBalancer): boolean {
  return product.startsWith('MetalLB');
}
