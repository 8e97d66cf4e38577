/**
 * AWS annotations that both of its controllers read (S8.2).
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/
 */
import { msg } from '../../../catalogue/message.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import type { LoadBalancer } from '../cluster.ts';
import type { Labels } from '../selectors.ts';
import { annotationPath, type Refusal, refuse } from './provider.ts';

const PREFIX = 'service.beta.kubernetes.io/aws-load-balancer-';

export function awsAnnotation(service: Service, name: string): string | undefined {
  return service.metadata.annotations[PREFIX + name];
}

export function awsPath(name: string): ReturnType<typeof annotationPath> {
  return annotationPath(PREFIX + name);
}

/**
 * S8.2.4: a certificate makes TLS listeners of all TCP ports, or of those named. Toward the targets it is plain, unless
 * one of `encrypting` is the backend protocol (S8.2.12).
 */
export function awsTls(service: Service, encrypting: readonly string[]): LoadBalancer['tls'] {
  const certificate = awsAnnotation(service, 'ssl-cert');
  if (certificate === undefined || certificate === '') return null;
  const wanted = awsAnnotation(service, 'ssl-ports') ?? '*';
  const names = new Set(wanted.split(',').map((name) => name.trim()));
  const ports = service.ports
    .filter(({ name, port, protocol }) => protocol === 'TCP' && (names.has('*') || names.has(String(port)) || (name !== '' && names.has(name))))
    .map(({ port }) => port);
  return ports.length === 0 ? null : { ports, reencrypt: encrypting.includes(awsAnnotation(service, 'backend-protocol') ?? ''), certificate };
}

/** S8.2.10: the only value of the annotation that means something. */
export function awsProxyProtocol(service: Service): boolean {
  return awsAnnotation(service, 'proxy-protocol') === '*';
}

/** S8.2.8, S8.2.10: an attribute of the target group, such as `preserve_client_ip.enabled`; null when it is not stated. */
export function awsTargetAttribute(service: Service, attribute: string): boolean | null {
  const attributes = new Set((awsAnnotation(service, 'target-group-attributes') ?? '').split(',').map((pair) => pair.trim()));
  if (attributes.has(`${attribute}=true`)) return true;
  return attributes.has(`${attribute}=false`) ? false : null;
}

/** Labels that nodes must carry to become targets: `a=b,c=d`. */
export function awsTargetLabels(service: Service): Labels {
  const pairs = (awsAnnotation(service, 'target-node-labels') ?? '').split(',').filter((pair) => pair.includes('='));
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')).trim(), pair.slice(pair.indexOf('=') + 1).trim()]));
}

/** S8.2.15: after so many idle seconds a connection is gone, and the next packet is answered with a reset. */
export function idleNote(seconds: number): LoadBalancer['notes'][number] {
  return { message: msg('cluster.lb.idle', { seconds }), rules: ['S8.2.15', 'U10'] };
}

/** Neither kind of AWS load balancer carries SCTP. */
export function unsupportedProtocol(service: Service, product: string, supported: readonly string[]): Refusal | null {
  const index = service.ports.findIndex(({ protocol }) => !supported.includes(protocol));
  if (index < 0) return null;
  return refuse(msg('cluster.lb.protocol', { product, protocol: service.ports[index]!.protocol }), ['S8.2.1'], ['spec', 'ports', index, 'protocol']);
}

/** An annotation whose value the controller does not take: it fails, and the address stays pending (S8.1.1). */
export function invalidValue(service: Service, name: string, valid: readonly string[]): Refusal | null {
  const value = awsAnnotation(service, name);
  if (value === undefined || value === '' || valid.includes(value)) return null;
  return refuse(msg('cluster.lb.annotation-value', { annotation: `aws-load-balancer-${name}`, value, valid }), ['S8.1.1', 'F-41'], awsPath(name));
}
