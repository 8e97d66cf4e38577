/** Finds room for what is said beside a station: near it, never over the boxes of the route, rather not over others. */
import type { Point } from './edge-path.ts';

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Obstacle {
  readonly rect: Rect;
  /** How much farther away, in px, is better than to cover it; Infinity for what must be seen. */
  readonly cost: number;
}

export interface Room {
  readonly obstacles: readonly Obstacle[];
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
/** Where the station stands along the edge, the middle preferred. */
const SLIDES = [0.5, 0.25, 0.75, 0, 1];
const FAR = 3000;

/**
 * The best place below or above a station, so that a straight line leads there. Obstacles end somewhere, so there is
 * always one below them all.
 */
export function placeBeside(station: Point, size: { readonly width: number; readonly height: number }, room: Room): Rect {
  let best: { readonly rect: Rect; readonly cost: number } | null = null;
  for (let distance = NEAR; distance < (best?.cost ?? FAR); distance += STEP) {
    for (const y of [station.y + distance, station.y - distance - size.height]) {
      if (y < room.top) continue;
      for (const slide of SLIDES) {
        const x = Math.max(0, Math.min(station.x - CORNER - slide * (size.width - 2 * CORNER), room.width - size.width));
        const rect = { x: Math.round(x), y: Math.round(y), ...size };
        const cost = room.obstacles.reduce((sum, obstacle) => (overlaps(rect, obstacle.rect, KEEP) ? sum + obstacle.cost : sum), distance);
        if (cost < (best?.cost ?? FAR)) best = { rect, cost };
      }
    }
  }
  return best?.rect ?? { x: Math.max(0, Math.min(station.x - size.width / 2, room.width - size.width)), y: station.y + NEAR, ...size };
}

/** Whether two areas come nearer to each other than `keep`. */
export function overlaps(a: Rect, b: Rect, keep = 0): boolean {
  return a.x < b.x + b.width + keep && b.x < a.x + a.width + keep && a.y < b.y + b.height + keep && b.y < a.y + a.height + keep;
}
