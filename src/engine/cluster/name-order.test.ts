import { expect, it } from 'vitest';
import { compareNames } from './name-order.ts';

it('the order of names reads numbers as numbers', () => {
  expect(['web-10', 'web-2', 'web', 'api', 'web-1'].sort(compareNames)).toEqual(['api', 'web', 'web-1', 'web-2', 'web-10']);
});
