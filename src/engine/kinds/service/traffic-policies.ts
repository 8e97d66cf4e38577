/** Who may reach a Service, and which endpoints serve whom (S4.2.15, S4.2.17–S4.2.22). */
import { msg } from '../../../catalogue/message.ts';
import { parseCidr } from '../../manifests/ip.ts';
import type { Field } from '../field.ts';
import { isOldSpelling, oneOf, oneOfOr, shown } from '../field-rules.ts';
import { isQualifiedName } from '../names.ts';
import type { Service, ServiceType, TrafficPolicy } from './service-spec.ts';

const POLICIES: readonly TrafficPolicy[] = ['Cluster', 'Local'];
const SOURCE_RANGES = 'service.beta.kubernetes.io/load-balancer-source-ranges';

export function readSessionAffinity(spec: Field): Service['sessionAffinity'] {
  const field = spec.get('sessionAffinity');
  const config = spec.get('sessionAffinityConfig');
  const kind = oneOfOr<'None' | 'ClientIP'>(field, ['None', 'ClientIP'], 'None', 'S4.2.15');
  const timeout = config.at('clientIP', 'timeoutSeconds');
  const seconds = timeout.integer();
  if (kind === 'None') {
    // The API server clears it instead of refusing it (S3.2).
    if (config.isSet)
      config.note('session-affinity-config-ignored', 'warning', ['S3.2', 'S4.2.15'], msg('rejection.note.affinity-config', { path: config.name }));
    return { kind };
  }
  if (seconds === null) return { kind, timeoutSeconds: timeout.default(10800) };
  if (seconds < 1 || seconds > 86400) timeout.reject('Invalid', 'S4.2.15', msg('rejection.service.affinity-timeout', { path: timeout.name, value: seconds }));
  return { kind, timeoutSeconds: seconds };
}

/** Only Services that clients outside the cluster can address have one (S3.5). */
export function readExternalTrafficPolicy(spec: Field, type: ServiceType, hasExternalIPs: boolean): TrafficPolicy | null {
  const field = spec.get('externalTrafficPolicy');
  const isOutside = type === 'NodePort' || type === 'LoadBalancer' || (type === 'ClusterIP' && hasExternalIPs);
  const stated = field.filledText();
  if (!isOutside) {
    if (stated !== null) field.reject('Invalid', 'S4.2.19', msg('rejection.service.external-policy-inside', { path: field.name, type }));
    return null;
  }
  return oneOfOr(field, POLICIES, 'Cluster', 'S4.2.19');
}

export function readInternalTrafficPolicy(spec: Field, type: ServiceType): TrafficPolicy | null {
  const field = spec.get('internalTrafficPolicy');
  if (type !== 'ExternalName') return oneOfOr(field, POLICIES, 'Cluster', 'S4.2.21');
  oneOf(field, POLICIES, 'S4.2.21');
  return null;
}

export function readHealthCheckNodePort(spec: Field, type: ServiceType, policy: TrafficPolicy | null): number {
  const field = spec.get('healthCheckNodePort');
  const port = field.integer() ?? 0;
  if (port !== 0 && (type !== 'LoadBalancer' || policy !== 'Local')) {
    field.reject('Invalid', 'S4.2.20', msg('rejection.service.health-check-port', { path: field.name }));
  }
  return port;
}

export function readTrafficDistribution(spec: Field): Service['trafficDistribution'] {
  return oneOf(spec.get('trafficDistribution'), ['PreferClose', 'PreferSameZone', 'PreferSameNode'], 'S4.2.22');
}

type LoadBalancerFields = Pick<Service, 'loadBalancerSourceRanges' | 'allocateLoadBalancerNodePorts' | 'loadBalancerClass'>;

export function readLoadBalancerFields(root: Field, type: ServiceType): LoadBalancerFields {
  const spec = root.get('spec');
  const isLoadBalancer = type === 'LoadBalancer';
  const forbid = (field: Field) => field.reject('Forbidden', 'S4.2.17', msg('rejection.service.load-balancer-only', { path: field.name, type }));

  const ranges = spec.get('loadBalancerSourceRanges');
  const stated = ranges.items();
  if (stated.length > 0 && !isLoadBalancer) forbid(ranges);
  const sourceRanges = stated.flatMap((item) => readRange(item, item.text() ?? '') ?? []);
  if (stated.length === 0) checkAnnotatedRanges(root, isLoadBalancer ? null : forbid);

  const allocate = spec.get('allocateLoadBalancerNodePorts');
  const allocates = allocate.boolean();
  if (allocates !== null && !isLoadBalancer) forbid(allocate);

  const classField = spec.get('loadBalancerClass');
  const loadBalancerClass = classField.text();
  if (loadBalancerClass !== null && !isLoadBalancer) forbid(classField);
  else if (loadBalancerClass !== null && !isQualifiedName(loadBalancerClass)) {
    classField.reject('Invalid', 'S4.2.17', msg('rejection.service.load-balancer-class', { path: classField.name, value: shown(loadBalancerClass) }));
  }
  return {
    loadBalancerSourceRanges: sourceRanges,
    allocateLoadBalancerNodePorts: isLoadBalancer && (allocates ?? allocate.default(true)),
    loadBalancerClass,
  };
}

/** The field's older form. Cloud providers read it; it is checked like the field. */
function checkAnnotatedRanges(root: Field, forbid: ((field: Field) => void) | null): void {
  const field = root.at('metadata', 'annotations').get(SOURCE_RANGES);
  const text = field.text();
  if (text === null) return;
  if (forbid !== null) forbid(field);
  else if (text.trim() !== '') for (const range of text.split(',')) readRange(field, range);
}

function readRange(field: Field, text: string): string | null {
  const value = text.trim();
  const cidr = parseCidr(value);
  if (cidr === null) field.reject('Invalid', 'S4.2.17', msg('rejection.service.source-range', { path: field.name, value: shown(value) }));
  else if (isOldSpelling(value)) {
    field.note('legacy-ip-format', 'warning', ['S4.2.17'], msg('rejection.note.legacy-ip', { path: field.name, value: shown(value), canonical: cidr.text }));
  }
  return cidr?.text ?? null;
}
