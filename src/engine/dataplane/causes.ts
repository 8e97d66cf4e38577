/**
 * Why a request fails, in the manifests' own terms: the findings about the objects at which a way of it ends. A finding
 * alone judges an object; here it stands because this request met that object last.
 */
import type { Cluster } from '../cluster/cluster.ts';
import type { Finding } from '../manifests/finding.ts';
import { refKey } from '../manifests/object-ref.ts';
import type { FieldPath } from '../manifests/source.ts';
import type { Hop } from '../trace/hop.ts';
import type { Branch } from '../trace/trace.ts';

/** Worst first; empty when every way arrives or when the texts show nothing wrong. */
export function causesOf(cluster: Cluster, hops: readonly Hop[], branches: readonly Branch[]): readonly Finding[] {
  const failing = new Set(branches.filter(({ backend }) => backend === null).map((branch) => branch.hops.at(-1)));
  const ends = hops.filter(({ id }) => failing.has(id)).map((hop) => ({ hop, met: metBy(hop) }));
  const findings = cluster.findings.filter(
    (finding) =>
      finding.severity !== 'info' &&
      finding.object !== undefined &&
      ends.some(({ hop, met }) => met.has(refKey(finding.object!)) && !standsBeside(finding, hop)),
  );
  return [...findings.filter(({ severity }) => severity === 'error'), ...findings.filter(({ severity }) => severity === 'warning')];
}

function metBy({ object, consulted, evidence }: Hop): ReadonlySet<string> {
  return new Set([...(object === null ? [] : [object]), ...consulted.map((entry) => entry.object), ...evidence.map((entry) => entry.object)].map(refKey));
}

/**
 * The hop read another entry of the same list, so the finding is no reason: rule 1 does not fail because of rule 2. Of
 * policies every rule counts, as any of them could have let the connection pass.
 */
export function standsBeside({ object, path }: Finding, { kind, evidence }: Hop): boolean {
  if (object === undefined || path === undefined || kind === 'network-policy') return false;
  const read = evidence.filter((entry) => refKey(entry.object) === refKey(object));
  const partAt = (entry: FieldPath) => entry.findIndex((step, index) => index < path.length && step !== path[index]);
  const parts = read.map((entry) => ({ entry: entry.path, at: partAt(entry.path) }));
  return parts.some(({ entry, at }) => at >= 0 && typeof entry[at] === 'number') && parts.every(({ at }) => at >= 0);
}
