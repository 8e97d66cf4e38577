/** Who may reach a Service, and which endpoints serve whom (S4.2.15, S4.2.17–S4.2.22). */
import { msg } from '../../../catalogue/message.ts';
import { parseCidr } from '../../manifests/ip.ts';
import type { Field } from '../field.ts';
import { checkPortNumber, isOldSpelling, oneOf, oneOfOr, shown } from '../field-rules.ts';
import { isQualifiedName } from '../names.ts';
import type { Service, ServiceType, TrafficPolicy } from './service-spec.ts';

const POLICIES: readonly TrafficPolicy[] = ['Cluster', 'Local'];
const SOURCE_RANGES = 'service.beta.kubernetes.io/load-balancer-source-ranges';

export function readSessionAffinity(spec: Field): Service['sessionAffinity'] {
  const field = spec.get('sessionAffinity');
  const config = spec.get('sessionAffinityConfig');
  const kind = oneOfOr<'None' | 'ClientIP'>(field, ['None', 'ClientIP'], { word: 'None', by: 'S3.2', whereEmpty: 'missing' }, 'S4.2.15');
  const timeout = config.at('clientIP', 'timeoutSeconds');
  const seconds = timeout.integer();
  if (kind === 'None') {
    // The API server clears it instead of refusing it (S3.2).
    if (config.isSet)
      config.note('session-affinity-config-ignored', 'warning', ['S3.2', 'S4.2.15'], msg('rejection.note.affinity-config', { path: config.name }));
    return { kind };
  }
  if (seconds === null) return { kind, timeoutSeconds: timeout.default(10800, 'S3.2') };
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
  return oneOfOr<TrafficPolicy>(field, POLICIES, { word: 'Cluster', by: 'S3.5', whereEmpty: 'missing' }, 'S4.2.19');
}

export function readInternalTrafficPolicy(spec: Field, type: ServiceType): TrafficPolicy | null {
  const field = spec.get('internalTrafficPolicy');
  if (type !== 'ExternalName') return oneOfOr<TrafficPolicy>(field, POLICIES, { word: 'Cluster', by: 'S3.6', whereEmpty: 'refused' }, 'S4.2.21');
  oneOf(field, POLICIES, 'S4.2.21');
  return null;
}

export function readHealthCheckNodePort(spec: Field, type: ServiceType, policy: TrafficPolicy | null): number {
  const field = spec.get('healthCheckNodePort');
  const port = field.integer() ?? 0;
  if (port !== 0 && (type !== 'LoadBalancer' || policy !== 'Local')) {
    field.reject('Invalid', 'S4.2.20', msg('rejection.service.health-check-port', { path: field.name }));
  } else if (port !== 0) checkPortNumber(field, port, 'S4.2.20');
  return port;
}

export function readTrafficDistribution(spec: Field): Service['trafficDistribution'] {
  return oneOf(spec.get('trafficDistribution'), ['PreferClose', 'PreferSameZone', 'PreferSameNode'], 'S4.2.22');
}

const TOPOLOGY_MODE = 'service.kubernetes.io/topology-mode';
const TOPOLOGY_HINTS = 'service.kubernetes.io/topology-aware-hints';

/** The annotation that asks for hints by zone and its older name say the same (S5.11). */
export function checkTopologyAnnotations(annotations: Field): void {
  const [mode, hints] = [annotations.get(TOPOLOGY_MODE), annotations.get(TOPOLOGY_HINTS)];
  if (mode.text() === null || hints.text() === null || mode.text() === hints.text()) return;
  mode.reject('Invalid', 'S5.11', msg('rejection.service.topology-mode', { path: mode.name, other: TOPOLOGY_HINTS }));
}

type LoadBalancerFields = Pick<Service, 'loadBalancerSourceRanges' | 'allocateLoadBalancerNodePorts' | 'loadBalancerClass'>;

export function readLoadBalancerFields(root: Field, type: ServiceType): LoadBalancerFields {
  const spec = root.get('spec');
  const isLoadBalancer = type === 'LoadBalancer';
  const forbid = (field: Field, printed?: Field) =>
    field.reject('Forbidden', 'S4.2.17', msg('rejection.service.load-balancer-only', { path: field.name, type }), printed);

  const ranges = spec.get('loadBalancerSourceRanges');
  // So the API server spells the field in its errors.
  const printed = spec.get('LoadBalancerSourceRanges');
  const stated = ranges.items();
  if (stated.length > 0 && !isLoadBalancer) forbid(ranges, printed);
  const sourceRanges = stated.flatMap((item, index) => readRange(item, item.text() ?? '', printed.item(index)) ?? []);
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
    allocateLoadBalancerNodePorts: isLoadBalancer && (allocates ?? allocate.default(true, 'S3.7')),
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

function readRange(field: Field, text: string, printed?: Field): string | null {
  const value = text.trim();
  const cidr = parseCidr(value);
  if (cidr === null) field.reject('Invalid', 'S4.2.17', msg('rejection.service.source-range', { path: field.name, value: shown(value) }), printed);
  else if (isOldSpelling(value)) {
    field.note('legacy-ip-format', 'warning', ['S4.2.17'], msg('rejection.note.legacy-ip', { path: field.name, value: shown(value), canonical: cidr.text }));
  }
  return cidr?.text ?? null;
}
