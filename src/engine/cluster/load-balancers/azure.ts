/** Azure's standard load balancer: floating IP unless switched off (S8.4). */
import { msg } from '../../../catalogue/message.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import { annotationPath, needsNodePorts, type Offer, PLAIN, type Refusal, refuse } from './provider.ts';

const NO_FLOATING = 'service.beta.kubernetes.io/azure-disable-load-balancer-floating-ip';
const INTERNAL = 'service.beta.kubernetes.io/azure-load-balancer-internal';
const ADDRESS = 'service.beta.kubernetes.io/azure-load-balancer-ipv4';

export function azure(service: Service): Offer | Refusal {
  if (service.loadBalancerClass !== null) {
    return refuse(msg('cluster.lb.class-unknown', { class: service.loadBalancerClass }), ['S8.1.2'], ['spec', 'loadBalancerClass']);
  }
  const { annotations } = service.metadata;
  const isFloating = annotations[NO_FLOATING] !== 'true';
  const refusal = isFloating ? null : needsNodePorts(service);
  if (refusal !== null) return refusal;
  return {
    ...PLAIN,
    kind: 'offer',
    product: 'Azure Load Balancer',
    mode: isFloating ? 'passthroughVip' : 'passthroughNodePort',
    why: isFloating ? msg('cluster.lb.azure') : msg('cluster.lb.azure-no-floating'),
    rules: ['S8.4'],
    decidedBy: isFloating ? ['spec', 'type'] : annotationPath(NO_FLOATING),
    scheme: annotations[INTERNAL] === 'true' ? 'internal' : 'internet-facing',
    requestedIP: annotations[ADDRESS] ?? service.loadBalancerIP,
  };
}
