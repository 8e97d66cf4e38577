/** The service controller of AWS's cloud-controller-manager: Classic and Network Load Balancers (S8.2.1–S8.2.5). */
import { msg } from '../../../catalogue/message.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import { awsAnnotation, awsPath, awsPreservesClientIP, awsProxyProtocol, awsTls, unsupportedProtocol } from './aws.ts';
import { needsNodePorts, type Offer, PLAIN, type Refusal, refuse } from './provider.ts';

export function awsInTree(service: Service): Offer | Refusal {
  if (service.loadBalancerClass !== null) {
    return refuse(msg('cluster.lb.class-unknown', { class: service.loadBalancerClass }), ['S8.1.2', 'S8.2.2'], ['spec', 'loadBalancerClass']);
  }
  const type = awsAnnotation(service, 'type');
  if (type === 'external' || type === 'nlb-ip') return refuse(msg('cluster.lb.needs-lbc', { type }), ['S8.2.2'], awsPath('type'));
  return type === 'nlb' ? networkLoadBalancer(service) : classicLoadBalancer(service, type);
}

/** S8.2.5: internet-facing unless told. The value was once a CIDR, so anything but `false` counts. */
function scheme(service: Service): Offer['scheme'] {
  const internal = awsAnnotation(service, 'internal');
  return internal === undefined || internal === '' || internal === 'false' ? 'internet-facing' : 'internal';
}

function networkLoadBalancer(service: Service): Offer | Refusal {
  const refusal = needsNodePorts(service) ?? unsupportedProtocol(service, 'AWS NLB', ['TCP', 'UDP']);
  if (refusal !== null) return refusal;
  return {
    ...PLAIN,
    kind: 'offer',
    product: 'AWS NLB',
    mode: 'passthroughNodePort',
    why: msg('cluster.lb.nlb-instance', { annotation: 'aws-load-balancer-type: nlb' }),
    rules: ['S8.2.1', 'S8.2.9'],
    decidedBy: awsPath('type'),
    scheme: scheme(service),
    preservesClientIP: awsPreservesClientIP(service) ?? true,
    proxyProtocol: awsProxyProtocol(service),
    tls: awsTls(service),
    named: true,
  };
}

/** S8.2.3: a proxy. With an HTTP backend protocol it reads the request and adds X-Forwarded headers. */
function classicLoadBalancer(service: Service, type: string | undefined): Offer | Refusal {
  const refusal = needsNodePorts(service) ?? unsupportedProtocol(service, 'AWS Classic ELB', ['TCP']);
  if (refusal !== null) return refusal;
  const protocol = awsAnnotation(service, 'backend-protocol');
  return {
    ...PLAIN,
    kind: 'offer',
    product: 'AWS Classic ELB',
    mode: 'proxy',
    why: type === undefined ? msg('cluster.lb.classic') : msg('cluster.lb.classic-by-typo', { type }),
    rules: ['S8.2.1', 'S8.2.3'],
    decidedBy: type === undefined ? ['spec', 'type'] : awsPath('type'),
    scheme: scheme(service),
    preservesClientIP: false,
    proxyProtocol: awsProxyProtocol(service),
    tls: awsTls(service),
    http: protocol === 'http' || protocol === 'https',
    named: true,
  };
}
