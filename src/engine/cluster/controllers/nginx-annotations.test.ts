import { expect, it } from 'vitest';
import { isTooRisky, KNOWN_ANNOTATIONS, readRisk } from './nginx-annotations.ts';

const [source = ''] = Object.values(
  import.meta.glob<string>('../../dataplane/ingress-controller/ingress-nginx/{annotations,cors}.ts', { query: '?raw', import: 'default', eager: true }),
);

it('every annotation that is followed is one that ingress-nginx knows (S10.26)', () => {
  const read = [...source.matchAll(/\b(?:text|strict|yes|number|strictNumber|raw|ranges)\('([a-z-]+)'/g)].map(([, name]) => name!);
  expect(read.length).toBeGreaterThan(30);
  expect(read.filter((name) => !KNOWN_ANNOTATIONS.includes(name))).toEqual([]);
});

it('snippets are riskier than High, and an unknown level counts as Low (S10.25)', () => {
  const high = readRisk('High');
  expect(['configuration-snippet', 'server-alias', 'unheard-of'].map((name) => isTooRisky(name, high))).toEqual([true, false, false]);
  expect(isTooRisky('server-alias', readRisk('none'))).toBe(true);
});
