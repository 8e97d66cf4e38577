import type { Expectations, Value } from './case.ts';

/** One thing that came out otherwise than the case states. */
export interface Difference {
  readonly word: keyof Expectations | 'probability';
  /** What of it: a Service, a header, a field of the redirect, an object; null where the word says it all. */
  readonly of: string | null;
  readonly expected: Value;
  readonly came: Value;
}

export type Verdict =
  | { readonly kind: 'passed' }
  /** The engine said that it does not simulate something, rather than guess. */
  | { readonly kind: 'unsupported'; readonly reasons: readonly string[] }
  | { readonly kind: 'failed'; readonly differences: readonly Difference[] };

export const difference = (word: Difference['word'], of: string | null, expected: Value | undefined, came: Value | undefined): Difference => ({
  word,
  of,
  expected: expected ?? null,
  came: came ?? null,
});

/** Each value once, absent as null, in the order of first appearance. */
export const distinct = <T>(values: readonly (T | null | undefined)[]): (T | null)[] => [...new Set(values.map((value) => value ?? null))];

/** Whether two lists hold the same values, whatever their order and however often. */
export function sameSet<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.every((value) => b.includes(value)) && b.every((value) => a.includes(value));
}
