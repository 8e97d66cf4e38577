/** Chance without chance: a number from a seed and a position, the same every time. */

/** Between 0 (included) and 1 (excluded), evenly spread over seeds and positions. */
export function chance(seed: number, position: number): number {
  let hash = (Math.imul(seed | 0, 0x9e37_79b1) ^ Math.imul(position + 1, 0x85eb_ca6b)) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb_352d) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 15), 0x846c_a68b) >>> 0;
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** The seed of the next request. */
export function nextSeed(seed: number): number {
  return (seed + 1) >>> 0;
}

/** Index of the share that a chance falls into; shares sum to 1. */
export function pick(shares: readonly number[], at: number): number {
  let sum = 0;
  for (const [index, share] of shares.entries()) {
    sum += share;
    if (at < sum) return index;
  }
  return shares.length - 1;
}
