/**
 * Which addresses of a node answer node ports (S7.4.1). iptables: every local address, 127.0.0.0/8 unless switched
 * off; nftables: the primary addresses; `nodePortAddresses` narrows both. IPv6 loopback never works.
 */
import type { Cluster } from '../../cluster/cluster.ts';
import { nodeAddress } from '../../cluster/nodes.ts';
import type { Node } from '../../kinds/node/node-spec.ts';
import { familyOf } from '../../cluster/address-family.ts';
import { isInCidr, isLoopback } from '../network/ip-text.ts';
import { nodeAddresses } from './node-address.ts';

export function takesNodePorts(cluster: Cluster, node: Node, ip: string): boolean {
  const { nodePortAddresses } = cluster.environment;
  if (isLoopback(ip)) return takesLoopback(cluster, ip);
  const own = nodeAddresses(node).find((address) => address.ip === ip);
  const family = familyOf(ip);
  if (own === undefined) return false;
  if (nodePortAddresses === 'all') return true;
  if (nodePortAddresses === 'primary') {
    // A cloud translates a node's external address to its primary one before the node sees the packet.
    return nodeAddress(node, family) === ip || (own.type === 'ExternalIP' && isTranslatedByCloud(cluster));
  }
  return nodePortAddresses.some((cidr) => isInCidr(ip, cidr));
}

function takesLoopback(cluster: Cluster, ip: string): boolean {
  const { proxyMode, localhostNodePorts, nodePortAddresses } = cluster.environment;
  // Only the iptables rules can route 127.0.0.0/8 to another host, and only for IPv4.
  if (proxyMode !== 'iptables' || !localhostNodePorts || familyOf(ip) !== 'IPv4') return false;
  if (nodePortAddresses === 'all') return true;
  return nodePortAddresses !== 'primary' && nodePortAddresses.some((cidr) => isInCidr(ip, cidr));
}

function isTranslatedByCloud({ environment }: Cluster): boolean {
  switch (environment.cloud) {
    case 'aws-intree':
    case 'aws-lbc':
    case 'gcp':
    case 'azure':
      return true;
    case 'none':
    case 'metallb-l2':
    case 'metallb-bgp':
    case 'kube-vip-arp':
    case 'kube-vip-bgp':
    case 'generic-proxy':
    case 'generic-passthrough':
      return false;
  }
}
