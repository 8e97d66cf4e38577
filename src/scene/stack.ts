/**
 * Puts the items of a column under each other, in a given order and without overlap, as near as possible to where
 * each would like to be (least squares: the pool-adjacent-violators algorithm).
 */
export interface Stackable {
  /** Where its centre line would like to be. */
  readonly wish: number;
  /** How much that matters; the route's items weigh so much that they stay. */
  readonly weight: number;
  /** Room it needs above and below its centre line. */
  readonly up: number;
  readonly down: number;
}

/** Centre lines, in the order given. `gap(i)` is the room kept between item i and the one after it. */
export function stack(items: readonly Stackable[], gap: (index: number) => number): readonly number[] {
  const offsets: number[] = [];
  let offset = 0;
  for (const [index, item] of items.entries()) {
    if (index > 0) offset += items[index - 1]!.down + gap(index - 1) + item.up;
    offsets.push(offset);
  }
  // With the offsets taken away, "no overlap" means "not decreasing": runs that would decrease share their mean.
  const runs: { sum: number; weight: number; count: number }[] = [];
  for (const [index, item] of items.entries()) {
    runs.push({ sum: (item.wish - offsets[index]!) * item.weight, weight: item.weight, count: 1 });
    while (runs.length > 1) {
      const last = runs[runs.length - 1]!;
      const before = runs[runs.length - 2]!;
      if (before.sum / before.weight <= last.sum / last.weight) break;
      runs.pop();
      runs[runs.length - 1] = { sum: before.sum + last.sum, weight: before.weight + last.weight, count: before.count + last.count };
    }
  }
  const centres: number[] = [];
  for (const { sum, weight, count } of runs) for (let index = 0; index < count; index++) centres.push(sum / weight + offsets[centres.length]!);
  return centres;
}
