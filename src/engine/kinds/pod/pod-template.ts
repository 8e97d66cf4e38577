/** The Pod that a workload makes copies of, and the spec that Pods and templates share (S2.3). */
import { msg } from '../../../catalogue/message.ts';
import type { Field } from '../field.ts';
import { checkLabels, checkName, oneOfOr, required, shown } from '../field-rules.ts';
import { readContainers } from './containers.ts';
import type { DnsPolicy, PodSpec } from './pod-spec.ts';

export interface PodTemplate {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: PodSpec;
}

export function readPodTemplate(field: Field): PodTemplate {
  const labels = field.at('metadata', 'labels').textMap();
  checkLabels(field.at('metadata', 'labels'), labels);
  return { labels, annotations: field.at('metadata', 'annotations').textMap(), spec: readPodSpec(field.get('spec')) };
}

export function readPodSpec(field: Field): PodSpec {
  const hostNetwork = field.get('hostNetwork').boolean() ?? false;
  const containers = readContainers(field, hostNetwork);
  if (!field.get('terminationGracePeriodSeconds').isSet) field.get('terminationGracePeriodSeconds').default(30, 'S3.25');
  const nodeSelector = field.get('nodeSelector').textMap();
  checkLabels(field.get('nodeSelector'), nodeSelector);
  const secretVolumes = field
    .get('volumes')
    .items()
    .flatMap((volume) => volume.at('secret', 'secretName').filledText() ?? []);
  return {
    containers,
    nodeName: field.get('nodeName').filledText(),
    nodeSelector,
    nodeAffinity: readNodeAffinity(field),
    hostNetwork,
    hostname: readLabel(field.get('hostname')),
    subdomain: readLabel(field.get('subdomain')),
    dnsPolicy: readDnsPolicy(field),
    dnsConfig: {
      nameservers: field.at('dnsConfig', 'nameservers').texts(),
      searches: field.at('dnsConfig', 'searches').texts(),
      ndots: readNdots(field),
    },
    readinessGates: field
      .get('readinessGates')
      .items()
      .map((gate) => gate.get('conditionType').text() ?? ''),
    serviceAccountName: field.get('serviceAccountName').filledText() ?? field.get('serviceAccount').filledText(),
    ...(secretVolumes.length > 0 && { secretVolumes }),
  };
}

function readLabel(field: Field): string | null {
  const label = field.filledText();
  if (label !== null) checkName(field, label, 'dns1123-label', 'S4.1.2');
  return label;
}

function readDnsPolicy(field: Field): DnsPolicy {
  const at = field.get('dnsPolicy');
  const policy = oneOfOr<DnsPolicy>(
    at,
    ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'],
    { word: 'ClusterFirst', by: 'S3.12', whereEmpty: 'missing' },
    'S4.3',
  );
  const servers = field.at('dnsConfig', 'nameservers');
  if (policy === 'None' && servers.items().length === 0) servers.reject('Required', 'S4.3', msg('rejection.pod.dns-none', { path: servers.name }));
  return policy;
}

function readNdots(field: Field): number | null {
  const option = field
    .at('dnsConfig', 'options')
    .items()
    .find((item) => item.get('name').text() === 'ndots');
  const value = option?.get('value').text() ?? null;
  return value !== null && /^\d{1,4}$/.test(value) ? Number(value) : null;
}

/** Any term, all of its expressions. Terms on fields of the Node are left out: only a Node's name can stand there. */
function readNodeAffinity(field: Field): PodSpec['nodeAffinity'] {
  return field
    .at('affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms')
    .items()
    .map((term) =>
      term
        .get('matchExpressions')
        .items()
        .map((expression) => ({
          key: expression.get('key').text() ?? '',
          operator: readOperator(expression.get('operator')),
          values: expression.get('values').texts(),
        })),
    );
}

const OPERATORS: readonly string[] = ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'];

function readOperator(field: Field): string {
  field.offers(OPERATORS);
  const operator = field.filledText();
  if (operator === null) required(field, 'S4.3');
  else if (!OPERATORS.includes(operator)) {
    field.reject('Invalid', 'S4.3', msg('rejection.not-supported', { path: field.name, value: shown(operator), allowed: OPERATORS }));
  }
  return operator ?? '';
}
