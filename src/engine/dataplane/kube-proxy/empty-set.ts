/**
 * No endpoint may take the packet: REJECT when there is none anywhere, DROP when the policy `Local` leaves none on
 * this node (S7.3), DROP when the source may not use the load balancer address (S7.8).
 */
import type { Message } from '../../../catalogue/message.ts';
import { msg } from '../../../catalogue/message.ts';
import { familyOf } from '../../cluster/address-family.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { handMadeFault } from '../../cluster/hand-made-endpoints.ts';
import { nodeAddress } from '../../cluster/nodes.ts';
import { listed } from '../../cluster/open-points.ts';
import type { Packet } from '../../trace/packet.ts';
import type { ConsideredChoice, HopDecision } from '../component.ts';
import { dropped } from '../network/dropped.ts';
import type { Frontend } from './frontends.ts';
import { addressed, assumptionsOf, because, endpointsCommand, keyOf, proxyHop, proxyName, rulesCommand, serviceCommand } from './service-hop.ts';
import type { PolicyDecision } from './traffic-policy.ts';

interface Refusal {
  readonly node: string;
  readonly frontend: Frontend;
  readonly packet: Packet;
  /** The client is outside the cluster: what the node answers may not reach it (S7.3.1). */
  readonly isOutside: boolean;
  /** What frontend matched, first sentence of every hop of kube-proxy. */
  readonly matched: readonly Message[];
  readonly considered: readonly ConsideredChoice[];
}

export function rejectNoEndpoints(cluster: Cluster, { node, frontend, packet, isOutside, matched, considered }: Refusal): HopDecision {
  const { service, port, index } = frontend;
  const fault = handMadeFault(cluster, service, port);
  // Without a selector the targetPort means nothing (S5.6): what is wrong stands in the endpoints that somebody wrote.
  const wrong = fault?.at.manifest == null ? [] : [{ object: fault.at.manifest.ref, path: fault.at.path }];
  return proxyHop(cluster, node, {
    verb: msg('kube-proxy.verb.reject'),
    title: msg('kube-proxy.title.no-endpoints', { component: proxyName(cluster), node, service: keyOf(service) }),
    why: [
      msg('kube-proxy.why.no-endpoints', { service: keyOf(service), port: port.port }),
      ...(fault === null ? [] : [fault.why]),
      ...matched,
      msg('kube-proxy.why.rejected'),
      ...(isOutside ? [msg('kube-proxy.why.rejected-hidden')] : []),
      ...(packet.protocol === 'UDP' ? [msg('kube-proxy.why.rejected-datagram')] : []),
    ],
    rules: [
      'S7.3',
      'S7.2.5',
      ...(isOutside || packet.protocol === 'UDP' ? (['S7.3.1'] as const) : []),
      ...(service.selector !== null ? (['F-18'] as const) : (fault?.rules ?? (['F-37'] as const))),
    ],
    because:
      service.selector === null
        ? [...wrong, ...because(service, ['spec', 'ports', index])]
        : because(service, ['spec', 'selector'], ['spec', 'ports', index, 'targetPort']),
    considered:
      fault?.slice == null
        ? considered
        : [
            ...considered,
            {
              what: msg('kube-proxy.considered.slice', { slice: fault.slice }),
              result: 'excluded',
              why: fault.why,
              rules: fault.rules,
              because: wrong,
            },
          ],
    consulted: [addressed(service)],
    assumptions: assumptionsOf(cluster, [service.ref], ['proxyMode']),
    commands: [
      endpointsCommand(service),
      ...(fault === null ? [] : [{ line: `kubectl get endpointslices -n ${service.ref.namespace} --show-labels`, shows: msg('kube-proxy.command.slices') }]),
      rulesCommand(cluster, node, service, packet.dst, packet.protocol, 'filter'),
    ],
    becomes: { kind: 'end', outcome: { code: 'CONN_REFUSED' }, stage: 'connect' },
  });
}

export function dropNoLocal(cluster: Cluster, decision: PolicyDecision, { node, frontend, packet, matched, considered }: Refusal): HopDecision {
  const { service } = frontend;
  const internal = decision.field === 'internalTrafficPolicy';
  // Where nodes announce the address themselves, nobody asks that port.
  const health = internal || cluster.loadBalancers.get(keyOf(service))?.announced === true ? 0 : service.healthCheckNodePort;
  return proxyHop(cluster, node, {
    verb: msg('kube-proxy.verb.drop'),
    title: msg('kube-proxy.title.no-local', { component: proxyName(cluster), node, service: keyOf(service) }),
    why: [
      msg('kube-proxy.why.no-local', { node, field: decision.field }),
      ...matched,
      ...(cluster.environment.proxyMode === 'ipvs' && !internal ? [msg('kube-proxy.why.ipvs-no-local')] : []),
      msg('kube-proxy.why.dropped'),
      ...(health === 0 ? [] : [msg('kube-proxy.why.health-check', { port: health })]),
    ],
    rules: ['S7.3', 'S7.2.3', internal ? 'F-29' : 'F-28', ...(cluster.environment.proxyMode === 'ipvs' && !internal ? (['U7'] as const) : [])],
    because: because(service, ['spec', decision.field]),
    considered,
    consulted: [addressed(service)],
    assumes: listed(cluster.environment, decision.open),
    assumptions: assumptionsOf(cluster, [service.ref], ['proxyMode', 'nodes']),
    commands: [
      endpointsCommand(service),
      serviceCommand(service),
      rulesCommand(cluster, node, service, packet.dst, packet.protocol, 'filter'),
      ...(health === 0 ? [] : [{ line: `curl -i http://${healthAddress(cluster, node, packet)}:${health}/healthz`, shows: msg('kube-proxy.command.health') }]),
    ],
    becomes: { kind: 'end', outcome: dropped(packet), stage: 'connect' },
  });
}

export function dropForeignSource(cluster: Cluster, { node, frontend, packet, matched }: Refusal): HopDecision {
  const { service } = frontend;
  return proxyHop(cluster, node, {
    verb: msg('kube-proxy.verb.drop'),
    title: msg('kube-proxy.title.source-range', { component: proxyName(cluster), node, source: packet.src.ip }),
    why: [
      msg('kube-proxy.why.source-range', { source: packet.src.ip, ranges: service.loadBalancerSourceRanges }),
      ...matched,
      msg('kube-proxy.why.dropped'),
      msg('kube-proxy.why.source-range-pods'),
    ],
    rules: ['S7.8', 'F-44'],
    because: because(service, ['spec', 'loadBalancerSourceRanges']),
    consulted: [addressed(service)],
    assumptions: assumptionsOf(cluster, [service.ref], ['proxyMode']),
    commands: [serviceCommand(service), rulesCommand(cluster, node, service, packet.dst, packet.protocol, 'filter')],
    becomes: { kind: 'end', outcome: dropped(packet), stage: 'connect' },
  });
}

/** The node's own address as a URL writes it. */
function healthAddress(cluster: Cluster, name: string, packet: Packet): string {
  const node = cluster.nodes.get(name);
  const ip = node === undefined ? null : nodeAddress(node, familyOf(packet.dst.ip));
  return ip === null ? name : ip.includes(':') ? `[${ip}]` : ip;
}
