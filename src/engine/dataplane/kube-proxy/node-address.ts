/** Addresses of a node, as its kernel knows them. */
import { familyOf } from '../../cluster/address-family.ts';
import type { Node } from '../../kinds/node/node-spec.ts';
import type { IpFamily } from '../../manifests/ip.ts';

/** InternalIP and ExternalIP of one family, or of both, in the order the Node object lists them. */
export function nodeAddresses(node: Node, family?: IpFamily): readonly { readonly type: 'InternalIP' | 'ExternalIP'; readonly ip: string }[] {
  const out: { type: 'InternalIP' | 'ExternalIP'; ip: string }[] = [];
  for (const { type, address } of node.addresses) {
    if (type !== 'InternalIP' && type !== 'ExternalIP') continue;
    if (family === undefined || familyOf(address) === family) out.push({ type, ip: address });
  }
  return out;
}

export function isAddressOf(node: Node, ip: string): boolean {
  return nodeAddresses(node).some((address) => address.ip === ip);
}
