/**
 * MetalLB (S8.5): an address of a pool, announced by one node (L2) or by every eligible one (BGP). Where no
 * pool was pasted, one of 203.0.113.0/24 is taken to exist and to be announced.
 */
import { msg } from '../../../catalogue/message.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import type { FieldPath } from '../../manifests/source.ts';
import { announcementNote, annotationPath, honoursLoadBalancerIP, type Offer, PLAIN, type Refusal, refuse } from './provider.ts';

const PREFIXES = ['metallb.io/', 'metallb.universe.tf/'];

/** The annotation under its name of today or its older one. */
export function metallbAnnotation(service: Service, name: string): { readonly name: string; readonly value: string } | null {
  for (const prefix of PREFIXES) {
    const value = service.metadata.annotations[prefix + name];
    if (value !== undefined) return { name: prefix + name, value };
  }
  return null;
}

export function metallbPath(annotation: string): FieldPath {
  return annotationPath(annotation);
}

export function metallb(service: Service, mode: 'l2' | 'bgp'): Offer | Refusal {
  if (service.loadBalancerClass !== null) {
    return refuse(msg('cluster.lb.class-unknown', { class: service.loadBalancerClass }), ['S8.1.2'], ['spec', 'loadBalancerClass']);
  }
  return {
    ...PLAIN,
    kind: 'offer',
    product: 'MetalLB',
    mode: 'passthroughVip',
    why: mode === 'l2' ? msg('cluster.lb.metallb-l2') : msg('cluster.lb.metallb-bgp'),
    rules: mode === 'l2' ? ['S8.5.3', 'S8.5.5'] : ['S8.5.4', 'S8.5.5'],
    requestedIP: metallbAnnotation(service, 'loadBalancerIPs')?.value.split(',')[0]?.trim() ?? service.loadBalancerIP,
    announced: { spread: mode === 'l2' ? 'one-node' : 'all-nodes', needsEndpoint: true, perService: true },
    sourceFilter: 'nodes',
    notes: [announcementNote(mode, mode === 'l2' ? 'S8.5.3' : 'S8.5.4'), ...honoursLoadBalancerIP(service)],
  };
}
