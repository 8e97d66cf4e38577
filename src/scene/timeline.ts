/**
 * Where the packet is at time t: a pure function, so that the player can be sought, stepped and tested with any clock.
 * The packet slows into every station and waits there long enough to be read; the reply runs back without stopping.
 */
import type { Scene } from './scene.ts';

export interface Timeline {
  /** Milliseconds at speed 1. */
  readonly duration: number;
  /** When the packet stands at each stop of the scene, in their order. */
  readonly arrivals: readonly number[];
  readonly legs: readonly Leg[];
}

/** A ride from one distance along the route to another, then a wait. */
interface Leg {
  readonly start: number;
  readonly ride: number;
  readonly from: number;
  readonly to: number;
  /** The stop that it leads to, or null on the way to a terminus. */
  readonly stop: number | null;
  readonly returning: boolean;
}

export interface Position {
  /** Index of the last stop reached; 0 before the first. */
  readonly stop: number;
  /** Px along the route. */
  readonly distance: number;
  /** At a stop, not between two. */
  readonly standing: boolean;
  readonly returning: boolean;
  /** Along the player's line: 2.5 is half way between the third stop and the fourth. */
  readonly progress: number;
}

/** One picture of the moving packet. */
export interface Frame {
  readonly scene: Scene;
  readonly position: Position;
}

/** Time a person needs to read what changed. */
const WAIT = 1100;
const RIDE = { least: 450, most: 1500, perPx: 4 } as const;
const REPLY = { least: 700, most: 1800, perPx: 1.2 } as const;

export function timelineOf(scene: Scene): Timeline {
  const { route, stops } = scene;
  if (route === null) return { duration: 0, arrivals: [], legs: [] };
  const legs: Leg[] = [];
  const arrivals: number[] = [];
  let time = 0;
  let at = 0;
  const ride = (to: number, pace: typeof RIDE | typeof REPLY, stop: number | null, returning: boolean) => {
    const duration = Math.min(pace.most, Math.max(pace.least, Math.abs(to - at) * pace.perPx));
    legs.push({ start: time, ride: duration, from: at, to, stop, returning });
    time += duration;
    at = to;
  };
  for (const [index, stop] of stops.entries()) {
    const isReply = index === stops.length - 1;
    if (isReply) {
      const comesBack = stop.at !== route.end;
      if (route.end > at) ride(route.end, RIDE, comesBack ? null : index, false);
      if (comesBack) ride(stop.at, REPLY, index, true);
    } else ride(stop.at, RIDE, index, false);
    arrivals.push(time);
    if (!isReply) time += WAIT;
  }
  return { duration: time, arrivals, legs };
}

/** `ms` at speed 1, from 0 (at the client) to `duration`; outside values are held. */
export function positionAt(timeline: Timeline, ms: number): Position {
  const time = Math.min(Math.max(ms, 0), timeline.duration);
  let leg: Leg | null = null;
  for (const candidate of timeline.legs) if (candidate.start <= time) leg = candidate;
  let stop = 0;
  for (const [index, arrival] of timeline.arrivals.entries()) if (arrival <= time) stop = index;
  if (leg === null) return { stop, distance: 0, standing: false, returning: false, progress: 0 };
  // Sums of fractions: the last microsecond of a ride is its end.
  const share = time >= leg.start + leg.ride - 1e-3 ? 1 : (time - leg.start) / leg.ride;
  return {
    stop,
    distance: leg.from + (leg.to - leg.from) * ease(share),
    standing: share === 1 && leg.stop === stop,
    returning: leg.returning,
    progress: stop + wayOn(timeline, stop, time),
  };
}

/** Share of the way from a stop to the next, 0 while the packet waits. */
function wayOn({ arrivals }: Timeline, stop: number, time: number): number {
  const next = arrivals[stop + 1];
  const here = arrivals[stop] ?? 0;
  if (next === undefined || time < here) return 0;
  return Math.max(0, (time - here - WAIT) / (next - here - WAIT));
}

/** The time at which the player's line is filled so far: the inverse of `progress`. */
export function timeOf({ arrivals, duration }: Timeline, progress: number): number {
  const stop = Math.floor(progress);
  const here = arrivals[stop];
  const next = arrivals[stop + 1];
  if (here === undefined) return duration;
  if (next === undefined || progress === stop) return here;
  return here + WAIT + (progress - stop) * (next - here - WAIT);
}

/** Starts and ends slowly: the packet slows into a station. */
function ease(share: number): number {
  return share < 0.5 ? 2 * share * share : 1 - 2 * (1 - share) * (1 - share);
}
