import type { RouteBase, RouteRule } from '../gateway-api/route-spec.ts';
import type { SessionPersistence } from '../gateway-api/session-persistence.ts';
import type { ValueMatch } from '../http-route/http-route-spec.ts';

/** A gRPC call is `POST /service/method`; null matches any. */
export interface GrpcMethodMatch {
  readonly type: 'Exact' | 'RegularExpression';
  readonly service: string | null;
  readonly method: string | null;
}

export interface GrpcRouteMatch {
  /** Null: every call. */
  readonly method: GrpcMethodMatch | null;
  readonly headers: readonly ValueMatch[];
}

export interface GrpcRouteRule extends RouteRule {
  /** Any of them; empty: every call. */
  readonly matches: readonly GrpcRouteMatch[];
  readonly sessionPersistence: SessionPersistence | null;
}

/** S12.11. */
export interface GrpcRoute extends RouteBase<GrpcRouteRule> {
  readonly protocol: 'grpc';
}
