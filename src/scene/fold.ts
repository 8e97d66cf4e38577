/**
 * Large sets become a few boxes and one that counts the rest. What the request takes is always kept; the others stay
 * in the order of their names, so equal traces fold alike.
 */
import { msg, type Message } from '../catalogue/message.ts';
import { sortByName } from './natural-order.ts';
import type { LaneId } from './scene.ts';
import { plainBox, type Sketch, type SketchBox } from './sketch.ts';

/** Boxes shown one by one, in each group of a lane. */
const LIMITS: Readonly<Partial<Record<LaneId, number>>> = { edge: 3, node: 3, controller: 3, pods: 5, external: 3 };

const KEPT: ReadonlySet<SketchBox['state']> = new Set(['taken', 'arrived', 'failed']);

export function fold(sketch: Sketch): void {
  const owners = new Map<string, string>();
  for (const { from, to } of sketch.tracks.values()) if (!owners.has(to)) owners.set(to, from);
  const buckets = new Map<string, SketchBox[]>();
  for (const box of sketch.boxes.values()) {
    if (box.hangs !== null || box.folded > 0 || box.state === 'excluded' || LIMITS[box.lane] === undefined) continue;
    const owner = box.lane === 'pods' ? (owners.get(box.id) ?? '') : box.group;
    const key = `${box.lane}@${box.pass}:${owner}`;
    const bucket = buckets.get(key);
    if (bucket === undefined) buckets.set(key, [box]);
    else bucket.push(box);
  }
  const into = new Map<string, string>();
  for (const [key, boxes] of buckets) foldBucket(sketch, key, boxes, into);
  if (into.size > 0) retarget(sketch, into);
}

function foldBucket(sketch: Sketch, key: string, boxes: readonly SketchBox[], into: Map<string, string>): void {
  const [first] = boxes;
  const limit = first === undefined ? undefined : LIMITS[first.lane];
  if (first === undefined || limit === undefined || boxes.length <= limit + 1) return;
  const kept = boxes.filter(({ state }) => KEPT.has(state));
  const others = sortByName(
    boxes.filter(({ state }) => !KEPT.has(state)),
    nameOf,
  );
  const shown = Math.max(1, limit - kept.length);
  const folded = others.slice(shown);
  if (folded.length < 2) return;
  const id = `fold:${key}`;
  const isPossible = folded.some(({ state }) => state === 'possible');
  sketch.add(
    plainBox({
      id,
      lane: first.lane,
      pass: first.pass,
      kicker: first.lane === 'pods' ? '' : first.kicker,
      title: titleFor(first.lane, folded.length),
      group: first.group,
      state: isPossible ? 'possible' : 'quiet',
      folded: folded.length,
      assumptions: [...new Set(folded.flatMap(({ assumptions }) => assumptions))],
    }),
  );
  for (const box of folded) into.set(box.id, id);
}

const nameOf = ({ title, id }: SketchBox): string => (typeof title === 'string' ? title : id);

function titleFor(lane: LaneId, count: number): Message {
  switch (lane) {
    case 'edge':
      return msg('scene.more.load-balancers', { count });
    case 'node':
      return msg('scene.more.nodes', { count });
    case 'controller':
      return msg('scene.more.controllers', { count });
    case 'service':
      return msg('scene.more.services', { count });
    case 'client':
    case 'dns':
    case 'pods':
      return msg('scene.more.pods', { count });
    case 'external':
      return msg('scene.more.hosts', { count });
  }
}

function retarget(sketch: Sketch, into: ReadonlyMap<string, string>): void {
  for (const id of into.keys()) sketch.boxes.delete(id);
  const tracks = [...sketch.tracks.values()];
  sketch.tracks.clear();
  for (const { from, to, state, share, gate } of tracks) {
    const source = into.get(from) ?? from;
    const target = into.get(to) ?? to;
    if (source === target) continue;
    sketch.join(source, target, state, share);
    if (gate !== null) sketch.gate(source, target, gate);
  }
  const minors = sketch.minors.splice(0);
  for (const minor of minors) if (!into.has(minor.box)) sketch.minors.push(minor);
}
