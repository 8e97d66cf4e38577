/** The AWS Load Balancer Controller: Network Load Balancers with nodes or Pods as targets (S8.2.5–S8.2.10). */
import { msg } from '../../../catalogue/message.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import { awsAnnotation, awsPath, awsProxyProtocol, awsTargetAttribute, awsTargetLabels, awsTls, idleNote, invalidValue, unsupportedProtocol } from './aws.ts';
import { needsNodePorts, type Offer, PLAIN, probeNote, type Refusal, refuse } from './provider.ts';

const CLASS = 'service.k8s.aws/nlb';

export function awsLbc(service: Service): Offer | Refusal {
  if (service.loadBalancerClass !== null && service.loadBalancerClass !== CLASS) {
    return refuse(msg('cluster.lb.class-unknown', { class: service.loadBalancerClass }), ['S8.1.2'], ['spec', 'loadBalancerClass']);
  }
  const targetType = awsAnnotation(service, 'nlb-target-type');
  const type = awsAnnotation(service, 'type');
  const toPods = targetType === 'ip' || type === 'nlb-ip';
  const unsupported =
    unsupportedProtocol(service, 'AWS NLB', ['TCP', 'UDP']) ??
    onePortTwice(service) ??
    invalidValue(service, 'scheme', ['internal', 'internet-facing']) ??
    invalidValue(service, 'proxy-protocol', ['*']) ??
    (toPods ? null : needsNodePorts(service));
  if (unsupported !== null) return unsupported;
  // On for nodes, off for Pods; datagrams keep their source in any case.
  const preserves = awsTargetAttribute(service, 'preserve_client_ip.enabled') ?? !toPods;
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
    rules: ['S8.2.6', 'S8.2.7', 'S8.2.5', 'S8.2.8', ...(toPods ? [] : (['S8.2.9'] as const)), 'S8.2.13'],
    decidedBy:
      targetType !== undefined
        ? awsPath('nlb-target-type')
        : type !== undefined
          ? awsPath('type')
          : service.loadBalancerClass === null
            ? ['spec', 'type']
            : ['spec', 'loadBalancerClass'],
    scheme: scheme(service),
    preservesClientIP: preserves,
    proxyProtocol: awsProxyProtocol(service) || awsTargetAttribute(service, 'proxy_protocol_v2.enabled') === true,
    tls: awsTls(service, ['ssl']),
    named: true,
    sourceFilter: filterOf(service, preserves),
    hashesSource: awsTargetAttribute(service, 'stickiness.enabled') === true,
    notes: [...probeNote(service, toPods ? 'pod' : 'node-port'), idleNote(350), ...ignoresLoadBalancerIP(service)],
    targetLabels: awsTargetLabels(service),
  };
}

/** S8.2.14: without a security group of its own, only the targets' groups filter, and they must see the client for it. */
function filterOf(service: Service, preserves: boolean): Offer['sourceFilter'] {
  // Whoever names the groups writes their rules; the ranges of the Service are not read then.
  if ((awsAnnotation(service, 'security-groups') ?? '') !== '') return 'none';
  return preserves || awsAnnotation(service, 'disable-nlb-sg') !== 'true' ? 'own' : 'none';
}

/** One port for TCP and UDP is one listener of a kind of its own, which must be asked for. */
function onePortTwice(service: Service): Refusal | null {
  if (awsAnnotation(service, 'enable-tcp-udp-listener') === 'true') return null;
  const index = service.ports.findIndex(({ port }, at) => service.ports.some((other, before) => before < at && other.port === port));
  return index < 0 ? null : refuse(msg('cluster.lb.aws-one-port', { port: service.ports[index]!.port }), ['S8.1.3', 'F-41'], ['spec', 'ports', index, 'port']);
}

/** S8.1.7 */
function ignoresLoadBalancerIP({ loadBalancerIP }: Service): Offer['notes'] {
  return loadBalancerIP === null ? [] : [{ message: msg('cluster.lb.ip-ignored', { address: loadBalancerIP }), rules: ['S8.1.7'] }];
}

/** S8.2.5: internal unless told otherwise, unlike the in-tree controller. */
function scheme(service: Service): Offer['scheme'] {
  const stated = awsAnnotation(service, 'scheme');
  if (stated === 'internet-facing') return 'internet-facing';
  if (stated === undefined && awsAnnotation(service, 'internal') === 'false') return 'internet-facing';
  return 'internal';
}
