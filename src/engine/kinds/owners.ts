/** Who owns an object, as far as the owner is of a kind that is read here. */
import type { ApiObject, Reference } from './kind.ts';
import { WORKLOAD_KINDS } from './workload/workload-kinds.ts';

export function ownerReferences(object: ApiObject): readonly Reference[] {
  return object.metadata.owners.flatMap((owner, index): readonly Reference[] => {
    const path = ['metadata', 'ownerReferences', index];
    if (owner.kind === 'Node') return [{ path, to: { kind: 'Node', namespace: '', name: owner.name } }];
    const isRead = WORKLOAD_KINDS.some((kind) => kind === owner.kind);
    return isRead ? [{ path, to: { kind: owner.kind, namespace: object.ref.namespace, name: owner.name } }] : [];
  });
}
