import type { RouteBase } from '../gateway-api/route-spec.ts';

/** S12.12. */
export interface TlsRoute extends RouteBase {
  readonly protocol: 'tls';
}
