/**
 * An Ingress is only rules; a controller reads them. The API server checks their form, and neither the class nor the
 * Services nor the Secrets that they name (S4.4.11).
 * https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ingress-v1/
 */
import { msg } from '../../../catalogue/message.ts';
import { canonicalIp, parseIp } from '../../manifests/ip.ts';
import type { FieldPath } from '../../manifests/source.ts';
import type { Field } from '../field.ts';
import { checkName, oneOf, shown } from '../field-rules.ts';
import type { Kind, Reference } from '../kind.ts';
import { readObject } from '../metadata.ts';
import { isDns1123Subdomain, isWildcardSubdomain } from '../names.ts';
import { readBackend } from './ingress-backend.ts';
import type { Ingress, IngressBackend, IngressPath, IngressRule, PathType } from './ingress-spec.ts';

/** What Ingresses named their class by before there was a field for it. */
export const LEGACY_CLASS = 'kubernetes.io/ingress.class';

export const ingress: Kind<Ingress> = {
  kind: 'Ingress',
  plural: 'ingresses',
  apiVersions: ['networking.k8s.io/v1'],
  removed: { 'extensions/v1beta1': '1.22', 'networking.k8s.io/v1beta1': '1.22' },
  namespaced: true,
  role: 'controller',
  docs: 'https://kubernetes.io/docs/concepts/services-networking/ingress/',
  template: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
spec:
  ingressClassName: nginx
  rules:
  - host: shop.example.com
    http:
      paths:
      - path: /
        pathType: Prefix
        backend:
          service:
            name: api
            port:
              number: 80
`,
  read: (manifest) =>
    readObject(manifest, 'dns1123-subdomain', (root, base): Ingress => {
      const spec = root.get('spec');
      const backend = spec.get('defaultBackend');
      if (!backend.isSet && spec.get('rules').items().length === 0) spec.reject('Invalid', 'S4.4.1', msg('rejection.ingress.empty', { path: spec.name }));
      return {
        ...base,
        defaultBackend: backend.isSet ? readBackend(backend) : null,
        rules: spec.get('rules').items().map(readRule),
        tls: spec.get('tls').items().map(readTls),
        ingressClassName: readClassName(root, base.metadata.annotations[LEGACY_CLASS] ?? null),
        statusIngress: readStatus(root.get('status')),
      };
    }),
  references: (object) => [
    ...(object.ingressClassName === null
      ? []
      : [{ path: ['spec', 'ingressClassName'], to: { kind: 'IngressClass', namespace: '', name: object.ingressClassName } }]),
    ...backendReference(object, object.defaultBackend, ['spec', 'defaultBackend']),
    ...object.rules.flatMap((rule, i) =>
      rule.paths.flatMap((path, j) => backendReference(object, path.backend, ['spec', 'rules', i, 'http', 'paths', j, 'backend'])),
    ),
    ...object.tls.flatMap(({ secretName }, i) =>
      secretName === null ? [] : [{ path: ['spec', 'tls', i, 'secretName'], to: { kind: 'Secret', namespace: object.ref.namespace, name: secretName } }],
    ),
  ],
};

function backendReference(object: Ingress, backend: IngressBackend | null, path: FieldPath): readonly Reference[] {
  if (backend?.kind !== 'service') return [];
  return [{ path: [...path, 'service', 'name'], to: { kind: 'Service', namespace: object.ref.namespace, name: backend.name } }];
}

function readRule(field: Field): IngressRule {
  const host = field.get('host').text() ?? '';
  if (parseIp(host) !== null) field.get('host').reject('Invalid', 'S4.4.2', msg('rejection.ingress.host-ip', { path: field.get('host').name, value: host }));
  else if (host !== '') checkHost(field.get('host'), host, 'S4.4.2');
  const http = field.get('http');
  const paths = http.get('paths');
  if (http.isSet && paths.items().length === 0) paths.reject('Required', 'S4.4.3', msg('rejection.ingress.paths', { path: paths.name }));
  return { host, paths: paths.items().flatMap((path) => readPath(path) ?? []) };
}

function checkHost(field: Field, host: string, rule: 'S4.4.2' | 'S4.4.9'): void {
  const args = { path: field.name, value: shown(host) };
  if (host.includes('*')) {
    if (!isWildcardSubdomain(host)) field.reject('Invalid', rule, msg('rejection.ingress.host-wildcard', args));
  } else if (isDns1123Subdomain(host)) return;
  else if (/:\d+$/.test(host)) field.reject('Invalid', rule, msg('rejection.ingress.host-port', args));
  else field.reject('Invalid', rule, msg('rejection.ingress.host', args));
}

/** The backend is only looked at when there is a path type, as on the API server. */
function readPath(field: Field): IngressPath | null {
  const typeField = field.get('pathType');
  if (!typeField.isSet) {
    typeField.reject('Required', 'S4.4.4', msg('rejection.ingress.path-type', { path: typeField.name }));
    return null;
  }
  const pathType = oneOf<PathType>(typeField, ['Exact', 'Prefix', 'ImplementationSpecific'], 'S4.4.4');
  const path = field.get('path').text() ?? '';
  if (pathType !== null) checkPath(field.get('path'), path, pathType);
  const backend = readBackend(field.get('backend'));
  return pathType === null || backend === null ? null : { path, pathType, backend };
}

const FORBIDDEN_PARTS = ['//', '/./', '/../', '%2f', '%2F'] as const;
const FORBIDDEN_ENDS = ['/..', '/.'] as const;

function checkPath(field: Field, path: string, pathType: PathType): void {
  if (pathType === 'ImplementationSpecific') {
    if (path !== '' && !path.startsWith('/')) field.reject('Invalid', 'S4.4.6', msg('rejection.ingress.path-start', { path: field.name, value: shown(path) }));
    return;
  }
  if (!path.startsWith('/')) field.reject('Invalid', 'S4.4.5', msg('rejection.ingress.path-start', { path: field.name, value: shown(path) }));
  for (const part of FORBIDDEN_PARTS) {
    if (path.includes(part)) field.reject('Invalid', 'S4.4.5', msg('rejection.ingress.path-part', { path: field.name, part, pathType }));
  }
  for (const end of FORBIDDEN_ENDS) {
    if (path.endsWith(end)) field.reject('Invalid', 'S4.4.5', msg('rejection.ingress.path-end', { path: field.name, end, pathType }));
  }
}

function readTls(field: Field): Ingress['tls'][number] {
  const hosts = field.get('hosts');
  for (const item of hosts.items()) checkHost(item, item.text() ?? '', 'S4.4.9');
  const secretName = field.get('secretName').filledText();
  if (secretName !== null) checkName(field.get('secretName'), secretName, 'dns1123-subdomain', 'S4.4.9');
  return { hosts: hosts.texts(), secretName };
}

/** Who creates an Ingress may not name two classes. */
function readClassName(root: Field, annotated: string | null): string | null {
  const field = root.at('spec', 'ingressClassName');
  const name = field.text();
  if (name === null) return null;
  checkName(field, name, 'dns1123-subdomain', 'S4.4.10');
  if (annotated !== null && annotated !== name) {
    root
      .at('metadata', 'annotations')
      .get(LEGACY_CLASS)
      .reject('Invalid', 'S4.4.10', msg('rejection.ingress.two-classes', { annotation: LEGACY_CLASS, annotated: shown(annotated), value: shown(name) }));
  }
  return name;
}

function readStatus(status: Field): Ingress['statusIngress'] {
  const field = status.at('loadBalancer', 'ingress');
  if (!field.isSet) return null;
  return field.items().map((item) => {
    const ip = item.get('ip').filledText();
    return { ip: ip === null ? null : (canonicalIp(ip) ?? ip), hostname: item.get('hostname').filledText() };
  });
}
