/**
 * Names that were probably meant: the closest of some candidates, if it is close enough to be a slip of the hand.
 * Distance counts inserted, removed, replaced and swapped neighbouring letters (optimal string alignment).
 */
export interface NearMiss {
  readonly word: string;
  readonly distance: number;
}

/** Letters that may differ: one in short words, two from six letters on. */
function tolerance(word: string): number {
  return word.length < 6 ? 1 : 2;
}

/** The candidate nearest to `word`, ties by the order of candidates; null when none is near, or when `word` is one of them. */
export function nearest(word: string, candidates: Iterable<string>): NearMiss | null {
  let best: NearMiss | null = null;
  const limit = tolerance(word);
  for (const candidate of candidates) {
    if (candidate === word) return null;
    const bound = best === null ? limit : best.distance - 1;
    if (Math.abs(candidate.length - word.length) > bound) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase(), bound);
    // Most of the word must be left in common, and another number (`v1`, `v2`) is another thing, no slip.
    if (distance <= bound && distance * 2 < word.length && withoutDigits(word) !== withoutDigits(candidate)) best = { word: candidate, distance };
  }
  return best;
}

/** True when one word is the other with a part added at a `-` or `.`: `api` and `api-v1`. */
export function isPartOf(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length > 0 && (long.startsWith(`${short}-`) || long.startsWith(`${short}.`) || long.endsWith(`-${short}`) || long.endsWith(`.${short}`));
}

/** The nearest by letters, else the first that has the word as a part of it. */
export function suggest(word: string, candidates: readonly string[]): string | null {
  const near = nearest(word, candidates);
  if (near !== null) return near.word;
  return candidates.includes(word) ? null : (candidates.find((candidate) => isPartOf(word, candidate)) ?? null);
}

function withoutDigits(word: string): string {
  return word.replace(/\d+/g, '');
}

/** Never more than `bound` + 1. */
function editDistance(a: string, b: string, bound: number): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
      if (cost < least) least = cost;
    }
    if (least > bound) return bound + 1;
    before = previous;
    previous = row;
  }
  return previous[b.length]!;
}
