/**
 * ClusterIP frontends, and packets to a ClusterIP that no rule takes: a port that the Service does not declare
 * (S7.1.4) and pings (S6.14). The answer differs by proxy mode because in IPVS the node holds the address.
 */
import type { Message } from '../../../catalogue/message.ts';
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import { canonicalIp } from '../../manifests/ip.ts';
import type { Packet } from '../../trace/packet.ts';
import type { ConsideredChoice, HopDecision, Reason } from '../component.ts';
import { dropped } from '../network/dropped.ts';
import { addressed, assumptionsOf, because, keyOf, proxyHop, serviceCommand } from './service-hop.ts';

export function clusterIPs(service: Service): readonly string[] {
  return service.clusterIPs.map(canonicalIp).filter((ip) => ip !== null);
}

/** The packet is for a ClusterIP of `service`, but for none of its ports. */
export function undeclaredPort(cluster: Cluster, node: string, service: Service, packet: Packet): HopDecision {
  const { proxyMode } = cluster.environment;
  const refused = proxyMode === 'nftables' || proxyMode === 'ipvs';
  const explained = explainPort(service, packet);
  return proxyHop(cluster, node, {
    verb: msg(refused ? 'kube-proxy.verb.reject' : 'kube-proxy.verb.drop'),
    title: msg('kube-proxy.title.undeclared-port', { service: keyOf(service), port: `${packet.dst.port}/${packet.protocol}` }),
    why: [...explained.why, msg(proxyMode === 'ebpf' ? 'kube-proxy.why.undeclared.iptables' : `kube-proxy.why.undeclared.${proxyMode}`)],
    rules: ['S7.1.4', 'F-25'],
    because: explained.because,
    considered: service.ports.map((port): ConsideredChoice => ({
      what: msg('kube-proxy.considered.port', { port: port.port, protocol: port.protocol }),
      result: 'lost',
      why: msg('kube-proxy.considered.other-port', { port: packet.dst.port, protocol: packet.protocol }),
    })),
    consulted: [addressed(service)],
    assumptions: assumptionsOf(cluster, [service.ref], ['proxyMode']),
    commands: [serviceCommand(service)],
    becomes: { kind: 'end', outcome: refused ? { code: 'CONN_REFUSED' } : dropped(packet), stage: 'connect' },
  });
}

/** A wrong port is usually another port of the same Service: its targetPort, its nodePort, or another protocol (F-25, F-38). */
function explainPort(service: Service, packet: Packet): { readonly why: readonly Message[]; readonly because: readonly Reason[] } {
  const { port } = packet.dst;
  const declares = msg('kube-proxy.why.declares', { ports: service.ports.map((own) => `${own.port}/${own.protocol}`) });
  for (const [index, own] of service.ports.entries()) {
    const found = (why: Message, field: string) => ({ why: [why, declares], because: because(service, ['spec', 'ports', index, field]) });
    if (own.port === port) return found(msg('kube-proxy.why.other-protocol', { port, declared: own.protocol, protocol: packet.protocol }), 'protocol');
    if (own.protocol !== packet.protocol) continue;
    if (own.targetPort === port) return found(msg('kube-proxy.why.is-target-port', { port, use: own.port }), 'targetPort');
    if (own.nodePort === port) return found(msg('kube-proxy.why.is-node-port', { port, use: own.port }), 'nodePort');
  }
  return { why: [declares], because: because(service, ['spec', 'ports']) };
}

/** S6.14: a ping has no port, so no rule takes it. */
export function pingClusterIP(cluster: Cluster, node: string, service: Service, packet: Packet): HopDecision {
  const answered = cluster.environment.proxyMode === 'ipvs';
  const address = packet.dst.ip;
  return proxyHop(cluster, node, {
    verb: msg(answered ? 'kube-proxy.verb.answer' : 'kube-proxy.verb.drop'),
    title: answered ? msg('kube-proxy.title.ping-answered', { node }) : msg('kube-proxy.title.ping'),
    why: answered
      ? [msg('kube-proxy.why.ping-ipvs', { address })]
      : [msg('kube-proxy.why.ping', { address }), msg('kube-proxy.why.ping-not-broken', { service: keyOf(service) })],
    rules: ['S6.14', 'F-39'],
    because: because(service, ['spec', 'clusterIP']),
    consulted: [addressed(service)],
    assumptions: assumptionsOf(cluster, [service.ref], ['proxyMode']),
    commands: [serviceCommand(service)],
    becomes: { kind: 'end', outcome: answered ? { code: 'ACCEPTED' } : { code: 'CONN_TIMEOUT' }, stage: answered ? null : 'connect' },
  });
}
