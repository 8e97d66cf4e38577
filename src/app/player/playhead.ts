/**
 * Owns time: one requestAnimationFrame loop for the whole page, running only while something plays. The store hears
 * from it when a stop is reached and when the end is; every frame goes to `onFrame`. Driven by the timestamps that
 * the browser passes, so a test clock drives it too.
 */
import { positionAt, timeOf } from '../../scene/timeline.ts';
import { holdsPlace, reached, seek, showFrame, timelineFor } from '../store/playback.ts';
import { useStore, type PodpathState } from '../store/store.ts';
import { REDUCED_MOTION } from '../ui/use-media.ts';

/** A hidden tab gets no frames; what it missed is not caught up. Ms. */
const LONGEST_FRAME = 250;
/** Without motion, how long the packet stands at each stop at speed 1; ms. */
const STILL = 1600;

let ms = 0;
let before: number | null = null;
let request = 0;
/** The stop this file wrote last: any other value in the store came from a person. */
let written = 0;
let isSeeking = false;

/** Returns how to stop. */
export function startPlayhead(): () => void {
  const unsubscribe = useStore.subscribe((state, previous) => {
    if (state.playback !== previous.playback || state.analysis?.scene !== previous.analysis?.scene) follow(state, previous);
  });
  const state = useStore.getState();
  jump(state);
  if (state.playback.status === 'playing') run();
  return () => {
    unsubscribe();
    halt();
  };
}

/** Moves only by what a person or a new analysis changed. */
function follow(state: PodpathState, previous: PodpathState): void {
  const { playback } = state;
  const isNewScene = state.analysis?.scene !== previous.analysis?.scene;
  const starts =
    playback.status === 'playing' && playback.stop === 0 && (previous.playback.status !== 'playing' || isNewScene) && playback !== previous.playback;
  const isMine = playback.stop === written && (playback.status === 'playing' || holdsPlace() || isSeeking);
  if (starts && (isNewScene || previous.playback.status === 'ended')) restart(state);
  else if (!isMine || isNewScene) jump(state);
  // Who asks for the next stop has read this one.
  if (playback.until !== null && playback.until !== previous.playback.until) leave(state);
  if (playback.status === 'playing') run();
  else halt();
}

function restart(state: PodpathState): void {
  ms = 0;
  written = 0;
  show(state);
}

/** Ends the wait at the stop where the packet stands. */
function leave(state: PodpathState): void {
  const scene = state.analysis?.scene;
  if (scene) ms = Math.max(ms, timeOf(timelineFor(scene), state.playback.stop + 1e-6));
}

function jump(state: PodpathState): void {
  const scene = state.analysis?.scene;
  const { stop, status } = state.playback;
  written = stop;
  if (!scene || status === 'idle') ms = 0;
  else ms = timelineFor(scene).arrivals[stop] ?? 0;
  show(state);
}

/** To a place between two stops: scrubbing. Ms at speed 1. */
export function seekTime(to: number): void {
  const state = useStore.getState();
  const scene = state.analysis?.scene;
  if (!scene) return;
  ms = to;
  const { stop } = positionAt(timelineFor(scene), ms);
  written = stop;
  const status = ms >= timelineFor(scene).duration ? 'ended' : 'paused';
  isSeeking = true;
  if (state.playback.stop !== stop || state.playback.status !== status) useStore.setState({ playback: { ...state.playback, stop, status } });
  isSeeking = false;
  show(useStore.getState());
}

function show(state: PodpathState): void {
  const scene = state.analysis?.scene;
  if (scene) showFrame({ scene, position: positionAt(timelineFor(scene), ms) });
}

function run(): void {
  if (request === 0) request = requestAnimationFrame(tick);
}

function halt(): void {
  cancelAnimationFrame(request);
  request = 0;
  before = null;
}

function tick(now: number): void {
  request = requestAnimationFrame(tick);
  const elapsed = before === null ? 0 : Math.min(now - before, LONGEST_FRAME);
  before = now;
  const state = useStore.getState();
  const scene = state.analysis?.scene;
  if (!scene || state.playback.status !== 'playing') return;
  const timeline = timelineFor(scene);
  ms = matchMedia(REDUCED_MOTION).matches ? stillTime(ms, elapsed * state.playback.speed, timeline.arrivals) : ms + elapsed * state.playback.speed;
  const goal = Math.min(state.playback.until ?? Infinity, scene.stops.length - 1);
  const end = state.playback.until === null ? timeline.duration : (timeline.arrivals[goal] ?? timeline.duration);
  ms = Math.min(ms, end);
  const position = positionAt(timeline, ms);
  showFrame({ scene, position });
  if (ms >= end) {
    written = goal;
    seek(goal);
  } else if (position.stop !== written) {
    written = position.stop;
    reached(position.stop);
  }
}

let stood = 0;

/** Hop to hop without motion: time stands at a stop, then is at the next. */
function stillTime(time: number, elapsed: number, arrivals: readonly number[]): number {
  const here = arrivals.findLast((arrival) => arrival <= time);
  if (here === undefined) return arrivals[0] ?? 0;
  stood += elapsed;
  if (stood < STILL) return here;
  stood = 0;
  return arrivals.find((arrival) => arrival > here) ?? here;
}
