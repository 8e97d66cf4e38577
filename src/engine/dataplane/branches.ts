/** From the graph of steps to numbered hops and the ways through them. */
import type { Step, Edge } from './forward.ts';

/** More ways than this are told by where they end, with the most probable way to each end. */
const MAX_WAYS = 2_000;

/** Every step once, each before those it leads to; of equals the first reached stands first. */
export function topological(first: Step): readonly Step[] {
  const incoming = new Map<Step, number>([[first, 0]]);
  const reached = [first];
  for (const step of reached) {
    for (const { to } of step.edges) {
      if (!incoming.has(to)) reached.push(to);
      incoming.set(to, (incoming.get(to) ?? 0) + 1);
    }
  }
  const order: Step[] = [first];
  for (const step of order) {
    for (const { to } of step.edges) {
      const left = (incoming.get(to) ?? 0) - 1;
      incoming.set(to, left);
      if (left === 0) order.push(to);
    }
  }
  return order;
}

export interface Way {
  readonly probability: number;
  readonly steps: readonly Step[];
  /** One fewer than the steps. */
  readonly edges: readonly Edge[];
}

/** What is told of the graph. */
export interface Told {
  /** Most probable first; probabilities sum to 1. The way taken is one of them. */
  readonly ways: readonly Way[];
  /** The steps that become hops, each before those it leads to. */
  readonly steps: readonly Step[];
  /** Leaves that are no hop of their own, and the leaf that stands for them. */
  readonly standIns: ReadonlyMap<Step, Step>;
}

/** All ways from the first step to a leaf; where these are too many, one for each end, and `taken` for its own. */
export function waysThrough(order: readonly Step[], taken: Way): Told {
  const ways = countWays(order) > MAX_WAYS ? waysByEnd(order, taken) : null;
  if (ways === null) return { ways: byProbability(allWays(order[0]!)), steps: order, standIns: new Map() };
  const ends = new Map([...ways].map(([key, way]) => [key, way.steps.at(-1)!]));
  const standIns = new Map<Step, Step>();
  for (const step of order) {
    const end = step.edges.length === 0 ? ends.get(endKey(step)) : undefined;
    if (end !== undefined && end !== step) standIns.set(step, end);
  }
  // A leaf that stands for later ones comes after all that leads to these.
  const leaves = order.filter((step) => step.edges.length === 0 && !standIns.has(step));
  return { ways: byProbability([...ways.values()]), steps: [...order.filter(({ edges }) => edges.length > 0), ...leaves], standIns };
}

const byProbability = (ways: readonly Way[]) => ways.toSorted((a, b) => b.probability - a.probability);

function countWays(order: readonly Step[]): number {
  const count = new Map<Step, number>();
  for (const step of order.toReversed()) {
    const below = step.edges.reduce((sum, { to }) => sum + (count.get(to) ?? 1), 0);
    count.set(step, Math.max(1, below));
  }
  return count.get(order[0]!) ?? 1;
}

function allWays(first: Step): readonly Way[] {
  const ways: Way[] = [];
  const follow = (way: Way): void => {
    const { edges } = way.steps.at(-1)!;
    if (edges.length === 0) ways.push(way);
    for (const edge of edges) {
      follow({ probability: way.probability * edge.probability, steps: [...way.steps, edge.to], edges: [...way.edges, edge] });
    }
  };
  follow({ probability: 1, steps: [first], edges: [] });
  return ways;
}

function waysByEnd(order: readonly Step[], taken: Way): ReadonlyMap<string, Way> {
  const share = new Map<Step, number>([[order[0]!, 1]]);
  const best = new Map<Step, Way>([[order[0]!, { probability: 1, steps: [order[0]!], edges: [] }]]);
  for (const step of order) {
    const way = best.get(step)!;
    for (const edge of step.edges) {
      share.set(edge.to, (share.get(edge.to) ?? 0) + share.get(step)! * edge.probability);
      const probability = way.probability * edge.probability;
      if (probability > (best.get(edge.to)?.probability ?? 0)) {
        best.set(edge.to, { probability, steps: [...way.steps, edge.to], edges: [...way.edges, edge] });
      }
    }
  }
  const ends = new Map<string, Way>();
  for (const leaf of order.filter(({ edges }) => edges.length === 0)) {
    const key = endKey(leaf);
    const way = best.get(leaf)!;
    const known = ends.get(key);
    const probability = (known?.probability ?? 0) + (share.get(leaf) ?? 0);
    ends.set(key, { ...(known ?? way), probability });
  }
  const end = endKey(taken.steps.at(-1)!);
  const own = ends.get(end);
  if (own !== undefined) ends.set(end, { ...taken, probability: own.probability });
  return ends;
}

/** Ends at the same object with the same outcome are one end, whatever address the packet came from. */
function endKey({ decision, outcome }: Step): string {
  return JSON.stringify([decision.object, decision.actor, decision.title, outcome]);
}

export const sameWay = (a: Way, b: Way): boolean => a.steps.length === b.steps.length && a.steps.every((step, index) => step === b.steps[index]);
