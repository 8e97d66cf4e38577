import type { GroupKind } from '../gateway-api/names.ts';
import type { ApiObject } from '../kind.ts';

/** Lets objects of other namespaces name objects of its own (S12.9.5). */
export interface ReferenceGrant extends ApiObject {
  readonly from: readonly (GroupKind & { readonly namespace: string })[];
  /** `name` null: every object of the kind. */
  readonly to: readonly (GroupKind & { readonly name: string | null })[];
}
