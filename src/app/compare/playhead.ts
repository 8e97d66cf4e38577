/**
 * One clock for all paths of the table: every packet leaves with the first step and is as many stops on its way as the
 * others, so that what differs is seen. Driven by the timestamps of the browser, so a test clock drives it too.
 */
import { REDUCED_MOTION } from '../ui/use-media.ts';

/** Ms from one stop to the next, and at each stop. */
const RIDE = 620;
const WAIT = 480;
/** A hidden tab gets no frames; what it missed is not caught up. Ms. */
const LONGEST_FRAME = 250;

export interface Beat {
  /** 2.5 is half way between the second stop and the third, the client’s being 0. */
  readonly progress: number;
  readonly status: 'playing' | 'paused' | 'ended';
}

type Listener = (beat: Beat) => void;

/** Stops of the longest path. */
let length = 0;
let ms = 0;
let status: Beat['status'] = 'ended';
let request = 0;
let before: number | null = null;
const listeners = new Set<Listener>();

export function onBeat(listener: Listener): () => void {
  listeners.add(listener);
  listener({ progress: progressAt(ms), status });
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) halt();
  };
}

/** From the client, over so many stops. Without motion the packets stand at the end at once. */
export function playAll(stops: number): void {
  length = stops;
  if (matchMedia(REDUCED_MOTION).matches) {
    halt();
    ms = duration();
    status = 'ended';
    tell();
    return;
  }
  ms = 0;
  resume();
}

export function pauseAll(): void {
  halt();
  status = ms >= duration() ? 'ended' : 'paused';
  tell();
}

export function resume(): void {
  status = 'playing';
  tell();
  if (request === 0) {
    before = null;
    request = requestAnimationFrame(frame);
  }
}

function halt(): void {
  cancelAnimationFrame(request);
  request = 0;
}

function frame(now: number): void {
  ms += before === null ? 0 : Math.min(now - before, LONGEST_FRAME);
  before = now;
  request = 0;
  if (ms >= duration()) {
    ms = duration();
    status = 'ended';
  } else request = requestAnimationFrame(frame);
  tell();
}

const duration = () => length * (RIDE + WAIT);

/** Slows into every stop and waits there. */
export function progressAt(time: number): number {
  const stop = Math.floor(time / (RIDE + WAIT));
  const share = Math.min(1, Math.max(0, (time - stop * (RIDE + WAIT) - WAIT) / RIDE));
  return stop + (share < 0.5 ? 2 * share * share : 1 - 2 * (1 - share) * (1 - share));
}

function tell(): void {
  const beat = { progress: progressAt(ms), status };
  for (const listener of listeners) listener(beat);
}
