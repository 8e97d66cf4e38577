/** Ways that end at the load balancer: no listener, a source it keeps out, no target, plain text where TLS ends. */
import type { Message } from '../../../catalogue/message.ts';
import { msg } from '../../../catalogue/message.ts';
import type { Cluster, LoadBalancer } from '../../cluster/cluster.ts';
import type { Service, ServicePort } from '../../kinds/service/service-spec.ts';
import type { FieldPath } from '../../manifests/source.ts';
import type { Outcome } from '../../trace/outcome.ts';
import type { Packet } from '../../trace/packet.ts';
import type { ConsideredChoice, HopDecision } from '../component.ts';
import { KUBE_VIP_ELECTION } from '../../cluster/load-balancers/kube-vip.ts';
import { STRICT_ARP } from '../../cluster/load-balancers/strict-arp.ts';
import { assumptionsOf, because, keyOf } from '../kube-proxy/service-hop.ts';
import { dropped } from '../network/dropped.ts';
import { isAllowed, refusesUnknownPorts, sourceRanges } from './listener.ts';
import { opensConnection } from './rewrite.ts';
import type { Targets } from './targets.ts';

/** Fields of every hop of a load balancer. */
export function balancerHop(
  cluster: Cluster,
  loadBalancer: LoadBalancer,
  service: Service,
  decision: Omit<HopDecision, 'kind' | 'hop' | 'actor' | 'layer' | 'verb' | 'object' | 'assumptions' | 'because'> & {
    readonly verb?: Message;
    readonly because: readonly FieldPath[];
    readonly uses?: Parameters<typeof assumptionsOf>[1];
  },
): HopDecision {
  const { verb = msg('load-balancer.verb'), uses = [], ...rest } = decision;
  const ids = assumptionsOf(
    cluster,
    [service.ref, ...uses],
    ['cloud', ...(loadBalancer.mode === 'ipTarget' ? [] : ['nodes']), ...(loadBalancer.announced ? [KUBE_VIP_ELECTION, STRICT_ARP] : [])],
  );
  const { assumption, decidedBy } = loadBalancer;
  const { namespace, name } = service.ref;
  return {
    ...rest,
    // The controller's reasons and the hop's own may name the same rule.
    rules: [...new Set(rest.rules)],
    kind: 'hop',
    hop: 'load-balancer',
    actor: { component: loadBalancer.product, instance: keyOf(service), node: null, namespace },
    layer: loadBalancer.http ? 'L7' : 'L4',
    verb,
    because: because(service, ...(decidedBy === null ? [] : [decidedBy]), ...rest.because),
    object: service.ref,
    assumptions: assumption === null || ids.includes(assumption) ? ids : [assumption, ...ids],
    commands: [
      { line: `kubectl get service -n ${namespace} ${name} -o wide`, shows: msg('load-balancer.command.service') },
      { line: `kubectl describe service -n ${namespace} ${name}`, shows: msg('load-balancer.command.events') },
      ...(rest.commands ?? []),
    ],
  };
}

export function noListener(cluster: Cluster, loadBalancer: LoadBalancer, service: Service, packet: Packet): HopDecision {
  const { product } = loadBalancer;
  const isPing = packet.protocol === 'ICMP';
  const refuses = !isPing && refusesUnknownPorts(cluster, loadBalancer);
  const ports = service.ports.map(({ port, protocol }) => `${port}/${protocol}`);
  return balancerHop(cluster, loadBalancer, service, {
    verb: msg(refuses ? 'load-balancer.verb.refuse' : 'load-balancer.verb.drop'),
    title: isPing
      ? msg('load-balancer.title.ping', { product })
      : msg('load-balancer.title.no-listener', { product, port: `${packet.dst.port}/${packet.protocol}` }),
    why: isPing
      ? [msg('load-balancer.why.ping', { service: keyOf(service) })]
      : [msg('load-balancer.why.listener', { service: keyOf(service), ports }), msg(refuses ? 'load-balancer.why.refused' : 'load-balancer.why.dropped')],
    rules: ['S8.1.3'],
    because: [['spec', 'ports']],
    becomes: { kind: 'end', outcome: refuses ? { code: 'CONN_REFUSED' } : dropped(packet), stage: 'connect' },
  });
}

/** The firewall before the load balancer (S7.8a); null: the source may pass. */
export function keepOut(cluster: Cluster, loadBalancer: LoadBalancer, service: Service, packet: Packet): HopDecision | null {
  const allowed = sourceRanges(service);
  if (allowed === null || isAllowed(allowed.ranges, packet.src.ip)) return null;
  return balancerHop(cluster, loadBalancer, service, {
    verb: msg('load-balancer.verb.drop'),
    title: msg('load-balancer.title.source-range', { product: loadBalancer.product, source: packet.src.ip }),
    why: [msg('load-balancer.why.source-range', { source: packet.src.ip, service: keyOf(service), ranges: allowed.ranges }), msg('load-balancer.why.dropped')],
    rules: ['S7.8', ...(loadBalancer.product.startsWith('AWS') ? (['S8.2.14'] as const) : []), 'F-44'],
    because: [allowed.path],
    becomes: { kind: 'end', outcome: dropped(packet), stage: 'connect' },
  });
}

export function plainOnTLS(cluster: Cluster, loadBalancer: LoadBalancer, service: Service, index: number, packet: Packet): HopDecision {
  return balancerHop(cluster, loadBalancer, service, {
    verb: msg('load-balancer.verb.refuse'),
    title: msg('load-balancer.title.plain-on-tls', { product: loadBalancer.product, port: Number(packet.dst.port) }),
    why: [msg('load-balancer.why.plain-on-tls')],
    rules: ['S8.7', 'S14.4'],
    because: [['spec', 'ports', index]],
    becomes: { kind: 'end', outcome: { code: 'TLS_ERROR', kind: 'plain-http-on-tls-port' }, stage: 'tls' },
  });
}

export function noTarget(cluster: Cluster, loadBalancer: LoadBalancer, service: Service, port: ServicePort, packet: Packet, targets: Targets): HopDecision {
  const { product, mode } = loadBalancer;
  const key = keyOf(service);
  const announced = loadBalancer.announced;
  const needsNodePort = mode === 'proxy' || mode === 'passthroughNodePort';
  const isAws = cluster.environment.cloud === 'aws-intree' || cluster.environment.cloud === 'aws-lbc';
  const unadvertised = targets.excluded.find(({ why }) => why.id === 'cluster.lb.metallb-not-advertised');
  const reason = announced
    ? (unadvertised?.why ?? msg('load-balancer.why.not-announced', { service: key, address: packet.dst.ip }))
    : mode === 'ipTarget'
      ? msg('load-balancer.why.no-pod', { service: key })
      : needsNodePort && port.nodePort === 0
        ? msg('load-balancer.why.no-node-port', { service: key, port: port.port })
        : service.externalTrafficPolicy !== 'Local'
          ? msg('load-balancer.why.no-node-at-all')
          : msg('load-balancer.why.no-node', { service: key });
  const path: FieldPath =
    mode === 'ipTarget'
      ? ['spec', 'selector']
      : needsNodePort && port.nodePort === 0
        ? ['spec', 'allocateLoadBalancerNodePorts']
        : unadvertised === undefined
          ? ['spec', 'externalTrafficPolicy']
          : ['spec', 'type'];
  return balancerHop(cluster, loadBalancer, service, {
    verb: msg('load-balancer.verb.drop'),
    title: announced ? msg('load-balancer.title.not-announced', { product }) : msg('load-balancer.title.no-target', { product }),
    why: [
      reason,
      ...(announced ? [] : [msg('load-balancer.why.no-target')]),
      ...(isAws && targets.excluded.length > 0 ? [msg('load-balancer.why.fail-open')] : []),
    ],
    rules: announced ? [unadvertised === undefined ? 'S8.5.3' : 'S8.5.1', 'F-47'] : ['S8.1.9', 'S8.1.8', ...(isAws ? (['U10'] as const) : []), 'F-46'],
    because: [path],
    considered: considerExcluded(targets),
    becomes: { kind: 'end', ...outcomeWithoutTarget(loadBalancer, port, packet) },
  });
}

function outcomeWithoutTarget(
  loadBalancer: LoadBalancer,
  port: ServicePort,
  packet: Packet,
): { readonly outcome: Outcome; readonly stage: 'connect' | 'http' } {
  // Nobody answers for the address on the local network, or no router has a route to it.
  if (loadBalancer.announced) return { outcome: { code: 'NO_ROUTE' }, stage: 'connect' };
  if (!opensConnection(loadBalancer, port)) return { outcome: dropped(packet), stage: 'connect' };
  if (loadBalancer.http && packet.http !== null) return { outcome: { code: 'HTTP', status: 503, producer: 'load-balancer' }, stage: 'http' };
  return { outcome: { code: 'CONN_RESET' }, stage: 'connect' };
}

export function considerExcluded({ excluded }: Targets): readonly ConsideredChoice[] {
  return excluded.slice(0, 50).map(({ what, why }): ConsideredChoice => ({ what, result: 'excluded', why, rules: [isIneligible(why) ? 'S8.1.4' : 'S8.1.8'] }));
}

const INELIGIBLE = new Set(['cluster.lb.node-excluded', 'cluster.lb.node-leaving', 'cluster.lb.node-not-ready', 'cluster.lb.node-not-selected']);

/** Left out before any health check is asked (S8.1.4). */
export function isIneligible({ id }: Message): boolean {
  return INELIGIBLE.has(id);
}
