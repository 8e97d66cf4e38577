/**
 * Addresses of Pods (S1.4.4): the ones in their status, else the next of their node's range in order of namespace and
 * name, from .2 on (.1 is the bridge). On the host network a Pod has its node's.
 */
import type { Node } from '../kinds/node/node-spec.ts';
import type { Pod } from '../kinds/pod/pod-spec.ts';
import { canonicalIp, type Cidr, cidrSize, type IpFamily, ipFromValue, parseCidr } from '../manifests/ip.ts';
import type { Environment } from './environment.ts';
import { nodeAddress } from './nodes.ts';

const BITS = { IPv4: 32, IPv6: 128 } as const;
/** Size of a node's range, as kube-controller-manager cuts it unless told. */
const NODE_PREFIX = { IPv4: 24, IPv6: 64 } as const;

/** Nodes with the range they give addresses from: their own, else a slice of the cluster's, in name order. */
export function withPodRanges(nodes: readonly Node[], environment: Environment, podsPerNode: ReadonlyMap<string, number>): readonly Node[] {
  const ranges = environment.podCIDR.flatMap((text) => parseCidr(text) ?? []);
  const most = Math.max(0, ...podsPerNode.values());
  return nodes.map((node, index) => {
    if (node.podCIDRs.length > 0) return node;
    const families = new Set<IpFamily>();
    const own: string[] = [];
    for (const range of ranges) {
      if (families.has(range.family)) continue;
      families.add(range.family);
      own.push(nodeRange(range, index, nodes.length, most));
    }
    return { ...node, podCIDRs: own };
  });
}

function nodeRange(cluster: Cidr, index: number, nodes: number, pods: number): string {
  const bits = BITS[cluster.family];
  // Network, bridge and broadcast address take no Pod.
  const needed = bits - Math.ceil(Math.log2(pods + 3));
  const nodeBits = Math.ceil(Math.log2(Math.max(1, nodes)));
  // A range too small for the usual slices is cut into as many as there are nodes.
  const prefix = Math.min(bits, Math.max(cluster.prefix + nodeBits, Math.min(NODE_PREFIX[cluster.family], needed)));
  const base = ipFromValue(cluster.family, cluster.base + (BigInt(index) << BigInt(bits - prefix)));
  return `${base?.text ?? cluster.text.split('/')[0]}/${prefix}`;
}

/** The addresses of each Pod, by position; empty for Pods without a node, and for those that have ended or not begun. */
export function podAddresses(pods: readonly Pod[], nodes: ReadonlyMap<string, Node>): readonly (readonly string[])[] {
  const taken = new Set<string>();
  const stated = pods.map((pod) => pod.status.podIPs.flatMap((ip) => canonicalIp(ip) ?? []));
  for (const [index, pod] of pods.entries()) if (!pod.spec.hostNetwork) for (const ip of stated[index]!) taken.add(ip);
  const cursors = new Map<string, { readonly range: Cidr; next: bigint }[]>();
  return pods.map((pod, index) => {
    const own = stated[index]!;
    if (own.length > 0 || pod.node === null) return own;
    if (pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed' || pod.status.phase === 'Pending') return own;
    const node = nodes.get(pod.node);
    if (node === undefined) return own;
    let ranges = cursors.get(pod.node);
    if (ranges === undefined) {
      ranges = node.podCIDRs.flatMap((text) => parseCidr(text) ?? []).map((range) => ({ range, next: cidrSize(range) > 2n ? 2n : 0n }));
      cursors.set(pod.node, ranges);
    }
    if (pod.spec.hostNetwork) return ranges.flatMap(({ range }) => nodeAddress(node, range.family) ?? []);
    return ranges.flatMap((cursor) => {
      const ip = nextFree(cursor, taken);
      return ip === null ? [] : [ip];
    });
  });
}

function nextFree(cursor: { readonly range: Cidr; next: bigint }, taken: Set<string>): string | null {
  const { range } = cursor;
  // IPv4 keeps its last address for broadcast.
  const end = range.family === 'IPv4' && cidrSize(range) > 2n ? cidrSize(range) - 1n : cidrSize(range);
  while (cursor.next < end) {
    const text = ipFromValue(range.family, range.base + cursor.next)!.text;
    cursor.next += 1n;
    if (taken.has(text)) continue;
    taken.add(text);
    return text;
  }
  return null;
}
