/**
 * The quiet network: what the manifests describe around a request, or in its absence. Entry, controller, the Services
 * its Ingress rules choose, their Pods. Limited, so that a map stays readable; what is left out is counted.
 */
import { msg } from '../catalogue/message.ts';
import type { Cluster } from '../engine/index.ts';
import { clientBox, inferred } from './boxes.ts';
import { proxiesOf, unservedOf, type Proxy, type Unserved } from './proxies.ts';
import { MAX_SERVICES, moreServices, sketchRules } from './rule-sketch.ts';
import { addService } from './service-sketch.ts';
import { plainBox, type Sketch, type SketchBox } from './sketch.ts';

/** Ingresses, Gateways and routes that nobody serves. */
const MAX_UNSERVED = 3;

/** Everything, when no request was sent or it never reached the cluster. */
export function sketchNetwork(sketch: Sketch, cluster: Cluster): void {
  const busy = new Set<string>();
  const keep = ({ choices }: Pick<Proxy, 'choices'>) => {
    for (const { backend } of choices) busy.add(`${backend.namespace}/${backend.name}`);
  };
  for (const proxy of proxiesOf(cluster)) {
    keep(proxy);
    if (proxy.service !== null) busy.add(proxy.service);
    const boxes = proxyBoxes(sketch, cluster, proxy);
    if (proxy.balancer !== null) sketchClientOf(sketch, cluster, boxes);
    else
      sketchEntry(
        sketch,
        cluster,
        proxy.service,
        boxes.map(({ id }) => id),
        proxy.isWanted,
      );
    // One of its Pods is enough to carry the rules; the others do the same.
    const [first] = boxes;
    if (first !== undefined) sketchRules(sketch, cluster, proxy.choices, { from: first.id, pass: 0, host: null, isServed: true });
  }
  const unserved = unservedOf(cluster);
  for (const one of unserved) keep(one);
  sketchUnserved(sketch, cluster, unserved, 0);
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

/** Nothing stands between clients and the load balancer that is the proxy itself. */
function sketchClientOf(sketch: Sketch, cluster: Cluster, boxes: readonly SketchBox[]): void {
  sketch.add(clientBox(cluster, null));
  for (const { id } of boxes) sketch.join('client', id, 'quiet', null);
}

function proxyBoxes(sketch: Sketch, cluster: Cluster, proxy: Proxy): readonly SketchBox[] {
  const { component, name, facts, assumptions } = proxy;
  const state = assumptions.length > 0 ? ('assumed' as const) : ('quiet' as const);
  const common = { lane: 'controller', group: `controller:${component}`, kicker: component, assumptions, state } as const;
  if (proxy.balancer !== null) {
    const { address, object } = proxy.balancer;
    const shown = address === null ? [msg('scene.fact.pending')] : [address];
    const box = plainBox({ ...common, id: `balancer:${name}`, lane: 'edge', group: 'edge', title: name, facts: shown, object });
    sketch.add(address === null ? { ...box, state: 'excluded' } : box);
    return [box];
  }
  const pods = proxy.pods.map((key) => cluster.pods.get(key)).filter((pod) => pod !== undefined);
  const boxes =
    pods.length === 0
      ? [plainBox({ ...common, id: `controller:${name}`, title: name, facts })]
      : pods.map((pod) =>
          plainBox({
            ...common,
            id: `controller:${pod.ref.namespace}/${pod.ref.name}`,
            title: pod.ref.name,
            facts: [...pod.status.podIPs.slice(0, 1), ...facts],
            object: pod.ref,
          }),
        );
  const [first] = boxes;
  if (first === undefined) return [];
  const more = boxes.length - 1;
  const fold = plainBox({ ...common, id: `more:controllers:${name}`, title: msg('scene.more.controllers', { count: more }), folded: more });
  const shown = more === 0 ? [first] : more === 1 ? boxes : [first, fold];
  for (const box of shown) sketch.add(box);
  return shown;
}

/** Ingresses, Gateways and routes that nobody serves: their rules choose nothing, and the map says so. */
export function sketchUnserved(sketch: Sketch, cluster: Cluster, unserved: readonly Unserved[], pass: number): void {
  for (const { id, object, kicker, fact, choices } of unserved.slice(0, MAX_UNSERVED)) {
    sketch.add(
      plainBox({ id, lane: 'controller', pass, group: 'unserved', kicker, title: object.name, facts: [fact], state: 'excluded', outline: 'dashed', object }),
    );
    sketchRules(sketch, cluster, choices, { from: id, pass, host: null, isServed: false });
  }
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
