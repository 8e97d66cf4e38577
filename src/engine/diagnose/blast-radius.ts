/** What else hangs on an object, and which saved requests an edit changes: told before the edit is made. */
import type { Message } from '../../catalogue/message.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { compareNames } from '../cluster/name-order.ts';
import { matchesLabels } from '../cluster/selectors.ts';
import { send } from '../dataplane/send.ts';
import { kinds } from '../kinds/index.ts';
import type { ApiObject } from '../kinds/kind.ts';
import { refKey, type ObjectRef } from '../manifests/object-ref.ts';
import type { FieldPath } from '../manifests/source.ts';
import type { Trace } from '../trace/trace.ts';
import { isAsWanted } from './failing.ts';
import { savedQuestions } from './questions.ts';

export interface Use {
  readonly by: ObjectRef;
  /** The field that names or selects the object. */
  readonly path: FieldPath;
}

/** Objects that name or select this one, and for a Service the workloads whose Pods it selects. */
export function usesOf(cluster: Cluster, ref: ObjectRef): readonly Use[] {
  const key = refKey(ref);
  const uses: Use[] = [];
  for (const object of objectsOf(cluster)) {
    const kind = kinds.find(({ kind: name }) => name === object.ref.kind);
    for (const { path, to } of kind?.references(object) ?? []) if (refKey(to) === key) uses.push({ by: object.ref, path });
  }
  for (const service of cluster.services.values()) {
    const { selector } = service;
    if (selector === null || service.ref.namespace !== ref.namespace) continue;
    const labels =
      cluster.workloads.get(key)?.template.labels ?? (ref.kind === 'Pod' ? cluster.pods.get(`${ref.namespace}/${ref.name}`)?.metadata.labels : undefined);
    if (labels !== undefined && matchesLabels(labels, selector)) uses.push({ by: service.ref, path: ['spec', 'selector'] });
  }
  return uses;
}

function* objectsOf(cluster: Cluster): Generator<ApiObject> {
  for (const map of [cluster.services, cluster.ingresses, cluster.workloads, cluster.pods, cluster.ingressClasses, cluster.secrets]) {
    for (const object of map.values()) if (object.manifest !== null) yield object;
  }
}

/** What becomes of one saved request by an edit. */
export interface RequestEffect {
  readonly name: string;
  readonly before: Message;
  readonly after: Message;
  readonly asWanted: { readonly before: boolean; readonly after: boolean };
  /** The request ends otherwise than before. */
  readonly differs: boolean;
}

/** Every saved request before and after, in their order. */
export function effectOn(before: Cluster, after: Cluster): readonly RequestEffect[] {
  const later = new Map(savedQuestions(after).map((question) => [question.saved?.request.name, question]));
  return savedQuestions(before).flatMap((question) => {
    const name = question.saved?.request.name ?? '';
    const next = later.get(name);
    if (next === undefined) return [];
    const was = send(before, question.flow).trace;
    const is = send(after, next.flow).trace;
    return [
      {
        name,
        before: was.summary,
        after: is.summary,
        asWanted: { before: isAsWanted(question, was), after: isAsWanted(next, is) },
        differs: endsOf(was) !== endsOf(is),
      },
    ];
  });
}

/** Where every way ends and with what share, to compare. */
function endsOf({ branches }: Trace): string {
  const ends = branches.map(({ outcome, probability, backend }) => JSON.stringify([outcome, Number(probability.toFixed(6)), backend?.endpoint ?? null]));
  return ends.sort(compareNames).join();
}
