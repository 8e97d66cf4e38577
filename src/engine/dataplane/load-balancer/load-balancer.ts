/**
 * The load balancer of a Service, in a cloud, on bare metal, or a proxy set up by hand: takes what comes to its address
 * and chooses a node or a Pod. What the node then receives depends on its delivery mode (semantics S8.1.5, S8.6); which
 * Pod a node chooses is kube-proxy's decision, not its own.
 */
import type { Message } from '../../../catalogue/message.ts';
import { msg } from '../../../catalogue/message.ts';
import { familyOf } from '../../cluster/address-family.ts';
import type { Cluster, LoadBalancer } from '../../cluster/cluster.ts';
import { endpointsOf } from '../../cluster/endpoints.ts';
import type { Service, ServicePort } from '../../kinds/service/service-spec.ts';
import type { RuleId } from '../../manifests/finding.ts';
import type { FieldPath } from '../../manifests/source.ts';
import type { Packet } from '../../trace/packet.ts';
import { formatSocket } from '../../trace/packet.ts';
import type { Component, ConsideredChoice, Decision, HopDecision, Onward, Place, State } from '../component.ts';
import { endpointsCommand, keyOf, nodeRef, podRefs } from '../kube-proxy/service-hop.ts';
import { filtersSources, listenerOf, sourceRanges } from './listener.ts';
import { balancerHop, considerExcluded, isIneligible, keepOut, noListener, noTarget, plainOnTLS } from './refuse.ts';
import { carriedBy, endsTLS, formatTarget, opensConnection, preservesSource, receivedBy } from './rewrite.ts';
import type { Shares, Target, Targets } from './targets.ts';
import { allNodes, describeEndpoint, keepsToZone, nodeTargets, podTargets, sharesOf } from './targets.ts';

export const loadBalancer: Component = (state, { cluster }): Decision => {
  const { packet, place } = state;
  const key = place.kind === 'load-balancer' ? place.service : '';
  const balancer = cluster.loadBalancers.get(key);
  const service = cluster.services.get(balancer?.service ?? key);
  // Without either the address leads nowhere; the network says so.
  if (balancer === undefined || service === undefined) return { kind: 'pass', to: { ...state, place: { kind: 'network', from: 'load-balancer' } } };

  const listener = listenerOf(service, packet);
  const refusal = filtersSources(balancer, service) ? keepOut(cluster, balancer, service, packet) : null;
  if (refusal !== null) return refusal;
  if (listener === null) return noListener(cluster, balancer, service, packet);
  const { port, index } = listener;
  if (endsTLS(balancer, port) && packet.tls.mode === 'none') return plainOnTLS(cluster, balancer, service, index, packet);

  const targets = targetsOf(cluster, balancer, service, port, packet);
  if (targets.healthy.length === 0) return noTarget(cluster, balancer, service, port, packet, targets);
  return balance(state, cluster, balancer, service, listener, targets);
};

function targetsOf(cluster: Cluster, balancer: LoadBalancer, service: Service, port: ServicePort, packet: Packet): Targets & { readonly fallback?: true } {
  const family = familyOf(packet.dst.ip);
  if (balancer.mode === 'ipTarget') return podTargets(cluster, balancer, service, port, family);
  const targets = nodeTargets(cluster, balancer, family);
  if (balancer.mode !== 'passthroughVip' && port.nodePort === 0) return { ...targets, healthy: [] };
  if (targets.healthy.length > 0 || cluster.environment.cloud !== 'gcp') return targets;
  // Google's passthrough load balancer prefers unhealthy nodes to none (S8.1.9).
  return { ...nodeTargets(cluster, { nodes: allNodes(cluster), excluded: [] }, family), fallback: true };
}

function balance(
  state: State,
  cluster: Cluster,
  balancer: LoadBalancer,
  service: Service,
  { port, index }: { readonly port: ServicePort; readonly index: number },
  targets: Targets & { readonly fallback?: true },
): HopDecision {
  const { packet, carry } = state;
  const { healthy } = targets;
  const spread = sharesOf(healthy, keepsToZone(cluster, service));
  const onward = healthy.map((target, at): Onward => {
    const received = receivedBy(balancer, port, packet, target);
    return {
      place: placeOf(balancer, target),
      packet: received,
      carry: carriedBy(balancer, port, packet, carry, target, service.ref),
      probability: spread.shares[at] ?? 0,
    };
  });
  const endpoints = healthy.flatMap((target) => (target.kind === 'pod' ? [target.endpoint] : []));
  const usesPolicy = balancer.mode !== 'ipTarget' && service.type === 'LoadBalancer';
  const local = usesPolicy && balancer.heedsLocal && service.externalTrafficPolicy === 'Local';
  const forgets = forgetsAffinity(balancer, service, healthy);
  const ignored = balancer.sourceFilter === 'none' ? sourceRanges(service) : null;
  const paths: FieldPath[] = [['spec', 'ports', index]];
  if (usesPolicy) paths.push(['spec', 'externalTrafficPolicy']);
  if (usesPolicy && balancer.mode !== 'passthroughVip') paths.push(['spec', 'allocateLoadBalancerNodePorts']);
  if (local) paths.push(['spec', 'healthCheckNodePort']);
  if (ignored !== null) paths.push(ignored.path);
  return balancerHop(cluster, balancer, service, {
    title: titleOf(balancer, healthy, port),
    why: [
      ...(balancer.announced ? [balancer.why] : []),
      ...whereTo(balancer, healthy, spread),
      ...(local && targets.fallback === undefined
        ? [msg(balancer.announced ? 'load-balancer.why.local-announced' : 'load-balancer.why.local'), ...imbalance(cluster, service, port, healthy)]
        : []),
      ...(targets.fallback === undefined ? [] : [msg('load-balancer.why.falls-back')]),
      ...(local && balancer.mode === 'passthroughNodePort' && balancer.proxyProtocol ? [msg('load-balancer.why.proxy-protocol-local')] : []),
      ...(forgets ? [msg('load-balancer.why.affinity-per-node')] : []),
      ...whatArrives(balancer, port, packet),
      ...(balancer.announced ? [] : [balancer.why]),
      ...(ignored === null ? [] : [msg('load-balancer.why.ranges-ignored')]),
      ...balancer.notes.map(({ message }) => message),
    ],
    rules: [
      'S8.1.5',
      'S8.6',
      ...balancer.rules,
      ...rulesOf(balancer, port, spread, local, targets.fallback === true),
      ...(balancer.http && packet.http !== null ? (['S14.5'] as const) : []),
      ...(forgets ? (['S7.7.3', 'F-32'] as const) : []),
      ...(ignored === null ? [] : (['S8.2.14'] as const)),
      ...balancer.notes.flatMap((note) => note.rules),
    ],
    because: paths,
    considered: [...considerHealthy(healthy, spread, port, balancer), ...considerExcluded(targets)],
    consulted: balancer.mode === 'ipTarget' ? [{ object: service.ref, role: 'consulted', address: service.clusterIPs[0] ?? null }] : [],
    uses: [...healthy.flatMap((target) => (target.kind === 'node' ? [nodeRef(target.node)] : [])), ...podRefs(cluster, endpoints)],
    commands:
      balancer.mode === 'ipTarget' || local ? [endpointsCommand(service)] : [{ line: 'kubectl get nodes -o wide', shows: msg('load-balancer.command.nodes') }],
    becomes: { kind: 'forward', to: onward },
  });
}

/** S7.7.3: each node remembers for itself, so a client that comes in at another node is a new one, unless the load balancer goes by the source too. */
function forgetsAffinity({ mode, hashesSource }: LoadBalancer, service: Service, healthy: readonly Target[]): boolean {
  return service.sessionAffinity.kind === 'ClientIP' && mode !== 'ipTarget' && healthy.length > 1 && !hashesSource;
}

/** An untouched packet enters the node as it is; a rewritten one finds its new address on the network. */
function placeOf(balancer: LoadBalancer, target: Target): Place {
  return target.kind === 'node' && balancer.mode === 'passthroughVip'
    ? { kind: 'node', node: target.node, entered: 'network' }
    : { kind: 'network', from: 'load-balancer' };
}

function titleOf(balancer: LoadBalancer, healthy: readonly Target[], port: ServicePort): Message {
  const { product } = balancer;
  const [first] = healthy;
  if (balancer.why.id === 'cluster.lb.no-strict-arp') return msg('load-balancer.title.any-node', { product });
  if (first?.kind === 'pod') {
    return healthy.length === 1
      ? msg('load-balancer.title.only-pod', { product, endpoint: formatTarget(first, port) })
      : msg('load-balancer.title.chooses-pod', { product });
  }
  const node = first?.node ?? '';
  if (balancer.announced)
    return healthy.length === 1 ? msg('load-balancer.title.announces', { product, node }) : msg('load-balancer.title.router', { product });
  return healthy.length === 1 ? msg('load-balancer.title.only-node', { product, node }) : msg('load-balancer.title.chooses-node', { product });
}

function whereTo(balancer: LoadBalancer, healthy: readonly Target[], { zones }: Shares): readonly Message[] {
  const count = healthy.length;
  // Who announces the address, and how, stands in the load balancer's own reason.
  if (balancer.announced) return [];
  if (balancer.mode === 'ipTarget') {
    return zones > 0
      ? [msg('load-balancer.why.pod-target'), msg('load-balancer.why.pods-zones', { count: zones })]
      : [msg('load-balancer.why.pod-target'), msg('load-balancer.why.pods-equal', { count })];
  }
  const [only] = healthy;
  if (count === 1 && only?.kind === 'node') return [msg('load-balancer.why.only-node', { node: only.node })];
  return [zones > 0 ? msg('load-balancer.why.nodes-zones', { count: zones }) : msg('load-balancer.why.nodes-equal', { count })];
}

/** S8.6 in words: destination, source, what tells the client's address, TLS. */
function whatArrives(balancer: LoadBalancer, port: ServicePort, packet: Packet): readonly Message[] {
  const { mode, ownAddress, proxyProtocol, http, tls } = balancer;
  const source = formatSocket(packet.src);
  if (mode === 'passthroughVip') return [msg('load-balancer.why.vip', { address: formatSocket(packet.dst), source })];
  const out: Message[] = [];
  if (mode !== 'ipTarget') out.push(msg('load-balancer.why.node-port', { port: port.nodePort }));
  if (preservesSource(balancer, packet)) out.push(msg('load-balancer.why.source-kept', { source }));
  else out.push(msg(opensConnection(balancer, port) ? 'load-balancer.why.source-own' : 'load-balancer.why.source-translated', { source: ownAddress }));
  if (proxyProtocol) out.push(msg('load-balancer.why.proxy-protocol'));
  if (http && packet.http !== null) out.push(msg('load-balancer.why.forwarded'));
  if (tls !== null && endsTLS(balancer, port)) {
    out.push(msg(tls.reencrypt ? 'load-balancer.why.reencrypts' : 'load-balancer.why.ends-tls', { certificate: tls.certificate }));
    if (!http && !tls.reencrypt && packet.http !== null) out.push(msg('load-balancer.why.no-forwarded-proto'));
  }
  return out;
}

/** Nodes share equally, so the Pods of a node with few get more each (S7.6.4). */
function imbalance(cluster: Cluster, service: Service, port: ServicePort, healthy: readonly Target[]): readonly Message[] {
  const ready = endpointsOf(cluster, keyOf(service), port).filter((endpoint) => endpoint.ready);
  const counts = healthy
    .flatMap((target) => (target.kind === 'node' ? [{ node: target.node, count: ready.filter(({ node }) => node === target.node).length }] : []))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => a.count - b.count);
  const [few, many] = [counts[0], counts.at(-1)];
  if (few === undefined || many === undefined || few.count === many.count) return [];
  return [msg('load-balancer.why.imbalance', { few: few.node, many: many.node, ratio: String(Number((many.count / few.count).toFixed(2))) })];
}

function rulesOf(balancer: LoadBalancer, port: ServicePort, { zones }: Shares, local: boolean, fallback: boolean): readonly RuleId[] {
  const out: RuleId[] = [];
  if (balancer.mode === 'ipTarget') out.push('S8.2.7', 'S7.5.11');
  if (local && !balancer.announced) out.push('S8.1.8', 'S7.10.1');
  if (local) out.push('S7.6.4');
  if (zones > 0) out.push('S8.2.11');
  if (endsTLS(balancer, port)) out.push('S8.7', 'S14.2', ...(isAws(balancer) ? (['S8.2.4'] as const) : []));
  if (endsTLS(balancer, port) && balancer.tls?.reencrypt === true && isAws(balancer)) out.push('S8.2.12');
  if (balancer.proxyProtocol) out.push('S8.2.10');
  if (fallback) out.push('S8.1.9', 'U17');
  if (balancer.excluded.some(({ why }) => isIneligible(why))) out.push('S8.1.4');
  return out;
}

function isAws({ product }: LoadBalancer): boolean {
  return product.startsWith('AWS');
}

function considerHealthy(healthy: readonly Target[], { shares }: Shares, port: ServicePort, { mode }: LoadBalancer): readonly ConsideredChoice[] {
  return healthy.map((target, at): ConsideredChoice => {
    const what =
      target.kind === 'pod'
        ? describeEndpoint(target.endpoint)
        : mode === 'passthroughVip'
          ? msg('load-balancer.considered.node', { node: target.node })
          : msg('load-balancer.considered.node-port', { node: target.node, address: formatTarget(target, port) });
    return healthy.length === 1
      ? { what, result: 'taken', why: msg('load-balancer.considered.only'), probability: 1 }
      : { what, result: 'possible', why: msg('load-balancer.considered.share', { count: healthy.length }), probability: shares[at] ?? 0 };
  });
}
