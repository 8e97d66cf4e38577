import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stack } from './stack.ts';

const item = (wish: number, weight = 1) => ({ wish, weight, up: 10, down: 10 });

it('leaves everything where it wishes to be when there is room', () => {
  expect(stack([item(0), item(100)], () => 5)).toEqual([0, 100]);
});

it('spreads two that wish for the same place evenly around it', () => {
  expect(stack([item(50), item(50)], () => 4)).toEqual([38, 62]);
});

it('moves the light one away from the heavy one', () => {
  const [route, other] = stack([item(0, 1e9), item(0)], () => 4);
  expect(route).toBeCloseTo(0, 3);
  expect(other).toBeCloseTo(24, 3);
});

it('never lets two overlap, and keeps their order', () => {
  const any = fc.record({
    wish: fc.integer({ min: -500, max: 500 }),
    weight: fc.constantFrom(1, 0.02, 1e9),
    up: fc.integer({ min: 0, max: 60 }),
    down: fc.integer({ min: 0, max: 60 }),
  });
  fc.assert(
    fc.property(fc.array(any, { minLength: 1, maxLength: 20 }), (items) => {
      const centres = stack(items, () => 12);
      for (let index = 1; index < items.length; index++) {
        expect(centres[index]! - items[index]!.up - (centres[index - 1]! + items[index - 1]!.down)).toBeGreaterThan(11.99);
      }
    }),
  );
});
