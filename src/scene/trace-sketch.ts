/**
 * A request on the map: every branch of the trace becomes boxes and tracks, the taken one becomes the route with a
 * station for each hop. What was there to choose from is added by `network-sketch.ts`.
 */
import { msg } from '../catalogue/message.ts';
import { isDelivered, nameKey, type Cluster, type Hop, type HopKind, type ObjectRef, type Trace } from '../engine/index.ts';
import { assumedObject, clientBox, dnsBox, hopBox, inferred, serviceBox } from './boxes.ts';
import { sketchNetwork, sketchUnserved } from './network-sketch.ts';
import { balancerAt, proxiesOf, proxyAt, refusedRoutes } from './proxies.ts';
import { sketchRules } from './rule-sketch.ts';
import type { BoxState, LaneId } from './scene.ts';
import { LANE_ORDER } from './lanes.ts';
import { sketchMembers } from './service-sketch.ts';
import { passId, plainBox, type Sketch, type SketchStop } from './sketch.ts';

/** Pods of a Service that the request can reach, drawn one by one. */
const MAX_POSSIBLE_PODS = 5;

type Branch = Trace['branches'][number];

interface Walk {
  readonly sketch: Sketch;
  readonly cluster: Cluster;
  readonly trace: Trace;
  readonly hops: ReadonlyMap<string, Hop>;
  readonly clientIp: string | null;
  /** Services used, by box id. */
  readonly services: Map<string, { readonly key: string; readonly pass: number }>;
  /** Controllers visited, by box id. */
  readonly controllers: Map<string, { readonly hop: Hop; readonly pass: number }>;
}

export function sketchTrace(sketch: Sketch, cluster: Cluster, trace: Trace): void {
  const hops = new Map(trace.hops.map((hop) => [hop.id, hop]));
  const clientIp = hops.get(trace.first)?.before.src.ip ?? null;
  const walk: Walk = { sketch, cluster, trace, hops, clientIp, services: new Map(), controllers: new Map() };
  sketch.add(clientBox(cluster, trace));
  const taken = trace.branches[trace.taken];
  // The taken branch first: its facts and hops are the ones that boxes carry.
  if (taken !== undefined) walkBranch(walk, taken, true);
  for (const branch of trace.branches) if (branch !== taken) walkBranch(walk, branch, false);
  const proxies = walk.controllers.size === 0 ? [] : proxiesOf(cluster);
  for (const [id, { hop, pass }] of walk.controllers) {
    const proxy = isOutside(hop) ? balancerAt(proxies, hop.actor.instance) : proxyAt(proxies, podKey(hop), hop.actor.component);
    if (proxy === undefined || sketch.boxes.get(id)?.state === 'possible') continue;
    sketchRules(sketch, cluster, proxy.choices, { from: id, pass, host: trace.flow.host, isServed: true });
    if (proxy.gateway !== null) sketchUnserved(sketch, cluster, refusedRoutes(cluster, proxy.gateway), pass);
  }
  for (const [id, { key, pass }] of walk.services) sketchMembers(sketch, cluster, key, id, pass, MAX_POSSIBLE_PODS);
  if (walk.services.size === 0 && walk.controllers.size === 0) sketchNetwork(sketch, cluster);
}

interface Here {
  readonly id: string;
  readonly pass: number;
  readonly rank: number;
}

const HOME: Here = { id: 'client', pass: 0, rank: 0 };

function walkBranch(walk: Walk, branch: Branch, isTaken: boolean): void {
  const { sketch, hops } = walk;
  const list = branch.hops.map((id) => hops.get(id)).filter((hop) => hop !== undefined);
  const delivered = isDelivered(branch.outcome);
  let here = HOME;
  const join = (to: Here) => {
    if (to.id !== here.id) sketch.join(here.id, to.id, isTaken ? 'taken' : 'possible', branch.probability);
    here = to;
  };

  for (const [index, hop] of list.entries()) {
    const previous = list[index - 1] ?? null;
    const next = list[index + 1] ?? null;
    const isLast = next === null;
    const place = placeOf(walk, hop, previous, here);
    const restart = here.id !== HOME.id && startsOver(walk, hop, place === null ? null : LANE_ORDER[place.lane], here);
    if (restart) here = HOME;
    const from = here.id;
    const through: string[] = [];

    if (hop.kind === 'dns' && here.id === HOME.id) sketch.add(dnsBox(walk.cluster, hop, walk.trace));
    let box: string | null = null;
    if (place !== null) {
      const to = arrive(here, place.key, place.lane);
      addHopBox(walk, hop, place, to, stateOf(isTaken, isLast, delivered), previous, next);
      join(to);
      box = to.id;
      through.push(to.id);
      if (!isTaken) sketch.minors.push({ hop: hop.id, box: to.id });
    }
    const chosen = chosenService(walk, hop, next, place?.lane ?? null);
    if (chosen !== null) {
      if (chosen.hangs && box !== null) hangService(walk, chosen.ref, box, next);
      else {
        const key = nameKey(chosen.ref.namespace, chosen.ref.name);
        const to = arrive(here, `service:${key}`, 'service');
        addService(walk, key, to, chosen, stateOf(isTaken, isLast, delivered));
        join(to);
        through.push(to.id);
      }
    }
    if (isTaken)
      sketch.stops.push({
        hop: hop.id,
        box,
        from,
        restart,
        through,
        terminus: isLast && !delivered ? terminusOf(hop) : null,
        ...(isLast && leadsBack(hop) && { loops: true as const }),
      });
  }
}

/** A redirect to what the client asked for already, followed or not. */
function leadsBack({ title, outcome }: Hop): boolean {
  return outcome?.code === 'REDIRECT_LOOP' || title.id === 'proxy.title.redirect-loop';
}

function stateOf(isTaken: boolean, isLast: boolean, delivered: boolean): BoxState {
  if (!isTaken) return 'possible';
  if (!isLast) return 'taken';
  return delivered ? 'arrived' : 'failed';
}

/** A Pod or host that does not answer stops the line before it; what decides and drops stops it behind. */
function terminusOf(hop: Hop): NonNullable<SketchStop['terminus']> {
  return hop.kind === 'pod' || hop.kind === 'external' || hop.kind === 'network-policy' || hop.kind === 'node' ? 'before' : 'after';
}

/** The same lane again lies further right, unless this is the same box. */
function arrive(here: Here, key: string, lane: LaneId): Here {
  const rank = LANE_ORDER[lane];
  const same = passId(key, here.pass);
  if (rank === here.rank && same === here.id) return here;
  const pass = rank > here.rank ? here.pass : here.pass + 1;
  return { id: passId(key, pass), pass, rank };
}

/** A redirect that is followed: the client itself asks again, so the line comes back to it. */
function startsOver(walk: Walk, hop: Hop, rank: number | null, here: Here): boolean {
  if (walk.clientIp === null || hop.before.src.ip !== walk.clientIp) return false;
  return hop.kind === 'dns' || (rank !== null && rank <= here.rank && here.rank > LANE_ORDER.edge && hop.kind !== 'pod');
}

interface Place {
  readonly key: string;
  readonly lane: LaneId;
}

const PROXIES: ReadonlySet<HopKind> = new Set(['ingress-controller', 'gateway']);

/** Which box a hop is decided in; null when it has none of its own and its station stands alone on the track. */
function placeOf(walk: Walk, hop: Hop, previous: Hop | null, here: Here): Place | null {
  switch (hop.kind) {
    case 'dns':
    case 'network':
      return null;
    case 'load-balancer':
      return { key: `lb:${hop.object === null ? hop.actor.component : nameKey(hop.object.namespace, hop.object.name)}`, lane: 'edge' };
    case 'kube-proxy': {
      // Behind a Pod or a process, the kernel of its own node translates: that is the Service itself (S1.7, S7.1).
      const came = previous === null || previous.kind === 'dns' || here.id === HOME.id ? null : previous.kind;
      const isInside = came === null ? walk.trace.flow.from.kind !== 'external' : PROXIES.has(came) || came === 'pod';
      const service = hop.consulted.find(({ object }) => object.kind === 'Service')?.object;
      if (isInside && service !== undefined) return { key: `service:${nameKey(service.namespace, service.name)}`, lane: 'service' };
      return { key: `node:${hop.actor.node ?? hop.actor.instance ?? ''}`, lane: 'node' };
    }
    case 'node':
      return { key: `node:${hop.actor.node ?? hop.actor.instance ?? ''}`, lane: 'node' };
    case 'ingress-controller':
    case 'gateway':
      if (isOutside(hop)) return { key: `balancer:${hop.actor.instance ?? ''}`, lane: 'edge' };
      return { key: `controller:${podKey(hop) ?? hop.actor.component}`, lane: 'controller' };
    case 'network-policy':
      return hop.object?.kind === 'Pod' ? { key: `pod:${nameKey(hop.object.namespace, hop.object.name)}`, lane: 'pods' } : null;
    case 'pod':
      return { key: `pod:${hop.object === null ? hop.before.dst.ip : nameKey(hop.object.namespace, hop.object.name)}`, lane: 'pods' };
    case 'external':
      return { key: `external:${hop.actor.instance ?? hop.before.dst.ip}`, lane: 'external' };
  }
}

/** A proxy in no Pod: the load balancer that a cloud made for Ingresses. */
function isOutside({ kind, object }: Hop): boolean {
  return kind === 'ingress-controller' && object?.kind !== 'Pod';
}

function podKey(hop: Hop): string | null {
  if (hop.object?.kind === 'Pod') return nameKey(hop.object.namespace, hop.object.name);
  return hop.actor.instance === null ? null : nameKey(hop.actor.namespace ?? '', hop.actor.instance);
}

function addHopBox(walk: Walk, hop: Hop, place: Place, at: Here, state: BoxState, previous: Hop | null, next: Hop | null): void {
  const { sketch, cluster } = walk;
  if (place.lane === 'service') {
    const key = place.key.slice('service:'.length);
    const node = hop.actor.node;
    const label = previous?.consulted.find(({ object }) => object.kind === 'Service' && nameKey(object.namespace, object.name) === key)?.label;
    if (!sketch.boxes.has(at.id)) sketch.add(serviceBox(cluster, key, at.id, at.pass));
    walk.services.set(at.id, { key, pass: at.pass });
    const address = `${hop.before.dst.ip.includes(':') ? `[${hop.before.dst.ip}]` : hop.before.dst.ip}:${hop.before.dst.port}`;
    if (sketch.boxes.get(at.id)?.hop === null) {
      sketch.change(at.id, (box) => ({
        facts: [address, ...(node === null ? [] : [msg('scene.fact.on-node', { node })])],
        hop: hop.id,
        rules: label === undefined ? box.rules : [label],
        outline: 'solid',
        state,
        assumptions: inferred(cluster, [...box.assumptions, ...hop.assumptions]),
      }));
    }
    return;
  }
  if (!sketch.boxes.has(at.id)) sketch.add(plainBox({ ...hopBox(cluster, hop, next?.before ?? hop.after, at.id), pass: at.pass, state }));
  if (state === 'arrived' || state === 'failed') sketch.change(at.id, () => ({ state, hop: hop.id }));
  if (PROXIES.has(hop.kind)) walk.controllers.set(at.id, { hop, pass: at.pass });
}

interface Chosen {
  readonly ref: ObjectRef;
  readonly label: string | null;
  readonly isAddressed: boolean;
  /** The Service of an Ingress controller is looked at beside the line; it leads to no Pods of an application. */
  readonly hangs: boolean;
}

/** The Service whose endpoints a hop chose from, unless the next hop is that Service's own translation. */
function chosenService(walk: Walk, hop: Hop, next: Hop | null, lane: LaneId | null): Chosen | null {
  // A name that leads straight to a Pod or a host: DNS is the only one that looked at the Service (S6.3, S6.11).
  if (hop.kind === 'dns' && next?.kind !== 'pod' && next?.kind !== 'external') return null;
  if (lane === 'service' || hop.kind === 'pod' || hop.kind === 'external' || hop.kind === 'network-policy') return null;
  const found = hop.consulted.find(({ object }) => object.kind === 'Service');
  if (found === undefined) return null;
  const key = nameKey(found.object.namespace, found.object.name);
  const isFront = isFrontService(walk.cluster, key) && !PROXIES.has(hop.kind) && hop.kind !== 'dns';
  // A load balancer sends to nodes; there the Service is looked at again, where it decides.
  if (hop.kind === 'load-balancer' && next !== null && (next.kind === 'kube-proxy' || next.kind === 'node')) return null;
  if (PROXIES.has(hop.kind) && next?.kind === 'kube-proxy') return null;
  return { ref: found.object, label: found.label ?? null, isAddressed: found.role === 'addressed', hangs: isFront && next !== null };
}

function addService(walk: Walk, key: string, at: Here, chosen: Chosen, state: BoxState): void {
  const { sketch, cluster } = walk;
  if (!sketch.boxes.has(at.id)) sketch.add(serviceBox(cluster, key, at.id, at.pass));
  walk.services.set(at.id, { key, pass: at.pass });
  sketch.change(at.id, (box) => ({
    state: box.state === 'quiet' || box.state === 'assumed' ? state : box.state,
    outline: chosen.isAddressed ? 'solid' : box.outline,
    rules: box.rules.length > 0 || chosen.label === null ? box.rules : [chosen.label],
  }));
}

/** The Service in front of an Ingress controller's or a Gateway's own Pods. */
function isFrontService({ controllers, gatewayApi }: Cluster, key: string): boolean {
  return controllers.some(({ service }) => service === key) || [...gatewayApi.gateways.values()].some(({ infrastructure }) => infrastructure?.service === key);
}

/** Below the box where it is looked at; below the controller when that box stands outside the cluster. */
function hangService(walk: Walk, ref: ObjectRef, box: string, next: Hop | null): void {
  const { sketch, cluster } = walk;
  const key = nameKey(ref.namespace, ref.name);
  const anchor = sketch.boxes.get(box)?.lane === 'edge' && next !== null ? `controller:${podKey(next) ?? next.actor.component}` : box;
  const id = `front:${key}`;
  if (sketch.boxes.has(id)) return;
  sketch.add({ ...serviceBox(cluster, key, id), lane: 'node', hangs: anchor, state: assumedObject(cluster, ref).length > 0 ? 'assumed' : 'taken' });
}
