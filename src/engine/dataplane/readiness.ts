/** Where a text says that the Pod behind an endpoint is not ready: its own status, or what kubectl printed about it. */
import type { Cluster } from '../cluster/cluster.ts';
import type { ConsideredChoice } from './component.ts';

export function readinessOf(cluster: Cluster, { pod, ready }: { readonly pod: string | null; readonly ready: boolean }): Pick<ConsideredChoice, 'because'> {
  const seen = ready || pod === null ? undefined : cluster.pods.get(pod);
  if (seen === undefined || seen.manifest === null || seen.status.from !== 'status') return {};
  return { because: [{ object: seen.ref, path: ['status', 'conditions'] }] };
}
