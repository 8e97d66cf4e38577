import { describe, expect, it } from 'vitest';
import { outdatedOn } from './validity.ts';

const certificate = { notBefore: '2026-01-01T08:00:00Z', notAfter: '2026-03-31T23:59:59Z' };

describe('a certificate on the day of the request (S14.3)', () => {
  it.each([
    ['2025-12-31', 'not-yet-valid'],
    ['2026-01-01', null],
    ['2026-01-01T07:59:59Z', 'not-yet-valid'],
    ['2026-01-01T08:00:00Z', null],
    ['2026-03-31', null],
    ['2026-04-01', 'expired'],
    ['2026-04-01T00:00:00Z', 'expired'],
    [null, null],
  ])('%s: %s', (date, expected) => {
    expect(outdatedOn(date, certificate)).toBe(expected);
  });

  it('without dates is taken to be valid', () => {
    expect(outdatedOn('2026-11-29', { notBefore: null, notAfter: null })).toBeNull();
  });
});
