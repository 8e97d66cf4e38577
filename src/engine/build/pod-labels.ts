/** Labels that tell the Pods of a workload, or a Pod of its own, from others: what a selector is written with. */
import type { Labels } from '../cluster/selectors.ts';
import { nameKey, type ObjectRef, refKey } from '../manifests/object-ref.ts';
import type { Site } from './site.ts';

/** Null where there is nothing to select by. */
export function podLabelsOf({ cluster }: Site, ref: ObjectRef): Labels | null {
  if (ref.kind === 'Pod') return filled(cluster.pods.get(nameKey(ref.namespace, ref.name))?.metadata.labels ?? {});
  const workload = cluster.workloads.get(refKey(ref));
  if (workload === undefined) return null;
  const { template, selector } = workload;
  return filled(selector === null || isEmpty(selector.matchLabels) ? template.labels : selector.matchLabels);
}

const isEmpty = (labels: Labels) => Object.keys(labels).length === 0;
const filled = (labels: Labels) => (isEmpty(labels) ? null : labels);
