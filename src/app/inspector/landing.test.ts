import { expect, it } from 'vitest';
import type { Branch, Trace } from '../../engine/index.ts';
import { landings, percent } from './landing.ts';

const end = (pod: string | null, probability: number, hops: readonly string[]): Pick<Branch, 'probability' | 'hops' | 'outcome' | 'backend'> => ({
  probability,
  hops,
  outcome: pod === null ? { code: 'CONN_REFUSED' } : { code: 'HTTP', status: 200, producer: 'app' },
  backend: pod === null ? null : ({ pod: { kind: 'Pod', namespace: 'shop', name: pod }, endpoint: '10.0.0.1:80' } as Branch['backend']),
});
const trace = (branches: readonly ReturnType<typeof end>[]) => ({ branches, taken: 0 }) as unknown as Trace;

it('shares are of the requests that come by the hop, not of all', () => {
  const found = landings(trace([end('a', 0.25, ['h1', 'h2']), end('b', 0.25, ['h1', 'h2']), end('c', 0.5, ['h1', 'h3'])]), 'h2');
  expect(found.map(({ name, share }) => [name, share])).toEqual([
    ['shop/a', 0.5],
    ['shop/b', 0.5],
  ]);
});

it('two ways to one Pod are one place', () => {
  const found = landings(trace([end('a', 0.5, ['h1', 'h2']), end('a', 0.5, ['h1', 'h3'])]), 'h1');
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ share: 1, taken: true });
});

it('a failure is a place too', () => {
  expect(landings(trace([end('a', 0.5, ['h1']), end(null, 0.5, ['h1'])]), 'h1').map(({ name }) => name)).toContain(null);
});

it('a tiny share is not written as nothing', () => {
  expect([0.5, 1 / 3, 0.0001, 0].map(percent)).toEqual(['50%', '33.3%', '< 0.1%', '0%']);
});
