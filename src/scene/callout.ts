/** Finds room for what is said beside a station: near it, over no box, over the line of the request only as a last resort. */
import type { Point } from './edge-path.ts';

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Room {
  /** What must not be covered. */
  readonly obstacles: readonly Rect[];
  /** Right bound, kept unless the thing itself is wider; downward there is always room. */
  readonly width: number;
  readonly top: number;
}

/** From the middle of a station to the nearest edge of what is said beside it. */
const NEAR = 18;
const STEP = 6;
const KEEP = 5;
/** The pointer does not stand at the very corner. */
const CORNER = 8;
const FAR = 2000;

/**
 * The free place nearest to a station: below or above it, so that a straight line down or up leads there. Obstacles
 * end somewhere, so there is always one below them all.
 */
export function placeBeside(station: Point, size: { readonly width: number; readonly height: number }, room: Room): Rect {
  const slides = [0.5, 0.25, 0.75, 0, 1];
  for (let distance = NEAR; distance < FAR; distance += STEP) {
    for (const side of ['below', 'above'] as const) {
      const y = side === 'below' ? station.y + distance : station.y - distance - size.height;
      if (y < room.top) continue;
      for (const slide of slides) {
        const x = Math.max(0, Math.min(station.x - CORNER - slide * (size.width - 2 * CORNER), room.width - size.width));
        const rect = { x: Math.round(x), y: Math.round(y), ...size };
        if (!room.obstacles.some((obstacle) => overlaps(rect, obstacle, KEEP))) return rect;
      }
    }
  }
  return { x: Math.max(0, Math.min(station.x - size.width / 2, room.width - size.width)), y: station.y + NEAR, ...size };
}

/** Whether two areas come nearer to each other than `keep`. */
export function overlaps(a: Rect, b: Rect, keep = 0): boolean {
  return a.x < b.x + b.width + keep && b.x < a.x + a.width + keep && a.y < b.y + b.height + keep && b.y < a.y + a.height + keep;
}
