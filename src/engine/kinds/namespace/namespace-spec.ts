import type { ApiObject } from '../kind.ts';

/** S2.10. `metadata.labels` always holds the automatic `kubernetes.io/metadata.name`. */
export interface Namespace extends ApiObject {
  readonly ref: ApiObject['ref'] & { readonly kind: 'Namespace' };
}
