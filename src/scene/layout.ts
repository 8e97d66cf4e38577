/**
 * Where everything stands: boxes in their lanes, tracks between them, stations on the tracks, zones behind. The main
 * line, the route of the request, runs level through the middle; everything else arranges itself around it.
 */
import { msg } from '../catalogue/message.ts';
import { arrange, HANG_GAP } from './columns.ts';
import type { SizedBox } from './box-size.ts';
import { roundedLine } from './edge-path.ts';
import { gatesOf, isFreeBehind, MARGIN, measureGaps, sharesOf, slotsOf, ZONE_PAD } from './gaps.ts';
import { laneLabel } from './lanes.ts';
import type { Box, Lane, LaneId, Station, Track, TrackState, Zone } from './scene.ts';
import { trackId, type Sketch, type SketchTrack } from './sketch.ts';
import { pointsOf, sides, type Places } from './places.ts';
import { routeOf, type RouteLine } from './route-line.ts';
import { textWidth } from './text-width.ts';

/** Titles of zones and lanes stand above the first box. */
const HEADER = 92;
const FOOTER = 28;
const ZONE_TOP = 8;

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly zones: readonly Zone[];
  readonly lanes: readonly Lane[];
  readonly boxes: readonly Box[];
  readonly tracks: readonly Track[];
  readonly stations: readonly Station[];
  readonly route: RouteLine['route'];
  /** Where each stop of the route stands, in the order of the sketch's stops. */
  readonly stops: RouteLine['stops'];
}

export interface Surroundings {
  readonly clientInside: boolean;
  readonly nodeCount: number;
  /** How far a person moved a box down, by its id; px. Its lane it keeps: that is where it is on the way. */
  readonly arrangement: Readonly<Record<string, number>>;
}

export function layout(sketch: Sketch, around: Surroundings): Layout {
  const columns = arrange(sketch);
  const slots = slotsOf(sketch);
  const outside = (lane: LaneId | undefined) => lane !== undefined && isOutside(lane, around.clientInside);
  const side = (lane: LaneId | undefined) => MARGIN + (outside(lane) ? 4 : ZONE_PAD);
  const gaps = measureGaps(sketch, columns, slots, { left: side(columns.columns[0]?.lane), right: side(columns.columns.at(-1)?.lane) });
  const items = columns.columns.flatMap(({ items }) => items);
  for (const item of items) item.y += around.arrangement[item.id] ?? 0;
  const top = Math.min(0, ...items.map(({ box, y }) => y - (box?.height ?? 0) / 2));
  const bottom = Math.max(0, ...items.map(({ box, hung, y }) => y + (box?.height ?? 0) / 2 + hung.reduce((sum, { height }) => sum + HANG_GAP + height, 0)));
  const places: Places = {
    columns,
    gaps,
    slots,
    column: new Map(columns.columns.flatMap((column, index) => column.items.map(({ id }) => [id, index] as const))),
    item: new Map(items.map((item) => [item.id, item])),
    down: HEADER - top,
    runs: new Map([...columns.runs].map(([track, run]) => [trackId(track.from, track.to), run])),
  };
  const height = HEADER + (bottom - top) + FOOTER;
  const lanes = columns.columns.map(({ lane, width }, index): Lane => ({ id: lane, label: laneLabel(lane), x: gaps.x[index]!, width }));
  const { stations, route, stops, stubs, cut } = routeOf(sketch, places);
  return {
    width: gaps.right,
    height,
    zones: zonesOf(lanes, gaps.right, height, around),
    lanes,
    boxes: boxesOf(sketch, places),
    tracks: [...tracksOf(sketch, places, cut), ...hangingTracks(sketch, places, stations), ...loopTracks(sketch, stations), ...stubs].sort(
      (a, b) => PAINT[a.state] - PAINT[b.state],
    ),
    stations: [...deadEnds(sketch, places), ...gates(sketch, places), ...minorStations(sketch, places), ...stations],
    route,
    stops,
  };
}

const PAINT: Readonly<Record<TrackState, number>> = { excluded: 0, quiet: 1, consulted: 2, possible: 3, taken: 4, failed: 5, loop: 6 };

function boxesOf(sketch: Sketch, { columns, gaps, down }: Places): readonly Box[] {
  const boxes = new Map<string, Box>();
  for (const [index, column] of columns.columns.entries()) {
    const x = gaps.x[index]!;
    for (const { box, hung, y } of column.items) {
      if (box === null) continue;
      boxes.set(box.id, drawn(box, x, y + down - box.height / 2));
      let pen = y + down + box.height / 2;
      for (const below of hung) {
        boxes.set(below.id, drawn(below, x, pen + HANG_GAP));
        pen += HANG_GAP + below.height;
      }
    }
  }
  // Focus goes the way of the request first, then through the rest from left to right.
  const route = ['client', 'dns', ...sketch.stops.flatMap(({ through }) => through)];
  const first = [...new Set(route)].map((id) => boxes.get(id)).filter((box) => box !== undefined);
  return [...first, ...[...boxes.values()].filter((box) => !first.includes(box))];
}

function drawn(box: SizedBox, x: number, y: number): Box {
  const { id, lane, kicker, kickerInline, title, titleLines, rules, facts, state, outline, width, height, object, hop, folded, assumptions } = box;
  return { id, lane, kicker, kickerInline, title, titleLines, rules, facts, state, outline, x, y, width, height, object, hop, folded, assumptions };
}

function tracksOf(sketch: Sketch, places: Places, cut: RouteLine['cut']): readonly Track[] {
  const shares = sharesOf(sketch);
  return [...sketch.tracks.values()].flatMap((track): Track[] => {
    const id = trackId(track.from, track.to);
    const run = places.runs.get(id);
    if (run === undefined) return [];
    const points = pointsOf(places, run);
    const ends = cut?.track === id ? [...points.slice(0, -1), { x: cut.x, y: points[points.length - 1]!.y }] : points;
    return [
      {
        id,
        from: track.from,
        to: track.to,
        path: roundedLine(ends).path,
        state: track.state,
        share: track.share,
        label: label(places, track, shares.get(id)),
      },
    ];
  });
}

/** The share, above the last stretch of the track; higher where a station stands there. */
function label(places: Places, { to }: SketchTrack, text: string | undefined): Track['label'] {
  if (text === undefined) return null;
  const { left } = sides(places, to);
  const marks = places.slots.before.get(to) ?? 0;
  return { text, x: left.x - 4 - textWidth(text, 'kicker'), y: left.y - (marks > 0 ? 15 : 7) };
}

/** Dotted: to the resolver from its first station, to a Service from the box that looks it up. */
function hangingTracks(sketch: Sketch, places: Places, stations: readonly Station[]): readonly Track[] {
  return [...sketch.boxes.values()].flatMap((box): Track[] => {
    if (box.hangs === null || !places.item.has(box.hangs)) return [];
    const anchor = places.item.get(box.hangs)!;
    const { left, right } = sides(places, box.hangs);
    const middle = (left.x + right.x) / 2;
    let y = left.y + (anchor.box?.height ?? 0) / 2;
    for (const hung of anchor.hung) {
      if (hung.id === box.id) break;
      y += HANG_GAP + hung.height;
    }
    const height = anchor.hung.find(({ id }) => id === box.id)?.height ?? 0;
    const station = box.lane === 'dns' ? stations.find(({ hop }) => hop === box.hop) : undefined;
    const points =
      station === undefined
        ? [
            { x: middle, y },
            { x: middle, y: y + HANG_GAP },
          ]
        : [
            { x: station.x, y: station.y },
            { x: station.x, y: y + HANG_GAP + height / 2 },
            { x: right.x, y: y + HANG_GAP + height / 2 },
          ];
    return [{ id: trackId(box.hangs, box.id), from: box.hangs, to: box.id, path: roundedLine(points).path, state: 'consulted', share: null, label: null }];
  });
}

/** Between the titles of the lanes and the boxes. */
const LOOP_Y = HEADER - 10;

/** From the end of the line back to its first station, over all boxes. */
function loopTracks(sketch: Sketch, stations: readonly Station[]): readonly Track[] {
  const stop = sketch.stops.find(({ loops }) => loops === true);
  const end = stop === undefined ? undefined : stations.find(({ id }) => id === `end:${stop.hop}`);
  const first = stations.find(({ number }) => number === 1);
  if (stop === undefined || end === undefined || first === undefined) return [];
  const points = [
    { x: end.x, y: end.y },
    { x: end.x, y: LOOP_Y },
    { x: first.x, y: LOOP_Y },
    { x: first.x, y: first.y },
  ];
  return [{ id: `loop:${stop.hop}`, from: stop.from, to: 'client', path: roundedLine(points).path, state: 'loop', share: null, label: null }];
}

function deadEnds(sketch: Sketch, places: Places): readonly Station[] {
  const ends = new Set(sketch.stops.filter(({ terminus }) => terminus !== null).map(({ through, from }) => through.at(-1) ?? from));
  return [...sketch.boxes.values()].flatMap((box): Station[] => {
    if (!box.dead || ends.has(box.id) || !places.item.has(box.id)) return [];
    const { right, column } = sides(places, box.id);
    if (!isFreeBehind(places.item.get(box.id)!, column, places.columns.segments)) return [];
    return [{ id: `dead:${box.id}`, hop: null, number: null, x: places.gaps.behind(column, 0), y: right.y, kind: 'terminus', failed: true }];
  });
}

/** The last mark before a box. */
function gates(sketch: Sketch, places: Places): readonly Station[] {
  return [...gatesOf(sketch)].flatMap(([box, gate]): Station[] => {
    if (!places.item.has(box)) return [];
    const { left, column } = sides(places, box);
    return [{ id: `gate:${box}`, hop: null, number: null, x: places.gaps.before(column, 0, 1), y: left.y, kind: 'gate', failed: gate === 'closed' }];
  });
}

function minorStations(sketch: Sketch, places: Places): readonly Station[] {
  const used = new Set(sketch.stops.flatMap(({ box }) => (box === null ? [] : [box])));
  return sketch.minors.flatMap((minor): Station[] => {
    if (used.has(minor.box) || !places.item.has(minor.box)) return [];
    used.add(minor.box);
    const { left, column } = sides(places, minor.box);
    const count = places.slots.before.get(minor.box) ?? 1;
    return [{ id: `minor:${minor.box}`, hop: minor.hop, number: null, x: places.gaps.before(column, 0, count), y: left.y, kind: 'minor', failed: false }];
  });
}

/** The Internet, and the edge of the cloud that stands in it. */
function isOutside(lane: LaneId, clientInside: boolean): boolean {
  return lane === 'edge' || lane === 'external' || ((lane === 'client' || lane === 'dns') && !clientInside);
}

function zonesOf(lanes: readonly Lane[], right: number, height: number, { clientInside, nodeCount }: Surroundings): readonly Zone[] {
  const kindOf = (lane: Lane): Zone['kind'] => (isOutside(lane.id, clientInside) ? 'internet' : 'cluster');
  const runs: { kind: Zone['kind']; first: number; last: number }[] = [];
  for (const [index, lane] of lanes.entries()) {
    const run = runs.at(-1);
    if (run !== undefined && run.kind === kindOf(lane)) run.last = index;
    else runs.push({ kind: kindOf(lane), first: index, last: index });
  }
  const isFirstCluster = (index: number) => runs.findIndex(({ kind }) => kind === 'cluster') === index;
  return runs.map(({ kind, first, last }, index) => {
    const x = lanes[first]!.x - (kind === 'cluster' ? ZONE_PAD : 0);
    const next = lanes[last + 1];
    const end =
      next === undefined ? right - MARGIN : kind === 'cluster' ? Math.min(next.x - MARGIN, lanes[last]!.x + lanes[last]!.width + ZONE_PAD) : next.x - ZONE_PAD;
    return {
      id: `${kind}-${index}`,
      kind,
      label: kind === 'cluster' ? msg('scene.zone.cluster') : msg('scene.zone.internet'),
      detail: kind === 'cluster' && isFirstCluster(index) ? msg('scene.zone.nodes', { count: nodeCount }) : null,
      x,
      y: ZONE_TOP,
      width: end - x,
      height: height - 2 * ZONE_TOP,
    };
  });
}
