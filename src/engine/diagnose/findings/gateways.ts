/** What no controller of the Gateway API takes, attaches, permits or finds (S12, S15.6). */
import type { FailureCode } from '../../../catalogue/meaning.ts';
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { SettledListener } from '../../cluster/gateways/settled.ts';
import { referenceGrant } from '../../kinds/reference-grant/reference-grant.ts';
import type { JsonObject } from '../../manifests/document.ts';
import { nameKey, refKey } from '../../manifests/object-ref.ts';
import { nearest, suggest } from '../../manifests/near-miss.ts';
import { pastedIn, refNamed, said, set, setThere, unset, written } from '../edits.ts';
import type { FindingKind, Repair } from '../finding-kind.ts';
import type { Problem } from '../problem.ts';

const GROUP = 'gateway.networking.k8s.io';

/** What a client meets where no listener takes its request. */
const UNSERVED: readonly FailureCode[] = [
  'public-name-missing',
  'public-name-waits',
  'certificate-mismatch',
  'route-host-unknown',
  'route-path-unmatched',
  'route-condition-unmatched',
  'route-unmatched',
  'listener-without-routes',
];

export const gateways: readonly FindingKind[] = [
  {
    code: 'gateway-class-unclaimed',
    role: 'cause',
    explains: UNSERVED,
    decisions: { 'gateway-api.finding.class-near': 'F-76', 'gateway-api.class-missing': 'F-76', 'gateway-api.class-unserved': 'F-76' },
    repairs: (problem) => (said(problem.message, 'near') === '' ? [] : setThere(problem, said(problem.message, 'near'))),
    cure: () => msg('diagnose.cure.gateway-controller'),
  },
  {
    code: 'route-parent-missing',
    role: 'cause',
    explains: UNSERVED,
    decisions: {
      'gateway-api.finding.parent-near': 'F-78',
      'gateway-api.finding.parent-elsewhere': 'F-78',
      'gateway-api.finding.parent-missing': 'F-78',
      'gateway-api.finding.parent-kind': 'F-78',
      'gateway-api.finding.no-parents': 'F-78',
    },
    repairs: (problem, cluster) => {
      const { object, path, message } = problem;
      if (message.id === 'gateway-api.finding.parent-near') return setThere(problem, said(message, 'near'));
      if (message.id === 'gateway-api.finding.parent-elsewhere') return setThere(problem, said(message, 'namespace'));
      const only = [...cluster.gateways.values()];
      if (object === null || path === null || only.length !== 1) return [];
      const { name, namespace } = only[0]!.ref;
      const parent = { name, ...(namespace !== object.namespace && { namespace }) };
      return message.id === 'gateway-api.finding.parent-missing'
        ? [[set(object, path.slice(0, 3), parent)]]
        : [[set(object, ['spec', 'parentRefs'], [parent])]];
    },
    cure: () => msg('diagnose.cure.parent'),
  },
  {
    code: 'route-not-attached',
    role: 'cause',
    explains: UNSERVED,
    decisions: {
      'gateway-api.finding.section-near': 'F-77',
      'gateway-api.no-section': 'F-77',
      'gateway-api.no-port': 'F-77',
      'gateway-api.other-section': 'F-77',
      'gateway-api.other-port': 'F-77',
      'gateway-api.kind-not-allowed': 'F-77',
      'gateway-api.namespace-not-allowed': 'F-77',
      'gateway-api.hostnames-disjoint': 'F-77',
      'gateway-api.no-listeners': 'F-77',
    },
    repairs: attach,
    cure: () => msg('diagnose.cure.attach'),
  },
  {
    code: 'reference-not-permitted',
    role: 'cause',
    decisions: { 'gateway-api.not-permitted': 'F-79' },
    repairs: ({ object, path, message }, cluster) => {
      if (object === null) return [];
      const namespace = said(message, 'namespace');
      // A grant that names one Service lets no misspelt name pass either.
      const names = pastedIn(cluster.services, namespace).map(({ ref }) => ref.name);
      const near = path?.at(-1) === 'namespace' ? suggest(said(message, 'target').split('/').at(-1) ?? '', names) : null;
      return [
        ...(near === null || path === null ? [] : [[set(object, [...path.slice(0, -1), 'name'], near)]]),
        [{ kind: 'add', beside: object, value: grant(namespace, said(message, 'own'), said(message, 'ownKind'), said(message, 'kind')) }],
      ];
    },
  },
  {
    code: 'backend-service-missing',
    role: 'cause',
    decisions: { 'gateway-api.finding.backend-elsewhere': 'F-80', 'gateway-api.backend-missing': 'F-80' },
    repairs: (problem, cluster) => {
      const { object, path, message } = problem;
      if (object === null || path === null) return [];
      if (message.id === 'gateway-api.backend-missing') {
        const services = pastedIn(cluster.services, object.namespace);
        // More than two would be guessing.
        return services.length > 2 ? [] : services.flatMap(({ ref }) => setThere(problem, ref.name));
      }
      const namespace = said(message, 'namespace');
      const service = refNamed('Service', nameKey(namespace, said(message, 'name')));
      return [
        [set(service, ['metadata', 'namespace'], said(message, 'wanted'))],
        [set(object, path, namespace), { kind: 'add', beside: object, value: grant(namespace, object.namespace, object.kind, 'Service') }],
      ];
    },
    cure: () => msg('diagnose.cure.backend'),
  },
  {
    code: 'backend-port-missing',
    role: 'cause',
    decisions: { 'gateway-api.backend-port': 'F-80' },
    repairs: (problem, cluster) =>
      (cluster.services.get(said(problem.message, 'service'))?.ports ?? []).slice(0, 3).flatMap(({ port }) => setThere(problem, port)),
    cure: () => msg('diagnose.cure.backend'),
  },
  {
    code: 'backend-kind-unknown',
    role: 'cause',
    decisions: { 'gateway-api.backend-kind': 'F-80' },
    repairs: (problem) => setThere(problem, undefined),
    cure: () => msg('diagnose.cure.backend'),
  },
  {
    code: 'backend-protocol-unsupported',
    role: 'cause',
    decisions: { 'gateway-api.backend-protocol': 'F-80', 'gateway-api.backend-transport': 'F-80', 'gateway-api.backend-external-name': 'F-80' },
    cure: () => msg('diagnose.cure.backend'),
  },
  {
    code: 'listener-conflict',
    role: 'cause',
    explains: UNSERVED,
    decisions: {
      'rejection.gateway.listener-twice': 'F-83',
      'gateway-api.hostname-conflict': 'F-83',
      'gateway-api.hostname-conflict-all': 'F-83',
      'gateway-api.protocol-conflict': 'F-83',
    },
    cure: () => msg('diagnose.cure.listener-conflict'),
  },
  {
    code: 'listener-certificate',
    role: 'cause',
    explains: UNSERVED,
    decisions: {
      'gateway-api.certificate-missing': 'F-82',
      'gateway-api.certificate-none': 'F-82',
      'gateway-api.certificate-kind': 'F-82',
      'gateway-api.certificate-incomplete': 'F-82',
      'gateway-api.certificate-unreadable': 'F-82',
    },
    repairs: ({ object, path, message }, cluster) => {
      if (object === null || path === null) return [];
      const names = pastedIn(cluster.secrets, object.namespace)
        .filter(({ usableForTls }) => usableForTls)
        .map(({ ref }) => ref.name);
      const near = suggest(said(message, 'secret').split('/').at(-1) ?? '', names) ?? (names.length === 1 ? names[0]! : null);
      return near === null ? [] : [[set(object, [...path, 0, 'name'], near)]];
    },
    cure: ({ object }) => msg('diagnose.cure.tls-secret', { namespace: object?.namespace ?? '' }),
  },
  {
    code: 'weights-all-zero',
    role: 'cause',
    decisions: { 'gateway-api.finding.weights-zero': 'F-87', 'gateway.backend.weightless': 'F-87' },
    repairs: ({ object, path }, cluster) => {
      const backends = object === null || path === null ? undefined : written(cluster, object, path);
      return object === null || path === null || !Array.isArray(backends) ? [] : [backends.map((_, index) => unset(object, [...path, index, 'weight']))];
    },
  },
  {
    code: 'redirect-loop',
    role: 'cause',
    decisions: { 'gateway-api.finding.redirect-loop': 'F-88' },
    repairs: ({ object }, cluster) => {
      const refs = object === null ? undefined : written(cluster, object, ['spec', 'parentRefs']);
      const plain = listenersOf(cluster).find(({ protocol }) => protocol === 'HTTP');
      if (object === null || plain === undefined || !Array.isArray(refs)) return [];
      return [refs.map((_, index) => set(object, ['spec', 'parentRefs', index, 'sectionName'], plain.name))];
    },
  },
  {
    code: 'backend-tls-authority',
    role: 'cause',
    decisions: {
      'gateway-api.authority-missing': 'F-86',
      'gateway-api.authority-kind': 'F-86',
      'gateway-api.authority-without-key': 'F-86',
      'gateway-api.authority-unreadable': 'F-86',
      'gateway-api.policy-trusts-nobody': 'F-86',
      'gateway.backend.tls-no-ca': 'F-86',
    },
    cure: () => msg('diagnose.cure.backend-tls'),
  },
];

function listenersOf(cluster: Cluster): readonly SettledListener[] {
  return [...cluster.gatewayApi.gateways.values()].flatMap(({ listeners }) => listeners);
}

/** The smallest change at the route, or at the listener that does not let it in. */
function attach(problem: Problem, cluster: Cluster): readonly Repair[] {
  const { object, path, message } = problem;
  if (object === null || path === null) return [];
  const listener = listenersOf(cluster).find(({ name }) => name === said(message, 'listener'));
  switch (message.id as string) {
    case 'gateway-api.finding.section-near':
      return setThere(problem, said(message, 'near'));
    case 'gateway-api.no-section':
    case 'gateway-api.other-section':
    case 'gateway-api.no-port':
    case 'gateway-api.other-port':
      return setThere(problem, undefined);
    case 'gateway-api.namespace-not-allowed':
      return listener === undefined ? [] : [[set(listener.owner, [...listener.path, 'allowedRoutes', 'namespaces'], { from: 'All' })]];
    case 'gateway-api.hostnames-disjoint': {
      const hostname = said(message, 'hostname');
      const asked = cluster.routes.get(refKey(object))?.hostnames[0] ?? '';
      const meant = hostname.startsWith('*.') ? asked.replace(/^[^.]*/, '*') : asked;
      const slip = listener !== undefined && nearest(hostname, [meant]) !== null ? [[set(listener.owner, [...listener.path, 'hostname'], meant)]] : [];
      return hostname.startsWith('*') || hostname === '' ? slip : [...slip, [set(object, ['spec', 'hostnames'], [hostname])]];
    }
    default:
      return [];
  }
}

/** Lets objects of one namespace name those of another. */
function grant(namespace: string, from: string, fromKind: string, kind: string): JsonObject {
  return {
    apiVersion: referenceGrant.apiVersions[0]!,
    kind: referenceGrant.kind,
    metadata: { name: `allow-${from}`, namespace },
    spec: { from: [{ group: GROUP, kind: fromKind, namespace: from }], to: [{ group: '', kind }] },
  };
}
