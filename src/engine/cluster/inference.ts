/**
 * What the pasted part of a cluster presupposes (S1.3a): namespaces, backend Services, Pods behind Services, TLS
 * Secrets. Each is made as a real object with its assumption. Nothing is filled in where the texts hold a candidate that
 * does not fit (a near miss, a rejected or unreadable object): that is the mistake a person came to find.
 */
import { msg } from '../../catalogue/message.ts';
import type { Ingress, IngressBackend } from '../kinds/ingress/ingress-spec.ts';
import type { ApiObject } from '../kinds/kind.ts';
import type { Service, ServicePort } from '../kinds/service/service-spec.ts';
import type { Workload } from '../kinds/workload/workload-spec.ts';
import type { Json } from '../manifests/document.ts';
import { nameKey, refKey, type ObjectRef } from '../manifests/object-ref.ts';
import { answerTo, infer } from './assumptions.ts';
import type { Issuance } from './cert-manager.ts';
import { wantedClass } from './controllers/claims.ts';
import { knownByAnnotation, knownByClassName } from './controllers/known.ts';
import type { Environment } from './environment.ts';
import { listenerCertificates, routeBackends, type WantedBackend, type WantedCertificate } from './gateways/presupposed.ts';
import { albAnnotation } from './ingress-balancers/alb-annotations.ts';
import { isAction, servicesInActions } from './ingress-balancers/alb-rules.ts';
import { type Ledger, recordProvenance } from './ledger.ts';
import { nearest } from '../manifests/near-miss.ts';
import type { Objects } from './objects.ts';
import { foreignObjects, operatedBy } from './operators.ts';
import { type Labels, matchesLabels } from './selectors.ts';
import { syntheticNamespace, syntheticPod, syntheticPodSpec, syntheticSecret, syntheticService } from './synthetic.ts';

/** Pods that a Service is taken to have when none of its Pods was pasted. */
const ASSUMED_PODS = 2;
/** Exist in every cluster. */
const BUILT_IN_NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];

export function inferNamespaces(objects: Objects, environment: Environment, ledger: Ledger): void {
  const add = (name: string, assumption: string | null) => {
    const made = syntheticNamespace(name);
    objects.namespaces.set(name, made);
    const why = BUILT_IN_NAMESPACES.includes(name) ? msg('provenance.namespace-built-in') : msg('provenance.namespace');
    recordProvenance(ledger, { object: made.ref }, BUILT_IN_NAMESPACES.includes(name) ? 'API server' : 'Podpath', why, null, assumption);
  };
  for (const name of BUILT_IN_NAMESPACES) if (!objects.namespaces.has(name)) add(name, null);
  const used = new Set(namespaced(objects).flatMap((map) => [...map.values()].map(({ ref }) => ref.namespace)));
  for (const name of used) {
    if (objects.namespaces.has(name)) continue;
    const id = `namespace:${name}`;
    if (environment.assume[id] === false) {
      rejectAllIn(name, objects, ledger);
      continue;
    }
    // Even in a closed world the namespace of an object exists: it was applied somewhere.
    const answer = answerTo(environment, id);
    add(name, answer === 'assumed' ? infer(ledger, answer, id, msg('assume.namespace', { name })) : null);
  }
}

function namespaced(objects: Objects): readonly Map<string, ApiObject>[] {
  const { services, pods, workloads, ingresses, networkPolicies, secrets, configMaps, gateways, listenerSets, routes, referenceGrants, backendTLSPolicies } =
    objects;
  return [services, pods, workloads, ingresses, networkPolicies, secrets, configMaps, gateways, listenerSets, routes, referenceGrants, backendTLSPolicies];
}

/** Nothing can be created in a namespace that does not exist. */
function rejectAllIn(namespace: string, objects: Objects, ledger: Ledger): void {
  for (const map of namespaced(objects)) {
    for (const [key, { ref }] of map) {
      if (ref.namespace !== namespace) continue;
      map.delete(key);
      const message = msg('cluster.rejected.namespace', { namespace });
      ledger.rejections.push({ object: ref, path: ['metadata', 'namespace'], category: 'Invalid', message, rule: 'S2.10' });
    }
  }
}

export function inferBackends(objects: Objects, environment: Environment, ledger: Ledger): void {
  const written = new Set(ledger.manifests.objects.filter(({ ref }) => ref.kind === 'Service').map(({ ref }) => refKey(ref)));
  const namespacesWithServices = new Set([...objects.services.values()].filter((service) => service.manifest !== null).map(({ ref }) => ref.namespace));
  const elsewhere = new Set(ledger.manifests.objects.filter(({ ref }) => ref.kind === 'Service').map(({ ref }) => ref.name));
  const unread = unreadTexts(ledger);
  const missing = new Map<string, { readonly wanted: WantedBackend; readonly ports: ServicePort[] }>();
  for (const wanted of [...ingressBackends(objects), ...routeBackends(objects)]) {
    const { namespace, name, port, protocol } = wanted;
    const key = nameKey(namespace, name);
    if (objects.services.has(key) || written.has(refKey({ kind: 'Service', namespace, name }))) continue;
    const isAnswered = environment.assume[`service:${key}`] === true;
    if (!isAnswered && (namespacesWithServices.has(namespace) || elsewhere.has(name) || isUnreadable(unread, SERVICE_KIND, name))) continue;
    const known = missing.get(key) ?? { wanted, ports: [] };
    missing.set(key, known);
    const number = 'number' in port ? port.number : 80 + known.ports.length;
    const portName = 'name' in port ? port.name : `port-${number}`;
    const isKnown = known.ports.some((other) => ('number' in port ? other.port === number : other.name === portName));
    if (!isKnown) known.ports.push({ name: portName, protocol, appProtocol: null, port: number, targetPort: number, nodePort: 0 });
  }
  for (const [key, { wanted, ports }] of missing) {
    const { namespace, name, by, from, path } = wanted;
    const id = `service:${key}`;
    const answer = answerTo(environment, id);
    if (answer === 'refused') continue;
    // A workload of the same name was pasted: then only the Service is missing.
    const workload = workloadNamed(objects, namespace, name);
    const message =
      workload === undefined
        ? msg('assume.service', { service: key, ingress: by })
        : msg('assume.service-of', { service: key, ingress: by, workload: refKey(workload.ref) });
    const assumption = infer(ledger, answer, id, message);
    const made = syntheticService(namespace, name, {
      type: wanted.needsNodePort === true ? 'NodePort' : 'ClusterIP',
      selector: workload?.template.labels ?? { app: name },
      ports: workload === undefined ? ports : ports.map((port) => ({ ...port, targetPort: declaredPort(workload) ?? port.targetPort })),
    });
    objects.services.set(key, made);
    const why = from.kind === 'Ingress' ? msg('provenance.inferred-service') : msg('provenance.inferred-route-service');
    recordProvenance(ledger, { object: made.ref }, 'Podpath', why, { object: from, path }, assumption);
    if (workload === undefined) addPods(made, ASSUMED_PODS, assumption, objects, ledger);
  }
}

function ingressBackends(objects: Objects): readonly WantedBackend[] {
  return [...objects.ingresses.values()].flatMap((ingress) => {
    const { namespace, name: own } = ingress.ref;
    const common = { namespace, protocol: 'TCP' as const, by: nameKey(namespace, own), from: ingress.ref, path: ['spec', 'rules'] };
    const inActions = servicesInActions(ingress).map(({ name, port }) => ({
      ...common,
      name,
      port: typeof port === 'number' ? { number: port } : { name: port },
    }));
    const services = serviceBackends(ingress).filter((backend) => !isAction(backend));
    return [...services.map(({ name, port }) => ({ ...common, name, port })), ...inActions].map((wanted) => ({
      ...wanted,
      needsNodePort: needsNodePorts(ingress),
    }));
  });
}

/** Behind an Application Load Balancer whose targets are nodes, a Service that was not pasted is one with node ports. */
function needsNodePorts(ingress: Ingress): boolean {
  const known = knownByClassName(wantedClass(ingress) ?? '') ?? knownByAnnotation(ingress.metadata.annotations);
  return known?.balancers?.cloud === 'aws-lbc' && albAnnotation(ingress, 'target-type') !== 'ip';
}

function declaredPort({ template }: Workload): number | null {
  return template.spec.containers.flatMap(({ ports }) => ports.filter(({ protocol }) => protocol === 'TCP'))[0]?.containerPort ?? null;
}

/** Every Service that the Ingress names as a backend. */
export function serviceBackends(ingress: Ingress): readonly Extract<IngressBackend, { kind: 'service' }>[] {
  const all = [ingress.defaultBackend, ...ingress.rules.flatMap((rule) => rule.paths.map(({ backend }) => backend))];
  return all.filter((backend) => backend !== null && backend.kind === 'service');
}

export function inferPods(objects: Objects, environment: Environment, ledger: Ledger): void {
  const withSlices = new Set(objects.slices.map((slice) => (slice.serviceName === null ? '' : nameKey(slice.ref.namespace, slice.serviceName))));
  const labels = labelSets(objects);
  const keys = new Map([...labels].map(([namespace, sets]) => [namespace, new Set(sets.flatMap((set) => Object.keys(set)))]));
  const hasUnreadPods = new Set(rejectedNamespaces(objects, ledger));
  const isPodUnreadable = isUnreadable(unreadTexts(ledger), POD_KINDS, null);
  const idle = idleSets(objects, labels);
  const foreign = foreignObjects(ledger.manifests);
  for (const service of objects.services.values()) {
    const { selector, ref } = service;
    if (service.manifest === null || selector === null || service.type === 'ExternalName') continue;
    const key = nameKey(ref.namespace, ref.name);
    const id = `pods:${key}`;
    if (withSlices.has(key)) continue;
    const value = environment.assume[id];
    const operator = operatedBy(selector, ref.namespace, foreign);
    if (
      value === undefined &&
      operator === undefined &&
      (isPodUnreadable || hasUnreadPods.has(ref.namespace) || isCandidate(selector, idle.get(ref.namespace), workloadNamed(objects, ref.namespace, ref.name)))
    )
      continue;
    if (value === undefined && operator === undefined && !isPresupposed(selector, labels, keys.get(ref.namespace) ?? new Set(), ref.namespace)) continue;
    if ((value !== undefined || operator !== undefined) && matchesAny(selector, labels.get(ref.namespace))) continue;
    const answer = answerTo(environment, id);
    if (answer === 'refused') continue;
    const message =
      operator === undefined
        ? msg('assume.pods', { service: key, labels: formatLabels(selector) })
        : msg('assume.pods-of-operator', { service: key, kind: operator.kind, name: operator.name });
    const assumption = infer(ledger, answer, id, message);
    addPods(service, typeof value === 'number' ? Math.min(Math.max(0, Math.trunc(value)), 1000) : ASSUMED_PODS, assumption, objects, ledger);
  }
}

/** Distinct label sets of pasted Pods and templates, by namespace. */
function labelSets(objects: Objects): ReadonlyMap<string, readonly Labels[]> {
  const seen = new Set<string>();
  const out = new Map<string, Labels[]>();
  const add = (namespace: string, labels: Labels) => {
    const id = `${namespace} ${JSON.stringify(labels)}`;
    if (seen.has(id)) return;
    seen.add(id);
    const known = out.get(namespace);
    if (known === undefined) out.set(namespace, [labels]);
    else known.push(labels);
  };
  for (const { ref, template } of objects.workloads.values()) add(ref.namespace, template.labels);
  for (const { ref, metadata } of objects.pods.values()) add(ref.namespace, metadata.labels);
  return out;
}

/**
 * None of the selector's keys occurs in the namespace, nor is one a slip of a key that does, nor do such Pods stand in
 * another namespace: then they were not pasted.
 */
function isPresupposed(selector: Labels, labels: ReadonlyMap<string, readonly Labels[]>, here: ReadonlySet<string>, namespace: string): boolean {
  for (const key of Object.keys(selector)) if (here.has(key) || nearest(key, here) !== null) return false;
  for (const [other, sets] of labels) if (other !== namespace && matchesAny(selector, sets)) return false;
  return true;
}

const SERVICE_KIND = /\bkind:\s*["']?Service\b/;
const POD_KINDS = /\bkind:\s*["']?(?:Deployment|StatefulSet|DaemonSet|ReplicaSet|Job|Pod)\b/;

/** Documents that gave no object because they are broken or not rendered: what stands in them was pasted all the same. */
function unreadTexts({ manifests }: Ledger): readonly string[] {
  return manifests.documents.filter(({ objects, findings }) => objects.length === 0 && findings.length > 0).map(({ text }) => text);
}

/** `name` null: any object of the kind. */
function isUnreadable(texts: readonly string[], kind: RegExp, name: string | null): boolean {
  return texts.some((text) => kind.test(text) && (name === null || text.includes(name)));
}

/** Namespaces in which something that has Pods was pasted and rejected. */
function rejectedNamespaces(objects: Objects, { manifests, findings }: Ledger): readonly string[] {
  const misspelt = findings.flatMap(({ code, object }) => (code === 'kind-misspelt' && object !== undefined ? [object.namespace] : []));
  const rejected = manifests.objects
    .filter(({ ref }) => POD_KINDS.test(`kind: ${ref.kind}`) && !objects.workloads.has(refKey(ref)) && !objects.pods.has(nameKey(ref.namespace, ref.name)))
    .map(({ ref }) => ref.namespace);
  return [...misspelt, ...rejected];
}

/** Label sets that no Service of their namespace selects. */
function idleSets(objects: Objects, labels: ReadonlyMap<string, readonly Labels[]>): ReadonlyMap<string, readonly Labels[]> {
  const selectors = new Map<string, Labels[]>();
  for (const { ref, selector } of objects.services.values()) {
    if (selector !== null) selectors.set(ref.namespace, [...(selectors.get(ref.namespace) ?? []), selector]);
  }
  return new Map(
    [...labels].map(([namespace, sets]) => [
      namespace,
      sets.filter((set) => !(selectors.get(namespace) ?? []).some((selector) => matchesLabels(set, selector))),
    ]),
  );
}

/** Pods that no Service selects and that bear one of the selector's values under another key, or belong to a workload of the Service's name. */
function isCandidate(selector: Labels, idle: readonly Labels[] | undefined, named: Workload | undefined): boolean {
  const wanted = new Set(Object.values(selector));
  const own = named === undefined ? null : JSON.stringify(named.template.labels);
  return idle?.some((labels) => Object.values(labels).some((value) => wanted.has(value)) || JSON.stringify(labels) === own) ?? false;
}

function matchesAny(selector: Labels, sets: readonly Labels[] | undefined): boolean {
  return sets?.some((labels) => matchesLabels(labels, selector)) ?? false;
}

function addPods(service: Service, count: number, assumption: string | null, objects: Objects, ledger: Ledger): void {
  const { namespace, name } = service.ref;
  const ports = service.ports.map((port) => ({
    name: typeof port.targetPort === 'string' ? port.targetPort : null,
    containerPort: typeof port.targetPort === 'string' ? port.port : port.targetPort,
    protocol: port.protocol,
    hostPort: null,
  }));
  const spec = syntheticPodSpec(name, '', ports);
  // The Pods of a workload of the same name have these names already.
  const stem = workloadNamed(objects, namespace, name) === undefined ? name : `${name}-unseen`;
  for (let index = 0, made = 0; made < count; index++) {
    const key = nameKey(namespace, `${stem}-${index}`);
    if (objects.pods.has(key)) continue;
    const pod = syntheticPod(namespace, `${stem}-${index}`, service.selector ?? {}, spec);
    objects.pods.set(key, pod);
    made++;
    const why = msg('provenance.inferred-pod', { service: nameKey(namespace, name) });
    recordProvenance(ledger, { object: pod.ref }, 'Podpath', why, { object: service.ref, path: ['spec', 'selector'] }, assumption);
  }
}

function workloadNamed(objects: Objects, namespace: string, name: string): Workload | undefined {
  for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']) {
    const workload = objects.workloads.get(refKey({ kind, namespace, name }));
    if (workload !== undefined) return workload;
  }
  return undefined;
}

export function inferSecrets(objects: Objects, environment: Environment, issuances: readonly Issuance[], ledger: Ledger): void {
  const written = new Set(ledger.manifests.objects.filter(({ ref }) => ref.kind === 'Secret').map(({ ref }) => refKey(ref)));
  const missing = new Map<string, { readonly wanted: WantedCertificate; readonly hosts: Set<string> }>();
  for (const wanted of [...ingressCertificates(objects), ...listenerCertificates(objects)]) {
    const key = nameKey(wanted.ref.namespace, wanted.ref.name);
    if (objects.secrets.has(key) || written.has(refKey(wanted.ref)) || isMisspelt(wanted.ref, objects.secrets, environment.assume[`secret:${key}`])) continue;
    const known = missing.get(key) ?? { wanted, hosts: new Set() };
    missing.set(key, known);
    for (const host of wanted.hosts) known.hosts.add(host);
  }
  for (const [key, { wanted, hosts }] of missing) {
    const { ref, from, path } = wanted;
    const id = `secret:${key}`;
    const issuance = issuances.find(({ secret }) => secret === key);
    // A status says more than an inference.
    if (issuance?.ready?.is === false) continue;
    const answer = issuance?.ready?.is === true ? 'stated' : answerTo(environment, id);
    if (answer === 'refused') continue;
    const names = [...hosts];
    const assumption = infer(
      ledger,
      answer,
      id,
      names.length === 0
        ? msg('assume.secret', { secret: key })
        : msg(issuance === undefined ? 'assume.secret-for' : 'assume.secret-issued', { secret: key, hosts: names }),
    );
    objects.secrets.set(key, syntheticSecret(ref.namespace, ref.name, names));
    const why = from.kind === 'Ingress' ? msg('provenance.inferred-secret') : msg('provenance.inferred-listener-secret');
    recordProvenance(ledger, { object: ref }, 'Podpath', why, { object: from, path }, assumption);
  }
}

/** One of nearly the same name was pasted, or one of this name in another namespace, and nobody said that this one exists too. */
function isMisspelt({ namespace, name }: ObjectRef, objects: ReadonlyMap<string, ApiObject>, answer: Json | undefined): boolean {
  const pasted = [...objects.values()].filter(({ manifest }) => manifest !== null).map(({ ref }) => ref);
  const names = pasted.filter((ref) => ref.namespace === namespace).map((ref) => ref.name);
  return answer === undefined && (nearest(name, names) !== null || pasted.some((ref) => ref.name === name));
}

function ingressCertificates(objects: Objects): readonly WantedCertificate[] {
  return [...objects.ingresses.values()].flatMap(({ ref: from, tls, rules }) =>
    tls.flatMap(({ hosts, secretName }, index) => {
      if (secretName === null) return [];
      const ref = { kind: 'Secret', namespace: from.namespace, name: secretName };
      const named = hosts.length > 0 ? hosts : rules.map(({ host }) => host).filter((host) => host !== '');
      return [{ ref, hosts: named, from, path: ['spec', 'tls', index, 'secretName'] }];
    }),
  );
}

/** `app=web,tier=front`, as kubectl takes it. */
export function formatLabels(labels: Labels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}
