/** One request through a cluster: the only entry to the data plane. */
import { msg } from '../../catalogue/message.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { RuleId } from '../manifests/finding.ts';
import type { Assumption } from '../trace/assumption.ts';
import type { Flow } from '../trace/flow.ts';
import type { Considered, Evidence, Hop } from '../trace/hop.ts';
import { NO_MEMORY, type Memory } from '../trace/memory.ts';
import type { Branch, Trace } from '../trace/trace.ts';
import { sameWay, topological, waysThrough, type Way } from './branches.ts';
import { causesOf } from './causes.ts';
import { chance, nextSeed, pick } from './chance.ts';
import { clientSees } from './client-sees.ts';
import type { ConsideredChoice, Onward } from './component.ts';
import { components } from './components.ts';
import { witnessOf, type Witness } from './evidence.ts';
import { walk, type Components, type Step } from './forward.ts';
import { rejectedOnTheWay } from './rejected.ts';
import { replyOf, type Passed } from './reply.ts';
import { summaryOf, verdictOf } from './verdict.ts';

export interface Sent {
  readonly trace: Trace;
  /** What is remembered after this request, for the next one. */
  readonly memory: Memory;
}

/**
 * Follows a request on every way it can take (S1.2). All ways are in `trace.branches`; `memory.seed` chooses the one
 * this request takes, and only that one is remembered.
 */
export function send(cluster: Cluster, flow: Flow, memory: Memory = NO_MEMORY): Sent {
  return sendWith(components, cluster, flow, memory);
}

/** The same with other components, for tests of the walk. */
export function sendWith(parts: Components, cluster: Cluster, flow: Flow, memory: Memory): Sent {
  const first = walk(parts, cluster, flow, memory);
  const order = topological(first);
  const { way, onward } = chooseWay(first, memory.seed);
  const { ways, steps, standIns } = waysThrough(order, way);
  const ids = new Map(steps.map((step, index) => [step, `h${index + 1}`]));
  for (const [step, standIn] of standIns) ids.set(step, ids.get(standIn)!);
  const branches = ways.map((each) => branchOf(each, ids));
  const taken = ways.findIndex((each) => sameWay(each, way));

  const witness = witnessOf(cluster);
  const known = new Map([...cluster.assumptions, ...order.flatMap(({ decision }) => decision.assumes ?? []).map((each) => [each.id, each] as const)]);
  const alike = countAlike(standIns);
  const hops = steps.map((step) => hopOf(step, alike.get(step) ?? 1, ids, known, witness));
  const assumptions = assumptionsOf(known, order);
  const leaf = way.steps.at(-1) ?? first;
  const settled = leaf.decision.becomes.kind === 'end' ? leaf.decision.becomes.carry : undefined;
  const carry = { ...leaf.state.carry, ...settled };
  const seen = hops.flatMap(({ object, consulted }) => [...(object === null ? [] : [object]), ...consulted.map((entry) => entry.object)]);
  const requests = order.flatMap(({ state }) => state.packet.http ?? []);
  const outcome = branches[taken]?.outcome ?? { code: 'CONN_TIMEOUT' };

  return {
    trace: {
      flow,
      hops,
      first: 'h1',
      branches,
      taken,
      verdict: verdictOf(branches, assumptions),
      summary: summaryOf(flow, branches),
      assumptions,
      resolution: carry.resolution,
      tls: { certificateNames: carry.certificateNames, terminatedAt: carry.terminatedAt },
      rejected: rejectedOnTheWay(cluster, flow, seen, requests).map((rejection) => ({ ...rejection, evidence: witness(rejection) })),
      causes: causesOf(cluster, hops, branches),
      // Without a sender no program runs, so nothing is printed.
      clientSees: first.state.packet.src.ip === '' ? [] : clientSees(carry.flow, outcome, carry.resolution.addresses),
    },
    memory: remember(memory, onward),
  };
}

/** The way that this request takes, one chance per fork. */
function chooseWay(first: Step, seed: number): { readonly way: Way; readonly onward: readonly Onward[] } {
  const steps = [first];
  const edges: Way['edges'][number][] = [];
  const onward: Onward[] = [];
  let probability = 1;
  for (let here = first; here.edges.length > 0; here = steps.at(-1)!) {
    const position = steps.length * 2;
    const at = pick(
      here.edges.map((edge) => edge.probability),
      chance(seed, position),
    );
    const edge = here.edges[at]!;
    const merged = pick(
      edge.onward.map((each) => each.probability / edge.probability),
      chance(seed, position + 1),
    );
    const chosen = edge.onward[merged];
    if (chosen !== undefined) onward.push(chosen);
    probability *= edge.probability;
    edges.push(edge);
    steps.push(edge.to);
  }
  return { way: { probability, steps, edges }, onward };
}

function remember(memory: Memory, onward: readonly Onward[]): Memory {
  const affinity = Object.fromEntries([memory.affinity, ...onward.map((each) => each.remember?.affinity ?? {})].flatMap((each) => Object.entries(each)));
  const cookies: Record<string, Memory['cookies'][string]> = { ...memory.cookies };
  for (const { remember: learnt } of onward) {
    for (const [host, jar] of Object.entries(learnt?.cookies ?? {})) cookies[host] = { ...cookies[host], ...jar };
  }
  return { seed: nextSeed(memory.seed), affinity, cookies };
}

function branchOf(way: Way, ids: ReadonlyMap<Step, string>): Branch {
  const leaf = way.steps.at(-1)!;
  const { becomes } = leaf.decision;
  const end = becomes.kind === 'end' ? becomes : null;
  const passed = way.steps.map((step, index): Passed => {
    const edge = way.edges[index];
    return {
      id: ids.get(step)!,
      step,
      after: edge === undefined ? null : (edge.onward[0]?.packet ?? edge.to.state.packet),
      onward: edge?.kind ?? null,
    };
  });
  return {
    probability: way.probability,
    hops: passed.map(({ id }) => id),
    outcome: leaf.outcome ?? { code: 'CONN_TIMEOUT' },
    backend: leaf.proxyAnswers ? null : (end?.backend ?? null),
    reply: replyOf(passed),
    blockedBy: end?.blockedBy ?? [],
    mirrors: leaf.state.carry.mirrors ?? [],
    stage: end?.stage ?? null,
  };
}

function hopOf(step: Step, standsFor: number, ids: ReadonlyMap<Step, string>, known: ReadonlyMap<string, Assumption>, witness: Witness): Hop {
  const { decision, state } = step;
  const evidence = decision.because.map(witness);
  const likeliest = step.edges.toSorted((a, b) => b.probability - a.probability)[0];
  return {
    id: ids.get(step)!,
    kind: decision.hop,
    actor: decision.actor,
    layer: decision.layer,
    verb: decision.verb,
    title: decision.title,
    why: [...decision.why, ...step.notes, ...(standsFor > 1 ? [msg('trace.alike', { count: standsFor })] : [])],
    rules: withDefaults(decision.rules, evidence),
    evidence,
    considered: (decision.considered ?? []).map((choice) => consideredOf(choice, witness)),
    consulted: decision.consulted ?? [],
    before: state.packet,
    after: likeliest === undefined ? null : (likeliest.onward[0]?.packet ?? likeliest.to.state.packet),
    next: nextHops(step, ids),
    outcome: step.outcome,
    assumptions: [...new Set(assumptionIds(step))].filter((id) => known.has(id)),
    commands: decision.commands ?? [],
    policies: decision.policies ?? [],
    ...(decision.query !== undefined && { query: decision.query }),
    object: decision.object,
  };
}

function consideredOf({ because, rules, ...choice }: ConsideredChoice, witness: Witness): Considered {
  return { ...choice, rules: rules ?? [], evidence: (because ?? []).map(witness) };
}

/** Where a field that nobody wrote decided, the rule of its default decided too. */
function withDefaults(rules: readonly RuleId[], evidence: readonly Evidence[]): readonly RuleId[] {
  const ofDefaults = evidence.flatMap(({ defaultRule, within = [] }) => [
    ...(defaultRule === undefined ? [] : [defaultRule]),
    ...within.map(({ rule }) => rule),
  ]);
  return [...new Set([...rules, ...ofDefaults])];
}

/** Leaves that one hop stands for are one next hop, with all their shares. */
function nextHops({ edges }: Step, ids: ReadonlyMap<Step, string>): Hop['next'] {
  const shares = new Map<string, number>();
  for (const { to, probability } of edges) shares.set(ids.get(to)!, (shares.get(ids.get(to)!) ?? 0) + probability);
  return [...shares].map(([to, probability]) => ({ to, probability }));
}

/** How many leaves each stand-in stands for, itself included. */
function countAlike(standIns: ReadonlyMap<Step, Step>): ReadonlyMap<Step, number> {
  const count = new Map<Step, number>();
  for (const standIn of standIns.values()) count.set(standIn, (count.get(standIn) ?? 1) + 1);
  return count;
}

const assumptionIds = ({ decision }: Step): readonly string[] => [...(decision.assumptions ?? []), ...(decision.assumes ?? []).map(({ id }) => id)];

/** Inferred ones first, each once, in the order in which the request meets them. */
function assumptionsOf(known: ReadonlyMap<string, Assumption>, steps: readonly Step[]): readonly Assumption[] {
  const ids = new Set(steps.flatMap(assumptionIds));
  const used = [...ids].flatMap((id) => known.get(id) ?? []);
  return [...used.filter(({ origin }) => origin === 'inferred'), ...used.filter(({ origin }) => origin === 'default')];
}
