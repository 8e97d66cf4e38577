/** ReferenceGrants: consent of a namespace to be named from another (S12.9.5). */
import type { GroupKind } from '../../kinds/gateway-api/names.ts';
import type { TargetRef } from '../../kinds/gateway-api/references.ts';
import type { ReferenceGrant } from '../../kinds/reference-grant/reference-grant-spec.ts';
import { nameKey } from '../../manifests/object-ref.ts';

export type Permission =
  /** `grant`: key of the ReferenceGrant; null in the same namespace, where none is needed. */
  { readonly kind: 'permitted'; readonly grant: string | null } | { readonly kind: 'refused' };

/** May an object of this kind in this namespace name the target? Grants only ever add permissions. */
export function permission(
  grants: ReadonlyMap<string, ReferenceGrant>,
  from: GroupKind & { readonly namespace: string },
  target: Pick<TargetRef, 'group' | 'kind' | 'namespace' | 'name'>,
): Permission {
  if (from.namespace === target.namespace) return { kind: 'permitted', grant: null };
  for (const grant of grants.values()) {
    if (grant.ref.namespace !== target.namespace) continue;
    const lets = grant.from.some(({ group, kind, namespace }) => group === from.group && kind === from.kind && namespace === from.namespace);
    const names = grant.to.some(({ group, kind, name }) => group === target.group && kind === target.kind && (name === null || name === target.name));
    if (lets && names) return { kind: 'permitted', grant: nameKey(grant.ref.namespace, grant.ref.name) };
  }
  return { kind: 'refused' };
}
