/**
 * What a person can do with the player, as plain state changes. Time itself is not in the store: the playhead owns it
 * and tells every frame to those that move with it, past React.
 */
import type { Scene } from '../../scene/scene.ts';
import { timelineOf, type Frame, type Timeline } from '../../scene/timeline.ts';
import { useStore, type Playback } from './store.ts';

const change = (to: Partial<Playback>) => useStore.setState(({ playback }) => ({ playback: { ...playback, ...to } }));
const lastStop = () => (useStore.getState().analysis?.scene?.stops.length ?? 0) - 1;

/** From where it stands; from the start after the end. */
export function play(): void {
  if (lastStop() < 0) return;
  const { playback } = useStore.getState();
  change({ status: 'playing', until: null, ...(playback.status === 'ended' && { stop: 0 }) });
}

/** Set while `pause` changes the state: the only change after which the packet stays between two stops. */
let isHolding = false;

export function pause(): void {
  if (useStore.getState().playback.status !== 'playing') return;
  isHolding = true;
  change({ status: 'paused', until: null });
  isHolding = false;
}

export function holdsPlace(): boolean {
  return isHolding;
}

export function togglePlay(): void {
  if (useStore.getState().playback.status === 'playing') pause();
  else play();
}

/** Stands at a stop. */
export function seek(stop: number): void {
  const last = lastStop();
  if (last < 0) return;
  const to = Math.max(0, Math.min(stop, last));
  change({ stop: to, status: to === last ? 'ended' : 'paused', until: null });
}

export function step(by: 1 | -1): void {
  seek(useStore.getState().playback.stop + by);
}

/** The stop it stands at or is on its way to. */
const goal = ({ status, stop, until }: Playback) => (status === 'playing' ? (until ?? stop) : stop);

/** Lets the packet move on to the next stop and stand there. On its way it is put there first: two presses are two stops. */
export function advance(): void {
  const from = goal(useStore.getState().playback);
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  seek(isStill ? from + 1 : from);
  if (!isStill && from < lastStop()) change({ status: 'playing', until: from + 1 });
}

/** Stands at the stop before the one it stands at or is on its way to. */
export function stepBack(): void {
  seek(goal(useStore.getState().playback) - 1);
}

export function seekEnd(): void {
  seek(lastStop());
}

export function setSpeed(speed: Playback['speed']): void {
  change({ speed });
}

/** The playhead reached a stop. */
export function reached(stop: number): void {
  change({ stop });
}

const timelines = new WeakMap<Scene, Timeline>();

export function timelineFor(scene: Scene): Timeline {
  const known = timelines.get(scene);
  if (known !== undefined) return known;
  const made = timelineOf(scene);
  timelines.set(scene, made);
  return made;
}

let frame: Frame | null = null;
const listeners = new Set<(frame: Frame) => void>();

/** Calls with the newest frame at once, then with every one that follows. */
export function onFrame(listener: (frame: Frame) => void): () => void {
  listeners.add(listener);
  if (frame !== null) listener(frame);
  return () => listeners.delete(listener);
}

export function showFrame(next: Frame): void {
  frame = next;
  for (const listener of listeners) listener(next);
}
