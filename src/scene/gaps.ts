/**
 * The room between columns, where tracks turn and stations stand: `[stations behind a box][turns][stations before a
 * box]`. Vertical lines and stations stay in it, so neither ever touches a box.
 */
import type { Column, Columns, Item } from './columns.ts';
import { trackId, type Sketch } from './sketch.ts';
import { textWidth } from './text-width.ts';

/** Between a box and the first station, and a station and the box it stands before. */
const EDGE = 4;
/** Room for one station. */
export const SLOT = 22;
/** From the room of stations to the first vertical line, and between two of them. */
const LEAD = 6;
const CHANNEL = 8;
const MIN_GAP = 26;
/** Beside the outermost boxes: room for the edge of the cluster. */
export const ZONE_PAD = 14;
export const MARGIN = 6;
/** From the last mark to the edge of the zone that it stands in. */
const BEYOND = 8;

/** How many marks stand before and behind each box, by id. */
export interface Slots {
  readonly before: ReadonlyMap<string, number>;
  readonly behind: ReadonlyMap<string, number>;
}

export interface Gaps {
  /** Left edge of each column. */
  readonly x: readonly number[];
  readonly right: number;
  /** Where the vertical line of a source's tracks runs, in the gap behind its column. */
  readonly turn: (column: number, from: Item) => number;
  /** Centre of the nth mark behind a box of this column. */
  readonly behind: (column: number, index: number) => number;
  /** Centre of mark `index` of `count` before a box of this column. */
  readonly before: (column: number, index: number, count: number) => number;
}

/** `90%`; of a share from 0 to 1. */
export function shareText(share: number): string {
  const percent = share * 100;
  if (percent >= 1 || percent === 0) return `${Math.round(percent)}%`;
  return percent < 0.1 ? '<0.1%' : `${Math.round(percent * 10) / 10}%`;
}

export function slotsOf(sketch: Sketch): Slots {
  const before = new Map<string, number>();
  const behind = new Map<string, number>();
  const count = (map: Map<string, number>, id: string) => map.set(id, (map.get(id) ?? 0) + 1);
  for (const stop of sketch.stops) {
    if (stop.box === null || stop.box === stop.from) count(behind, stop.from);
    else count(before, stop.box);
    if (stop.terminus === 'before' && stop.box !== null) count(before, stop.box);
    else if (stop.terminus !== null) count(behind, stop.through.at(-1) ?? stop.from);
  }
  for (const { box } of sketch.minors) if (!before.has(box)) before.set(box, 1);
  for (const box of gatesOf(sketch).keys()) count(before, box);
  return { before, behind };
}

/** Boxes whose gate stands right before them, on the track that all who come share: none where somebody comes without. */
export function gatesOf(sketch: Sketch): ReadonlyMap<string, 'open' | 'closed'> {
  const gates = new Map<string, 'open' | 'closed' | null>();
  for (const { to, gate } of sketch.tracks.values()) gates.set(to, gates.has(to) && gates.get(to) !== gate ? null : gate);
  return new Map([...gates].flatMap(([to, gate]) => (gate === null ? [] : [[to, gate] as const])));
}

/** `margins`: beside the first and the last column. */
export function measureGaps(sketch: Sketch, { columns, segments }: Columns, slots: Slots, margins: { readonly left: number; readonly right: number }): Gaps {
  const turns = columns.map((_, index) => turnsOf(segments.filter((segment) => segment.column === index)));
  const most = (column: Column | undefined, map: ReadonlyMap<string, number>) => Math.max(0, ...(column?.items ?? []).map(({ id }) => map.get(id) ?? 0));
  const behindCount = columns.map((column) => most(column, slots.behind));
  const shares = sharesOf(sketch);
  const labels = columns.map((column) => labelRoom(sketch, column, shares));

  const x: number[] = [];
  let pen = margins.left;
  for (const [index, column] of columns.entries()) {
    x.push(pen);
    pen += column.width;
    const next = columns[index + 1];
    const channels = turns[index]!.count;
    const turnRoom = channels === 0 ? 0 : LEAD + CHANNEL * channels;
    const room = EDGE + SLOT * behindCount[index]! + turnRoom + Math.max(SLOT * most(next, slots.before), labels[index + 1] ?? 0) + EDGE;
    if (next !== undefined) pen += Math.max(MIN_GAP, room);
    else pen += Math.max(margins.right, EDGE + SLOT * behindCount[index]! + BEYOND + MARGIN);
  }
  const edge = (column: number) => x[column]! + columns[column]!.width;
  return {
    x,
    right: pen,
    turn: (column, from) => edge(column) + EDGE + SLOT * behindCount[column]! + LEAD + CHANNEL * (turns[column]!.channel.get(from) ?? 0),
    behind: (column, index) => edge(column) + EDGE + SLOT / 2 + SLOT * index,
    before: (column, index, count) => x[column]! - EDGE - SLOT / 2 - SLOT * (count - 1 - index),
  };
}

/** Whether a cross can stand behind a box without another track running through it. */
export function isFreeBehind(item: Item, column: number, segments: Columns['segments']): boolean {
  return !segments.some(
    ({ column: at, from, to }) => at === column && Math.min(from.y, to.y) - SLOT / 2 < item.y && item.y < Math.max(from.y, to.y) + SLOT / 2,
  );
}

/**
 * What is written on tracks, by their id: the share of requests, at forks only. A request that starts over runs along
 * a track twice; then it is the share of all that leave the fork. Tracks into one box end in a stretch that they share,
 * so one of them, the last that is taken or else the first, says how many come in all.
 */
export function sharesOf(sketch: Sketch): ReadonlyMap<string, string> {
  const leaving = new Map<string, { count: number; sum: number }>();
  for (const { from, share } of sketch.tracks.values()) {
    if (share === null) continue;
    const { count, sum } = leaving.get(from) ?? { count: 0, sum: 0 };
    leaving.set(from, { count: count + 1, sum: sum + share });
  }
  const arriving = new Map<string, { id: string; sum: number; forks: boolean }>();
  for (const { from, to, share, state } of sketch.tracks.values()) {
    const fork = leaving.get(from);
    if (share === null || fork === undefined) continue;
    const { id, sum, forks } = arriving.get(to) ?? { id: trackId(from, to), sum: 0, forks: false };
    arriving.set(to, {
      id: state === 'taken' || state === 'failed' ? trackId(from, to) : id,
      sum: sum + share / Math.max(1, fork.sum),
      forks: forks || fork.count > 1,
    });
  }
  return new Map([...arriving.values()].flatMap(({ id, sum, forks }) => (forks ? [[id, shareText(sum)] as const] : [])));
}

/** Room for the widest share written before a box of this column. */
function labelRoom(sketch: Sketch, column: Column, shares: ReadonlyMap<string, string>): number {
  const ids = new Set(column.items.map(({ id }) => id));
  const texts = [...sketch.tracks.values()]
    .flatMap(({ from, to }) => (ids.has(to) ? [shares.get(trackId(from, to))] : []))
    .filter((text) => text !== undefined);
  return Math.max(0, ...texts.map((text) => textWidth(text, 'kicker') + 3));
}

/** Tracks of one source share a vertical line; sources whose lines would touch get different ones. */
function turnsOf(segments: Columns['segments']): { readonly count: number; readonly channel: ReadonlyMap<Item, number> } {
  const spans = new Map<Item, { from: number; to: number }>();
  for (const { from, to } of segments) {
    if (from.y === to.y) continue;
    const span = spans.get(from) ?? { from: from.y, to: from.y };
    spans.set(from, { from: Math.min(span.from, to.y), to: Math.max(span.to, to.y) });
  }
  const taken: number[] = [];
  const channel = new Map<Item, number>();
  for (const [item, span] of [...spans].sort((a, b) => a[1].from - b[1].from || a[1].to - b[1].to)) {
    const free = taken.findIndex((end) => end + CHANNEL < span.from);
    const index = free < 0 ? taken.length : free;
    taken[index] = span.to;
    channel.set(item, index);
  }
  return { count: taken.length, channel };
}
