import { expect, it } from 'vitest';
import { addressOfCode } from '../../engine/diagnosis.ts';
import { addressOf, pageOfHash } from './pages.ts';

it('the address of a page names it, and what the command calls the page of a code is one', () => {
  expect(pageOfHash('#compare')).toEqual({ page: 'compare', options: null });
  expect(pageOfHash('#failures')).toEqual({ page: 'failures', options: {} });
  expect(pageOfHash(addressOfCode('node-down'))).toEqual({ page: 'failures', options: { code: 'node-down' } });
  expect(addressOf('failures', { code: 'node-down' })).toBe(addressOfCode('node-down'));
  expect(addressOf('compare', { ways: 'all' })).toBe('#compare');
});

it.each(['#top', '#v1.abc', '#failures/<script>', '#failures/a/b', '#elsewhere/node-down', `#failures/${'a'.repeat(81)}`])(
  '%.30s is the address of no page',
  (hash) => expect(pageOfHash(hash)).toBeNull(),
);
