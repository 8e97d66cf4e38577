/**
 * A person may leave a finding as it is, by an annotation on the object: `podpath.dev/ignore: "code: reason"`, several
 * with a semicolon or a new line between. Without a reason nothing is suppressed.
 */
import type { Cluster } from '../cluster/cluster.ts';
import { isObject } from '../manifests/json.ts';
import { refKey, type ObjectRef } from '../manifests/object-ref.ts';
import { manifestOf } from './change.ts';

export const IGNORE_ANNOTATION = 'podpath.dev/ignore';

/** The reason for leaving findings of this code at this object; null when none is given. */
export function suppressionOf(cluster: Cluster, object: ObjectRef, code: string): string | null {
  const owner = cluster.provenance.get(refKey(object))?.from?.object;
  const manifest = manifestOf(cluster.manifests, object) ?? (owner === undefined ? null : manifestOf(cluster.manifests, owner));
  const metadata = manifest?.value['metadata'];
  const annotations = isObject(metadata) ? metadata['annotations'] : undefined;
  const text = isObject(annotations) ? annotations[IGNORE_ANNOTATION] : undefined;
  if (typeof text !== 'string') return null;
  for (const entry of text.split(/[;\n]/)) {
    const colon = entry.indexOf(':');
    if (colon === -1 || entry.slice(0, colon).trim() !== code) continue;
    const reason = entry.slice(colon + 1).trim();
    if (reason !== '') return reason;
  }
  return null;
}
