import { expect, it } from 'vitest';
import { stretchesOver } from './inside.ts';

const along = (distance: number) => ({ x: distance, y: 50 });

it('the packet is over a box from its one side to the other, and nowhere else', () => {
  const boxes = [
    { x: 20, y: 30, width: 40, height: 40 },
    { x: 100, y: 60, width: 40, height: 40 },
    { x: 180, y: 30, width: 40, height: 40 },
  ];
  expect(stretchesOver(boxes, 200, along)).toEqual([
    { from: 24, to: 60 },
    { from: 184, to: 204 },
  ]);
});

it('a map without boxes hides nothing', () => {
  expect(stretchesOver([], 200, along)).toEqual([]);
});
