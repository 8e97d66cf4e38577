/** How the application behaves for one attempt at a request: when it answers and with what (`Flow.backend`, `PodOverride`). */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { PodOverride } from '../../kinds/scenario/scenario-spec.ts';
import type { FailureId } from '../../manifests/finding.ts';
import type { Outcome } from '../../trace/outcome.ts';
import type { Proxied, Reason, State } from '../component.ts';

export interface Behaviour {
  readonly outcome: Outcome;
  /** Milliseconds until then. */
  readonly took: number;
  /** Null where it answers as it always does, at once. */
  readonly why: Message | null;
  /** The failure mode that it is, and the field that limits the wait. */
  readonly failure?: FailureId;
  readonly because?: readonly Reason[];
}

const CONTENT_TYPE_GRPC = 'application/grpc';

/** Whether a request is one of gRPC: its answers then carry a gRPC status (S12.11). */
export function isGrpc({ packet }: State): boolean {
  return packet.http?.headers['content-type']?.startsWith(CONTENT_TYPE_GRPC) === true;
}

/** What the request says of the application outweighs what the environment says of its Pod. Only for packets that hold an HTTP request. */
export function behaviourOf(state: State, { status = 200, delay: slowness, failConnection }: PodOverride): Behaviour {
  const { flow, proxied } = state.carry;
  const { scheme } = flow;
  const backend = { ...(slowness !== undefined && { delay: slowness }), ...(failConnection !== undefined && { failConnection }), ...flow.backend };
  const { attempt = 0, waits = Infinity } = proxied ?? {};
  const statesFailure = backend.failStatus !== undefined || backend.failConnection === true;
  const fails = backend.failFirstAttempts === undefined ? statesFailure : attempt < backend.failFirstAttempts;
  const delay = (fails ? backend.failDelay : undefined) ?? backend.delay ?? 0;
  if (delay > 0 && delay >= waits) {
    return {
      outcome: { code: 'CONN_TIMEOUT' },
      took: waits,
      why: tooSlow(proxied?.producer, delay, waits),
      failure: proxied?.producer === 'controller' || proxied?.producer === 'load-balancer' ? 'F-60' : 'F-85',
      because: proxied?.limitedBy === undefined ? [] : [proxied.limitedBy],
    };
  }
  if (fails && backend.failConnection === true) {
    return { outcome: { code: 'CONN_RESET' }, took: delay, why: msg('pod.drops', { attempt: attempt + 1 }), failure: 'F-59' };
  }
  const answer = fails ? (backend.failStatus ?? 503) : status;
  const { responseHeaders } = backend;
  return {
    outcome: {
      code: 'HTTP',
      status: answer,
      producer: 'app',
      ...(responseHeaders !== undefined && { headers: responseHeaders }),
      ...(isGrpc(state) && (scheme === 'http' || scheme === 'https') && { grpcStatus: answer === 200 ? 0 : grpcOf(answer) }),
    },
    took: delay,
    why: fails ? msg('pod.fails', { attempt: attempt + 1, status: answer }) : delay > 0 ? msg('pod.slow', { delay }) : null,
  };
}

/** Milliseconds, told in seconds where they are whole. */
function tooSlow(producer: Proxied['producer'] | undefined, delay: number, waits: number): Message {
  const who = producer === 'controller' ? 'pod.too-slow.controller' : producer === 'load-balancer' ? 'pod.too-slow.balancer' : 'pod.too-slow.route';
  return delay % 1000 === 0 && waits % 1000 === 0 ? msg(`${who}.seconds`, { delay: delay / 1000, waits: waits / 1000 }) : msg(who, { delay, waits });
}

/** How a gRPC client reads an HTTP status without a gRPC one (https://github.com/grpc/grpc/blob/master/doc/http-grpc-status-mapping.md). */
function grpcOf(status: number): number {
  if (status === 401) return 16;
  if (status === 403) return 7;
  if (status === 404) return 12;
  return status === 400 ? 13 : status === 429 || (status >= 502 && status <= 504) ? 14 : 2;
}
