/** Short ways to say what a fix changes, for the files of findings. */
import type { Message } from '../../catalogue/message.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { send } from '../dataplane/send.ts';
import type { Ingress } from '../kinds/ingress/ingress-spec.ts';
import type { ApiObject } from '../kinds/kind.ts';
import type { Json } from '../manifests/document.ts';
import { isList, isObject } from '../manifests/json.ts';
import { locateField } from '../manifests/locate.ts';
import { nearest } from '../manifests/near-miss.ts';
import { nameKey, refKey, type ObjectRef } from '../manifests/object-ref.ts';
import type { FieldPath, SourceRange } from '../manifests/source.ts';
import type { Flow } from '../trace/flow.ts';
import { formatUrl } from '../trace/format.ts';
import type { Hop } from '../trace/hop.ts';
import { manifestOf, type Change } from './change.ts';
import type { Repair } from './finding-kind.ts';
import type { Problem } from './problem.ts';
import { savedQuestions } from './questions.ts';

export const set = (object: ObjectRef, path: FieldPath, value: Json): Change => ({ kind: 'set', object, path, value });

export const unset = (object: ObjectRef, path: FieldPath): Change => ({ kind: 'set', object, path, value: undefined });

/** Sets the very field that the problem names. */
export function setThere({ object, path }: Problem, value: Json | undefined): readonly Repair[] {
  return object === null || path === null ? [] : [[{ kind: 'set', object, path, value }]];
}

/** An argument of what the engine said, as text; empty when there is none. */
export function said({ args }: Message, name: string): string {
  const value = args[name];
  return value === undefined ? '' : String(value);
}

/** The address that is refused is the one that we gave the client, no other that it got on the way. */
export function isOwnAddress(message: Message, { from }: Flow): boolean {
  return from.kind === 'external' && [said(message, 'client'), said(message, 'source')].includes(from.ip);
}

/** What a person wrote at a path of an object. */
export function written(cluster: Cluster, object: ObjectRef, path: FieldPath): Json | undefined {
  let here: Json | undefined = manifestOf(cluster.manifests, object)?.value;
  for (const step of path) here = typeof step === 'number' ? (isList(here) ? here[step] : undefined) : isObject(here) ? here[step] : undefined;
  return here;
}

/** Where fields of an object stand; nothing for an object that no text holds. */
export function placesOf(cluster: Cluster, object: ObjectRef, ...paths: readonly FieldPath[]): readonly SourceRange[] {
  const manifest = manifestOf(cluster.manifests, object);
  return manifest === null ? [] : paths.map((path) => locateField(cluster.manifests, manifest, path).range);
}

/** Where the Pod spec of a Pod or of its template stands, to edit it. Null for Pods that no text holds or makes. */
export function podSource(cluster: Cluster, pod: ObjectRef): { readonly object: ObjectRef; readonly path: FieldPath } | null {
  if (manifestOf(cluster.manifests, pod) !== null) return pod.kind === 'Pod' ? { object: pod, path: [] } : { object: pod, path: templatePath(pod) };
  let from: ObjectRef | undefined = pod;
  // A Deployment's ReplicaSet's Pod is the longest chain there is.
  for (let links = 0; links < 3 && from !== undefined; links += 1) {
    from = cluster.provenance.get(refKey(from))?.from?.object;
    if (from !== undefined && manifestOf(cluster.manifests, from) !== null && cluster.workloads.has(refKey(from)))
      return { object: from, path: templatePath(from) };
  }
  return null;
}

const templatePath = ({ kind }: ObjectRef): FieldPath => (kind === 'CronJob' ? ['spec', 'jobTemplate', 'spec', 'template'] : ['spec', 'template']);

/** `namespace/name` as the reference of one kind. */
export function refNamed(kind: string, key: string): ObjectRef {
  const [namespace = '', name = ''] = key.includes('/') ? key.split('/') : ['', key];
  return { kind, namespace, name };
}

/** The objects of one namespace that a text holds. */
export function pastedIn<T extends ApiObject>(objects: ReadonlyMap<string, T>, namespace: string): readonly T[] {
  return [...objects.values()].filter(({ ref, manifest }) => manifest !== null && ref.namespace === namespace);
}

/** Edits the URL of the saved request that shows the problem; nothing for a request that nobody saved. */
export function askInstead({ proof }: Problem, cluster: Cluster, change: (flow: Flow) => Partial<Flow>): readonly Repair[] {
  const question = savedQuestions(cluster).find(({ saved }) => saved !== null && saved.request.name === proof?.saved);
  if (question === undefined || question.saved === null) return [];
  const { flow, saved } = question;
  return [[set(saved.scenario, [...saved.path, 'url'], formatUrl({ ...flow, ...change(flow) }))]];
}

/** A host of an Ingress rule that is a slip of the hand away becomes the one that is asked for, or the other way round. */
export function hostRuleNear(problem: Problem, cluster: Cluster): readonly Repair[] {
  const host = (said(problem.message, 'host') || (problem.proof?.flow.host ?? '')).replace(/:\d+$/, '');
  const hosts = [...cluster.ingresses.values()].flatMap(({ ref, manifest, rules }) =>
    manifest === null ? [] : rules.map((rule, index) => ({ ref, index, host: rule.host })),
  );
  const near = nearest(
    host,
    hosts.map((candidate) => candidate.host),
  )?.word;
  if (near === undefined) return [];
  return [
    ...hosts.filter((candidate) => candidate.host === near).map(({ ref, index }) => [set(ref, ['spec', 'rules', index, 'host'], host)]),
    ...askInstead(problem, cluster, () => ({ host: near })),
  ];
}

/** The hops of the request that shows the problem, on the way that shows it. */
export function hopsOf({ proof }: Problem, cluster: Cluster): readonly Hop[] {
  return proof === null ? [] : send(cluster, proof.flow).trace.hops;
}

/** The Ingress whose rule took the request, if one did. */
export function ingressOnTheWay(problem: Problem, cluster: Cluster): Ingress | null {
  for (const { object, evidence, consulted } of hopsOf(problem, cluster)) {
    for (const ref of [object, ...evidence.map((entry) => entry.object), ...consulted.map((entry) => entry.object)]) {
      const ingress = ref?.kind === 'Ingress' ? cluster.ingresses.get(nameKey(ref.namespace, ref.name)) : undefined;
      if (ingress !== undefined) return ingress;
    }
  }
  return null;
}

/** Sets an annotation of an object. */
export const annotate = (object: ObjectRef, name: string, value: string): Change => set(object, ['metadata', 'annotations', name], value);
