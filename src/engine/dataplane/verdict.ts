/** What became of the request as a whole, in one word and one sentence. */
import { msg, type Message } from '../../catalogue/message.ts';
import type { Assumption } from '../trace/assumption.ts';
import type { Flow } from '../trace/flow.ts';
import { isDelivered, isFailure, type Outcome, type Producer } from '../trace/outcome.ts';
import type { Branch, Verdict } from '../trace/trace.ts';

/** A verdict that rests on an inference holds only if the inference does (S1.3a). */
export function verdictOf(branches: readonly Branch[], assumptions: readonly Assumption[]): Verdict {
  const share = failingShare(branches);
  const fails = share > 0;
  if (assumptions.some(({ origin }) => origin === 'inferred')) return { kind: 'depends', ifTrue: fails ? 'fails' : 'delivered', share };
  return fails ? { kind: 'fails', share } : { kind: 'delivered' };
}

function failingShare(branches: readonly Branch[]): number {
  const failing = branches.filter(({ outcome }) => isFailure(outcome));
  if (failing.length === branches.length) return 1;
  return failing.reduce((sum, { probability }) => sum + probability, 0);
}

/** One sentence with what the client sees; where ways differ, how many requests fail and how. */
export function summaryOf(flow: Flow, branches: readonly Branch[]): Message {
  const failing = branches.filter(({ outcome }) => isFailure(outcome));
  const worst = failing[0];
  if (worst === undefined) {
    const onTheWay = branches.find(({ outcome }) => !isDelivered(outcome));
    return onTheWay === undefined ? delivered(flow, branches) : failure(flow, onTheWay.outcome);
  }
  const ways = [...new Set(failing.map(({ outcome }) => howOf(outcome)))];
  if (failing.length < branches.length) return msg('trace.summary.some', { percent: percent(failingShare(branches)), how: ways });
  return ways.length > 1 ? msg('trace.summary.none', { how: ways }) : failure(flow, worst.outcome);
}

/** Whole percents, but never 0 or 100 for what is neither. */
function percent(share: number): number {
  return Math.min(99, Math.max(1, Math.round(share * 100)));
}

function delivered(flow: Flow, branches: readonly Branch[]): Message {
  const backends = branches.flatMap(({ backend }) => backend ?? []);
  const reached = [...new Set(backends.map(({ pod, endpoint }) => (pod === null ? endpoint : `${pod.namespace}/${pod.name}`)))];
  // An endpoint of its own has no Pod here, only an address.
  const allPods = backends.every((backend) => backend.pod !== null);
  const first = branches[0]?.outcome;
  if (first?.code === 'HTTP' && first.producer === 'external') return msg('trace.summary.external', { status: first.status });
  const pod = allPods && reached.length === 1 ? reached[0] : undefined;
  const endpoint = reached.length === 1 ? reached[0] : undefined;
  if (first?.code === 'HTTP') {
    const same = branches.every(({ outcome }) => outcome.code === 'HTTP' && outcome.status === first.status);
    if (pod !== undefined) return msg('trace.summary.http-one', { pod, status: first.status });
    if (endpoint !== undefined) return msg('trace.summary.http-endpoint', { endpoint, status: first.status });
    if (!allPods && same) return msg('trace.summary.http-endpoints', { count: reached.length, status: first.status });
    return same ? msg('trace.summary.http', { count: reached.length, status: first.status }) : msg('trace.summary.http-mixed', { count: reached.length });
  }
  if (flow.scheme === 'icmp') return msg('trace.summary.ping', { host: flow.host });
  if (flow.scheme === 'dns') return msg('trace.summary.lookup', { host: flow.host, type: flow.method });
  if (pod !== undefined) return msg('trace.summary.accepted-one', { pod });
  if (endpoint !== undefined) return msg('trace.summary.accepted-endpoint', { endpoint });
  return allPods ? msg('trace.summary.accepted', { count: reached.length }) : msg('trace.summary.accepted-endpoints', { count: reached.length });
}

function failure(flow: Flow, outcome: Outcome): Message {
  const { host, port } = flow;
  switch (outcome.code) {
    case 'DNS_NXDOMAIN':
    case 'DNS_NODATA':
      return msg('trace.summary.no-name', { host });
    case 'DNS_TIMEOUT':
      return msg('trace.summary.dns-timeout', { host });
    case 'CONN_REFUSED':
      return flow.scheme === 'icmp' ? msg('trace.summary.ping-refused', { host }) : msg('trace.summary.refused', { host, port });
    case 'NO_ROUTE':
      return msg('trace.summary.no-route', { host });
    case 'CONN_TIMEOUT':
      return flow.scheme === 'icmp' ? msg('trace.summary.ping-silent', { host }) : msg('trace.summary.timeout', { host, port });
    case 'CONN_RESET':
      return msg('trace.summary.reset');
    case 'TLS_ERROR':
      return msg('trace.summary.tls');
    case 'HTTP':
      if (outcome.location !== undefined) return msg('trace.summary.redirect', { status: outcome.status, location: outcome.location });
      return outcome.grpcStatus === undefined ? answered(outcome.producer, outcome.status) : msg('trace.summary.grpc', { status: outcome.grpcStatus });
    case 'REDIRECT_LOOP':
      return msg('trace.summary.redirect-loop');
    case 'UDP_SILENT':
      return msg('trace.summary.udp-silent');
    case 'ACCEPTED':
      return msg('trace.summary.accepted', { count: 1 });
  }
}

/** Who on the way wrote the answer. */
function answered(producer: Producer, status: number): Message {
  switch (producer) {
    case 'controller':
      return msg('trace.summary.http-controller', { status });
    case 'gateway':
      return msg('trace.summary.http-gateway', { status });
    case 'mesh':
      return msg('trace.summary.http-mesh', { status });
    case 'load-balancer':
    case 'app':
    case 'external':
      return msg('trace.summary.http-edge', { status });
  }
}

/** A few words for a failure, to stand after a share. */
export function howOf(outcome: Outcome): string {
  if (outcome.code === 'HTTP') return outcome.grpcStatus === undefined ? `HTTP ${outcome.status}` : `gRPC ${outcome.grpcStatus}`;
  return outcome.code === 'TLS_ERROR' ? `TLS_ERROR (${outcome.kind})` : outcome.code;
}
