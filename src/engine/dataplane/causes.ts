/**
 * Why a request fails, in the manifests' own terms: the findings about the objects at which a way of it ends. A finding
 * alone judges an object; here it stands because this request met that object last.
 */
import type { Cluster } from '../cluster/cluster.ts';
import type { Finding } from '../manifests/finding.ts';
import { refKey } from '../manifests/object-ref.ts';
import type { Hop } from '../trace/hop.ts';
import type { Branch } from '../trace/trace.ts';

/** Worst first; empty when every way arrives or when the texts show nothing wrong. */
export function causesOf(cluster: Cluster, hops: readonly Hop[], branches: readonly Branch[]): readonly Finding[] {
  const failing = new Set(branches.filter(({ backend }) => backend === null).map((branch) => branch.hops.at(-1)));
  const ends = hops.filter(({ id }) => failing.has(id));
  const met = new Set(
    ends.flatMap(({ object, consulted, evidence }) =>
      [...(object === null ? [] : [object]), ...consulted.map((entry) => entry.object), ...evidence.map((entry) => entry.object)].map(refKey),
    ),
  );
  const findings = cluster.findings.filter(({ object, severity }) => severity !== 'info' && object !== undefined && met.has(refKey(object)));
  return [...findings.filter(({ severity }) => severity === 'error'), ...findings.filter(({ severity }) => severity === 'warning')];
}
