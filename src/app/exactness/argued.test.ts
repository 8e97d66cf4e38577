import { expect, it } from 'vitest';
import argued from '../../conformance/argued.json';
import figures from '../../conformance/figures.json';
import { argumentFor } from './argued.ts';

const cases = argued.flatMap(({ suite, cases }) => cases.map((name) => ({ suite, name })));

it('nothing is argued that comes out as stated', () => {
  const misses = new Set(figures.suites.flatMap(({ suite, misses }) => misses.map(({ name }) => `${suite}: ${name}`)));
  expect(cases.filter(({ suite, name }) => !misses.has(`${suite}: ${name}`))).toEqual([]);
});

it('every argument has words', () => {
  expect(cases.filter(({ suite, name }) => argumentFor(suite, name) === null)).toEqual([]);
});
