/** A Service that no request of the scene uses, and the Pods behind any Service, up to a number. */
import { msg } from '../catalogue/message.ts';
import type { Cluster } from '../engine/index.ts';
import { assumedObject, serviceBox } from './boxes.ts';
import { membersOf, type Member } from './members.ts';
import { passId, plainBox, type Sketch, type SketchBox } from './sketch.ts';

/** Pods of a Service that the request does not reach, one by one where few Services stand on the map. */
const MAX_QUIET_PODS = 2;
const FEW_SERVICES = 3;

/** A Service that no request of this scene uses, with its Pods; `among` says how many such Services are drawn. */
export function addService(sketch: Sketch, cluster: Cluster, key: string, pass: number, among: number): string {
  const id = passId(`service:${key}`, pass);
  if (sketch.boxes.has(id)) return id;
  sketch.add(serviceBox(cluster, key, id, pass));
  sketchMembers(sketch, cluster, key, id, pass, among > FEW_SERVICES ? 0 : MAX_QUIET_PODS);
  return id;
}

/** Pods of a Service that are not drawn yet, up to a number; the others are counted in one box each for ready and excluded ones. */
export function sketchMembers(sketch: Sketch, cluster: Cluster, key: string, serviceId: string, pass: number, limit: number): void {
  const members = membersOf(cluster, key);
  const external = cluster.services.get(key)?.externalName ?? null;
  const ready = members.filter((member) => member.excluded === null);
  const excluded = members.filter((member) => member.excluded !== null);
  if (ready.length === 0 && external === null && cluster.services.has(key)) {
    const word = members.length === 0 ? msg('scene.fact.selects-none') : msg('scene.fact.none-ready');
    sketch.change(serviceId, (box) => ({ facts: [...box.facts, word], dead: true }));
  }
  const idOf = (member: Member) => passId(`pod:${member.key}`, pass);
  const place = (some: readonly Member[], room: number, state: 'quiet' | 'excluded') => {
    const known = some.filter((member) => sketch.boxes.has(idOf(member)));
    const fresh = some.filter((member) => !sketch.boxes.has(idOf(member)));
    // A box that says +1 takes as much room as the one it stands for.
    const shown = fresh.length <= room + 1 ? fresh : fresh.slice(0, room);
    for (const member of known) sketch.join(serviceId, idOf(member), state, null);
    for (const member of shown) {
      sketch.add(memberBox(cluster, member, idOf(member), serviceId, pass, state));
      sketch.join(serviceId, idOf(member), state, null);
    }
    const more = fresh.length - shown.length;
    if (more === 0) return;
    const id = `more:${state}:${serviceId}`;
    const isAll = shown.length === 0 && known.length === 0 && state === 'quiet';
    const title = isAll
      ? msg('scene.all.pods', { count: more })
      : state === 'quiet'
        ? msg('scene.more.pods', { count: more })
        : msg('scene.more.pods-excluded', { count: more });
    sketch.add(
      plainBox({ id, lane: 'pods', pass, kicker: '', title, state, group: serviceId, folded: more, outline: state === 'excluded' ? 'dashed' : 'solid' }),
    );
    sketch.join(serviceId, id, state, null);
  };
  place(ready, limit, 'quiet');
  place(excluded, Math.min(limit, MAX_QUIET_PODS), 'excluded');
}

function memberBox(cluster: Cluster, member: Member, id: string, group: string, pass: number, state: 'quiet' | 'excluded'): SketchBox {
  const assumptions = assumedObject(cluster, member.object);
  return plainBox({
    id,
    lane: 'pods',
    pass,
    kicker: member.node ?? '',
    title: member.title,
    facts: member.excluded === null ? [member.address] : [member.excluded],
    state: state === 'quiet' && assumptions.length > 0 ? 'assumed' : state,
    outline: state === 'excluded' ? 'dashed' : 'solid',
    object: member.object,
    group,
    assumptions,
  });
}
