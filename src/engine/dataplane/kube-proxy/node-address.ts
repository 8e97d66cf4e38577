/** Addresses of a node, as its kernel knows them. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { Node } from '../../kinds/node/node-spec.ts';
import { canonicalIp } from '../../manifests/ip.ts';
import type { IpFamily } from '../network/ip-text.ts';
import { familyOf } from '../network/ip-text.ts';

/** InternalIP and ExternalIP of one family, canonical, in the order the Node object lists them. */
export function nodeAddresses(node: Node, family?: IpFamily): readonly { readonly type: 'InternalIP' | 'ExternalIP'; readonly ip: string }[] {
  const out: { type: 'InternalIP' | 'ExternalIP'; ip: string }[] = [];
  for (const { type, address } of node.addresses) {
    if (type !== 'InternalIP' && type !== 'ExternalIP') continue;
    const ip = canonicalIp(address);
    if (ip !== null && (family === undefined || familyOf(ip) === family)) out.push({ type, ip });
  }
  return out;
}

export function isAddressOf(node: Node, ip: string): boolean {
  return nodeAddresses(node).some((address) => address.ip === ip);
}

/** The address other nodes know it by: its first InternalIP of the family, else any address of the family. */
export function primaryAddress(node: Node, family: IpFamily): string | null {
  const all = nodeAddresses(node, family);
  return (all.find(({ type }) => type === 'InternalIP') ?? all[0])?.ip ?? null;
}

/** Whether the environment says that the node is switched off. */
export function isDown(cluster: Cluster, node: string): boolean {
  return cluster.environment.nodes.some(({ name, down }) => name === node && down === true);
}
