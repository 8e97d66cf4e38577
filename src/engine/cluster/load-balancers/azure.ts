/**
 * Azure's standard load balancer: floating IP unless switched off (S8.4).
 * https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/
 */
import { msg } from '../../../catalogue/message.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import type { LoadBalancer } from '../cluster.ts';
import { annotationPath, hashNote, honoursLoadBalancerIP, needsNodePorts, type Offer, PLAIN, probeNote, type Refusal, refuse } from './provider.ts';

const PREFIX = 'service.beta.kubernetes.io/azure-';
const NO_FLOATING = `${PREFIX}disable-load-balancer-floating-ip`;
const INTERNAL = `${PREFIX}load-balancer-internal`;
const ADDRESS = `${PREFIX}load-balancer-ipv4`;
/** Minutes. */
const IDLE = `${PREFIX}load-balancer-tcp-idle-timeout`;

export function azure(service: Service): Offer | Refusal {
  if (service.loadBalancerClass !== null) {
    return refuse(msg('cluster.lb.class-unknown', { class: service.loadBalancerClass }), ['S8.1.2'], ['spec', 'loadBalancerClass']);
  }
  const { annotations } = service.metadata;
  const product = 'Azure Load Balancer';
  const sctp = service.ports.findIndex(({ protocol }) => protocol === 'SCTP');
  if (sctp >= 0) return refuse(msg('cluster.lb.protocol', { product, protocol: 'SCTP' }), ['S8.4'], ['spec', 'ports', sctp, 'protocol']);
  const isFloating = annotations[NO_FLOATING] !== 'true';
  const refusal = isFloating ? null : needsNodePorts(service);
  if (refusal !== null) return refusal;
  return {
    ...PLAIN,
    kind: 'offer',
    product,
    mode: isFloating ? 'passthroughVip' : 'passthroughNodePort',
    why: isFloating ? msg('cluster.lb.azure') : msg('cluster.lb.azure-no-floating'),
    rules: ['S8.4'],
    decidedBy: isFloating ? ['spec', 'type'] : annotationPath(NO_FLOATING),
    scheme: annotations[INTERNAL] === 'true' ? 'internal' : 'internet-facing',
    requestedIP: annotations[ADDRESS] ?? service.loadBalancerIP,
    hashesSource: true,
    notes: [
      ...hashNote(service, product, 'S8.4'),
      ...probe(service),
      { message: msg('cluster.lb.idle', { seconds: 60 * (Number(annotations[IDLE]) || 4) }), rules: ['S8.4', 'U23'] },
      ...honoursLoadBalancerIP(service),
    ],
  };
}

/** U17: one check per port; where `appProtocol` says HTTP, it asks for a page. */
function probe(service: Service): LoadBalancer['notes'] {
  const asksHttp = service.externalTrafficPolicy !== 'Local' && service.ports.some(({ appProtocol }) => /^https?$/i.test(appProtocol ?? ''));
  if (asksHttp) return [{ message: msg('cluster.lb.probe-http'), rules: ['S8.1.8', 'U17'] }];
  return probeNote(service, 'node-port').map(({ message, rules }) => ({ message, rules: [...rules, 'U17'] }));
}
