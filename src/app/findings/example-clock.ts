/**
 * The time of one small map: plays a scene from the client to its end, apart from the player of the page. Driven by the
 * timestamps that the browser passes, so a test clock drives it too.
 */
import type { Scene } from '../../scene/scene.ts';
import { positionAt, timelineOf, type Frame } from '../../scene/timeline.ts';
import { REDUCED_MOTION } from '../ui/use-media.ts';

/** A hidden tab gets no frames; what it missed is not caught up. Ms. */
const LONGEST_FRAME = 250;

export interface ClockState {
  /** The last stop reached. */
  readonly stop: number;
  readonly isPlaying: boolean;
}

export interface Clock {
  readonly state: () => ClockState;
  readonly subscribe: (changed: () => void) => () => void;
  readonly onFrame: (listener: (frame: Frame) => void) => () => void;
  /** From the start; without motion it stands at the end at once. */
  readonly play: () => void;
  readonly pause: () => void;
  readonly seek: (stop: number) => void;
}

export function createClock(scene: Scene): Clock {
  const timeline = timelineOf(scene);
  const listeners = new Set<(frame: Frame) => void>();
  const subscribers = new Set<() => void>();
  let state: ClockState = { stop: 0, isPlaying: false };
  let ms = 0;
  let request = 0;
  let before: number | null = null;

  function show(isPlaying: boolean): void {
    const position = positionAt(timeline, ms);
    for (const listener of listeners) listener({ scene, position });
    if (position.stop === state.stop && isPlaying === state.isPlaying) return;
    state = { stop: position.stop, isPlaying };
    for (const changed of subscribers) changed();
  }

  function halt(): void {
    cancelAnimationFrame(request);
    before = null;
  }

  function tick(now: number): void {
    ms = Math.min(timeline.duration, ms + (before === null ? 0 : Math.min(now - before, LONGEST_FRAME)));
    before = now;
    const plays = ms < timeline.duration;
    if (plays) request = requestAnimationFrame(tick);
    show(plays);
  }

  return {
    state: () => state,
    subscribe(changed) {
      subscribers.add(changed);
      return () => subscribers.delete(changed);
    },
    onFrame(listener) {
      listeners.add(listener);
      listener({ scene, position: positionAt(timeline, ms) });
      return () => listeners.delete(listener);
    },
    play() {
      halt();
      const isStill = matchMedia(REDUCED_MOTION).matches;
      ms = isStill ? timeline.duration : 0;
      if (!isStill) request = requestAnimationFrame(tick);
      show(!isStill);
    },
    pause() {
      halt();
      show(false);
    },
    seek(stop) {
      halt();
      ms = timeline.arrivals[Math.max(0, Math.min(stop, timeline.arrivals.length - 1))] ?? 0;
      show(false);
    },
  };
}
