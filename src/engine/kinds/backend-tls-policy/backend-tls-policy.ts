/**
 * BackendTLSPolicy: a Gateway speaks TLS to a Service, to which server name, and trusting whom (S12.12.3).
 * https://gateway-api.sigs.k8s.io/api-types/backendtlspolicy/
 */
import { msg } from '../../../catalogue/message.ts';
import type { Field } from '../field.ts';
import { oneOf, required, shown } from '../field-rules.ts';
import { checkCount, readPreciseHostname, readText, requireItems } from '../gateway-api/names.ts';
import { readTargetRef } from '../gateway-api/references.ts';
import { referenceTo } from '../gateway-api/route.ts';
import type { Kind } from '../kind.ts';
import { readObject } from '../metadata.ts';
import type { BackendTLSPolicy } from './backend-tls-policy-spec.ts';

export const backendTLSPolicy: Kind<BackendTLSPolicy> = {
  kind: 'BackendTLSPolicy',
  plural: 'backendtlspolicies',
  apiVersions: ['gateway.networking.k8s.io/v1', 'gateway.networking.k8s.io/v1alpha3'],
  experimental: ['gateway.networking.k8s.io/v1alpha3'],
  removed: { 'gateway.networking.k8s.io/v1alpha2': '1.1' },
  namespaced: true,
  role: 'none',
  docs: 'https://gateway-api.sigs.k8s.io/api-types/backendtlspolicy/',
  template: `apiVersion: gateway.networking.k8s.io/v1
kind: BackendTLSPolicy
metadata:
  name: api-tls
spec:
  targetRefs:
  - group: ""
    kind: Service
    name: api
  validation:
    wellKnownCACertificates: System
    hostname: api.example.com
`,
  read: (manifest) =>
    readObject(manifest, 'dns1123-subdomain', (root, base): BackendTLSPolicy => {
      const targets = root.at('spec', 'targetRefs');
      const validation = root.at('spec', 'validation');
      const targetRefs = targets.items().map((item) => {
        const { group, kind, name } = readTargetRef(item, base.ref.namespace, null);
        return { group, kind, name, sectionName: readText(item.get('sectionName'), 'S4.7.15') };
      });
      requireItems(targets, 'S4.7.15');
      checkCount(targets, targetRefs.length, 16, 'S4.7.15');
      checkTargets(targets, targetRefs);
      const hostname = readPreciseHostname(validation.get('hostname'), 'S4.7.15');
      if (!validation.get('hostname').isSet) required(validation.get('hostname'), 'S4.7.15');
      const caCertificateRefs = validation
        .get('caCertificateRefs')
        .items()
        .map((item) => {
          const { group, kind, name } = readTargetRef(item, base.ref.namespace, null);
          return { group, kind, name };
        });
      checkCount(validation.get('caCertificateRefs'), caCertificateRefs.length, 8, 'S4.7.15');
      const wellKnown = readWellKnown(validation.get('wellKnownCACertificates'));
      if (caCertificateRefs.length > 0 && wellKnown !== null)
        validation.reject('Invalid', 'S4.7.15', msg('rejection.gateway.ca-both', { path: validation.name }));
      if (caCertificateRefs.length === 0 && wellKnown === null)
        validation.reject('Invalid', 'S4.7.15', msg('rejection.gateway.ca-none', { path: validation.name }));
      return {
        ...base,
        targetRefs,
        caCertificateRefs,
        wellKnownCACertificates: wellKnown,
        hostname: hostname ?? '',
        subjectAltNames: validation.get('subjectAltNames').items().map(readAltName),
      };
    }),
  references: (object) => [
    ...object.targetRefs.flatMap((ref, index) => referenceTo({ ...ref, namespace: object.ref.namespace }, ['spec', 'targetRefs', index])),
    ...object.caCertificateRefs.flatMap((ref, index) =>
      referenceTo({ ...ref, namespace: object.ref.namespace }, ['spec', 'validation', 'caCertificateRefs', index]),
    ),
  ],
};

/** Two references to one object both name a section, each another. */
function checkTargets(field: Field, refs: BackendTLSPolicy['targetRefs']): void {
  for (const [index, ref] of refs.entries()) {
    const isTwin = (other: typeof ref) =>
      other.group === ref.group &&
      other.kind === ref.kind &&
      other.name === ref.name &&
      (other.sectionName === ref.sectionName || other.sectionName === null || ref.sectionName === null);
    if (refs.findIndex(isTwin) < index)
      field.item(index).reject('Invalid', 'S4.7.15', msg('rejection.gateway.target-twice', { path: field.item(index).name }), field);
  }
}

const WELL_KNOWN = /^(System|([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]))$/;

function readWellKnown(field: Field): string | null {
  const value = readText(field, 'S4.7.15');
  if (value !== null && !WELL_KNOWN.test(value)) {
    field.reject('Invalid', 'S4.7.15', msg('rejection.not-supported', { path: field.name, value: shown(value), allowed: ['System'] }));
  }
  return value;
}

function readAltName(field: Field): BackendTLSPolicy['subjectAltNames'][number] {
  if (!field.get('type').isSet) required(field.get('type'), 'S4.7.15');
  const type = oneOf(field.get('type'), ['Hostname', 'URI'], 'S4.7.15') ?? 'Hostname';
  const own = field.get(type === 'Hostname' ? 'hostname' : 'uri');
  const other = field.get(type === 'Hostname' ? 'uri' : 'hostname');
  const value = readText(own, 'S4.7.15');
  if (!own.isSet) own.reject('Invalid', 'S4.7.15', msg('rejection.required', { path: own.name }), field);
  if (other.isSet) other.reject('Invalid', 'S4.7.15', msg('rejection.gateway.filter-payload', { path: other.name, type }), field);
  return { type, value: value ?? '' };
}
