/** Objects that the API server does not take (S4): for the request they do not exist. */
import { msg } from '../../../catalogue/message.ts';
import { nearest } from '../../manifests/near-miss.ts';
import { isList, isObject } from '../../manifests/json.ts';
import type { Json, JsonObject } from '../../manifests/document.ts';
import type { ObjectRef } from '../../manifests/object-ref.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { said, set, setThere, unset, written } from '../edits.ts';
import type { FindingKind, Repair } from '../finding-kind.ts';
import type { Problem } from '../problem.ts';

export const admission: readonly FindingKind[] = [
  {
    code: 'api-version-removed',
    role: 'cause',
    decisions: { 'rejection.removed': 'F-01', 'rejection.removed.ingress': 'F-01', 'rejection.never-served': 'F-01' },
    repairs: ({ object, message }, cluster) =>
      object === null ? [] : [[set(object, ['apiVersion'], said(message, 'replacement')), ...(object.kind === 'Ingress' ? newBackends(cluster, object) : [])]],
  },
  {
    code: 'ingress-path-invalid',
    role: 'cause',
    decisions: { 'rejection.ingress.path-type': 'F-02', 'rejection.ingress.path-start': 'F-02', 'rejection.ingress.path-part': 'F-02' },
    repairs: (problem) => {
      const value = said(problem.message, 'value');
      if (problem.message.id === 'rejection.ingress.path-type') return setThere(problem, 'Prefix');
      return problem.message.id === 'rejection.ingress.path-start' ? setThere(problem, `/${value}`) : setThere(problem, value.replace(/\/{2,}/g, '/'));
    },
  },
  {
    code: 'ingress-backend-old-form',
    role: 'cause',
    decisions: { 'rejection.ingress.backend-old-form': 'F-01' },
    repairs: ({ object }, cluster) => (object === null ? [] : [newBackends(cluster, object)]),
  },
  {
    code: 'ingress-host-invalid',
    role: 'cause',
    decisions: {
      'rejection.ingress.host': 'F-54',
      'rejection.ingress.host-port': 'F-54',
      'rejection.ingress.host-ip': 'F-54',
      'rejection.ingress.host-wildcard': 'F-54',
    },
    repairs: (problem) => {
      const host = said(problem.message, 'value')
        .toLowerCase()
        .replace(/^[a-z]+:\/\//, '')
        .replace(/[:/].*$/, '');
      return problem.message.id === 'rejection.ingress.host-ip' ? setThere(problem, undefined) : setThere(problem, host);
    },
  },
  {
    code: 'ingress-class-twice',
    role: 'cause',
    decisions: { 'rejection.ingress.two-classes': 'F-53' },
    repairs: ({ object, message }) => (object === null ? [] : [[unset(object, ['metadata', 'annotations', said(message, 'annotation')])]]),
  },
  {
    code: 'node-port-unavailable',
    role: 'cause',
    decisions: {
      'cluster.rejected.node-port-range': 'F-03',
      'cluster.rejected.node-port-taken': 'F-03',
      'cluster.rejected.node-ports-used-up': 'F-03',
      'rejection.service.node-port-twice': 'F-03',
    },
    repairs: (problem) => setThere(problem, undefined),
  },
  {
    code: 'service-type-forbids-field',
    role: 'cause',
    decisions: {
      'rejection.service.node-port-forbidden': 'F-03',
      'rejection.service.load-balancer-only': 'F-42',
      'rejection.service.external-policy-inside': 'F-28',
      'rejection.service.health-check-port': 'F-28',
      'rejection.service.headless-type': 'F-09',
    },
    repairs: (problem) => {
      const { object, message } = problem;
      const away = setThere(problem, undefined);
      const type =
        message.id === 'rejection.service.node-port-forbidden' ? 'NodePort' : message.id === 'rejection.service.load-balancer-only' ? 'LoadBalancer' : null;
      return object === null || type === null ? away : [...away, [set(object, ['spec', 'type'], type)]];
    },
  },
  {
    code: 'service-port-names',
    role: 'cause',
    decisions: {
      'rejection.service.port-name-required': 'F-04',
      'rejection.service.port-name-twice': 'F-04',
      'rejection.service.port-name': 'F-04',
      'rejection.service.port-twice': 'F-04',
    },
    repairs: ({ object, message }, cluster) => {
      if (object === null) return [];
      const ports = written(cluster, object, ['spec', 'ports']);
      return message.id === 'rejection.service.port-twice' || !isList(ports) ? [] : [namedPorts(object, ports)];
    },
  },
  {
    code: 'name-invalid',
    role: 'cause',
    decisions: { 'rejection.name.dns1035-label': 'F-04', 'rejection.name.dns1123-label': 'F-04', 'rejection.name.dns1123-subdomain': 'F-04' },
    repairs: (problem) => {
      const value = said(problem.message, 'value');
      const plain = value
        .toLowerCase()
        .replace(/[^a-z0-9-]+/g, '-')
        .replace(/^-+|-+$/g, '');
      const label = problem.message.id === 'rejection.name.dns1035-label' ? plain.replace(/^[^a-z]+/, '') : plain;
      return label === '' || label.length > 63 ? [] : setThere(problem, label);
    },
  },
  {
    code: 'external-name-invalid',
    role: 'cause',
    decisions: {
      'rejection.service.external-name': 'F-05',
      'rejection.service.external-name-invalid': 'F-05',
      'rejection.service.external-name-forbids': 'F-05',
    },
    repairs: (problem) => {
      if (problem.message.id === 'rejection.service.external-name') return [];
      if (problem.message.id === 'rejection.service.external-name-forbids') return setThere(problem, undefined);
      const host = said(problem.message, 'value')
        .toLowerCase()
        .replace(/^[a-z]+:\/\//, '')
        .replace(/[:/].*$/, '');
      return host === '' ? [] : setThere(problem, host);
    },
    cure: () => msg('diagnose.cure.external-name-field'),
  },
  {
    code: 'cluster-ip-unavailable',
    role: 'cause',
    decisions: {
      'cluster.rejected.cluster-ip-range': 'F-05',
      'cluster.rejected.cluster-ip-taken': 'F-05',
      'cluster.rejected.cluster-ips-used-up': 'F-05',
    },
    repairs: ({ object }, cluster) => {
      if (object === null) return [];
      const fields = ['clusterIP', 'clusterIPs'].filter((field) => written(cluster, object, ['spec', field]) !== undefined);
      return [fields.map((field) => unset(object, ['spec', field]))];
    },
  },
  {
    code: 'workload-selector-mismatch',
    role: 'cause',
    decisions: { 'rejection.selector.no-match': 'F-07', 'rejection.selector.required': 'F-07', 'rejection.selector.empty': 'F-07' },
    repairs: ({ object }, cluster) => (object === null ? [] : alignedSelector(cluster, object)),
  },
  {
    code: 'namespace-missing',
    role: 'cause',
    decisions: { 'cluster.rejected.namespace': 'F-06' },
    repairs: ({ object, message }) =>
      object === null
        ? []
        : [[{ kind: 'add', beside: object, value: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: said(message, 'namespace') } } }]],
  },
  {
    code: 'admission-webhook-down',
    role: 'cause',
    decisions: { 'cluster.rejected.webhook-service': 'F-72', 'cluster.rejected.webhook-port': 'F-72', 'cluster.rejected.webhook-pods': 'F-72' },
    cure: () => msg('diagnose.cure.webhook'),
  },
  {
    code: 'rejected',
    role: 'cause',
    decisions: {
      'rejection.not-supported': 'F-04',
      'rejection.decode.text-number': 'F-04',
      'rejection.decode.text-boolean': 'F-04',
      'rejection.decode.integer-quoted': 'F-04',
      'rejection.decode.boolean-quoted': 'F-04',
      'rejection.port-name.quoted': 'F-04',
    },
    repairs: repairValue,
  },
  {
    code: 'kind-misspelt',
    role: 'cause',
    decisions: { 'rejection.note.kind-misspelt': 'F-01' },
    repairs: (problem) => setThere(problem, said(problem.message, 'meant')),
  },
  {
    code: 'unknown-field',
    role: 'cause',
    explains: ['hand-made-endpoints', 'service-without-endpoints'],
    decisions: { 'rejection.note.unknown-field.near': 'F-04' },
    repairs: ({ object, path, message }, cluster) => {
      const value = object === null || path === null ? undefined : written(cluster, object, path);
      return object === null || path === null || value === undefined
        ? []
        : [[unset(object, path), set(object, [...path.slice(0, -1), lastStep(said(message, 'near'))], value)]];
    },
  },
];

const lastStep = (path: string): string => path.split('.').at(-1) ?? path;

/** Only the form of a value is wrong: quotes, letters, or a word that is nearly one of those allowed. */
function repairValue(problem: Problem): readonly Repair[] {
  const { message } = problem;
  const value = said(message, 'value');
  switch (message.id as string) {
    case 'rejection.decode.text-number':
    case 'rejection.decode.text-boolean':
      return setThere(problem, value);
    case 'rejection.decode.integer-quoted':
    case 'rejection.port-name.quoted':
      return setThere(problem, Number(value));
    case 'rejection.decode.boolean-quoted':
      return setThere(problem, value === 'true');
    case 'rejection.not-supported': {
      const allowed = message.args['allowed'];
      const words = Array.isArray(allowed) ? (allowed as readonly string[]) : [];
      const near = words.find((word) => word.toLowerCase() === value.toLowerCase()) ?? nearest(value, words)?.word;
      return near === undefined ? [] : setThere(problem, near);
    }
    default:
      return [];
  }
}

/** Every port without a name of its own gets one from its protocol and number. */
function namedPorts(object: ObjectRef, ports: readonly Json[]): Repair {
  const taken = new Set<string>();
  return ports.flatMap((port, index) => {
    if (!isObject(port)) return [];
    const { name, protocol, port: number } = port;
    if (typeof name === 'string' && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name) && !taken.has(name)) {
      taken.add(name);
      return [];
    }
    const given = `${typeof protocol === 'string' ? protocol.toLowerCase() : 'tcp'}-${JSON.stringify(number)}`;
    taken.add(given);
    return [set(object, ['spec', 'ports', index, 'name'], given)];
  });
}

/** The template gets the labels that the selector asks for; or the selector those that the template has. */
function alignedSelector(cluster: Cluster, object: ObjectRef): readonly Repair[] {
  const wanted = written(cluster, object, ['spec', 'selector', 'matchLabels']);
  const labels = written(cluster, object, ['spec', 'template', 'metadata', 'labels']);
  const repairs: Repair[] = [];
  const missing = isObject(wanted) ? Object.entries(wanted).filter(([key, value]) => !isObject(labels) || labels[key] !== value) : [];
  if (missing.length > 0) repairs.push(missing.map(([key, value]) => set(object, ['spec', 'template', 'metadata', 'labels', key], value)));
  if (isObject(labels)) {
    const known = Object.entries(labels);
    const kept = isObject(wanted) && missing.every(([key]) => key in labels);
    repairs.push(
      kept
        ? missing.map(([key]) => set(object, ['spec', 'selector', 'matchLabels', key], labels[key]!))
        : [set(object, ['spec', 'selector'], { matchLabels: Object.fromEntries(known) })],
    );
  }
  return repairs;
}

/** What networking.k8s.io/v1beta1 wrote as serviceName and servicePort. */
function newBackends(cluster: Cluster, object: ObjectRef): Repair {
  const spec = written(cluster, object, ['spec']);
  if (!isObject(spec)) return [];
  const changes: Repair[number][] = [];
  const own = newBackend(spec['backend']);
  if (own !== null) changes.push(unset(object, ['spec', 'backend']), set(object, ['spec', 'defaultBackend'], own));
  for (const [i, rule] of listOf(spec['rules']).entries()) {
    const http = isObject(rule) ? rule['http'] : undefined;
    for (const [j, path] of listOf(isObject(http) ? http['paths'] : undefined).entries()) {
      if (!isObject(path)) continue;
      const at = ['spec', 'rules', i, 'http', 'paths', j];
      const backend = newBackend(path['backend']);
      if (path['pathType'] === undefined) changes.push(set(object, [...at, 'pathType'], 'ImplementationSpecific'));
      if (backend !== null) changes.push(set(object, [...at, 'backend'], backend));
    }
  }
  return changes;
}

function newBackend(backend: Json | undefined): JsonObject | null {
  if (!isObject(backend)) return null;
  const { serviceName, servicePort } = backend;
  if (typeof serviceName !== 'string') return null;
  const port = typeof servicePort === 'number' ? { number: servicePort } : { name: typeof servicePort === 'string' ? servicePort : '' };
  return { service: { name: serviceName, port } };
}

const listOf = (value: Json | undefined): readonly Json[] => (isList(value) ? value : []);
