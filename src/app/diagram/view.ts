/** Where the window onto the map stands. Plain arithmetic; `Camera.tsx` carries it out. */
import type { Scene } from '../../scene/scene.ts';

export interface View {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Area extends Size {
  readonly x: number;
  readonly y: number;
}

export interface Zooms {
  readonly least: number;
  readonly most: number;
}

/** The smallest text of the map is 12 px, and is not made smaller unless a person zooms out. */
export const TO_READ: Zooms = { least: 1, most: 1.4 };
/** From the last row: 18 px is the least. */
export const TO_PRESENT: Zooms = { least: 1.5, most: 2.4 };
const PADDING = 8;
/** Around what is brought into the window. */
const MARGIN = 24;

/** The whole map if its texts stay readable, else its beginning at full size, level with the route. */
export function homeView(scene: Scene, size: Size, { least, most }: Zooms = TO_READ): View {
  const fit = Math.min((size.width - 2 * PADDING) / scene.width, (size.height - 2 * PADDING) / scene.height);
  const zoom = Math.min(most, Math.max(least, fit));
  const line = scene.stations.find(({ number }) => number !== null)?.y ?? scene.height / 2;
  return {
    zoom,
    x: scene.width * zoom <= size.width ? (size.width - scene.width * zoom) / 2 : PADDING,
    y:
      scene.height * zoom <= size.height
        ? (size.height - scene.height * zoom) / 2
        : within(size.height / 2 - line * zoom, size.height - scene.height * zoom, 0),
  };
}

export function wholeView(scene: Scene, size: Size): View {
  const zoom = Math.min(TO_READ.most, (size.width - 2 * PADDING) / scene.width, (size.height - 2 * PADDING) / scene.height);
  return { zoom, x: (size.width - scene.width * zoom) / 2, y: (size.height - scene.height * zoom) / 2 };
}

/**
 * The least move after which an area is seen, with some room around it; the same view when it is seen already. `map`:
 * where nothing is left to see, beyond its edges, no room is needed.
 */
export function reveal(view: View, area: Area, size: Size, map?: Size): View {
  const shift = (start: number, length: number, room: number, ends: readonly [number, number] | null) => {
    const [before, after] = ends === null ? [MARGIN, MARGIN] : [within(start - ends[0], 0, MARGIN), within(ends[1] - start - length, 0, MARGIN)];
    if (before + length + after > room) return room / 2 - (start + length / 2);
    if (start < before) return before - start;
    return Math.min(0, room - after - (start + length));
  };
  const { zoom, x, y } = view;
  return {
    zoom,
    x: x + shift(area.x * zoom + x, area.width * zoom, size.width, map === undefined ? null : [x, x + map.width * zoom]),
    y: y + shift(area.y * zoom + y, area.height * zoom, size.height, map === undefined ? null : [y, y + map.height * zoom]),
  };
}

const within = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));
