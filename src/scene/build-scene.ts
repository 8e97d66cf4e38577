/**
 * The picture of a cluster and one request through it. Pure and fast enough to run with every analysis: large sets are
 * folded before anything is placed.
 */
import { msg } from '../catalogue/message.ts';
import { renderText } from '../catalogue/render.ts';
import { formatFieldPath, nameKey, type Cluster, type ObjectRef, type Trace } from '../engine/index.ts';
import { overlaps, placeBeside, type Obstacle, type Rect } from './callout.ts';
import { fold } from './fold.ts';
import { layout, type Layout } from './layout.ts';
import { capsuleRows, hasReply, labelsOf, replyFact, sentenceOf, stopFact, verdictOf } from './narrate.ts';
import { sketchLoose } from './loose.ts';
import { sketchNetwork } from './network-sketch.ts';
import { plain } from './box-size.ts';
import type { Box, Capsule, CapsuleRow, Card, Scene, Stop } from './scene.ts';
import { Sketch } from './sketch.ts';
import { FONTS, textWidth, wrap } from './text-width.ts';
import { sketchTrace } from './trace-sketch.ts';

interface Seen {
  readonly trace: Trace | null;
  readonly cluster: Cluster;
  /** Shows what is joined to nothing as well: somebody builds on this map. */
  readonly building?: boolean;
}

/** `trace: null` gives the quiet network: what the manifests describe before anything is sent. */
export function buildScene({ trace, cluster, building = false }: Seen): Scene {
  const sketch = new Sketch();
  if (trace !== null) sketchTrace(sketch, cluster, trace);
  if (building) sketchLoose(sketch, cluster);
  if (trace === null) sketchNetwork(sketch, cluster);
  fold(sketch);
  nameNamespaces(sketch);
  const clientInside = trace !== null && trace.flow.from.kind !== 'external';
  const placed = layout(sketch, { clientInside, nodeCount: cluster.nodes.size, arrangement: cluster.arrangement });
  const { zones, lanes, boxes, tracks, stations, route } = placed;
  if (trace === null || route === null) {
    return { width: placed.width, height: placed.height, zones, lanes, boxes, tracks, stations, stops: [], route: null, sees: null, verdict: null };
  }
  const sees = seesCard(placed, trace);
  const stops = stopsOf(placed, trace, sees);
  const beside = [...(sees === null ? [] : [sees]), ...stops.map(({ capsule }) => capsule)];
  const width = Math.max(placed.width, ...beside.map((rect) => rect.x + rect.width + 12));
  const height = Math.max(placed.height, ...beside.map((rect) => rect.y + rect.height + 16));
  const grown = zones.map((zone) => ({ ...zone, height: zone.height + height - placed.height }));
  return { width, height, zones: grown, lanes, boxes, tracks, stations, stops, route: { ...route, ...labelsOf(trace) }, sees, verdict: verdictOf(trace) };
}

/** Where Services of several namespaces stand on one map, each says which is its own; else its rule is heading enough. */
function nameNamespaces(sketch: Sketch): void {
  const services = [...sketch.boxes.values()].filter(({ lane, object }) => lane === 'service' && object !== null);
  const several = new Set(services.map(({ object }) => object?.namespace)).size > 1;
  for (const { id, object, rules } of services) {
    if (several) sketch.change(id, () => ({ kicker: msg('scene.box.service-in', { namespace: object?.namespace ?? '' }) }));
    else if (rules.length > 0) sketch.change(id, () => ({ kicker: '' }));
  }
}

/** Below the titles of the zones, and of the lanes. */
const TOP = 38;
const LANE_TITLE = { y: 54, height: 18 };

function stopsOf(placed: Layout, trace: Trace, sees: Card | null): readonly Stop[] {
  const branch = trace.branches[trace.taken];
  const route = placed.route;
  if (branch === undefined || route === null) return [];
  const hops = branch.hops.map((id) => trace.hops.find((hop) => hop.id === id)).filter((hop) => hop !== undefined);
  const obstacles = obstaclesOf(placed, sees);
  const stops = hops.map((hop, index): Stop => {
    const place = placed.stops[index]!;
    const leaves = hops[index + 1]?.before ?? hop.after;
    return {
      id: hop.id,
      number: index + 1,
      actor: hop.actor.component,
      verb: hop.verb,
      fact: stopFact(hop, leaves, trace),
      at: place.at,
      failed: route.failed && index === hops.length - 1,
      capsule:
        hop.kind === 'dns'
          ? answerCapsule(placed, capsuleRows(hop, leaves, trace), place, obstacles)
          : capsule(capsuleRows(hop, leaves, trace), place, obstacles, placed.width),
      sentence: sentenceOf(hop),
    };
  });
  const last = stops.at(-1);
  if (last === undefined) return [];
  const replies = hasReply(branch.outcome);
  // A failure is said by the card at the end of the line.
  const answer: readonly CapsuleRow[] = route.failed ? [] : [{ label: null, value: verdictOf(trace)?.text ?? trace.summary, was: null }];
  // An answer has come home, to where the request set out.
  const end = replies ? placed.stops[0]! : placed.stops.at(-1)!;
  const reply: Stop = {
    id: 'reply',
    number: null,
    actor: '',
    verb: replies ? msg('scene.reply.verb') : msg('scene.reply.none'),
    fact: replyFact(branch.outcome),
    at: replies ? route.home : route.end,
    failed: route.failed,
    capsule: capsule(answer, end, obstacles, placed.width),
    sentence: trace.summary,
  };
  return [...stops, reply];
}

/** What the capsule may cover for a moment, and what not. */
function obstaclesOf({ boxes, tracks, stations, lanes }: Layout, sees: Card | null): readonly Obstacle[] {
  return [
    ...boxes.map((rect) => ({ rect, cost: COVER[rect.state] })),
    ...stations.map(({ x, y, number }) => ({ rect: { x: x - 8, y: y - 8, width: 16, height: 16 }, cost: number === null ? COVER_LABEL : Infinity })),
    ...tracks.flatMap(({ label }) =>
      label === null ? [] : [{ rect: { x: label.x, y: label.y - 10, width: textWidth(label.text, 'kicker'), height: 12 }, cost: COVER_LABEL }],
    ),
    ...lanes.map(({ x, width }) => ({ rect: { x: x + width / 4, width: width / 2, ...LANE_TITLE }, cost: COVER_TITLE })),
    ...(sees === null ? [] : [{ rect: sees, cost: Infinity }]),
  ];
}

const COVER: Readonly<Record<Box['state'], number>> = {
  taken: Infinity,
  arrived: Infinity,
  failed: Infinity,
  possible: 160,
  assumed: 160,
  quiet: 110,
  excluded: 110,
};
const COVER_LABEL = 40;
const COVER_TITLE = 60;

const CAPSULE = { padX: 12, padY: 9, line: 17, gap: 8 } as const;

function capsule(
  rows: readonly CapsuleRow[],
  station: { readonly x: number; readonly y: number },
  obstacles: readonly Obstacle[],
  sceneWidth: number,
): Capsule {
  if (rows.length === 0) return { rows, x: station.x, y: station.y, width: 0, height: 0, leader: '' };
  const limit = 210;
  const wrapped = rows.flatMap((row): readonly CapsuleRow[] =>
    row.label === null && typeof row.value === 'string' ? wrap(row.value, 'fact', limit).map((value) => ({ ...row, value })) : [row],
  );
  const widths = wrapped.map(({ label, value, was }) => {
    const labelWidth = label === null ? 0 : textWidth(renderText(label), 'kicker') + CAPSULE.gap;
    return labelWidth + Math.max(textWidth(plain(value), 'fact'), was === null ? 0 : textWidth(was, 'fact'));
  });
  const lines = wrapped.reduce((sum, { was }) => sum + (was === null ? 1 : 2), 0);
  const size = { width: Math.max(...widths) + 2 * CAPSULE.padX, height: lines * CAPSULE.line + 2 * CAPSULE.padY };
  const rect = placeBeside(station, size, { obstacles, width: sceneWidth, top: TOP });
  const isAbove = rect.y + rect.height < station.y;
  const leads = station.x > rect.x && station.x < rect.x + rect.width;
  return { rows: wrapped, ...rect, leader: leads ? leaderPath(station, isAbove ? rect.y + rect.height : rect.y, obstacles) : '' };
}

/** A piece of a line that is shorter than this is a speck. */
const SHORTEST_PIECE = 4;

/** Straight up or down, with a gap where something is written and where another line has its stop. */
function leaderPath({ x, y }: { readonly x: number; readonly y: number }, end: number, obstacles: readonly Obstacle[]): string {
  const [from, to] = [Math.min(y, end), Math.max(y, end)];
  const gaps = obstacles
    .filter(({ rect, cost }) => cost === COVER_LABEL && rect.x <= x && x <= rect.x + rect.width && rect.y < to && from < rect.y + rect.height)
    .sort((a, b) => a.rect.y - b.rect.y);
  const pieces: string[] = [];
  let pen = from;
  for (const { rect } of [...gaps, { rect: { y: to, height: 0 } }]) {
    const stop = Math.min(to, rect.height === 0 ? to : rect.y - 1);
    if (stop - pen >= SHORTEST_PIECE) pieces.push(`M${x} ${pen}V${stop}`);
    pen = Math.max(pen, rect.y + rect.height + 3);
  }
  return pieces.join('');
}

/** What a resolver says stands beside its box: the dotted line leads there. */
function answerCapsule(
  placed: Layout,
  rows: readonly CapsuleRow[],
  station: { readonly x: number; readonly y: number },
  obstacles: readonly Obstacle[],
): Capsule {
  const box = placed.boxes.find(({ id }) => id === 'dns');
  const beside = box === undefined ? station : { x: station.x, y: Math.max(station.y, box.y - 12) };
  return { ...capsule(rows, beside, obstacles, placed.width), ...(box === undefined ? {} : { leader: '' }) };
}

const CARD = { padX: 12, padY: 9, title: 18, gap: 6, wrap: 250 } as const;

/** Beside the end of the line, on free ground: it stays there, so it may hide nothing. */
function seesCard(placed: Layout, trace: Trace): Card | null {
  const end = placed.stations.find(({ kind, id }) => kind === 'terminus' && id.startsWith('end:'));
  if (end === undefined || trace.clientSees.length === 0) return null;
  const lines = trace.clientSees.flatMap((line) => wrap(line, 'fact', CARD.wrap));
  const barrier = barrierOf(trace).flatMap((line) => wrap(line, 'fact', CARD.wrap));
  const above = barrier.length === 0 ? 0 : CARD.title + barrier.length * FONTS.fact.line + CARD.gap;
  const size = {
    width: Math.max(130, ...[...barrier, ...lines].map((line) => textWidth(line, 'fact'))) + 2 * CARD.padX,
    height: above + CARD.title + lines.length * FONTS.fact.line + 2 * CARD.padY,
  };
  const fixed: readonly Rect[] = [
    ...placed.boxes,
    ...placed.stations.filter((station) => station !== end).map(({ x, y }) => ({ x: x - 9, y: y - 9, width: 18, height: 18 })),
  ];
  const beside = { x: end.x + 22, y: end.y - size.height / 2, ...size };
  const isFree =
    beside.x + beside.width <= placed.width && beside.y >= LANE_TITLE.y + LANE_TITLE.height && !fixed.some((obstacle) => overlaps(beside, obstacle, 6));
  const rect = isFree
    ? beside
    : placeBeside(end, size, {
        obstacles: fixed.map((obstacle) => ({ rect: obstacle, cost: Infinity })),
        width: placed.width - 20,
        top: LANE_TITLE.y + LANE_TITLE.height,
      });
  const leader = isFree ? `M${end.x} ${end.y}H${rect.x}` : leaderPath(end, rect.y > end.y ? rect.y : rect.y + rect.height, obstaclesOf(placed, null));
  return { ...rect, lines, barrier, leader };
}

/** A policy that stops the packet stands where it stopped, with the rule that comes closest. */
function barrierOf({ hops, branches, taken }: Trace): readonly string[] {
  const last = hops.find(({ id }) => id === branches[taken]?.hops.at(-1));
  const denied = last?.kind === 'network-policy' ? last.policies.find(({ verdict }) => verdict === 'denied') : undefined;
  if (denied === undefined) return [];
  const { rule, isolatedBy } = denied;
  const key = ({ namespace, name }: ObjectRef) => nameKey(namespace, name);
  return rule === null ? isolatedBy.map(key) : [key(rule.policy), formatFieldPath(rule.path)];
}
