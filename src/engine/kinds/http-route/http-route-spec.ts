import type { RouteBase, RouteRule } from '../gateway-api/route-spec.ts';
import type { SessionPersistence } from '../gateway-api/session-persistence.ts';

export interface HttpPathMatch {
  readonly type: 'Exact' | 'PathPrefix' | 'RegularExpression';
  readonly value: string;
}

/** A header or a query parameter. */
export interface ValueMatch {
  readonly type: 'Exact' | 'RegularExpression';
  readonly name: string;
  readonly value: string;
}

/** All parts must match (S12.5). */
export interface HttpRouteMatch {
  readonly path: HttpPathMatch;
  readonly headers: readonly ValueMatch[];
  readonly queryParams: readonly ValueMatch[];
  readonly method: string | null;
}

/** S12.10; times in milliseconds. */
export interface HttpRetry {
  readonly codes: readonly number[];
  /** Null: the implementation's choice. */
  readonly attempts: number | null;
  readonly backoff: number | null;
}

export interface HttpRouteRule extends RouteRule {
  /** Any of them; never empty (S3.18). */
  readonly matches: readonly HttpRouteMatch[];
  /** Milliseconds; 0 switches the limit off, null leaves it to the implementation. */
  readonly timeouts: { readonly request: number | null; readonly backendRequest: number | null };
  readonly retry: HttpRetry | null;
  readonly sessionPersistence: SessionPersistence | null;
}

/** S12.5 to S12.10. */
export interface HttpRoute extends RouteBase<HttpRouteRule> {
  readonly protocol: 'http';
}
