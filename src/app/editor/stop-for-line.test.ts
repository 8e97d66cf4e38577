import { describe, expect, it } from 'vitest';
import type { Evidence, SourceRange } from '../../engine/index.ts';
import { stopForLine } from './stop-for-line.ts';

const cites = (from: number, to: number): Evidence => ({
  object: { kind: 'Ingress', namespace: 'shop', name: 'shop' },
  path: ['spec'],
  range: { file: 'a.yaml', document: 0, from, to },
});
const weighed = (...evidence: readonly Evidence[]) => ({
  what: { id: 'app.name', args: {} } as const,
  result: 'excluded' as const,
  why: { id: 'app.name', args: {} } as const,
  rules: [],
  evidence,
});
/** A line from 50 to 60. */
const touches = (range: SourceRange | null) => (range && range.from <= 60 && range.to > 50 ? range.to - range.from : null);

describe('the stop that a line leads to', () => {
  it('is the one that weighed this very line, not the one that cites the whole object', () => {
    const hops = [
      { evidence: [cites(0, 100)], considered: [] },
      { evidence: [], considered: [weighed(cites(52, 58))] },
    ];
    expect(stopForLine(hops, 0, touches)).toBe(1);
    expect(stopForLine(hops, 1, touches)).toBe(1);
  });

  it('is the stop on screen where that one cites the line as closely as another', () => {
    const hops = [{ evidence: [cites(52, 58)], considered: [] }, { evidence: [], considered: [weighed(cites(52, 58))] }, null];
    expect(stopForLine(hops, 1, touches)).toBe(1);
    expect(stopForLine(hops, 2, touches)).toBe(0);
  });

  it('is none where no stop cites the line', () => {
    expect(stopForLine([{ evidence: [cites(0, 10)], considered: [] }], 0, touches)).toBeNull();
  });
});
