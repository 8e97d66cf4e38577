import { expect, it } from 'vitest';
import { pageText } from '../../catalogue/page-words.ts';
import type { Outcome, Trace, Verdict } from '../../engine/index.ts';
import { headlineOf, resultOf } from './verdict-headline.ts';

function said(verdict: Verdict, outcome: Outcome): string {
  const branch = { probability: 1, hops: [], outcome, backend: null, reply: [], blockedBy: [], stage: null };
  const trace = { verdict, branches: [branch], taken: 0 } as unknown as Trace;
  return `${resultOf(trace)}: ${pageText(headlineOf(trace), 'en')}`;
}

const http = (status: number): Outcome => ({ code: 'HTTP', status, producer: 'app' });

it('the heading names the result and, where something is assumed, the condition', () => {
  expect(said({ kind: 'delivered' }, http(200))).toBe('delivered: Delivered');
  expect(said({ kind: 'fails', share: 1 }, http(503))).toBe('fails: Fails with 503');
  expect(said({ kind: 'depends', ifTrue: 'fails', share: 1 }, http(503))).toBe('fails: Fails with 503, if what is assumed holds');
  expect(said({ kind: 'fails', share: 1 }, { code: 'CONN_TIMEOUT' })).toBe('fails: Fails');
  expect(said({ kind: 'fails', share: 0.5 }, http(200))).toBe('fails: Fails for 50% of the requests');
});

it('an application that answers with an error is reached, but nothing is said to be well', () => {
  expect(said({ kind: 'delivered' }, http(404))).toBe('answered: Answered with 404');
  expect(said({ kind: 'depends', ifTrue: 'delivered', share: 0 }, http(404))).toBe('answered: Answered with 404, if what is assumed holds');
});
