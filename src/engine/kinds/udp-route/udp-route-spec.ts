import type { RouteBase } from '../gateway-api/route-spec.ts';

/** S12.12. */
export interface UdpRoute extends RouteBase {
  readonly protocol: 'udp';
}
