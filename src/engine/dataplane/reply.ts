/**
 * The way back: every translation made on the way in is undone by the one who made it (S7.5.15). A proxy answers on
 * its client's connection; a load balancer that left the packet unchanged is not on the way back (S8.3.1).
 */
import { msg, type Message } from '../../catalogue/message.ts';
import type { Outcome } from '../trace/outcome.ts';
import { formatSocket, type Packet } from '../trace/packet.ts';
import type { ReplyStep } from '../trace/trace.ts';
import type { Step } from './forward.ts';

/** One step of a branch with its id, and the packet it sent on along this branch. */
export interface Passed {
  readonly id: string;
  readonly step: Step;
  /** Null at the leaf. */
  readonly after: Packet | null;
  /** How the branch goes on from here; null at the leaf. */
  readonly onward: 'forward' | 'redirect' | 'retry' | null;
}

/** From the leaf back to the client; empty when the client hears nothing. */
export function replyOf(branch: readonly Passed[]): readonly ReplyStep[] {
  const last = branch.at(-1);
  if (last === undefined) return [];
  const answer = answerOf(last);
  if (answer === null) return replyOfProxy(branch);
  const start = reversed(last.step.state.packet);
  return [{ hop: last.id, before: start, after: start, why: answer }, ...wayBack(lastExchange(branch).slice(0, -1))];
}

/** A proxy whose own connection failed without a sign still answers its client. */
function replyOfProxy(branch: readonly Passed[]): readonly ReplyStep[] {
  const last = branch.at(-1);
  if (last === undefined || !last.step.proxyAnswers) return [];
  const exchange = lastExchange(branch).slice(0, -1);
  const proxy = exchange.findLastIndex(isProxy);
  return proxy < 0 ? [] : wayBack(exchange.slice(0, proxy + 1));
}

/** What is left of a branch after its last redirect or retry: earlier packets were answered before. */
function lastExchange(branch: readonly Passed[]): readonly Passed[] {
  const restart = branch.findLastIndex(({ onward }) => onward === 'redirect');
  const exchange = branch.slice(restart + 1);
  // A retry returns to the proxy: between its first and its second decision nothing is on the way back.
  const retry = exchange.findLastIndex(({ onward }) => onward === 'retry');
  if (retry < 0) return exchange;
  const proxy = exchange[retry + 1];
  const first = exchange.findIndex(({ step }) => proxy !== undefined && samePlace(step, proxy.step));
  return first < 0 ? exchange : [...exchange.slice(0, first), ...exchange.slice(retry + 1)];
}

const samePlace = (a: Step, b: Step) => JSON.stringify(a.state.place) === JSON.stringify(b.state.place);

function wayBack(passed: readonly Passed[]): readonly ReplyStep[] {
  const steps: ReplyStep[] = [];
  for (const hop of passed.toReversed()) {
    const { id, step, after } = hop;
    if (after === null || step.decision.hop === 'dns') continue;
    const before = reversed(after);
    const leaving = reversed(step.state.packet);
    if (step.decision.hop === 'load-balancer' && sameAddresses(after, step.state.packet)) {
      const nearest = steps.at(-1);
      if (nearest !== undefined) steps[steps.length - 1] = { ...nearest, why: directly(step.decision.actor.component, nearest, passed) };
      continue;
    }
    steps.push({ hop: id, before, after: leaving, why: whyBack(hop, before, leaving) });
  }
  return steps;
}

/** The step nearest to a load balancer that is left out on the way back. */
function directly(product: string, { hop, after }: ReplyStep, passed: readonly Passed[]): Message {
  const actor = passed.find(({ id }) => id === hop)?.step.decision.actor;
  return msg('trace.reply.direct', { product, service: formatSocket(after.src), who: actor?.node ?? actor?.component ?? product });
}

/** A hop that ends its client's connection and opens another: the source changes together with who speaks (S1.7). */
function isProxy({ step, after }: Passed): boolean {
  const { decision, state } = step;
  if (after === null) return false;
  if (decision.hop === 'ingress-controller' || decision.hop === 'gateway') return true;
  return decision.hop === 'load-balancer' && after.src.ip !== state.packet.src.ip;
}

function whyBack(hop: Passed, before: Packet, leaving: Packet): Message {
  const { component, node } = hop.step.decision.actor;
  if (isProxy(hop)) return msg('trace.reply.proxy', { component, client: formatSocket(leaving.dst) });
  const args = { server: formatSocket(before.src), service: formatSocket(leaving.src), client: formatSocket(leaving.dst) };
  const destination = before.src.ip !== leaving.src.ip || before.src.port !== leaving.src.port;
  const source = before.dst.ip !== leaving.dst.ip;
  if (destination && source) return msg('trace.reply.undo-both', { ...args, who: node ?? component });
  if (destination) return msg('trace.reply.undo-destination', { server: args.server, service: args.service, who: node ?? component });
  if (source) return msg('trace.reply.undo-source', { client: args.client, who: node ?? component });
  return msg('trace.reply.unchanged', { component });
}

/** What sets out from the leaf; null when nothing does. */
function answerOf({ step }: Passed): Message | null {
  const { decision } = step;
  if (decision.becomes.kind !== 'end') return null;
  const who = decision.actor.instance ?? decision.actor.component;
  return ofOutcome(decision.becomes.outcome, who, step);
}

function ofOutcome(outcome: Outcome, who: string, { decision, state }: Step): Message | null {
  const { packet } = state;
  switch (outcome.code) {
    case 'HTTP':
      return msg('trace.reply.http', { who, status: outcome.status });
    case 'ACCEPTED':
      return packet.protocol === 'UDP' ? null : msg('trace.reply.accepted', { who });
    case 'CONN_REFUSED':
      // kube-proxy rejects with an ICMP error, a kernel without a listener with a reset (S7.3).
      return packet.protocol === 'TCP' && decision.hop !== 'kube-proxy' ? msg('trace.reply.reset', { who }) : msg('trace.reply.unreachable', { who });
    case 'CONN_RESET':
      return msg('trace.reply.reset', { who });
    case 'TLS_ERROR':
      // The client checks the certificate, and finds that an answer is no TLS: then it is the client that breaks off.
      return outcome.kind === 'unrecognized-name' || outcome.kind === 'handshake-failure'
        ? msg('trace.reply.alert', { who })
        : msg('trace.reply.client-aborts', { who });
    case 'NO_ROUTE':
      return packet.src.ip === '' ? null : msg('trace.reply.no-route', { who });
    case 'REDIRECT_LOOP':
    case 'DNS_NXDOMAIN':
    case 'DNS_NODATA':
    case 'DNS_TIMEOUT':
    case 'CONN_TIMEOUT':
    case 'UDP_SILENT':
      return null;
  }
}

function reversed(packet: Packet): Packet {
  const { proxyProtocol: _, ...rest } = packet;
  return { ...rest, src: packet.dst, dst: packet.src };
}

const sameAddresses = (a: Packet, b: Packet) => a.src.ip === b.src.ip && a.dst.ip === b.dst.ip && a.dst.port === b.dst.port;
