/** Google Cloud's passthrough network load balancer: packets keep the address they were sent to (S8.3.1). */
import { msg } from '../../../catalogue/message.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import { annotationPath, hashNote, honoursLoadBalancerIP, type Offer, PLAIN, probeNote, type Refusal, refuse } from './provider.ts';

const INTERNAL = ['networking.gke.io/load-balancer-type', 'cloud.google.com/load-balancer-type'];
const CLASSES = new Set(['networking.gke.io/l4-regional-external', 'networking.gke.io/l4-regional-internal', 'networking.gke.io/l4-regional-internal-legacy']);

export function gcp(service: Service): Offer | Refusal {
  const { loadBalancerClass } = service;
  if (loadBalancerClass !== null && !CLASSES.has(loadBalancerClass)) {
    return refuse(msg('cluster.lb.class-unknown', { class: loadBalancerClass }), ['S8.1.2'], ['spec', 'loadBalancerClass']);
  }
  const marked = INTERNAL.find((name) => service.metadata.annotations[name]?.toLowerCase() === 'internal');
  const isInternal = marked !== undefined || loadBalancerClass?.includes('internal') === true;
  return {
    ...PLAIN,
    kind: 'offer',
    product: 'GCP load balancer',
    mode: 'passthroughVip',
    why: msg('cluster.lb.gcp'),
    rules: ['S8.3.1'],
    decidedBy: marked === undefined ? (loadBalancerClass === null ? ['spec', 'type'] : ['spec', 'loadBalancerClass']) : annotationPath(marked),
    scheme: isInternal ? 'internal' : 'internet-facing',
    requestedIP: service.loadBalancerIP,
    hashesSource: true,
    notes: [...hashNote(service, 'GCP load balancer', 'S8.3.1'), ...probeNote(service, 'kube-proxy'), ...honoursLoadBalancerIP(service)],
  };
}
