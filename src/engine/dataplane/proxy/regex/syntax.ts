/** The syntax tree of a regular expression as nginx reads it (PCRE2). */
export type Node =
  | { readonly kind: 'text'; readonly text: string; readonly fold: boolean }
  | { readonly kind: 'any'; readonly newline: boolean }
  | { readonly kind: 'set'; readonly set: CharSet }
  | { readonly kind: 'sequence'; readonly items: readonly Node[] }
  | { readonly kind: 'choice'; readonly options: readonly Node[] }
  /** `number` null: the group captures nothing. */
  | { readonly kind: 'group'; readonly number: number | null; readonly body: Node; readonly atomic: boolean }
  | { readonly kind: 'repeat'; readonly body: Node; readonly min: number; readonly max: number; readonly lazy: boolean; readonly possessive: boolean }
  | { readonly kind: 'edge'; readonly at: 'start' | 'end' | 'end-or-newline' | 'word' | 'not-word' }
  | { readonly kind: 'look'; readonly behind: boolean; readonly negative: boolean; readonly body: Node }
  | { readonly kind: 'again'; readonly number: number; readonly fold: boolean };

export interface CharSet {
  readonly negative: boolean;
  /** Inclusive ranges of UTF-16 units. */
  readonly ranges: readonly (readonly [from: number, to: number])[];
  /** Sets inside the set, such as `\D`. */
  readonly inner: readonly CharSet[];
  readonly fold: boolean;
}

export function inSet(set: CharSet, unit: number): boolean {
  const found =
    set.ranges.some(([from, to]) => unit >= from && unit <= to) || set.inner.some((inner) => inSet(inner, unit)) || (set.fold && foldsInto(set, unit));
  return found !== set.negative;
}

function foldsInto(set: CharSet, unit: number): boolean {
  const character = String.fromCharCode(unit);
  return [character.toLowerCase(), character.toUpperCase()].some((other) => {
    const code = other.charCodeAt(0);
    return other.length === 1 && code !== unit && set.ranges.some(([from, to]) => code >= from && code <= to);
  });
}
