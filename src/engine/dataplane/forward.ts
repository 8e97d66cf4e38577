/**
 * The walk: hands a packet from component to component until every way has ended (S1.5 phase C). It decides nothing
 * about packets. All ways are followed, never sampled; equal states meet in one step, so the result is a graph
 * without cycles. It is bounded: a way that returns to where it was, or grows too long, is cut and says so.
 */
import { msg, type Message } from '../../catalogue/message.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Flow } from '../trace/flow.ts';
import { formatUrl } from '../trace/format.ts';
import type { Memory } from '../trace/memory.ts';
import { isDelivered, type Outcome } from '../trace/outcome.ts';
import type { Branch } from '../trace/trace.ts';
import { firstState, urlOf } from './client/client.ts';
import { locationOf, redirectedFlow } from './client/redirect.ts';
import type { Component, Decision, HopDecision, Onward, Place, Proxied, State } from './component.ts';
import { editHeaders } from './header-edits.ts';

const MAX_HOPS = 64;
const MAX_STATES = 100_000;
/** Of the endpoints that fail a proxy in the same way, those whose next try is followed one by one. */
const MAX_TRIED = 3;
const MAX_REDIRECTS = 10;

/** One hop of the graph, with the states it forwards to. */
export interface Step {
  readonly state: State;
  readonly decision: HopDecision;
  /** Added to the decision's own sentences by the walk: a followed redirect, a retry, an answer in a proxy's place. */
  readonly notes: readonly Message[];
  readonly edges: readonly Edge[];
  /** Set on leaves: what the client sees. */
  readonly outcome: Outcome | null;
  /** True when a proxy on the way answers for a failure behind it. */
  readonly proxyAnswers: boolean;
}

export interface Edge {
  readonly to: Step;
  readonly probability: number;
  /** The states merged in this edge, as the component gave them; none for a redirect or a retry. */
  readonly onward: readonly Onward[];
  /** How the request gets there. */
  readonly kind: 'forward' | 'redirect' | 'retry';
}

export type Components = Readonly<Record<Exclude<Place['kind'], 'pod' | 'node'>, Component>> & {
  /** A Pod's ports can belong to a proxy, and one can stand beside a Pod: the packet decides which component is there. */
  readonly pod: (cluster: Cluster, state: State) => Component;
  readonly node: (cluster: Cluster, state: State) => Component;
};

export function walk(components: Components, cluster: Cluster, flow: Flow, memory: Memory): Step {
  const around = { cluster, memory };
  const done = new Map<string, Step>();
  const underway = new Set<string>();
  const tried = new Map<string, string[]>();

  /**
   * A proxy chooses evenly among a Service's endpoints, so which of those that fail alike failed first changes no share
   * of what comes then. To follow each of three hundred would give millions of ways.
   */
  const standIn = (endpoint: string, alike: string): string => {
    const known = tried.get(alike) ?? [];
    tried.set(alike, known);
    if (known.length < MAX_TRIED && !known.includes(endpoint)) known.push(endpoint);
    return known.includes(endpoint) ? endpoint : known[0]!;
  };

  const decide = (state: State): Decision => {
    const { kind } = state.place;
    const component = kind === 'pod' || kind === 'node' ? components[kind](cluster, state) : components[kind];
    return component(state, around);
  };

  /** Follows passes until somebody decides. */
  const settle = (state: State): { readonly at: State; readonly key: string; readonly decision: HopDecision } => {
    const seen = new Set<string>();
    let at = state;
    for (;;) {
      const key = JSON.stringify(at);
      if (seen.has(key) || seen.size > MAX_HOPS) return { at, key: `cut ${key}`, decision: cut(at, msg('trace.circle')) };
      seen.add(key);
      const known = done.get(key);
      if (known !== undefined) return { at, key, decision: known.decision };
      const decision = decide(at);
      if (decision.kind === 'hop') return { at, key, decision };
      at = decision.to;
    }
  };

  const expand = (state: State, depth: number): Step => {
    const { at, key, decision } = settle(state);
    const known = done.get(key);
    if (known !== undefined) return known;
    const trouble = underway.has(key)
      ? msg('trace.circle')
      : depth >= MAX_HOPS
        ? msg('trace.too-long', { count: MAX_HOPS })
        : done.size + underway.size >= MAX_STATES
          ? msg('trace.too-many', { count: MAX_STATES })
          : null;
    if (trouble !== null) return leaf(at, cut(at, trouble));

    underway.add(key);
    const step = decision.becomes.kind === 'forward' ? forwarded(at, decision, decision.becomes, depth) : ended(at, decision, depth);
    underway.delete(key);
    done.set(key, step);
    return step;
  };

  const forwarded = (at: State, decision: HopDecision, { to, answered = [] }: Extract<HopDecision['becomes'], { kind: 'forward' }>, depth: number): Step => {
    const edges = new Map<Step, { probability: number; onward: Onward[] }>();
    for (const onward of to) {
      const next = expand({ place: onward.place, packet: onward.packet, carry: onward.carry }, depth + 1);
      const edge = edges.get(next) ?? { probability: 0, onward: [] };
      edge.probability += onward.probability;
      edge.onward.push(onward);
      edges.set(next, edge);
    }
    for (const { share, decision: own } of answered) edges.set(leaf(at, own), { probability: share, onward: [] });
    return {
      state: at,
      decision,
      notes: [],
      edges: [...edges].map(([next, edge]) => ({ to: next, probability: edge.probability, onward: edge.onward, kind: 'forward' })),
      outcome: null,
      proxyAnswers: false,
    };
  };

  /** A way ends, unless the client follows a redirect or a proxy tries another endpoint. */
  const ended = (at: State, decision: HopDecision, depth: number): Step => {
    if (decision.becomes.kind !== 'end') throw new Error('only an end can end');
    const { outcome, stage } = decision.becomes;
    const { proxied } = at.carry;
    const elapsed = (proxied?.again?.carry.elapsed ?? 0) + (decision.becomes.took ?? 0) + (proxied?.backoff ?? 0);
    if (proxied?.again !== undefined && isTriedAgain(proxied, outcome, stage) && elapsed < (proxied.patience ?? Infinity)) {
      const own = `${at.packet.dst.ip}:${at.packet.dst.port}`;
      const endpoint = standIn(own, JSON.stringify([proxied.again, at.carry.service, outcome]));
      const { carry } = proxied.again;
      const again = { ...proxied.again, carry: { ...carry, failed: [...(carry.failed ?? []), endpoint], ...(elapsed > 0 && { elapsed }) } };
      const next = expand(again, depth + 1);
      const args = { component: proxied.component };
      const retry = proxied.retryOn === undefined ? msg('trace.retry', args) : msg('trace.try-again', args);
      return continued(at, decision, next, 'retry', endpoint === own ? [retry] : [retry, msg('trace.retry-alike', { endpoint })]);
    }
    const location = at.carry.flow.followRedirects === true ? locationOf(outcome) : null;
    const target = location !== null && outcome.code === 'HTTP' ? redirectedFlow(at.carry.flow, outcome.status, location) : null;
    if (target !== null) {
      const url = urlOf(target);
      if (at.carry.visited.includes(url) || at.carry.redirects >= MAX_REDIRECTS) {
        return { ...leaf(at, decision), notes: [msg('trace.redirect-loop', { url: formatUrl(target) })], outcome: { code: 'REDIRECT_LOOP' } };
      }
      return continued(at, decision, expand(firstState(cluster, target, memory, at.carry), depth + 1), 'redirect', [
        msg('trace.redirect-followed', { url: formatUrl(target) }),
      ]);
    }
    return leaf(at, decision);
  };

  return expand(firstState(cluster, flow, memory), 0);
}

function continued(state: State, decision: HopDecision, to: Step, kind: Edge['kind'], notes: readonly Message[]): Step {
  return { state, decision, notes, edges: [{ to, probability: 1, onward: [], kind }], outcome: null, proxyAnswers: false };
}

function leaf(state: State, decision: HopDecision): Step {
  if (decision.becomes.kind !== 'end') throw new Error('a leaf is an end');
  const { outcome, stage } = decision.becomes;
  const { proxied, responseHeaders, responseEdits = [] } = state.carry;
  const answer = proxied === undefined ? null : answerOf(proxied, outcome, stage);
  const seen = answer ?? outcome;
  const headers = seen.code === 'HTTP' ? editHeaders({ ...seen.headers, ...responseHeaders }, responseEdits) : {};
  return {
    state,
    decision,
    notes: answer === null || proxied === undefined ? [] : [proxyNote(proxied, answer)],
    edges: [],
    outcome: seen.code === 'HTTP' && Object.keys(headers).length > 0 ? { ...seen, headers } : seen,
    proxyAnswers: answer !== null,
  };
}

function proxyNote({ component }: Proxied, answer: Outcome): Message {
  return answer.code === 'HTTP' ? msg('trace.proxy-answers', { component, status: answer.status }) : msg('trace.proxy-closes', { component });
}

/** What a proxy that may try once more does not hand back. */
function isTriedAgain({ retryOn = [], onlyUnsent }: Proxied, outcome: Outcome, stage: Branch['stage']): boolean {
  if (onlyUnsent === true && stage === 'http') return false;
  return isConnectionFailure(outcome) || (outcome.code === 'HTTP' && retryOn.includes(outcome.status));
}

/** Failures that end a connection before any HTTP answer. */
function isConnectionFailure(outcome: Outcome): boolean {
  return !isDelivered(outcome) && outcome.code !== 'HTTP' && outcome.code !== 'REDIRECT_LOOP';
}

/** What the client of a proxy gets for a failure behind the proxy; null where the failure is no matter of connections. */
function answerOf(proxied: Proxied, outcome: Outcome, stage: Branch['stage']): Outcome | null {
  const kind = failureKind(outcome, stage);
  if (kind === null) return null;
  const status = proxied.answers[kind];
  if (status === null) return { code: 'CONN_RESET' };
  const { producer, grpcStatus } = proxied;
  // A gRPC client is told in the trailers of an answer that is fine for HTTP (S12.11).
  return grpcStatus === undefined ? { code: 'HTTP', status, producer } : { code: 'HTTP', status: 200, producer, grpcStatus };
}

function failureKind(outcome: Outcome, stage: Branch['stage']): keyof Proxied['answers'] | null {
  switch (outcome.code) {
    case 'CONN_REFUSED':
    // An unreachable host is told to the proxy at once, like a refusal.
    case 'NO_ROUTE':
    case 'DNS_NXDOMAIN':
    case 'DNS_NODATA':
      return 'refused';
    case 'CONN_TIMEOUT':
      return stage === 'http' ? 'slow' : 'timeout';
    case 'DNS_TIMEOUT':
    case 'UDP_SILENT':
      return 'timeout';
    case 'CONN_RESET':
      return 'reset';
    case 'TLS_ERROR':
      return 'tls';
    case 'HTTP':
    case 'ACCEPTED':
    case 'REDIRECT_LOOP':
      return null;
  }
}

/** The walk itself gives up here, and says why. */
function cut(state: State, why: Message): HopDecision {
  return {
    kind: 'hop',
    hop: 'network',
    actor: { component: 'network', instance: null, node: state.place.kind === 'node' ? state.place.node : null, namespace: null },
    layer: 'L3',
    verb: msg('trace.cut.verb'),
    title: msg('trace.cut'),
    why: [why],
    rules: ['S1.2'],
    because: [],
    object: null,
    becomes: { kind: 'end', outcome: { code: 'CONN_TIMEOUT' }, stage: 'connect' },
  };
}
