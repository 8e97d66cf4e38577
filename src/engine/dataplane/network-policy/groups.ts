/**
 * Who stands at either end of a connection, gathered so that a picture of hundreds of Pods stays readable: Pods of one
 * workload that no policy can tell apart are one group. What is outside the cluster is a group per range that policies
 * name, and one for all other addresses.
 */
import type { Cluster } from '../../cluster/cluster.ts';
import { nodeAddress } from '../../cluster/nodes.ts';
import { resolveTargetPort } from '../../cluster/target-port.ts';
import { matchesLabels } from '../../cluster/selectors.ts';
import type { NetworkPolicy, PolicyPeer } from '../../kinds/network-policy/network-policy-spec.ts';
import type { Pod, TransportProtocol } from '../../kinds/pod/pod-spec.ts';
import { canonicalIp, ipFromValue, parseCidr } from '../../manifests/ip.ts';
import { refKey, type ObjectRef } from '../../manifests/object-ref.ts';
import { usualDnsPod } from '../dns/resolver-queries.ts';
import { clusterDnsService } from '../dns/cluster-dns-address.ts';
import { isInCidr } from '../network/ip-text.ts';
import { podEnd, podKey, type Direction, type End } from './connection.ts';
import { isolatedBy, rulesOf } from './isolation.ts';

export interface GroupPort {
  readonly port: number;
  readonly protocol: TransportProtocol;
}

/** Plain data, so that it crosses to the page. */
export interface PolicyGroup {
  /** Stable within a workspace: `Deployment/shop/api`, `outside`, `range:10.0.0.0/8`, `nodes`. */
  readonly id: string;
  readonly kind: 'pods' | 'dns' | 'nodes' | 'range' | 'outside';
  /** The workload, or the Pod that stands alone; null where no object stands for it. */
  readonly object: ObjectRef | null;
  /** Empty for what is no Pod. */
  readonly namespace: string;
  /** Name of the workload or Pod, or the range. */
  readonly name: string;
  /** Keys of its Pods; the first speaks for all. */
  readonly pods: readonly string[];
  /** Ports that its Pods declare or Services target; empty for what nothing is sent to. */
  readonly ports: readonly GroupPort[];
  /** The policies that isolate it. */
  readonly isolatedBy: Readonly<Record<Direction, readonly ObjectRef[]>>;
}

/** A group with the end that speaks for it. */
export interface Member {
  readonly group: PolicyGroup;
  readonly end: End;
  /** Set for nodes: what arrives from there was masqueraded. */
  readonly masqueraded: boolean;
}

/** Ranges that policies name, at most. */
const MOST_RANGES = 8;
const NOBODY: PolicyGroup['isolatedBy'] = { ingress: [], egress: [] };
/** Where nothing says what a Pod listens on, and what most ask of hosts outside. */
const USUAL_PORT: GroupPort = { port: 80, protocol: 'TCP' };
const OUTSIDE_PORT: GroupPort = { port: 443, protocol: 'TCP' };
/** Of documentation ranges: in no range that a policy names, unless it names everything. */
const OUTSIDE = ['203.0.113.7', '198.51.100.7', '192.0.2.7'];

/** All groups of a cluster, Pods by namespace and name first. */
export function membersOf(cluster: Cluster): readonly Member[] {
  const ranges = rangesNamed(cluster);
  return [
    ...podMembers(cluster, ranges),
    ...dnsMember(cluster),
    ...nodesMember(cluster),
    ...ranges.slice(0, MOST_RANGES).flatMap((range) => rangeMember(range)),
    outsideMember(ranges),
  ];
}

function podMembers(cluster: Cluster, ranges: readonly Range[]): readonly Member[] {
  const groups = new Map<string, Pod[]>();
  for (const pod of cluster.pods.values()) {
    if (pod.status.podIPs.length === 0 || pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed') continue;
    const key = `${refKey(pod.workload ?? pod.ref)} ${appearance(pod, ranges)}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [pod]);
    else known.push(pod);
  }
  const seen = new Map<string, number>();
  return [...groups.values()].map((pods): Member => {
    const [first] = pods as [Pod, ...Pod[]];
    const object = first.workload ?? first.ref;
    const nth = (seen.get(refKey(object)) ?? 0) + 1;
    seen.set(refKey(object), nth);
    return {
      group: {
        id: nth === 1 ? refKey(object) : `${refKey(object)}#${nth}`,
        kind: 'pods',
        object,
        namespace: object.namespace,
        name: object.name,
        pods: pods.map(podKey),
        ports: portsOf(cluster, first),
        isolatedBy: isolationOf(cluster, first),
      },
      end: podEnd(first, first.status.podIPs[0] ?? ''),
      masqueraded: false,
    };
  });
}

/** All that policies look at: Pods of equal appearance get equal verdicts. */
function appearance({ metadata, spec, status }: Pod, ranges: readonly Range[]): string {
  const labels = Object.entries(metadata.labels).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const ports = spec.containers.flatMap(({ ports: own }) => own.map(({ name, containerPort, protocol }) => [name, containerPort, protocol]));
  const within = ranges.map((range) => holds(range, status.podIPs[0] ?? ''));
  return JSON.stringify([labels, ports, spec.hostNetwork, within]);
}

function isolationOf(cluster: Cluster, pod: Pod): PolicyGroup['isolatedBy'] {
  const refs = (policies: readonly NetworkPolicy[]) => policies.map(({ ref }) => ref);
  return { ingress: refs(isolatedBy(cluster, pod, 'ingress')), egress: refs(isolatedBy(cluster, pod, 'egress')) };
}

/** What the containers declare and what Services lead to, in the order of their numbers. */
function portsOf(cluster: Cluster, pod: Pod): readonly GroupPort[] {
  const found = new Map<string, GroupPort>();
  const add = (port: number, protocol: TransportProtocol) => found.set(`${protocol} ${port}`, { port, protocol });
  for (const { ports } of pod.spec.containers) for (const { containerPort, protocol } of ports) add(containerPort, protocol);
  for (const service of cluster.services.values()) {
    if (service.ref.namespace !== pod.ref.namespace || service.selector === null || !matchesLabels(pod.metadata.labels, service.selector)) continue;
    for (const own of service.ports) {
      const target = resolveTargetPort(pod.spec, own);
      if (target !== null) add(target, own.protocol);
    }
  }
  if (found.size === 0) return [USUAL_PORT];
  return [...found.values()].toSorted((a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : 1));
}

/** The DNS of the cluster stands in the picture even where nobody pasted it: it is what policies forget. */
function dnsMember(cluster: Cluster): readonly Member[] {
  if (clusterDnsService(cluster) !== null) return [];
  const pod = usualDnsPod(cluster);
  return [
    {
      group: {
        id: 'dns',
        kind: 'dns',
        object: null,
        namespace: pod.ref.namespace,
        name: pod.ref.name,
        pods: [],
        ports: [
          { port: 53, protocol: 'TCP' },
          { port: 53, protocol: 'UDP' },
        ],
        isolatedBy: isolationOf(cluster, pod),
      },
      end: podEnd(pod, pod.status.podIPs[0] ?? ''),
      masqueraded: false,
    },
  ];
}

/** Another node: whose address a policy sees behind a node port with the traffic policy Cluster (S13.8). */
function nodesMember(cluster: Cluster): readonly Member[] {
  const node = [...cluster.nodes.values()].at(-1);
  const ip = node === undefined ? null : nodeAddress(node);
  if (node === undefined || ip === null) return [];
  const group: PolicyGroup = { id: 'nodes', kind: 'nodes', object: null, namespace: '', name: node.ref.name, pods: [], ports: [], isolatedBy: NOBODY };
  return [{ group, end: { kind: 'address', ip, node: node.ref.name }, masqueraded: true }];
}

interface Range {
  readonly cidr: string;
  readonly except: readonly string[];
}

/** Distinct ranges of all policies, in their order; that of every address is what `outside` stands for. */
function rangesNamed(cluster: Cluster): readonly Range[] {
  const found = new Map<string, Range>();
  const isRange = (peer: PolicyPeer) => peer.kind === 'ip-block';
  for (const policy of cluster.networkPolicies.values()) {
    for (const direction of ['ingress', 'egress'] as const) {
      for (const { cidr, except } of rulesOf(policy, direction).flatMap(({ peers }) => peers.filter(isRange))) {
        if (parseCidr(cidr)?.prefix !== 0) found.set(JSON.stringify([cidr, except]), { cidr, except });
      }
    }
  }
  return [...found.values()];
}

function holds({ cidr, except }: Range, ip: string): boolean {
  return isInCidr(ip, cidr) && !except.some((range) => isInCidr(ip, range));
}

function rangeMember(range: Range): readonly Member[] {
  const ip = addressIn(range);
  if (ip === null) return [];
  const name = range.except.length === 0 ? range.cidr : `${range.cidr} − ${range.except.join(', ')}`;
  const group: PolicyGroup = { id: `range:${name}`, kind: 'range', object: null, namespace: '', name, pods: [], ports: [OUTSIDE_PORT], isolatedBy: NOBODY };
  return [{ group, end: { kind: 'address', ip, node: null }, masqueraded: false }];
}

/** The first address of the range that no exception takes out; null when they take all. */
function addressIn(range: Range): string | null {
  const cidr = parseCidr(range.cidr);
  if (cidr === null) return null;
  const ends = range.except.flatMap((text) => {
    const except = parseCidr(text);
    return except === null ? [] : [except.base + (1n << BigInt((except.family === 'IPv4' ? 32 : 128) - except.prefix))];
  });
  for (const value of [cidr.base + 1n, cidr.base, ...ends]) {
    const ip = ipFromValue(cidr.family, value);
    if (ip !== null && holds(range, ip.text)) return ip.text;
  }
  return null;
}

function outsideMember(ranges: readonly Range[]): Member {
  const ip = OUTSIDE.find((address) => !ranges.some((range) => holds(range, address))) ?? OUTSIDE[0]!;
  const group: PolicyGroup = {
    id: 'outside',
    kind: 'outside',
    object: null,
    namespace: '',
    name: '',
    pods: [],
    ports: [OUTSIDE_PORT],
    isolatedBy: NOBODY,
  };
  return { group, end: { kind: 'address', ip: canonicalIp(ip) ?? ip, node: null }, masqueraded: false };
}
