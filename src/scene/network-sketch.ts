/**
 * The quiet network: what the manifests describe around a request, or in its absence. Entry, controller, the Services
 * its Ingress rules choose, their Pods. Limited, so that a map stays readable; what is left out is counted.
 */
import { msg } from '../catalogue/message.ts';
import type { Cluster } from '../engine/index.ts';
import { assumedObject, clientBox, inferred, serviceBox } from './boxes.ts';
import { membersOf, type Member } from './members.ts';
import { plainBox, type Sketch, type SketchBox } from './sketch.ts';

type Controller = Cluster['controllers'][number];
type Claims = Pick<Controller, 'claims'>;

/** Services of one controller, and Services that no rule chooses, each. */
const MAX_SERVICES = 6;
/** Pods of a Service that the request does not reach, one by one where few Services stand on the map. */
const MAX_QUIET_PODS = 2;
const FEW_SERVICES = 3;
/** Ingresses without a controller. */
const MAX_UNCLAIMED = 3;
/** Rules written on one Service. */
const MAX_RULES = 2;

/** Everything, when no request was sent or it never reached the cluster. */
export function sketchNetwork(sketch: Sketch, cluster: Cluster): void {
  const busy = new Set<string>();
  for (const controller of cluster.controllers) {
    const rules = rulesOf(cluster, controller, null);
    for (const service of rules.keys()) busy.add(service);
    if (controller.service !== null) busy.add(controller.service);
    const boxes = controllerBoxes(sketch, cluster, controller);
    sketchEntry(
      sketch,
      cluster,
      controller.service,
      boxes.map(({ id }) => id),
      controller.claims.length > 0,
    );
    // One of its Pods is enough to carry the rules; the others do the same.
    const [first] = boxes;
    if (first !== undefined) sketchRules(sketch, cluster, controller, first.id, 0, null);
  }
  sketchUnclaimed(sketch, cluster, busy);
  const rest = [...cluster.services.keys()].filter((key) => !busy.has(key) && key !== 'default/kubernetes');
  // Services that the outside can reach come first: they are why somebody pasted this.
  const open = rest.filter((key) => cluster.services.get(key)?.type !== 'ClusterIP');
  const shown = [...open, ...rest.filter((key) => !open.includes(key))].slice(0, MAX_SERVICES);
  for (const key of shown) {
    const id = addService(sketch, cluster, key, 0, shown.length);
    sketchEntry(sketch, cluster, key, [id], true);
  }
  if (rest.length > shown.length) sketch.add(moreServices('rest', 0, rest.length - shown.length));
  if (sketch.boxes.size === 0) sketchBarePods(sketch, cluster);
}

/** Client, load balancer and nodes in front of what a Service exposes. */
function sketchEntry(sketch: Sketch, cluster: Cluster, key: string | null, targets: readonly string[], wanted: boolean): void {
  const service = key === null ? undefined : cluster.services.get(key);
  const isOpen =
    service === undefined ? key === null && wanted : service.type === 'LoadBalancer' || service.type === 'NodePort' || service.externalIPs.length > 0;
  if (!isOpen) return;
  sketch.add(clientBox(cluster, null));
  let from = 'client';
  const balancer = key === null ? undefined : cluster.loadBalancers.get(key);
  if (balancer !== undefined && service?.type === 'LoadBalancer') {
    const id = `lb:${key}`;
    const pending = balancer.state === 'pending';
    sketch.add(
      plainBox({
        id,
        lane: 'edge',
        group: 'edge',
        kicker: balancer.product,
        title: service.ref.name,
        facts: pending ? [msg('scene.fact.pending')] : balancer.addresses.slice(0, 1),
        state: pending ? 'excluded' : 'quiet',
        object: service.ref,
        assumptions: balancer.assumption === null ? [] : inferred(cluster, [balancer.assumption]),
      }),
    );
    sketch.join(from, id, pending ? 'excluded' : 'quiet', null);
    from = id;
  }
  if (service !== undefined && balancer?.mode !== 'ipTarget') {
    const id = 'nodes';
    const first = [...cluster.nodes.keys()][0];
    const count = cluster.nodes.size;
    const title = count === 1 && first !== undefined ? first : msg('scene.zone.nodes', { count });
    sketch.add(plainBox({ id, lane: 'node', group: 'nodes', kicker: cluster.environment.proxyMode === 'ebpf' ? 'eBPF' : 'kube-proxy', title }));
    sketch.join(from, id, 'quiet', null);
    from = id;
  }
  for (const target of targets) sketch.join(from, target, 'quiet', null);
}

function controllerBoxes(sketch: Sketch, cluster: Cluster, controller: Controller): readonly SketchBox[] {
  const common = { lane: 'controller', group: `controller:${controller.implementation}`, kicker: controller.implementation } as const;
  const assumptions = controller.assumption === null ? [] : inferred(cluster, [controller.assumption]);
  const state = assumptions.length > 0 ? 'assumed' : 'quiet';
  const pods = controller.pods.map((key) => cluster.pods.get(key)).filter((pod) => pod !== undefined);
  const boxes =
    pods.length === 0
      ? [plainBox({ ...common, id: `controller:${controller.name}`, title: controller.name, assumptions, state })]
      : pods.map((pod) =>
          plainBox({
            ...common,
            id: `controller:${pod.ref.namespace}/${pod.ref.name}`,
            title: pod.ref.name,
            facts: pod.status.podIPs.slice(0, 1),
            object: pod.ref,
            assumptions,
            state,
          }),
        );
  const [first] = boxes;
  if (first === undefined) return [];
  const more = boxes.length - 1;
  const fold = plainBox({
    ...common,
    id: `more:controllers:${controller.name}`,
    kicker: controller.implementation,
    title: msg('scene.more.controllers', { count: more }),
    folded: more,
    assumptions,
    state,
  });
  const shown = more === 0 ? [first] : more === 1 ? boxes : [first, fold];
  for (const box of shown) sketch.add(box);
  return shown;
}

/** Ingresses that no controller serves: their rules choose nothing, and the map says so. */
function sketchUnclaimed(sketch: Sketch, cluster: Cluster, busy: Set<string>): void {
  const claimed = new Set(cluster.controllers.flatMap(({ claims }) => claims));
  for (const [key, ingress] of [...cluster.ingresses].filter(([key]) => !claimed.has(key)).slice(0, MAX_UNCLAIMED)) {
    const id = `ingress:${key}`;
    sketch.add(
      plainBox({
        id,
        lane: 'controller',
        group: 'unclaimed',
        kicker: msg('scene.box.ingress'),
        title: ingress.ref.name,
        facts: [msg('scene.fact.no-controller')],
        state: 'excluded',
        outline: 'dashed',
        object: ingress.ref,
      }),
    );
    sketchRules(sketch, cluster, { claims: [key] }, id, 0, null);
    for (const service of rulesOf(cluster, { claims: [key] }, null).keys()) busy.add(service);
  }
}

/** The Services that a controller's Ingress rules choose, from its box, with the rules as they are written. */
export function sketchRules(sketch: Sketch, cluster: Cluster, controller: Claims, from: string, pass: number, host: string | null): void {
  const rules = rulesOf(cluster, controller, host);
  const idOf = (key: string) => passId(`service:${key}`, pass);
  // What the request uses is always shown; the rest in the order of the rules, up to the limit.
  const quiet = [...rules.keys()].filter((key) => !sketch.boxes.has(idOf(key)));
  const shown = new Set(quiet.slice(0, Math.max(0, MAX_SERVICES - (rules.size - quiet.length))));
  for (const [rank, [key, labels]] of [...rules].entries()) {
    const id = idOf(key);
    const isNew = !sketch.boxes.has(id);
    if (isNew && !shown.has(key)) continue;
    if (isNew) addService(sketch, cluster, key, pass, shown.size);
    sketch.change(id, (box) => ({ rank, rules: box.rules.length > 0 ? box.rules : shortRules(labels) }));
    sketch.join(from, id, sketch.boxes.get(id)?.state === 'excluded' ? 'excluded' : 'quiet', null);
  }
  const hidden = quiet.length - shown.size;
  if (hidden > 0) {
    const more = moreServices(from, pass, hidden);
    sketch.add(more);
    sketch.join(from, more.id, 'quiet', null);
  }
}

function shortRules(labels: readonly string[]): readonly string[] {
  return labels.length > MAX_RULES ? [...labels.slice(0, MAX_RULES), `+${labels.length - MAX_RULES}`] : labels;
}

function moreServices(from: string, pass: number, count: number): SketchBox {
  return plainBox({
    id: passId(`more:services:${from}`, pass),
    lane: 'service',
    pass,
    kicker: msg('scene.box.more'),
    title: msg('scene.more.services', { count }),
    outline: 'dashed',
    folded: count,
    rank: Number.MAX_SAFE_INTEGER,
  });
}

/** Rule labels by Service key, in the order of Ingresses and rules, those of the asked host first. */
function rulesOf(cluster: Cluster, controller: Claims, host: string | null): ReadonlyMap<string, readonly string[]> {
  const found: { readonly host: string; readonly path: string; readonly key: string }[] = [];
  for (const claim of controller.claims) {
    const ingress = cluster.ingresses.get(claim);
    if (ingress === undefined) continue;
    const { namespace } = ingress.ref;
    for (const rule of ingress.rules) {
      for (const { path, backend } of rule.paths)
        if (backend.kind === 'service') found.push({ host: rule.host, path: path === '' ? '/' : path, key: `${namespace}/${backend.name}` });
    }
    if (ingress.defaultBackend?.kind === 'service') found.push({ host: '', path: '*', key: `${namespace}/${ingress.defaultBackend.name}` });
  }
  const hosts = new Set(found.map((rule) => rule.host).filter((name) => name !== ''));
  const ordered = host === null ? found : [...found.filter((rule) => rule.host === host), ...found.filter((rule) => rule.host !== host)];
  const rules = new Map<string, string[]>();
  for (const rule of ordered) {
    const label = hosts.size > 1 ? `${rule.host}${rule.path}` : rule.path;
    const labels = rules.get(rule.key);
    if (labels === undefined) rules.set(rule.key, [label]);
    else if (!labels.includes(label)) labels.push(label);
  }
  return rules;
}

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

/** Pods, when nothing leads to them. */
function sketchBarePods(sketch: Sketch, cluster: Cluster): void {
  const pods = [...cluster.pods.values()];
  const shown = pods.slice(0, 8);
  for (const pod of shown) {
    sketch.add(
      plainBox({
        id: `pod:${pod.ref.namespace}/${pod.ref.name}`,
        lane: 'pods',
        kicker: pod.node ?? '',
        title: pod.ref.name,
        facts: pod.status.podIPs.slice(0, 1),
        object: pod.ref,
        group: 'bare',
      }),
    );
  }
  const more = pods.length - shown.length;
  if (more > 0)
    sketch.add(plainBox({ id: 'more:bare', lane: 'pods', kicker: '', title: msg('scene.more.pods', { count: more }), folded: more, group: 'bare' }));
}

export function passId(key: string, pass: number): string {
  return pass === 0 ? key : `${key}@${pass}`;
}
