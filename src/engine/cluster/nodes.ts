/**
 * The nodes of the cluster (S1.3): Node objects, else the nodes that a person stated, else the names that pasted Pods
 * and endpoints mention, else two synthetic ones. What a person states about a node of a known name outweighs its text.
 */
import { msg } from '../../catalogue/message.ts';
import type { Node } from '../kinds/node/node-spec.ts';
import { canonicalIp, type IpFamily, ipFromValue, parseCidr, parseIp } from '../manifests/ip.ts';
import { familyOf } from './address-family.ts';
import type { Environment } from './environment.ts';
import { type Ledger, recordProvenance } from './ledger.ts';
import { compareNames } from './name-order.ts';
import type { Objects } from './objects.ts';

/** Id of the assumption about nodes that nothing names. */
export const NODES_ASSUMPTION = 'nodes';

export interface Nodes {
  /** In name order. */
  readonly nodes: readonly Node[];
  /** Nodes that a person switched off: their Pods stay and are not ready. */
  readonly down: ReadonlySet<string>;
  /** Where the nodes come from; `synthetic` is an assumption. */
  readonly from: 'manifests' | 'environment' | 'mentions' | 'synthetic';
  /** Names of nodes whose address nobody stated: Podpath chose one. */
  readonly invented: ReadonlySet<string>;
}

/** Whether a person switched the node off. */
export function isDown({ environment }: { readonly environment: Environment }, node: string): boolean {
  return environment.nodes.some(({ name, down }) => name === node && down === true);
}

type StatedNode = Environment['nodes'][number];

export function clusterNodes(objects: Objects, environment: Environment): Nodes {
  const stated = new Map(environment.stated.includes('nodes') ? environment.nodes.map((node) => [node.name, node]) : []);
  const mentioned = mentionedNodes(objects);
  const names = new Set<string>();
  let from: Nodes['from'] = 'manifests';
  for (const name of objects.nodes.keys()) names.add(name);
  if (names.size === 0) {
    from = 'environment';
    for (const name of stated.keys()) names.add(name);
  }
  // Of a part of a cluster, any node that something runs on is there, pasted or not; a closed world holds what it states.
  if (names.size === 0 || !environment.complete) {
    if (names.size === 0) from = 'mentions';
    for (const name of mentioned.keys()) names.add(name);
  }
  if (names.size === 0) {
    from = 'synthetic';
    for (const { name } of environment.nodes) names.add(name);
  }
  const defaults = new Map(from === 'synthetic' ? environment.nodes.map((node) => [node.name, node]) : []);
  const families = clusterFamilies(environment);
  const taken = new Set([...objects.nodes.values()].flatMap((node) => node.addresses.map(({ address }) => canonicalIp(address) ?? address)));
  for (const ips of mentioned.values()) for (const ip of ips) taken.add(ip);
  for (const { internalIP } of stated.values()) if (internalIP !== undefined) taken.add(canonicalIp(internalIP) ?? internalIP);
  const nodes: Node[] = [];
  const invented = new Set<string>();
  for (const name of [...names].sort(compareNames)) {
    const written = objects.nodes.get(name);
    const statement = stated.get(name) ?? defaults.get(name);
    const base = written ?? syntheticNode(name, nodes.length);
    const seen = mentioned.get(name) ?? [];
    if (seen.length === 0 && statement?.internalIP === undefined && !base.addresses.some(({ type }) => type === 'InternalIP')) invented.add(name);
    const addresses = addressesOf(base, statement, seen, families, taken);
    nodes.push(withStatement({ ...base, addresses }, statement));
  }
  return { nodes, down: new Set([...stated.values()].filter((node) => node.down === true).map((node) => node.name)), from, invented };
}

/** Says where nodes without a text come from. */
export function recordNodes({ nodes, from, invented }: Nodes, ledger: Ledger): void {
  const why =
    from === 'environment' ? msg('provenance.node-stated') : from === 'synthetic' ? msg('provenance.node-synthetic') : msg('provenance.node-mentioned');
  const isAssumed = (name: string) => from === 'synthetic' || (from !== 'environment' && invented.has(name));
  for (const node of nodes) {
    if (node.manifest === null) recordProvenance(ledger, { object: node.ref }, 'Podpath', why, null, isAssumed(node.ref.name) ? NODES_ASSUMPTION : null);
  }
}

/** Families of the cluster, the first is the one a Service gets (S3.9). */
export function clusterFamilies(environment: Environment): readonly IpFamily[] {
  const families = new Set(environment.serviceCIDR.flatMap((range) => parseCidr(range)?.family ?? []));
  return families.size === 0 ? ['IPv4'] : [...families];
}

/** The node's first InternalIP of the family, else its first address of it; null when it has none. */
export function nodeAddress(node: Node, family: IpFamily = 'IPv4'): string | null {
  const own = node.addresses.filter(({ type, address }) => (type === 'InternalIP' || type === 'ExternalIP') && familyOf(address) === family);
  return (own.find(({ type }) => type === 'InternalIP') ?? own[0])?.address ?? null;
}

/** Node names in Pods and endpoints, with the addresses that the status of their Pods shows (S1.4.6). */
function mentionedNodes(objects: Objects): ReadonlyMap<string, readonly string[]> {
  const out = new Map<string, string[]>();
  for (const pod of objects.pods.values()) {
    const { nodeName, hostNetwork } = pod.spec;
    if (nodeName === null) continue;
    const known = out.get(nodeName) ?? [];
    out.set(nodeName, known);
    const { hostIP, podIPs } = pod.status;
    for (const ip of [...(hostIP === undefined ? [] : [hostIP]), ...(hostNetwork ? podIPs : [])]) if (!known.includes(ip)) known.push(ip);
  }
  for (const slice of objects.slices) for (const { nodeName } of slice.endpoints) if (nodeName !== null && !out.has(nodeName)) out.set(nodeName, []);
  return out;
}

function addressesOf(
  node: Node,
  stated: StatedNode | undefined,
  seen: readonly string[],
  families: readonly IpFamily[],
  taken: Set<string>,
): Node['addresses'] {
  const own = node.addresses.map(({ type, address }) => ({ type, address: canonicalIp(address) ?? address }));
  let internal = own.filter(({ type }) => type === 'InternalIP');
  let rest = own.filter(({ type }) => type !== 'InternalIP');
  const given = stated?.internalIP === undefined ? null : canonicalIp(stated.internalIP);
  if (given !== null) internal = [{ type: 'InternalIP' as const, address: given }, ...internal.filter(({ address }) => familyOf(address) !== familyOf(given))];
  else if (internal.length === 0) internal = seen.flatMap((ip) => canonicalIp(ip) ?? []).map((address) => ({ type: 'InternalIP' as const, address }));
  for (const family of node.manifest === null || internal.length === 0 ? families : []) {
    if (internal.some(({ address }) => familyOf(address) === family)) continue;
    internal = [...internal, { type: 'InternalIP' as const, address: freeNodeAddress(family, taken) }];
  }
  const outer = stated?.externalIP === undefined ? null : canonicalIp(stated.externalIP);
  if (outer !== null) rest = [{ type: 'ExternalIP' as const, address: outer }, ...rest.filter(({ type }) => type !== 'ExternalIP')];
  return [...internal, ...rest];
}

const FIRST_NODE = { IPv4: parseIp('192.0.2.11')!.value, IPv6: parseIp('2001:db8::b')!.value };

/** From the documentation ranges, as in S1.3: 192.0.2.11 and on. */
function freeNodeAddress(family: IpFamily, taken: Set<string>): string {
  for (let n = 0n; ; n++) {
    const { text } = ipFromValue(family, FIRST_NODE[family] + n)!;
    if (taken.has(text)) continue;
    taken.add(text);
    return text;
  }
}

function syntheticNode(name: string, order: number): Node {
  const labels = { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64' };
  return {
    ref: { kind: 'Node', namespace: '', name },
    metadata: { name, namespace: '', labels, annotations: {}, creationTimestamp: null, deletionTimestamp: null, owners: [] },
    manifest: null,
    order,
    addresses: [],
    podCIDRs: [],
    unschedulable: false,
    ready: true,
    zone: null,
    region: null,
    providerID: null,
    leaving: false,
    excludedFromLoadBalancers: false,
  };
}

function withStatement(node: Node, stated: StatedNode | undefined): Node {
  if (stated === undefined) return node;
  const zone = stated.zone ?? node.zone;
  const labels = stated.zone === undefined ? node.metadata.labels : { ...node.metadata.labels, 'topology.kubernetes.io/zone': stated.zone };
  return { ...node, metadata: { ...node.metadata, labels }, zone, ready: stated.down === true ? false : node.ready };
}
