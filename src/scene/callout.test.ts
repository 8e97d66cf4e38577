import { expect, it } from 'vitest';
import { overlaps, placeBeside } from './callout.ts';

const station = { x: 200, y: 200 };
const size = { width: 100, height: 40 };
const box = { x: 100, y: 180, width: 80, height: 200 };

it('stands right below its station where nothing is in the way', () => {
  expect(placeBeside(station, size, { obstacles: [], width: 400, top: 0 })).toEqual({ x: 150, y: 218, ...size });
});

it('slides aside before it goes farther away', () => {
  const rect = placeBeside(station, size, { obstacles: [{ rect: box, cost: Infinity }], width: 400, top: 0 });
  expect(rect.y).toBe(218);
  expect(overlaps(rect, box)).toBe(false);
});

it('never covers what must be seen, however far it has to go', () => {
  const wall = { x: 0, y: 0, width: 400, height: 900 };
  expect(placeBeside(station, size, { obstacles: [{ rect: wall, cost: Infinity }], width: 400, top: 0 }).y).toBeGreaterThan(900);
});

it('covers something quiet rather than going far', () => {
  const wall = { x: 0, y: 0, width: 400, height: 900 };
  expect(placeBeside(station, size, { obstacles: [{ rect: wall, cost: 100 }], width: 400, top: 0 }).y).toBe(218);
});
