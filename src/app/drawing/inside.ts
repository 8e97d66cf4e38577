/** Where on its way the packet is over a box. Plain arithmetic on points of the route. */
import type { Box } from '../../scene/scene.ts';

type Area = Pick<Box, 'x' | 'y' | 'width' | 'height'>;

/** A stretch of the route, in px from its beginning. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Between two points of the route that are looked at; px. */
const STEP = 4;

/** The stretches of a route that lie over a box; `pointAt` gives the point at so many px along the route. */
export function stretchesOver(
  boxes: readonly Area[],
  length: number,
  pointAt: (distance: number) => { readonly x: number; readonly y: number },
): readonly Stretch[] {
  const found: Stretch[] = [];
  let from: number | null = null;
  for (let distance = 0; distance <= length + STEP; distance += STEP) {
    const { x, y } = pointAt(Math.min(distance, length));
    const isOver = distance <= length && boxes.some((box) => x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height);
    if (isOver) from ??= distance;
    else if (from !== null) {
      found.push({ from, to: distance });
      from = null;
    }
  }
  return found;
}
