import type { Hop, Packet, Trace } from '../../engine/index.ts';
import type { PodpathState } from './store.ts';

/** What the player stands at: a hop of the taken branch, or the reply. */
export type Current =
  | { readonly kind: 'none' }
  | { readonly kind: 'hop'; readonly hop: Hop; readonly number: number; readonly of: number; readonly after: Packet | null }
  | { readonly kind: 'reply' };

export function currentStop(trace: Trace, stopId: string): Current {
  if (stopId === 'reply') return { kind: 'reply' };
  const branch = trace.branches[trace.taken];
  const index = branch?.hops.indexOf(stopId) ?? -1;
  const hop = trace.hops.find((other) => other.id === stopId);
  if (!branch || !hop || index < 0) return { kind: 'none' };
  // What arrives at the next hop of this very branch says more than the most probable way on.
  const nextId = branch.hops[index + 1];
  const next = nextId === undefined ? undefined : trace.hops.find((other) => other.id === nextId);
  return { kind: 'hop', hop, number: index + 1, of: branch.hops.length, after: next?.before ?? hop.after };
}

export const stopIdOf = (state: PodpathState) => state.analysis?.scene?.stops[state.playback.stop]?.id ?? null;
