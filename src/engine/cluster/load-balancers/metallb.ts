/**
 * MetalLB (S8.5): an address of a pool, announced by one node (L2) or by every eligible one (BGP). Where no
 * pool was pasted, one of 203.0.113.0/24 is taken to exist and to be announced.
 */
import { msg } from '../../../catalogue/message.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import { type Offer, PLAIN, type Refusal, refuse } from './provider.ts';

const ADDRESS = ['metallb.io/loadBalancerIPs', 'metallb.universe.tf/loadBalancerIPs'];

export function metallb(service: Service, mode: 'l2' | 'bgp'): Offer | Refusal {
  if (service.loadBalancerClass !== null) {
    return refuse(msg('cluster.lb.class-unknown', { class: service.loadBalancerClass }), ['S8.1.2'], ['spec', 'loadBalancerClass']);
  }
  const asked = ADDRESS.map((name) => service.metadata.annotations[name]).find((value) => value !== undefined);
  return {
    ...PLAIN,
    kind: 'offer',
    product: 'MetalLB',
    mode: 'passthroughVip',
    why: mode === 'l2' ? msg('cluster.lb.metallb-l2') : msg('cluster.lb.metallb-bgp'),
    rules: mode === 'l2' ? ['S8.5.3', 'S8.5.5'] : ['S8.5.4', 'S8.5.5'],
    requestedIP: asked?.split(',')[0]?.trim() ?? service.loadBalancerIP,
    spread: mode === 'l2' ? 'one-node' : 'all-nodes',
  };
}
