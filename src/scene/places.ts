/** Where boxes and the tracks between them stand, once columns, heights and gaps are known. */
import type { Columns, Item } from './columns.ts';
import type { Point } from './edge-path.ts';
import type { Gaps, Slots } from './gaps.ts';

export interface Places {
  readonly columns: Columns;
  readonly gaps: Gaps;
  readonly slots: Slots;
  readonly column: ReadonlyMap<string, number>;
  readonly item: ReadonlyMap<string, Item>;
  /** y of the scene for a centre line of the columns. */
  readonly down: number;
  readonly runs: ReadonlyMap<string, readonly Item[]>;
}

/** Left middle and right middle of a box. */
export function sides(places: Places, id: string): { readonly left: Point; readonly right: Point; readonly column: number } {
  const column = places.column.get(id)!;
  const y = places.item.get(id)!.y + places.down;
  const x = places.gaps.x[column]!;
  return { left: { x, y }, right: { x: x + places.columns.columns[column]!.width, y }, column };
}

/** From the right side of the first box to the left side of the last. */
export function pointsOf(places: Places, run: readonly Item[]): readonly Point[] {
  const [first] = run;
  const last = run[run.length - 1];
  if (first === undefined || last === undefined) return [];
  const points: Point[] = [sides(places, first.id).right];
  for (let index = 1; index < run.length; index++) {
    const from = run[index - 1]!;
    const to = run[index]!;
    if (from.y === to.y) continue;
    const x = places.gaps.turn(places.column.get(from.id)!, from);
    points.push({ x, y: from.y + places.down }, { x, y: to.y + places.down });
  }
  return [...points, sides(places, last.id).left];
}
