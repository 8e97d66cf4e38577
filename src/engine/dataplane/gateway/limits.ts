/** How long a rule waits and how often it tries, and what its client gets when nothing helps (S12.10). */
import type { Message } from '../../../catalogue/message.ts';
import { msg } from '../../../catalogue/message.ts';
import type { RuleId } from '../../manifests/finding.ts';
import type { Reason } from '../component.ts';
import type { OnFailure } from '../proxy/proxy.ts';
import type { Entry } from './entry.ts';
import { rulePath } from './entry.ts';
import type { GatewayVisit } from './visit.ts';

export interface Limits {
  readonly value: OnFailure;
  readonly why: readonly Message[];
  readonly rules: readonly RuleId[];
  readonly because: readonly Reason[];
}

/** The status of a backend that cannot be reached is the implementation's own; 503 is that of most, 504 that of a limit. */
export const GATEWAY_ANSWERS = { refused: 503, timeout: 504, slow: 504, reset: 503, tls: 503 } as const;
const UNAVAILABLE = 14;
/** Where `attempts` is not stated; the API leaves it open. */
const USUAL_RETRIES = 2;

export function onFailureOf(visit: GatewayVisit, { route, rule: index }: Entry, isGrpc: boolean): Limits {
  const base: OnFailure = { answers: GATEWAY_ANSWERS, tries: 1, ...(isGrpc && { grpcStatus: UNAVAILABLE }) };
  const none: Limits = { value: base, why: [], rules: [], because: [] };
  if (route.protocol !== 'http') return none;
  const { timeouts, retry } = route.rules[index]!;
  const whole = visit.lacks.has('HTTPRouteRequestTimeout') ? null : timeouts.request;
  const perTry = visit.lacks.has('HTTPRouteBackendTimeout') ? null : timeouts.backendRequest;
  const retried = retry === null || visit.lacks.has('HTTPRouteRetry') ? null : retry;
  const tries = 1 + (retried === null ? 0 : (retried.attempts ?? USUAL_RETRIES));
  const at = (field: string): Reason => ({ object: route.ref, path: [...rulePath({ rule: index }), field] });
  const value: OnFailure = {
    ...base,
    tries,
    limits: { ...(isLimit(perTry) && { perTry }), ...(isLimit(whole) && { whole }), by: at('timeouts') },
    ...(retried !== null && { anyEndpoint: true, retryOn: retried.codes, ...(retried.backoff !== null && { backoff: retried.backoff }) }),
  };
  return {
    value,
    why: [
      ...(isLimit(whole) ? [told('gateway.limit.request', whole)] : []),
      ...(isLimit(perTry) ? [told('gateway.limit.try', perTry)] : []),
      ...(retried === null ? [] : [msg('gateway.limit.retry', { tries })]),
    ],
    rules: isLimit(whole) || isLimit(perTry) || retried !== null ? ['S12.10'] : [],
    because: [...(isLimit(whole) || isLimit(perTry) ? [at('timeouts')] : []), ...(retried === null ? [] : [at('retry')])],
  };
}

/** 0 switches a limit off. */
function isLimit(limit: number | null): limit is number {
  return limit !== null && limit > 0;
}

/** `limit` in milliseconds, told in seconds where they are whole. */
function told(what: 'gateway.limit.request' | 'gateway.limit.try', limit: number): Message {
  return limit % 1000 === 0 ? msg(`${what}.seconds`, { limit: limit / 1000 }) : msg(what, { limit });
}
