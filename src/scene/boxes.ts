/** What stands in a box: one function for each kind of thing on the map. */
import { msg } from '../catalogue/message.ts';
import { formatSocket, refKey, type Cluster, type Hop, type ObjectRef, type Packet, type Trace } from '../engine/index.ts';
import type { Words } from './scene.ts';
import { plainBox, type SketchBox } from './sketch.ts';

/** Ids of assumptions that were inferred, of those given; defaults are no news on the map. */
export function inferred(cluster: Cluster, ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].filter((id) => cluster.assumptions.get(id)?.origin === 'inferred');
}

/** Inferred assumptions that brought an object into being. */
export function assumedObject(cluster: Cluster, ref: ObjectRef | null): readonly string[] {
  const id = ref === null ? null : cluster.provenance.get(refKey(ref))?.assumption;
  return id === null || id === undefined ? [] : inferred(cluster, [id]);
}

export function clientBox(cluster: Cluster, trace: Trace | null): SketchBox {
  const from = trace?.flow.from ?? null;
  const own = trace === null ? undefined : trace.hops.find(({ id }) => id === trace.first)?.before.src.ip;
  const box = (kicker: Words, title: Words, facts: readonly string[], object: ObjectRef | null): SketchBox =>
    plainBox({ id: 'client', lane: 'client', kicker, title, facts, object, state: trace === null ? 'quiet' : 'taken' });
  if (from === null) return box('', msg('scene.box.user'), [], null);
  switch (from.kind) {
    case 'external':
      return box('', msg('scene.box.user'), [from.ip], null);
    case 'node':
      return box(msg('scene.box.node-client'), from.name, own === undefined ? [] : [own], { kind: 'Node', namespace: '', name: from.name });
    case 'pod':
    case 'workload': {
      const pod = clientPod(cluster, from.kind === 'pod' ? `${from.namespace}/${from.name}` : null, own);
      const name = pod?.ref.name ?? from.name;
      const node = pod?.node ?? null;
      const kicker = node === null ? msg('scene.box.pod') : msg('scene.box.pod-client', { node });
      return box(kicker, name, own === undefined ? [] : [own], pod?.ref ?? { kind: 'Pod', namespace: from.namespace, name });
    }
  }
}

function clientPod(cluster: Cluster, key: string | null, ip: string | undefined) {
  if (key !== null) return cluster.pods.get(key);
  const owner = ip === undefined ? undefined : cluster.addressOwners.get(ip);
  return owner?.kind === 'pod' ? cluster.pods.get(owner.pod) : undefined;
}

/** The resolver, below the client: what was asked and what came back. */
export function dnsBox(cluster: Cluster, hop: Hop, trace: Trace): SketchBox {
  const { component, instance } = hop.actor;
  return plainBox({
    id: 'dns',
    lane: 'dns',
    kicker: msg('scene.box.dns'),
    title: capital(instance ?? component),
    facts: answersOf(trace),
    state: 'taken',
    hop: hop.id,
    hangs: 'client',
    assumptions: inferred(cluster, hop.assumptions),
  });
}

/** What the resolver said: an alias, addresses, or why there are none. */
export function answersOf({ resolution }: Trace): readonly string[] {
  const found = [...(resolution.cname === null ? [] : [resolution.cname]), ...resolution.addresses.slice(0, 2)];
  return found.length > 0 ? found : [resolution.rcode];
}

/** The box where a hop is decided; `leaves` is the packet on its way to the next hop. */
export function hopBox(
  cluster: Cluster,
  hop: Hop,
  leaves: Packet | null,
  id: string,
): Pick<SketchBox, 'id' | 'lane' | 'kicker' | 'title'> & Partial<SketchBox> {
  const { component, node } = hop.actor;
  // An instance is printed `namespace/name` elsewhere; a box has its place and needs the name alone.
  const instance = hop.actor.instance?.slice(hop.actor.instance.lastIndexOf('/') + 1) ?? null;
  const common = { id, hop: hop.id, object: hop.object, assumptions: inferred(cluster, [...hop.assumptions, ...assumedObject(cluster, hop.object)]) };
  const isTranslated = leaves !== null && formatSocket(leaves.dst) !== formatSocket(hop.before.dst);
  switch (hop.kind) {
    case 'load-balancer': {
      const name = instance ?? hop.object?.name ?? '';
      const facts = isTranslated ? [printIp(hop.before.dst.ip), `:${hop.before.dst.port} → :${leaves.dst.port}`] : [formatSocket(hop.before.dst)];
      const kicker = name === '' || name === component ? msg('scene.box.load-balancer') : component;
      return { ...common, lane: 'edge', group: 'edge', kicker, title: name || component, facts };
    }
    case 'kube-proxy':
    case 'node':
    case 'network':
    case 'dns': {
      const own = cluster.addressOwners.get(hop.before.dst.ip)?.kind === 'node' ? `:${hop.before.dst.port}` : formatSocket(hop.before.dst);
      const kicker = hop.kind === 'node' ? msg('scene.box.node') : component;
      const facts = isTranslated ? [`${own} →`, formatSocket(leaves.dst)] : [own];
      return { ...common, lane: 'node', group: 'nodes', kicker, title: node ?? instance ?? component, facts };
    }
    case 'ingress-controller':
    case 'gateway': {
      const ends = hop.before.tls.mode === 'tls' && leaves?.tls.mode !== 'tls';
      const listener = hop.consulted.find(({ object }) => object.kind === 'Gateway' || object.kind === 'ListenerSet')?.label;
      const named = listener === undefined ? [] : [msg('scene.fact.listener', { listener })];
      const facts: Words[] = [formatSocket(hop.before.dst), ...named, ...(ends ? [msg('scene.fact.tls-ends')] : [])];
      // The load balancer that a cloud made for Ingresses is the proxy itself, and stands before the nodes.
      if (hop.kind === 'ingress-controller' && hop.object?.kind !== 'Pod')
        return { ...common, lane: 'edge', group: 'edge', kicker: component, title: instance ?? component, facts };
      return { ...common, lane: 'controller', group: `controller:${component}`, kicker: component, title: instance ?? component, facts };
    }
    case 'network-policy':
    case 'pod': {
      const name = hop.object?.name ?? instance ?? hop.before.dst.ip;
      return { ...common, lane: 'pods', kicker: node ?? msg('scene.box.pod'), title: name, facts: [formatSocket(hop.before.dst)] };
    }
    case 'external':
      return {
        ...common,
        lane: 'external',
        group: 'external',
        kicker: msg('scene.box.external'),
        title: instance ?? component,
        facts: [formatSocket(hop.before.dst)],
      };
  }
}

export function serviceBox(cluster: Cluster, key: string, id: string, pass = 0): SketchBox {
  const slash = key.indexOf('/');
  const ref: ObjectRef = { kind: 'Service', namespace: key.slice(0, Math.max(slash, 0)), name: key.slice(slash + 1) };
  const service = cluster.services.get(key);
  const assumptions = assumedObject(cluster, ref);
  return plainBox({
    id,
    lane: 'service',
    pass,
    kicker: msg('scene.box.service'),
    title: ref.name,
    facts: service === undefined ? [msg('scene.fact.missing')] : [addressOf(service)],
    state: service === undefined ? 'excluded' : assumptions.length > 0 ? 'assumed' : 'quiet',
    outline: 'dashed',
    object: ref,
    assumptions,
  });
}

function addressOf(service: NonNullable<ReturnType<Cluster['services']['get']>>): Words {
  if (service.externalName !== null) return service.externalName;
  const ip = service.clusterIPs[0];
  return ip === undefined || ip === 'None' ? msg('scene.fact.headless') : ip;
}

const printIp = (ip: string): string => (ip.includes(':') ? `[${ip}]` : ip);

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
