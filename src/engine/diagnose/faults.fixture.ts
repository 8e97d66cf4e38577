/**
 * One fault at a time in sound manifests: every slip of the hand and every misunderstanding that objects of a kind allow,
 * made at every place where it can be made. Each says which findings are its right name.
 */
import type { Json, JsonObject } from '../manifests/document.ts';
import { asText, isList, isObject } from '../manifests/json.ts';
import { parseManifests } from '../manifests/parse.ts';
import type { FieldPath } from '../manifests/source.ts';

export interface Fault {
  /** `Service bookshop/storefront: spec.selector.app storefront → strefront`. */
  readonly what: string;
  readonly objects: readonly JsonObject[];
  readonly codes: readonly string[];
}

/** The objects of a text. Payloads of Secrets never leave the parser, so some stand in their place. */
export function objectsOf(text: string): readonly JsonObject[] {
  return parseManifests([{ name: 'world.yaml', text }]).objects.map(({ value }) =>
    value['kind'] === 'Secret' ? { ...value, data: { 'tls.crt': 'eA==', 'tls.key': 'eA==' } } : value,
  );
}

/** What is done to a word; `seed` picks the letter. */
type Slip = (word: string, seed: number) => string;

const SLIPS: readonly Slip[] = [
  (word, seed) => {
    const at = seed % (word.length - 1);
    return word.slice(0, at) + word[at + 1]! + word[at]! + word.slice(at + 2);
  },
  (word, seed) => word.slice(0, seed % word.length) + word.slice((seed % word.length) + 1),
  (word, seed) => {
    const at = seed % word.length;
    return word.slice(0, at) + word[at]! + word.slice(at);
  },
];

/** The word with one letter swapped, lost or doubled, and still a name. */
function misspelt(word: string, seed: number): string | null {
  for (let turn = seed; turn < seed + 12; turn += 1) {
    const slipped = SLIPS[turn % SLIPS.length]!(word, turn * 7 + 1);
    if (slipped !== word && slipped.length > 2 && /^[a-z]([-a-z0-9.]*[a-z0-9])?$/i.test(slipped)) return slipped;
  }
  return null;
}

interface Place {
  readonly object: number;
  readonly path: FieldPath;
  readonly value: Json;
}

/** Every place of the objects of some kinds that a pattern such as `spec.ports.*.targetPort` means; `*` is any entry. */
function placesIn(objects: readonly JsonObject[], kinds: readonly string[], pattern: string): readonly Place[] {
  return objects.flatMap((object, index) =>
    kinds.includes(asText(object['kind'])) ? walk(object, pattern.split('.'), []).map((found) => ({ object: index, ...found })) : [],
  );
}

function walk(value: Json, steps: readonly string[], path: FieldPath): readonly { readonly path: FieldPath; readonly value: Json }[] {
  const [step, ...rest] = steps;
  if (step === undefined) return [{ path, value }];
  if (isList(value)) return step === '*' ? value.flatMap((item, index) => walk(item, rest, [...path, index])) : [];
  if (!isObject(value)) return [];
  const keys = step === '*' ? Object.keys(value) : [step.replaceAll('~', '.')].filter((key) => key in value);
  return keys.flatMap((key) => walk(value[key]!, rest, [...path, key]));
}

function changed(value: Json, path: FieldPath, to: (before: Json) => Json | undefined): Json {
  const [step, ...rest] = path;
  if (step === undefined) return to(value) ?? null;
  if (isList(value)) {
    if (rest.length === 0 && to(value[Number(step)]!) === undefined) return value.filter((_, index) => index !== step);
    return value.map((item, index) => (index === step ? changed(item, rest, to) : item));
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]): readonly (readonly [string, Json])[] => {
      if (key !== step) return [[key, item]];
      if (rest.length > 0) return [[key, changed(item, rest, to)]];
      const after = to(item);
      return after === undefined ? [] : [[key, after]];
    }),
  );
}

const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'];
const ROUTES = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute'];

/** A kind of fault: where, what becomes of the value (undefined takes it away, null leaves it), and its right names. */
interface Rule {
  readonly kinds: readonly string[];
  readonly path: string;
  readonly to: (value: Json, seed: number, all: readonly JsonObject[], place: Place) => Json | undefined;
  readonly codes: readonly string[];
}

const slip = (value: Json, seed: number): Json | undefined => (typeof value === 'string' && value.length > 2 ? (misspelt(value, seed) ?? value) : value);
const gone = (): undefined => undefined;

const RULES: readonly Rule[] = [
  // Services and their Pods
  { kinds: ['Service'], path: 'spec.selector.*', to: slip, codes: ['selector-matches-no-pods'] },
  { kinds: ['Service'], path: 'spec.selector', to: gone, codes: ['selector-matches-no-pods'] },
  { kinds: ['Service'], path: 'spec.selector', to: (value, seed) => renamedKey(value, seed), codes: ['selector-matches-no-pods'] },
  { kinds: ['Service'], path: 'spec.selector', to: () => ({ app: 'something-else' }), codes: ['selector-matches-no-pods'] },
  {
    kinds: ['Service'],
    path: 'spec.ports.*.targetPort',
    to: (value, seed) => (typeof value === 'string' ? slip(value, seed) : value),
    codes: ['target-port-name-missing'],
  },
  {
    kinds: ['Service'],
    path: 'spec.ports.*.targetPort',
    to: (value) => (typeof value === 'number' ? value + 1 : value),
    codes: ['target-port-undeclared', 'nobody-listens'],
  },
  { kinds: ['Service'], path: 'spec.ports.*.nodePort', to: () => 8080, codes: ['node-port-unavailable'] },
  {
    kinds: ['Service'],
    path: 'spec.ports',
    to: (value) => (isList(value) && value.length > 1 ? value.map(withoutName) : value),
    codes: ['service-port-names'],
  },
  { kinds: ['Service'], path: 'spec.ports.*.port', to: String, codes: ['rejected'] },
  {
    kinds: ['Service'],
    path: 'metadata.namespace',
    to: slip,
    codes: ['selector-matches-no-pods', 'backend-service-missing', 'service-name-unknown', 'stateful-set-service-missing'],
  },
  { kinds: ['Service'], path: 'kind', to: slip, codes: ['kind-misspelt'] },
  { kinds: WORKLOADS, path: 'spec.template.metadata.labels.*', to: selectedLabel, codes: ['workload-selector-mismatch'] },
  {
    kinds: WORKLOADS,
    path: 'spec.replicas',
    to: (value, _, all, { object }) => (isServed(all, all[object]!) ? 0 : value),
    codes: ['selector-matches-no-pods'],
  },
  {
    kinds: WORKLOADS,
    path: 'metadata.namespace',
    to: (value, _, all, { object }) => (isServed(all, all[object]!) ? 'default' : value),
    codes: ['selector-matches-no-pods'],
  },
  { kinds: WORKLOADS, path: 'kind', to: slip, codes: ['kind-misspelt'] },
  { kinds: WORKLOADS, path: 'spec.template.spec.containers.*.ports.*.name', to: slip, codes: ['target-port-name-missing', 'network-policy-port-unknown'] },
  { kinds: WORKLOADS, path: 'spec.template.spec.containers.*.ports.*.containerPort', to: String, codes: ['rejected'] },
  { kinds: ['Deployment'], path: 'apiVersion', to: () => 'extensions/v1beta1', codes: ['api-version-removed'] },
  { kinds: ['StatefulSet'], path: 'spec.serviceName', to: slip, codes: ['stateful-set-service-missing'] },
  // Ingresses
  { kinds: ['Ingress'], path: 'spec.rules.*.http.paths.*.backend.service.name', to: slip, codes: ['backend-service-missing'] },
  { kinds: ['Ingress'], path: 'spec.rules.*.http.paths.*.backend.service.port.number', to: (value) => Number(value) + 1, codes: ['backend-port-missing'] },
  { kinds: ['Ingress'], path: 'spec.rules.*.http.paths.*.backend.service.port.name', to: slip, codes: ['backend-port-missing'] },
  { kinds: ['Ingress'], path: 'spec.rules.*.http.paths.*.pathType', to: gone, codes: ['ingress-path-invalid'] },
  {
    kinds: ['Ingress'],
    path: 'spec.rules.*.http.paths.*.path',
    to: (value) => (asText(value).length > 1 ? asText(value).slice(1) : value),
    codes: ['ingress-path-invalid'],
  },
  {
    kinds: ['Ingress'],
    path: 'spec.rules.*.host',
    to: slipHost,
    codes: ['ingress-host-unknown', 'public-name-missing', 'certificate-mismatch', 'tls-host-not-covered'],
  },
  { kinds: ['Ingress'], path: 'spec.ingressClassName', to: slip, codes: ['ingress-class-unclaimed'] },
  { kinds: ['Ingress'], path: 'spec.tls.*.secretName', to: slip, codes: ['tls-secret-missing'] },
  { kinds: ['Ingress'], path: 'metadata.namespace', to: () => 'default', codes: ['backend-service-missing'] },
  { kinds: ['Ingress'], path: 'apiVersion', to: () => 'networking.k8s.io/v1beta1', codes: ['api-version-removed'] },
  // Gateways
  { kinds: ['Gateway'], path: 'spec.gatewayClassName', to: slip, codes: ['gateway-class-unclaimed'] },
  { kinds: ['Gateway'], path: 'spec.listeners.*.tls.certificateRefs.*.name', to: slip, codes: ['listener-certificate'] },
  { kinds: ['Gateway'], path: 'spec.listeners.*.hostname', to: slipHost, codes: ['route-not-attached'] },
  { kinds: ['Gateway'], path: 'spec.listeners.*.allowedRoutes', to: gone, codes: ['route-not-attached'] },
  { kinds: ['Gateway'], path: 'spec.listeners.*.allowedRoutes.namespaces.selector.matchLabels.*', to: () => 'no', codes: ['route-not-attached'] },
  { kinds: ROUTES, path: 'spec.parentRefs.*.name', to: slip, codes: ['route-parent-missing'] },
  { kinds: ROUTES, path: 'spec.parentRefs.*.namespace', to: gone, codes: ['route-parent-missing'] },
  { kinds: ROUTES, path: 'spec.parentRefs.*.sectionName', to: slip, codes: ['route-not-attached'] },
  { kinds: ROUTES, path: 'spec.rules.*.backendRefs.*.name', to: slip, codes: ['backend-service-missing', 'reference-not-permitted'] },
  { kinds: ROUTES, path: 'spec.rules.*.backendRefs.*.port', to: (value) => Number(value) + 1, codes: ['backend-port-missing'] },
  { kinds: ROUTES, path: 'spec.rules.*.backendRefs.*.namespace', to: gone, codes: ['backend-service-missing'] },
  {
    kinds: ROUTES,
    path: 'spec.rules.*.matches.*.path.value',
    to: (value, seed) => `/${asText(slip(asText(value).slice(1), seed))}`,
    codes: ['route-path-unmatched'],
  },
  { kinds: ROUTES, path: 'spec.rules.*.matches.*.method', to: () => 'PUT', codes: ['route-condition-unmatched'] },
  { kinds: ROUTES, path: 'spec.hostnames.*', to: slipHost, codes: ['route-not-attached', 'route-unmatched', 'route-host-unknown', 'public-name-missing'] },
  { kinds: ['ReferenceGrant'], path: 'spec.from.*.namespace', to: slip, codes: ['reference-not-permitted'] },
  { kinds: ['ReferenceGrant'], path: 'spec.to.*.name', to: slip, codes: ['reference-not-permitted'] },
  { kinds: ['ReferenceGrant'], path: 'metadata.namespace', to: () => 'default', codes: ['reference-not-permitted'] },
  // Policies
  { kinds: ['NetworkPolicy'], path: 'spec.ingress.*.from.*.podSelector.matchLabels.*', to: slip, codes: ['network-policy-peer-unknown'] },
  { kinds: ['NetworkPolicy'], path: 'spec.egress.*.to.*.podSelector.matchLabels.*', to: slip, codes: ['network-policy-peer-unknown'] },
  { kinds: ['NetworkPolicy'], path: 'spec.ingress.*.from.*.namespaceSelector.matchLabels.*', to: slip, codes: ['network-policy-selects-no-namespace'] },
  { kinds: ['NetworkPolicy'], path: 'spec.ingress.*.from.*.namespaceSelector', to: gone, codes: ['network-policy-and-or', 'network-policy-blocks'] },
  { kinds: ['NetworkPolicy'], path: 'spec.ingress', to: gone, codes: ['network-policy-blocks'] },
  { kinds: ['NetworkPolicy'], path: 'spec.egress', to: gone, codes: ['network-policy-blocks'] },
  { kinds: ['NetworkPolicy'], path: 'spec.ingress.*.ports.*.port', to: servicePort, codes: ['network-policy-names-service-port'] },
  {
    kinds: ['NetworkPolicy'],
    path: 'spec.ingress.*.ports.*.port',
    to: (value, seed) => (typeof value === 'string' ? slip(value, seed) : value),
    codes: ['network-policy-port-unknown'],
  },
];

/** Another letter in the first label of a host name. */
function slipHost(value: Json, seed: number): Json {
  const [label = '', ...rest] = asText(value).split('.');
  if (label === '*') return ['*', asText(slip(rest[0] ?? '', seed)), ...rest.slice(1)].join('.');
  return [asText(slip(label, seed)), ...rest].join('.');
}

function renamedKey(value: Json, seed: number): Json {
  if (!isObject(value)) return value;
  const [first, ...rest] = Object.entries(value);
  return first === undefined || first[0].length < 3 ? value : Object.fromEntries([[asText(slip(first[0], seed)), first[1]], ...rest]);
}

function withoutName(port: Json): Json {
  return isObject(port) ? Object.fromEntries(Object.entries(port).filter(([key]) => key !== 'name')) : port;
}

/** A label that the workload's own selector asks for. */
function selectedLabel(value: Json, seed: number, all: readonly JsonObject[], { object, path }: Place): Json | undefined {
  const wanted = walk(all[object]!, ['spec', 'selector', 'matchLabels', '*'], []).some((found) => found.path.at(-1) === path.at(-1));
  return wanted ? slip(value, seed) : value;
}

/** Whether a Service of the namespace selects the Pods. */
function isServed(all: readonly JsonObject[], workload: JsonObject): boolean {
  return servicesFor(all, workload, ['spec', 'template', 'metadata', 'labels']).length > 0;
}

function servicesFor(all: readonly JsonObject[], object: JsonObject, labelsAt: readonly string[]): readonly JsonObject[] {
  const [labels] = walk(object, labelsAt, []);
  return all.filter(
    (service) =>
      service['kind'] === 'Service' &&
      namespaceOf(service) === namespaceOf(object) &&
      walk(service, ['spec', 'selector', '*'], []).every(({ path, value }) => isObject(labels?.value) && labels.value[String(path.at(-1))] === value),
  );
}

/** The port of the Service before the Pods of the policy, where the Pods have another. */
function servicePort(value: Json, _: number, all: readonly JsonObject[], { object }: Place): Json {
  const policy = all[object]!;
  const services = all.filter((service) =>
    walk(policy, ['spec', 'podSelector', 'matchLabels', '*'], []).every(({ path, value: label }) =>
      walk(service, ['spec', 'selector', '*'], []).some((found) => found.path.at(-1) === path.at(-1) && found.value === label),
    ),
  );
  const ports = services.flatMap((service) => walk(service, ['spec', 'ports', '*', 'port'], []).map((found) => found.value));
  return ports.find((port) => port !== value) ?? value;
}

const namespaceOf = (object: JsonObject): Json => walk(object, ['metadata', 'namespace'], [])[0]?.value ?? 'default';

/** Objects that can be missing altogether. */
const REMOVED: readonly (readonly [kind: string, codes: readonly string[]])[] = [
  ['Service', ['backend-service-missing', 'service-name-unknown', 'stateful-set-service-missing', 'node-port-unused']],
  ['ReferenceGrant', ['reference-not-permitted']],
];

/** Something asks for the object by name, and others of its kind show that this part of the cluster was pasted. */
function isMissed(objects: readonly JsonObject[], at: number): boolean {
  const object = objects[at]!;
  if (object['kind'] !== 'Service') return true;
  const name = asText(walk(object, ['metadata', 'name'], [])[0]?.value);
  const others = objects.filter((_, index) => index !== at);
  const asking = others.filter(({ kind }) => ['Ingress', 'StatefulSet', 'Scenario', ...ROUTES].includes(asText(kind))).map((other) => JSON.stringify(other));
  const isAsked = asking.some((text) => new RegExp(`"name":"${name}"|"serviceName":"${name}"|//${name}\\b`).test(text));
  return isAsked && others.some((other) => other['kind'] === 'Service' && namespaceOf(other) === namespaceOf(object));
}

export function faultsIn(objects: readonly JsonObject[], seed: number): readonly Fault[] {
  const edits = RULES.flatMap(({ kinds, path, to, codes }, turn) =>
    placesIn(objects, kinds, path).flatMap((place, index): readonly Fault[] => {
      const value = to(place.value, seed + turn + index, objects, place);
      if (JSON.stringify(value) === JSON.stringify(place.value)) return [];
      const broken = changed(objects[place.object]!, place.path, () => value) as JsonObject;
      const all = objects.map((object, at) => (at === place.object ? broken : object));
      return [
        { what: `${nameOf(objects[place.object]!)}: ${place.path.join('.')} ${JSON.stringify(place.value)} → ${JSON.stringify(value)}`, objects: all, codes },
      ];
    }),
  );
  const removals = REMOVED.flatMap(([kind, codes]) =>
    objects.flatMap((object, at): readonly Fault[] =>
      object['kind'] === kind && isMissed(objects, at)
        ? [{ what: `${nameOf(object)}: taken away`, objects: objects.filter((_, index) => index !== at), codes }]
        : [],
    ),
  );
  return [...edits, ...removals];
}

function nameOf(object: JsonObject): string {
  return `${asText(object['kind'])} ${asText(namespaceOf(object))}/${asText(walk(object, ['metadata', 'name'], [])[0]?.value)}`;
}
