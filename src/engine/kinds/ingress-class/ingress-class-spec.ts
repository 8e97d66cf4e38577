import type { ApiObject } from '../kind.ts';

/** S2.6. */
export interface IngressClass extends ApiObject {
  readonly controller: string;
  readonly isDefault: boolean;
}
