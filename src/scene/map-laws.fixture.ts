/** What holds of every map that is drawn, whatever is on it. */
import { expect } from 'vitest';
import { plain } from './box-size.ts';
import { overlaps, type Rect } from './callout.ts';
import type { Scene } from './scene.ts';
import { textWidth } from './text-width.ts';

const around = ({ x, y }: { readonly x: number; readonly y: number }, r: number): Rect => ({ x: x - r, y: y - r, width: 2 * r, height: 2 * r });

/** Straight pieces of a path; corners are cut short, which is safe: they lie inside their square. */
function pieces(path: string): readonly Rect[] {
  const out: Rect[] = [];
  let pen = { x: 0, y: 0 };
  for (const [, command, numbers] of path.matchAll(/([MHVA])([^MHVA]*)/g)) {
    const values = numbers!.trim().split(/\s+/).map(Number);
    const to =
      command === 'M'
        ? { x: values[0]!, y: values[1]! }
        : command === 'H'
          ? { x: values[0]!, y: pen.y }
          : command === 'V'
            ? { x: pen.x, y: values[0]! }
            : { x: values[5]!, y: values[6]! };
    if (command !== 'M') out.push({ x: Math.min(pen.x, to.x), y: Math.min(pen.y, to.y), width: Math.abs(to.x - pen.x), height: Math.abs(to.y - pen.y) });
    pen = to;
  }
  return out;
}

/** All that must hold of any map: nothing lies on anything else, and every text fits into its box. */
export function checkMap(scene: Scene): void {
  const { boxes } = scene;
  expect(boxes.length).toBeLessThanOrEqual(60);
  for (const [index, box] of boxes.entries()) {
    for (const other of boxes.slice(index + 1)) expect(overlaps(box, other, 4), `${box.id} and ${other.id}`).toBe(false);
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.y).toBeGreaterThanOrEqual(72);
    expect(box.x + box.width).toBeLessThanOrEqual(scene.width);
    expect(box.y + box.height).toBeLessThanOrEqual(scene.height);
    for (const text of [
      ...box.titleLines.map((line) => textWidth(line, 'title')),
      ...[...box.facts, ...box.rules].map((line) => textWidth(plain(line), 'fact')),
    ])
      expect(text, box.id).toBeLessThanOrEqual(box.width - 20);
  }
  for (const station of scene.stations) {
    const mark = around(station, station.kind === 'minor' ? 5 : 10);
    for (const box of boxes) expect(overlaps(mark, box), `station ${station.id} and ${box.id}`).toBe(false);
  }
  for (const [index, station] of scene.stations.entries())
    for (const other of scene.stations.slice(index + 1)) expect(overlaps(around(station, 9), around(other, 9)), `${station.id} and ${other.id}`).toBe(false);
  for (const track of scene.tracks) {
    if (track.label !== null) {
      const rect = { x: track.label.x, y: track.label.y - 10, width: textWidth(track.label.text, 'kicker'), height: 12 };
      for (const box of boxes) expect(overlaps(rect, box), `label ${track.id} and ${box.id}`).toBe(false);
    }
    for (const piece of pieces(track.path))
      for (const box of boxes) if (box.id !== track.from && box.id !== track.to) expect(overlaps(piece, box), `track ${track.id} and ${box.id}`).toBe(false);
  }
  if (scene.sees !== null) for (const box of boxes) expect(overlaps(scene.sees, box)).toBe(false);
  const route = boxes.filter(({ state }) => state === 'taken' || state === 'arrived' || state === 'failed');
  for (const stop of scene.stops) expect(route.filter((box) => overlaps(stop.capsule, box)).map(({ id }) => `${stop.id} over ${id}`)).toEqual([]);
}
