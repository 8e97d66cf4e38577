import { expect, it } from 'vitest';
import { difference } from './text-difference.ts';

it('only the piece that differs is replaced', () => {
  expect(difference('port: 80\nname: a', 'port: 8080\nname: a')).toEqual({ from: 8, to: 8, insert: '80' });
});

it('equal texts are no change', () => {
  expect(difference('a', 'a')).toBeNull();
});

it('a removed repetition is one piece', () => {
  const change = difference('aaaa', 'aa')!;
  expect('aaaa'.slice(0, change.from) + change.insert + 'aaaa'.slice(change.to)).toBe('aa');
});
