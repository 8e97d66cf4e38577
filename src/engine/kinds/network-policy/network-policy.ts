/**
 * A NetworkPolicy says which connections some Pods of its namespace take part in; the network plugin enforces it. The
 * API server checks its form (S4.5) and neither the Pods nor the namespaces that it selects.
 * https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
 */
import { msg } from '../../../catalogue/message.ts';
import { cidrContains, ipFromValue, parseCidr, type Cidr } from '../../manifests/ip.ts';
import type { Field } from '../field.ts';
import { checkPortName, checkPortNumber, oneOf, readProtocol, required, shown } from '../field-rules.ts';
import type { Kind } from '../kind.ts';
import { readObject } from '../metadata.ts';
import { readLabelSelector } from '../workload/label-selector.ts';
import type { NetworkPolicy, PolicyPeer, PolicyPort, PolicyRule, PolicyType } from './network-policy-spec.ts';

const POLICY_TYPES: readonly PolicyType[] = ['Ingress', 'Egress'];

export const networkPolicy: Kind<NetworkPolicy> = {
  kind: 'NetworkPolicy',
  plural: 'networkpolicies',
  apiVersions: ['networking.k8s.io/v1'],
  removed: { 'extensions/v1beta1': '1.16' },
  namespaced: true,
  role: 'none',
  docs: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  template: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: api
spec:
  podSelector:
    matchLabels:
      app: api
  policyTypes:
  - Ingress
  ingress:
  - from:
    - podSelector:
        matchLabels:
          app: web
    ports:
    - port: 8080
`,
  read: (manifest) =>
    readObject(manifest, 'dns1123-subdomain', (root, base): NetworkPolicy => {
      const spec = root.get('spec');
      const egress = spec.get('egress').items();
      return {
        ...base,
        ref: { ...base.ref, kind: 'NetworkPolicy' },
        podSelector: readLabelSelector(spec.get('podSelector')) ?? { matchLabels: {}, matchExpressions: [] },
        ingress: spec
          .get('ingress')
          .items()
          .map((rule) => readRule(rule, 'from')),
        egress: egress.map((rule) => readRule(rule, 'to')),
        policyTypes: readTypes(spec.get('policyTypes'), egress.length > 0),
      };
    }),
  references: () => [],
};

/** S3.16: an `egress` that is there without a rule does not count. */
function readTypes(field: Field, hasEgress: boolean): readonly PolicyType[] {
  const items = field.items();
  if (items.length === 0) {
    field.default(hasEgress ? 'Ingress, Egress' : 'Ingress', 'S3.16');
    return hasEgress ? POLICY_TYPES : ['Ingress'];
  }
  if (items.length > POLICY_TYPES.length) {
    field.reject('Invalid', 'S4.5', msg('rejection.network-policy.types', { path: field.name }));
    return [];
  }
  return items.flatMap((item) => oneOf(item, POLICY_TYPES, 'S4.5') ?? []);
}

function readRule(field: Field, peers: 'from' | 'to'): PolicyRule {
  return {
    ports: field.get('ports').items().map(readPort),
    peers: field
      .get(peers)
      .items()
      .flatMap((peer) => readPeer(peer) ?? []),
  };
}

function readPort(field: Field): PolicyPort {
  const protocol = readProtocol(field.get('protocol'), 'S4.5', { by: 'S3.17', whereEmpty: 'refused' });
  const port = field.get('port').integerOrText();
  const endPort = field.get('endPort').integer();
  const end = field.get('endPort');
  if (typeof port === 'number') {
    checkPortNumber(field.get('port'), port, 'S4.5');
    if (endPort !== null && endPort < port) end.reject('Invalid', 'S4.5', msg('rejection.network-policy.end-port', { path: end.name, value: endPort, port }));
    if (endPort !== null) checkPortNumber(end, endPort, 'S4.5');
  } else {
    if (endPort !== null) end.reject('Invalid', 'S4.5', msg('rejection.network-policy.end-port-alone', { path: end.name }));
    if (port !== null) checkPortName(field.get('port'), port, 'S4.5');
  }
  return { protocol, port, endPort };
}

function readPeer(field: Field): PolicyPeer | null {
  const pods = readLabelSelector(field.get('podSelector'));
  const namespaces = readLabelSelector(field.get('namespaceSelector'));
  const block = field.get('ipBlock');
  if (block.isSet) {
    if (pods !== null || namespaces !== null) field.reject('Forbidden', 'S4.5', msg('rejection.network-policy.two-peers', { path: field.name }));
    return readIpBlock(block);
  }
  if (pods === null && namespaces === null) {
    field.reject('Required', 'S4.5', msg('rejection.network-policy.peer', { path: field.name }));
    return null;
  }
  return { kind: 'selectors', pods, namespaces };
}

function readIpBlock(field: Field): PolicyPeer | null {
  const text = field.get('cidr').text() ?? '';
  if (text === '') {
    required(field.get('cidr'), 'S4.5');
    return null;
  }
  const cidr = readRange(field.get('cidr'), text);
  const except = field
    .get('except')
    .items()
    .flatMap((item) => {
      const range = readRange(item, item.text() ?? '');
      if (range === null || cidr === null) return [];
      if (!isStrictlyWithin(range, cidr)) {
        item.reject('Invalid', 'S4.5', msg('rejection.network-policy.except', { path: item.name, value: range.text, cidr: cidr.text }));
      }
      return range.text;
    });
  return cidr === null ? null : { kind: 'ip-block', cidr: cidr.text, except };
}

function readRange(field: Field, text: string): Cidr | null {
  const cidr = parseCidr(text);
  if (cidr === null) field.reject('Invalid', 'S4.5', msg('rejection.cidr', { path: field.name, value: shown(text) }));
  return cidr;
}

function isStrictlyWithin(inner: Cidr, outer: Cidr): boolean {
  const first = ipFromValue(inner.family, inner.base);
  return first !== null && inner.prefix > outer.prefix && cidrContains(outer, first);
}
