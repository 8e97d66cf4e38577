/** Load balancers of which only the delivery mode is known (S8.1.5). */
import { msg } from '../../../catalogue/message.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import { honoursLoadBalancerIP, needsNodePorts, type Offer, PLAIN, type Refusal, refuse } from './provider.ts';

/** `isStated`: somebody said which provider this is, so a class of another has nobody (S8.1.2). */
export function generic(service: Service, mode: 'proxy' | 'passthrough', isStated: boolean): Offer | Refusal {
  if (service.loadBalancerClass !== null && isStated) {
    return refuse(msg('cluster.lb.class-unknown', { class: service.loadBalancerClass }), ['S8.1.2'], ['spec', 'loadBalancerClass']);
  }
  const refusal = mode === 'proxy' ? needsNodePorts(service) : null;
  if (refusal !== null) return refusal;
  return {
    ...PLAIN,
    kind: 'offer',
    product: 'Load balancer',
    mode: mode === 'proxy' ? 'proxy' : 'passthroughVip',
    why: mode === 'proxy' ? msg('cluster.lb.generic-proxy') : msg('cluster.lb.generic-passthrough'),
    rules: ['S8.1.5'],
    preservesClientIP: mode !== 'proxy',
    requestedIP: service.loadBalancerIP,
    notes: honoursLoadBalancerIP(service),
  };
}

/** No controller answers for Services of type LoadBalancer (S8.1.1). */
export function nobody(): Refusal {
  return refuse(msg('cluster.lb.nobody'), ['S8.1.1'], ['spec', 'type']);
}
