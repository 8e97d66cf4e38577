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

const LEGACY_RANGES = ['service.beta.kubernetes.io/load-balancer-source-ranges', 'service.beta.kubernetes.io/azure-allowed-ip-ranges'];

/** The ranges a cloud's firewall lets in, and the field that says so; null: everyone. */
export function sourceRanges(service: Service): { readonly ranges: readonly string[]; readonly path: FieldPath } | null {
  if (service.loadBalancerSourceRanges.length > 0) return { ranges: service.loadBalancerSourceRanges, path: ['spec', 'loadBalancerSourceRanges'] };
  for (const name of LEGACY_RANGES) {
    const annotation = service.metadata.annotations[name];
    if (annotation === undefined || annotation.trim() === '') continue;
    return { ranges: annotation.split(',').map((range) => range.trim()), path: ['metadata', 'annotations', name] };
  }
  return null;
}

/** A proxy set up by hand knows no Service; where nodes announce the address, they filter what arrives. */
export function filtersSources({ sourceFilter }: LoadBalancer, service: Service): boolean {
  return service.type === 'LoadBalancer' && sourceFilter === 'own';
}

export function isAllowed(ranges: readonly string[], source: string): boolean {
  return ranges.some((range) => isInCidr(source, range));
}
