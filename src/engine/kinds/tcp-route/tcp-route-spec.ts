import type { RouteBase } from '../gateway-api/route-spec.ts';

/** S12.12. */
export interface TcpRoute extends RouteBase {
  readonly protocol: 'tcp';
}
