/** The AWS Load Balancer Controller: Network Load Balancers with nodes or Pods as targets (S8.2.5–S8.2.10). */
import { msg } from '../../../catalogue/message.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import { awsAnnotation, awsPath, awsPreservesClientIP, awsProxyProtocol, awsTls, unsupportedProtocol } from './aws.ts';
import { needsNodePorts, type Offer, PLAIN, type Refusal, refuse } from './provider.ts';

const CLASS = 'service.k8s.aws/nlb';

export function awsLbc(service: Service): Offer | Refusal {
  if (service.loadBalancerClass !== null && service.loadBalancerClass !== CLASS) {
    return refuse(msg('cluster.lb.class-unknown', { class: service.loadBalancerClass }), ['S8.1.2'], ['spec', 'loadBalancerClass']);
  }
  const targetType = awsAnnotation(service, 'nlb-target-type');
  const type = awsAnnotation(service, 'type');
  const toPods = targetType === 'ip' || (targetType === undefined && type === 'nlb-ip');
  const unsupported = unsupportedProtocol(service, 'AWS NLB', ['TCP', 'UDP']) ?? (toPods ? null : needsNodePorts(service));
  if (unsupported !== null) return unsupported;
  const isTcp = service.ports.every(({ protocol }) => protocol === 'TCP');
  const annotation = toPods && targetType === undefined ? 'aws-load-balancer-type: nlb-ip' : `aws-load-balancer-nlb-target-type: ${targetType ?? 'instance'}`;
  return {
    ...PLAIN,
    kind: 'offer',
    product: 'AWS NLB',
    mode: toPods ? 'ipTarget' : 'passthroughNodePort',
    why: toPods
      ? msg('cluster.lb.nlb-ip', { annotation })
      : targetType === undefined
        ? msg('cluster.lb.lbc-default')
        : msg('cluster.lb.nlb-instance', { annotation }),
    rules: ['S8.2.6', 'S8.2.7', 'S8.2.8'],
    decidedBy:
      targetType !== undefined
        ? awsPath('nlb-target-type')
        : type !== undefined
          ? awsPath('type')
          : service.loadBalancerClass === null
            ? ['spec', 'type']
            : ['spec', 'loadBalancerClass'],
    scheme: scheme(service),
    // On for nodes; for Pods on for UDP and off for TCP and TLS.
    preservesClientIP: awsPreservesClientIP(service) ?? (!toPods || !isTcp),
    proxyProtocol: awsProxyProtocol(service),
    tls: awsTls(service),
    named: true,
  };
}

/** S8.2.5: internal unless told otherwise, unlike the in-tree controller. */
function scheme(service: Service): Offer['scheme'] {
  const stated = awsAnnotation(service, 'scheme');
  if (stated === 'internet-facing') return 'internet-facing';
  if (stated === undefined && awsAnnotation(service, 'internal') === 'false') return 'internet-facing';
  return 'internal';
}
