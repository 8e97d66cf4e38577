/**
 * The service controller of AWS's cloud-controller-manager: Classic and Network Load Balancers (S8.2.1–S8.2.5).
 * https://cloud-provider-aws.sigs.k8s.io/service_controller/
 */
import { msg } from '../../../catalogue/message.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import { awsAnnotation, awsPath, awsProxyProtocol, awsTargetAttribute, awsTargetLabels, awsTls, idleNote, invalidValue, unsupportedProtocol } from './aws.ts';
import { needsNodePorts, type Offer, PLAIN, probeNote, type Refusal, refuse } from './provider.ts';

export function awsInTree(service: Service): Offer | Refusal {
  if (service.loadBalancerClass !== null) {
    return refuse(msg('cluster.lb.class-unknown', { class: service.loadBalancerClass }), ['S8.1.2', 'S8.2.2'], ['spec', 'loadBalancerClass']);
  }
  const type = awsAnnotation(service, 'type');
  if (type === 'external' || type === 'nlb-ip') return refuse(msg('cluster.lb.needs-lbc', { type }), ['S8.2.2'], awsPath('type'));
  return unsupported(service) ?? (type === 'nlb' ? networkLoadBalancer(service) : classicLoadBalancer(service, type));
}

/** What it gives up at before it looks at the kind of load balancer. */
function unsupported(service: Service): Refusal | null {
  const fails = (what: 'affinity' | 'mixed' | 'address', path: Refusal['decidedBy']) =>
    refuse(msg(`cluster.lb.aws-${what}`), what === 'address' ? ['S8.1.7', 'F-41'] : ['S8.1.1', 'F-41'], path);
  if (service.sessionAffinity.kind !== 'None') return fails('affinity', ['spec', 'sessionAffinity']);
  if (new Set(service.ports.map(({ protocol }) => protocol)).size > 1) return fails('mixed', ['spec', 'ports']);
  return service.loadBalancerIP === null ? null : fails('address', ['spec', 'loadBalancerIP']);
}

/** S8.2.5: internet-facing unless told. The value was once a CIDR, so anything but `false` counts. */
function scheme(service: Service): Offer['scheme'] {
  const internal = awsAnnotation(service, 'internal');
  return internal === undefined || internal === '' || internal === 'false' ? 'internet-facing' : 'internal';
}

function networkLoadBalancer(service: Service): Offer | Refusal {
  const refusal = needsNodePorts(service) ?? unsupportedProtocol(service, 'AWS NLB', ['TCP', 'UDP']);
  if (refusal !== null) return refusal;
  const preserves = awsTargetAttribute(service, 'preserve_client_ip.enabled') ?? true;
  return {
    ...PLAIN,
    kind: 'offer',
    product: 'AWS NLB',
    mode: 'passthroughNodePort',
    why: msg('cluster.lb.nlb-instance', { annotation: 'aws-load-balancer-type: nlb' }),
    rules: ['S8.2.1', 'S8.2.5', 'S8.2.8', 'S8.2.9', 'S8.2.13'],
    decidedBy: awsPath('type'),
    scheme: scheme(service),
    preservesClientIP: preserves,
    // Here the annotation is for Classic Load Balancers alone.
    proxyProtocol: awsTargetAttribute(service, 'proxy_protocol_v2.enabled') === true,
    tls: awsTls(service, ['ssl']),
    named: true,
    // The security groups of the nodes see the client only where its address is preserved.
    sourceFilter: preserves ? 'own' : 'none',
    notes: [...probeNote(service, 'node-port'), idleNote(350)],
    targetLabels: awsTargetLabels(service),
  };
}

/** S8.2.3: a proxy. An HTTP listener reads the request and adds X-Forwarded headers. */
function classicLoadBalancer(service: Service, type: string | undefined): Offer | Refusal {
  const hasCertificate = (awsAnnotation(service, 'ssl-cert') ?? '') !== '';
  const refusal =
    needsNodePorts(service) ??
    unsupportedProtocol(service, 'AWS Classic ELB', ['TCP']) ??
    invalidValue(service, 'proxy-protocol', ['*']) ??
    (hasCertificate ? invalidValue(service, 'backend-protocol', ['http', 'https', 'ssl', 'tcp']) : null);
  if (refusal !== null) return refusal;
  const protocol = awsAnnotation(service, 'backend-protocol');
  return {
    ...PLAIN,
    kind: 'offer',
    product: 'AWS Classic ELB',
    mode: 'proxy',
    why: type === undefined ? msg('cluster.lb.classic') : msg('cluster.lb.classic-by-typo', { type }),
    rules: ['S8.2.1', 'S8.2.3', 'S8.2.5', 'S8.2.13'],
    decidedBy: type === undefined ? ['spec', 'type'] : awsPath('type'),
    scheme: scheme(service),
    preservesClientIP: false,
    proxyProtocol: awsProxyProtocol(service),
    tls: awsTls(service, ['ssl', 'https']),
    // Without a certificate there is nothing to speak HTTPS with, and the listener stays at layer 4.
    http: protocol === 'http' || (protocol === 'https' && hasCertificate),
    named: true,
    notes: [...probeNote(service, 'node-port'), idleNote(Number(awsAnnotation(service, 'connection-idle-timeout')) || 60)],
    targetLabels: awsTargetLabels(service),
  };
}
