/**
 * AWS annotations that both of its controllers read (S8.2).
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/
 */
import { msg } from '../../../catalogue/message.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import type { LoadBalancer } from '../cluster.ts';
import { annotationPath, type Refusal, refuse } from './provider.ts';

const PREFIX = 'service.beta.kubernetes.io/aws-load-balancer-';

export function awsAnnotation(service: Service, name: string): string | undefined {
  return service.metadata.annotations[PREFIX + name];
}

export function awsPath(name: string): ReturnType<typeof annotationPath> {
  return annotationPath(PREFIX + name);
}

/** S8.2.4: a certificate makes TLS listeners of all ports, or of those named. Toward the targets it is plain unless said. */
export function awsTls(service: Service): LoadBalancer['tls'] {
  const certificate = awsAnnotation(service, 'ssl-cert');
  if (certificate === undefined || certificate === '') return null;
  const wanted = awsAnnotation(service, 'ssl-ports') ?? '*';
  const names = new Set(wanted.split(',').map((name) => name.trim()));
  const ports = service.ports.filter(({ name, port }) => names.has('*') || names.has(String(port)) || (name !== '' && names.has(name))).map(({ port }) => port);
  const toTargets = awsAnnotation(service, 'backend-protocol');
  return ports.length === 0 ? null : { ports, reencrypt: toTargets === 'ssl' || toTargets === 'https' || toTargets === 'tls', certificate };
}

export function awsProxyProtocol(service: Service): boolean {
  return awsAnnotation(service, 'proxy-protocol') === '*';
}

/** S8.2.8: `preserve_client_ip.enabled` among the attributes of the target group; null when it is not stated. */
export function awsPreservesClientIP(service: Service): boolean | null {
  const attributes = new Set((awsAnnotation(service, 'target-group-attributes') ?? '').split(',').map((pair) => pair.trim()));
  if (attributes.has('preserve_client_ip.enabled=true')) return true;
  return attributes.has('preserve_client_ip.enabled=false') ? false : null;
}

/** Neither kind of AWS load balancer carries SCTP. */
export function unsupportedProtocol(service: Service, product: string, supported: readonly string[]): Refusal | null {
  const index = service.ports.findIndex(({ protocol }) => !supported.includes(protocol));
  if (index < 0) return null;
  return refuse(msg('cluster.lb.protocol', { product, protocol: service.ports[index]!.protocol }), ['S8.2.1'], ['spec', 'ports', index, 'protocol']);
}
