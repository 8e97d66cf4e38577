import { expect, it } from 'vitest';
import { chance, nextSeed, pick } from './chance.ts';

it('the same seed and position give the same chance', () => {
  expect(chance(7, 3)).toBe(chance(7, 3));
  expect(chance(7, 3)).not.toBe(chance(7, 4));
});

it('chances of following seeds are spread evenly', () => {
  const counts = [0, 0, 0, 0];
  let seed = 1;
  for (let request = 0; request < 4000; request += 1) {
    const at = pick([0.25, 0.25, 0.25, 0.25], chance(seed, 2));
    counts[at] = (counts[at] ?? 0) + 1;
    seed = nextSeed(seed);
  }
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(120);
});

it('the last share takes what rounding leaves', () => {
  expect(pick([1 / 3, 1 / 3, 1 / 3], 0.999_999_999_999)).toBe(2);
  expect(pick([0.5, 0.5], 0.5)).toBe(1);
});
