/** Services whose selector matches no Pod, or not the Pods that were meant (S5.1, S5.2). */
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { matchesLabels } from '../../cluster/selectors.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import type { Workload } from '../../kinds/workload/workload-spec.ts';
import type { ObjectRef } from '../../manifests/object-ref.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import type { SourceRange } from '../../manifests/source.ts';
import { placesOf, podSource, said, set, unset } from '../edits.ts';
import type { FindingKind, Repair } from '../finding-kind.ts';
import type { Problem } from '../problem.ts';

export const selectors: readonly FindingKind[] = [
  {
    code: 'selector-matches-no-pods',
    role: 'cause',
    explains: ['hand-made-endpoints'],
    decisions: {
      'cluster.selector.near': 'F-18',
      'cluster.selector.near-key': 'F-18',
      'cluster.selector.other-key': 'F-18',
      'cluster.selector.no-replicas': 'F-18',
      'cluster.selector.elsewhere': 'F-06',
      'cluster.selector.none': 'F-18',
      'cluster.selector.absent': 'F-18',
    },
    // Pods that match may have been left out, unless there are some that nobody selects.
    isCertain: ({ message, object }, cluster) => message.id !== 'cluster.selector.none' || (object !== null && unselected(cluster, object).length > 0),
    repairs: repairSelector,
    places: labelsMeant,
  },
  {
    code: 'selector-too-broad',
    role: 'cause',
    explains: ['nobody-listens', 'target-port-name-missing', 'transport-protocol-differs'],
    decisions: { 'cluster.selector.too-broad': 'F-19' },
    repairs: narrower,
    cure: () => msg('diagnose.cure.selector'),
  },
  {
    code: 'pods-not-ready',
    role: 'cause',
    decisions: { 'cluster.pods-not-ready': 'F-20' },
    cure: () => msg('diagnose.cure.readiness'),
  },
  {
    code: 'pod-unschedulable',
    role: 'cause',
    decisions: {
      'cluster.host-port-taken': 'F-07',
      'cluster.no-node-fits': 'F-21',
      'cluster.node-missing': 'F-21',
      'cluster.pod-pending': 'F-21',
    },
    cure: () => msg('diagnose.cure.scheduling'),
  },
];

function repairSelector({ object, path, message }: Problem, cluster: Cluster): readonly Repair[] {
  const service = object === null ? undefined : cluster.services.get(nameKey(object.namespace, object.name));
  if (object === null || path === null || service === undefined) return [];
  const last = String(path.at(-1));
  const around = path.slice(0, -1);
  switch (message.id as string) {
    case 'cluster.selector.near':
      return [[set(object, path, valueIn(said(message, 'found')))]];
    case 'cluster.selector.near-key':
      return [[unset(object, path), set(object, [...around, said(message, 'found')], service.selector?.[last] ?? '')]];
    case 'cluster.selector.other-key': {
      const [label = ''] = said(message, 'found').split(': ');
      return [[unset(object, path), set(object, [...around, label], valueIn(said(message, 'found')))]];
    }
    case 'cluster.selector.no-replicas':
      return [...cluster.workloads.values()]
        .filter(({ ref, replicas }) => replicas === 0 && nameKey(ref.namespace, ref.name) === said(message, 'workload'))
        .map(({ ref }) => [set(ref, ['spec', 'replicas'], 1)]);
    case 'cluster.selector.absent':
      return workloadsNamed(cluster, said(message, 'workload')).map(({ selector, template }) => [
        set(object, ['spec', 'selector'], selector?.matchLabels ?? template.labels),
      ]);
    case 'cluster.selector.elsewhere':
      return [...moved(cluster, service, said(message, 'namespace')), [set(object, ['metadata', 'namespace'], said(message, 'namespace'))]];
    default:
      return likely(unselected(cluster, object)).map((labels) => [set(object, path, labels)]);
  }
}

const workloadsNamed = (cluster: Cluster, key: string): readonly Workload[] =>
  [...cluster.workloads.values()].filter(({ ref, manifest }) => manifest !== null && nameKey(ref.namespace, ref.name) === key);

/** Adds a label that the workload has which is meant, and the other has not. */
function narrower({ object, path, message }: Problem, cluster: Cluster): readonly Repair[] {
  const [meant] = workloadsNamed(cluster, said(message, 'meant'));
  const [other] = workloadsNamed(cluster, said(message, 'other'));
  if (object === null || path === null || meant === undefined || other === undefined) return [];
  const own = Object.entries(meant.template.labels).filter(([key, value]) => other.template.labels[key] !== value);
  return likely(own).map(([key, value]) => [set(object, [...path, key], value)]);
}

/** The workloads of another namespace whose Pods the selector would match, moved to the Service. */
function moved(cluster: Cluster, { ref, selector }: Service, namespace: string): readonly Repair[] {
  const matching = [...cluster.workloads.values()].filter(
    (workload) => workload.manifest !== null && workload.ref.namespace === namespace && matchesLabels(workload.template.labels, selector ?? {}),
  );
  return matching.length === 1 ? [[set(matching[0]!.ref, ['metadata', 'namespace'], ref.namespace)]] : [];
}

/** More than two would be guessing. */
const likely = <T>(candidates: readonly T[]): readonly T[] => (candidates.length > 2 ? [] : candidates);

const valueIn = (pair: string): string => pair.slice(pair.indexOf(': ') + 2);

/** What the selectors of workloads ask for, of those whose Pods no Service of the namespace selects. */
function unselected(cluster: Cluster, { namespace }: ObjectRef): readonly Readonly<Record<string, string>>[] {
  const services = [...cluster.services.values()].filter(({ ref }) => ref.namespace === namespace);
  const idle = [...cluster.workloads.values()].filter(
    ({ ref, manifest, template }) =>
      manifest !== null && ref.namespace === namespace && !services.some(({ selector }) => selector !== null && matchesLabels(template.labels, selector)),
  );
  return idle.map(({ selector, template }) => selector?.matchLabels ?? template.labels);
}

/** The labels of the Pods that were probably meant, to stand beside the selector. */
function labelsMeant({ object, message }: Problem, cluster: Cluster): readonly SourceRange[] {
  const [label = ''] = said(message, 'found').split(': ');
  if (label === '' || object === null) return [];
  const pod = [...cluster.pods.values()].find(({ ref, metadata }) => ref.namespace === object.namespace && label in metadata.labels);
  const source = pod === undefined ? null : podSource(cluster, pod.ref);
  return source === null ? [] : placesOf(cluster, source.object, [...source.path, 'metadata', 'labels', label]);
}
