/** The route as one continuous line from the client to the end, with a station for every hop on it. */
import { roundedLine, type Point } from './edge-path.ts';
import { pointsOf, sides, type Places } from './places.ts';
import type { Route, Station, Track, TrackState } from './scene.ts';
import { trackId, type Sketch, type SketchStop } from './sketch.ts';

export interface RouteLine {
  readonly stations: readonly Station[];
  readonly route: Omit<Route, 'label' | 'answer'> | null;
  readonly stops: readonly { readonly x: number; readonly y: number; readonly at: number }[];
  readonly stubs: readonly Track[];
  /** The last track ends before its box when the request does. */
  readonly cut: { readonly track: string; readonly x: number } | null;
}

export function routeOf(sketch: Sketch, places: Places): RouteLine {
  const stations: Station[] = [];
  const stubs: Track[] = [];
  const marks: { readonly x: number; readonly y: number; readonly index: number }[] = [];
  const used = { before: new Map<string, number>(), behind: new Map<string, number>() };
  const slot = (map: Map<string, number>, id: string) => {
    const index = map.get(id) ?? 0;
    map.set(id, index + 1);
    return index;
  };
  const points: Point[] = [];
  let home = 0;
  let cut: RouteLine['cut'] = null;
  const last = sketch.stops.length - 1;
  const failed = sketch.stops[last]?.terminus !== null;
  if (last < 0) return { stations, route: null, stops: [], stubs, cut };

  const ride = (from: string, to: string, station: ((x: Point) => void) | null) => {
    const run = pointsOf(places, places.runs.get(trackId(from, to)) ?? []);
    points.push(...run.slice(0, -1));
    const { left } = sides(places, to);
    station?.(left);
    points.push(left);
  };
  const stand = (stop: SketchStop, number: number, x: number, y: number) => {
    const isEnd = number === last + 1;
    marks.push({ x, y, index: points.length });
    points.push({ x, y });
    stations.push({ id: stop.hop, hop: stop.hop, number, x, y, kind: isEnd && !failed ? 'arrival' : 'station', failed: isEnd && failed });
  };
  const stub = (name: string, from: string, a: Point, b: Point, state: TrackState) =>
    stubs.push({ id: `${name}:${from}`, from, to: from, path: roundedLine([a, b]).path, state, share: null, label: null });
  const endAt = (stop: SketchStop, x: number, y: number) => {
    points.push({ x, y });
    stations.push({ id: `end:${stop.hop}`, hop: stop.hop, number: null, x, y, kind: 'terminus', failed: true });
  };

  points.push(sides(places, 'client').right);
  for (const [index, stop] of sketch.stops.entries()) {
    if (stop.restart) {
      points.push(...points.slice(home).toReversed());
      home = points.length - 1;
    }
    const start = sides(places, stop.from);
    const isBehind = stop.box === null || stop.box === stop.from;
    if (isBehind) {
      points.push(start.right);
      const x = places.gaps.behind(start.column, slot(used.behind, stop.from));
      stand(stop, index + 1, x, start.right.y);
      if (stop.terminus !== null) {
        stub('to', stop.from, start.right, { x, y: start.right.y }, 'taken');
        const end = places.gaps.behind(start.column, slot(used.behind, stop.from));
        stub('end', stop.from, { x, y: start.right.y }, { x: end, y: start.right.y }, 'failed');
        endAt(stop, end, start.right.y);
      }
      for (const [at, next] of stop.through.entries()) ride(stop.through[at - 1] ?? stop.from, next, null);
      continue;
    }
    const box = stop.box;
    const count = places.slots.before.get(box) ?? 1;
    const run = places.runs.get(trackId(stop.from, box)) ?? [];
    if (stop.terminus === 'before') {
      points.push(...pointsOf(places, run).slice(0, -1));
      const { left, column } = sides(places, box);
      const x = places.gaps.before(column, slot(used.before, box), count);
      stand(stop, index + 1, x, left.y);
      const end = places.gaps.before(column, slot(used.before, box), count);
      cut = { track: trackId(stop.from, box), x };
      stub('end', box, { x, y: left.y }, { x: end, y: left.y }, 'failed');
      endAt(stop, end, left.y);
      continue;
    }
    ride(stop.from, box, (left) => stand(stop, index + 1, places.gaps.before(places.column.get(box)!, slot(used.before, box), count), left.y));
    for (const [at, next] of stop.through.entries()) if (at > 0) ride(stop.through[at - 1]!, next, null);
    if (stop.terminus === 'after') {
      const end = stop.through.at(-1) ?? box;
      const { right, column } = sides(places, end);
      const x = places.gaps.behind(column, slot(used.behind, end));
      points.push(right);
      stub('end', end, right, { x, y: right.y }, 'failed');
      endAt(stop, x, right.y);
    }
  }
  const line = roundedLine(points);
  return {
    stations,
    stubs,
    cut,
    stops: marks.map(({ x, y, index }) => ({ x, y, at: line.distances[index]! })),
    route: { path: line.path, length: line.length, home: line.distances[home]!, end: line.length, failed },
  };
}
