/**
 * Which column each box stands in, in which order, and how high: lanes from left to right, order by barycentre, height
 * by `stack.ts`. A track that skips a column reserves a channel in it, so no track ever crosses a box.
 */
import { sizeColumn, type SizedBox } from './box-size.ts';
import { LANE_ORDER } from './lanes.ts';
import { naturalOrder } from './natural-order.ts';
import { plain } from './box-size.ts';
import type { LaneId } from './scene.ts';
import type { Sketch, SketchTrack } from './sketch.ts';
import { stack } from './stack.ts';

/** A box, or the channel of a track through a column, with what hangs below it. */
export interface Item {
  readonly id: string;
  readonly box: SizedBox | null;
  readonly hung: readonly SizedBox[];
  readonly owner: string;
  readonly onRoute: boolean;
  /** Centre line. */
  y: number;
}

export interface Column {
  readonly lane: LaneId;
  readonly pass: number;
  readonly width: number;
  items: Item[];
}

/** A track between neighbouring columns. */
export interface Segment {
  readonly from: Item;
  readonly to: Item;
  readonly column: number;
}

export interface Columns {
  readonly columns: readonly Column[];
  readonly segments: readonly Segment[];
  /** The items that each track runs by, from box to box. */
  readonly runs: ReadonlyMap<SketchTrack, readonly Item[]>;
}

export const HANG_GAP = 22;
const GAP = { same: 12, box: 18, service: 26, channel: 14 } as const;
const ROUTE_WEIGHT = 1e9;
/** Less than half of the least gap, so that nothing comes to touch. */
const HAIR = 4;
/** What leads nowhere makes room for what does. */
const LOOSE_WEIGHT = 0.02;

export function arrange(sketch: Sketch): Columns {
  const route = new Set(['client', ...sketch.stops.flatMap(({ through }) => through)]);
  const owners = new Map<string, string>();
  for (const { from, to } of sketch.tracks.values()) if (!owners.has(to)) owners.set(to, from);

  const keys = new Map<string, { lane: LaneId; pass: number; ids: string[] }>();
  for (const box of sketch.boxes.values()) {
    if (box.hangs !== null) continue;
    const key = `${box.pass}:${box.lane}`;
    const column = keys.get(key);
    if (column === undefined) keys.set(key, { lane: box.lane, pass: box.pass, ids: [box.id] });
    else column.ids.push(box.id);
  }
  const sorted = [...keys.values()].sort((a, b) => a.pass - b.pass || LANE_ORDER[a.lane] - LANE_ORDER[b.lane]);
  const items = new Map<string, Item>();
  const where = new Map<string, number>();
  const columns = sorted.map(({ lane, pass, ids }, index): Column => {
    const hung = [...sketch.boxes.values()].filter((box) => box.hangs !== null && ids.includes(box.hangs));
    const sized = sizeColumn([...ids.map((id) => sketch.boxes.get(id)!), ...hung]);
    const own = sized.filter((box) => box.hangs === null);
    const made = own.map((box): Item => {
      const item = { id: box.id, box, hung: sized.filter(({ hangs }) => hangs === box.id), owner: owners.get(box.id) ?? '', onRoute: route.has(box.id), y: 0 };
      items.set(box.id, item);
      where.set(box.id, index);
      return item;
    });
    made.sort(lane === 'service' ? byRule : byName);
    return { lane, pass, width: sized[0]?.width ?? 0, items: made };
  });

  const segments: Segment[] = [];
  const runs = new Map<SketchTrack, readonly Item[]>();
  for (const track of sketch.tracks.values()) {
    const first = where.get(track.from);
    const last = where.get(track.to);
    // A line back to an earlier column has no place on this map; the route itself tells it.
    if (first === undefined || last === undefined || last <= first) continue;
    const run: Item[] = [items.get(track.from)!];
    for (let index = first + 1; index <= last; index++) {
      const item = index === last ? items.get(track.to)! : channel(track, index, columns[index]!);
      segments.push({ from: run[run.length - 1]!, to: item, column: index - 1 });
      run.push(item);
    }
    runs.set(track, run);
  }
  order(columns, segments);
  place(columns, segments);
  return { columns, segments, runs };
}

function channel(track: SketchTrack, index: number, column: Column): Item {
  const item: Item = { id: `${track.from}→${track.to}#${index}`, box: null, hung: [], owner: track.from, onRoute: track.state === 'taken', y: 0 };
  column.items.push(item);
  return item;
}

function byRule(a: Item, b: Item): number {
  return (a.box?.rank ?? 0) - (b.box?.rank ?? 0);
}

function byName(a: Item, b: Item): number {
  const fold = Math.sign(a.box?.folded ?? 0) - Math.sign(b.box?.folded ?? 0);
  return fold || naturalOrder(plain(a.box?.title ?? ''), plain(b.box?.title ?? ''));
}

type Neighbours = ReadonlyMap<Item, readonly Item[]>;

function neighbours(segments: readonly Segment[], of: 'from' | 'to'): Neighbours {
  const map = new Map<Item, Item[]>();
  for (const segment of segments) {
    const list = map.get(segment[of]);
    const other = of === 'from' ? segment.to : segment.from;
    if (list === undefined) map.set(segment[of], [other]);
    else list.push(other);
  }
  return map;
}

/** Barycentre sweeps: to the right, to the left, to the right. Ties keep the order of names and rules. */
function order(columns: readonly Column[], segments: readonly Segment[]): void {
  const left = neighbours(segments, 'to');
  const right = neighbours(segments, 'from');
  const sweep = (column: Column, by: Neighbours) => {
    const index = new Map<Item, number>();
    for (const other of columns) for (const [at, item] of other.items.entries()) index.set(item, at);
    const weight = (item: Item) => {
      const near = by.get(item);
      if (near === undefined) return null;
      // Rules of one controller stay together in their order, whichever of its Pods leads to one of them.
      if (item.box?.lane === 'service' && by === left) return index.get(near[0]!) ?? 0;
      return near.reduce((sum, other) => sum + (index.get(other) ?? 0), 0) / near.length;
    };
    // Items without a neighbour on that side stay with the one before them.
    let previous = -1;
    const keyed = column.items.map((item) => ({ item, key: (previous = weight(item) ?? previous) }));
    column.items = keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
  };
  for (const column of columns.slice(1)) sweep(column, left);
  for (const column of columns.toReversed().slice(1)) sweep(column, right);
  for (const column of columns.slice(1)) sweep(column, left);
}

function place(columns: readonly Column[], segments: readonly Segment[]): void {
  const left = neighbours(segments, 'to');
  const right = neighbours(segments, 'from');
  const mean = (near: readonly Item[] | undefined, otherwise: number) =>
    near === undefined ? otherwise : near.reduce((sum, { y }) => sum + y, 0) / near.length;
  const settle = (column: Column, by: Neighbours, wish: (item: Item) => number) => {
    const stackables = column.items.map((item) => ({
      ...extent(item),
      wish: item.onRoute ? 0 : wish(item),
      weight: item.onRoute ? ROUTE_WEIGHT : by.has(item) ? 1 : LOOSE_WEIGHT,
    }));
    const centres = stack(stackables, (index) => gapBetween(column.items[index]!, column.items[index + 1]!));
    // Two parts of the route in one column cannot both be at 0; the first is.
    const pivot = column.items.findIndex(({ onRoute }) => onRoute);
    const shift = pivot < 0 ? 0 : centres[pivot]!;
    for (const [index, item] of column.items.entries()) item.y = Math.round((centres[index]! - shift) / 2) * 2;
  };
  const backward = columns.toReversed();
  for (const column of backward) settle(column, right, (item) => mean(right.get(item), 0));
  for (let round = 0; round < 3; round++) {
    for (const column of columns) settle(column, left, (item) => mean(left.get(item), mean(right.get(item), item.y)));
    for (const column of backward) settle(column, right, (item) => mean(right.get(item), mean(left.get(item), item.y)));
  }
  // A track that would bend by a hair runs straight.
  for (const { from, to } of segments) {
    const isPair = right.get(from)?.length === 1 && left.get(to)?.length === 1;
    if (isPair && !to.onRoute && Math.abs(from.y - to.y) <= HAIR) to.y = from.y;
  }
}

function extent({ box, hung }: Item): { readonly up: number; readonly down: number } {
  if (box === null) return { up: 0, down: 0 };
  return { up: box.height / 2, down: box.height / 2 + hung.reduce((sum, { height }) => sum + HANG_GAP + height, 0) };
}

function gapBetween(a: Item, b: Item): number {
  if (a.box === null || b.box === null) return GAP.channel;
  if (a.box.lane === 'service') return GAP.service;
  if (a.box.lane === 'pods') return a.owner === b.owner ? GAP.same : GAP.service;
  return GAP.box;
}
