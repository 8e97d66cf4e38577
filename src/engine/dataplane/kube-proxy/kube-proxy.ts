/**
 * The kernel of a node, as kube-proxy programs it: decides whether a packet is for a Service and to which endpoint
 * it goes (semantics S7). It never carries a packet between nodes and never reads HTTP. What no rule takes belongs to
 * a Pod or process of the node, or goes on to the network.
 * https://kubernetes.io/docs/reference/networking/virtual-ips/
 */
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { Node } from '../../kinds/node/node-spec.ts';
import type { Component, Decision, State } from '../component.ts';
import { dropped } from '../network/dropped.ts';
import { isInCidr, isLoopback } from '../network/ip-text.ts';
import { pingClusterIP, undeclaredPort } from './cluster-ip.ts';
import { findFrontend } from './frontends.ts';
import { hostNetworkListener, hostPort } from './host-port.ts';
import { isAddressOf } from './node-address.ts';
import { nodeProcess } from './node-process.ts';
import { proxyHop, proxyName } from './service-hop.ts';
import { translate } from './translate.ts';

export const kubeProxy: Component = (state, around) => {
  const { cluster } = around;
  const node = state.place.kind === 'node' ? cluster.nodes.get(state.place.node) : undefined;
  // A node that no longer exists has no kernel: the network says what becomes of the packet.
  if (node === undefined) return toNetwork(state);
  const frontend = findFrontend(cluster, node, state.packet);
  if (frontend !== null) return translate(state, around, node, frontend);
  return routed(state, cluster, node);
};

/** No Service rule takes the packet. */
function routed(state: State, cluster: Cluster, node: Node): Decision {
  const { packet, place } = state;
  const name = node.ref.name;
  if (isLoopback(packet.dst.ip) || isAddressOf(node, packet.dst.ip)) {
    const pod = hostNetworkListener(cluster, name, packet);
    if (pod !== null) return { kind: 'pass', to: { ...state, place: { kind: 'pod', pod } } };
    return hostPort(state, cluster, node) ?? nodeProcess(state, cluster, node);
  }
  const owner = cluster.addressOwners.get(packet.dst.ip);
  if (owner?.kind === 'cluster-ip') {
    const service = cluster.services.get(owner.service);
    if (service !== undefined && !service.headless) {
      return packet.protocol === 'ICMP' ? pingClusterIP(cluster, name, service, packet) : undeclaredPort(cluster, name, service, packet);
    }
  }
  if (owner === undefined && cluster.environment.proxyMode === 'nftables' && cluster.environment.serviceCIDR.some((cidr) => isInCidr(packet.dst.ip, cidr))) {
    return dropUnallocated(state, cluster, name);
  }
  // What came in from outside and is neither the node's nor a Pod's would only be sent out again.
  if (place.kind === 'node' && place.entered === 'network' && owner?.kind !== 'pod') return noRule(state, cluster, name);
  return toNetwork(state);
}

function toNetwork(state: State): Decision {
  return { kind: 'pass', to: { ...state, place: { kind: 'network', from: 'node' } } };
}

/** S7.1.4: only nftables knows the range of Services and drops what is not allocated. */
function dropUnallocated({ packet }: State, cluster: Cluster, node: string): Decision {
  return proxyHop(cluster, node, {
    verb: msg('kube-proxy.verb.drop'),
    title: msg('kube-proxy.title.unallocated', { component: proxyName(cluster), node }),
    why: [msg('kube-proxy.why.unallocated', { address: packet.dst.ip }), msg('kube-proxy.why.dropped')],
    rules: ['S7.1.4'],
    because: [],
    commands: [{ line: `kubectl get services -A | grep ${packet.dst.ip}`, shows: msg('kube-proxy.command.service') }],
    becomes: { kind: 'end', outcome: dropped(packet), stage: 'connect' },
  });
}

function noRule({ packet }: State, cluster: Cluster, node: string): Decision {
  return proxyHop(cluster, node, {
    verb: msg('kube-proxy.verb.drop'),
    title: msg('kube-proxy.title.no-rule', { node }),
    why: [msg('kube-proxy.why.no-rule', { address: packet.dst.ip, node }), msg('kube-proxy.why.dropped')],
    rules: ['S7.1.3'],
    because: [],
    becomes: { kind: 'end', outcome: dropped(packet), stage: 'connect' },
  });
}
