import type { ApiObject } from '../kind.ts';

export interface GatewayClass extends ApiObject {
  /** Says which controller serves Gateways of this class (S12.1.1). */
  readonly controllerName: string;
  readonly parametersRef: { readonly group: string; readonly kind: string; readonly namespace: string | null; readonly name: string } | null;
}
