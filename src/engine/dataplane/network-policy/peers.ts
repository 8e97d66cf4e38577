/** Whether an entry of `from` or `to` means the other end of a connection, and if not, what it lacks (S13.3, S13.4). */
import type { Cluster } from '../../cluster/cluster.ts';
import type { NetworkPolicy, PolicyPeer } from '../../kinds/network-policy/network-policy-spec.ts';
import { NAME_LABEL } from '../../kinds/namespace/namespace.ts';
import type { Pod } from '../../kinds/pod/pod-spec.ts';
import { isEmptySelector, selectorMatches } from '../../kinds/workload/label-selector.ts';
import type { LabelSelector } from '../../kinds/workload/workload-spec.ts';
import { nearest } from '../../manifests/near-miss.ts';
import { isInCidr } from '../network/ip-text.ts';
import { namespaceLabels, podKey, type End } from './connection.ts';
import type { Plugin } from './plugin.ts';

/** One requirement of a selector that labels do not meet. */
export interface LabelMiss {
  /** As one writes it: `app=web`, `tier in (a, b)`, `!canary`. */
  readonly wanted: string;
  /** The label that stands in the way, `app=wbe`; null when there is none of this key. */
  readonly found: string | null;
  readonly key: string;
  /** A slip of the hand: the value, or the key, is nearly the same. */
  readonly isNear: boolean;
}

export type PeerMiss =
  | { readonly kind: 'pod-labels'; readonly pod: string; readonly label: LabelMiss; readonly namespaceFits: boolean; readonly isBoth: boolean }
  | { readonly kind: 'namespace-labels'; readonly namespace: string; readonly label: LabelMiss; readonly podFits: boolean; readonly isBoth: boolean }
  /** A `podSelector` alone means Pods of the policy's own namespace. */
  | {
      readonly kind: 'other-namespace';
      readonly pod: string;
      readonly namespace: string;
      readonly own: string;
      /** By labels of its own, not because every Pod fits. */ readonly podFits: boolean;
    }
  | { readonly kind: 'no-pod'; readonly ip: string; readonly node: string | null }
  | { readonly kind: 'outside-range'; readonly cidr: string; readonly ip: string }
  | { readonly kind: 'excepted'; readonly cidr: string; readonly except: string; readonly ip: string }
  /** The range holds the address, and the plugin does not apply ranges to Pods. */
  | { readonly kind: 'range-skips-pods'; readonly cidr: string; readonly ip: string };

/** Null when the entry means this end. */
export function missOfPeer(cluster: Cluster, plugin: Plugin, policy: NetworkPolicy, peer: PolicyPeer, end: End): PeerMiss | null {
  if (peer.kind === 'ip-block') return missOfRange(plugin, peer, end);
  const pod = seenPod(end, plugin);
  if (pod === null) return { kind: 'no-pod', ip: end.ip, node: nodeOf(end) };
  const key = podKey(pod);
  const { namespace } = pod.ref;
  const podFits = peer.pods === null || selectorMatches(peer.pods, pod.metadata.labels);
  if (peer.namespaces === null) {
    const own = policy.ref.namespace;
    if (namespace !== own) return { kind: 'other-namespace', pod: key, namespace, own, podFits: podFits && peer.pods !== null && !isEmptySelector(peer.pods) };
    return podFits ? null : { kind: 'pod-labels', pod: key, label: firstMiss(peer.pods, pod.metadata.labels), namespaceFits: true, isBoth: false };
  }
  const labels = namespaceLabels(cluster, namespace);
  const isBoth = peer.pods !== null;
  const namespaceFits = selectorMatches(peer.namespaces, labels);
  if (!namespaceFits) return { kind: 'namespace-labels', namespace, label: firstMiss(peer.namespaces, labels), podFits, isBoth };
  return podFits ? null : { kind: 'pod-labels', pod: key, label: firstMiss(peer.pods, pod.metadata.labels), namespaceFits, isBoth };
}

/** S13.7: most plugins take a Pod on the host network for its node. */
export function seenPod(end: End, { seesHostNetwork }: Plugin): Pod | null {
  return end.kind === 'pod' && (!end.pod.spec.hostNetwork || seesHostNetwork) ? end.pod : null;
}

/** The node whose address this is, or where the Pod runs. */
export function nodeOf(end: End): string | null {
  return end.kind === 'pod' ? end.pod.node : end.node;
}

function missOfRange(plugin: Plugin, { cidr, except }: Extract<PolicyPeer, { kind: 'ip-block' }>, end: End): PeerMiss | null {
  const { ip } = end;
  if (!isInCidr(ip, cidr)) return { kind: 'outside-range', cidr, ip };
  const left = except.find((range) => isInCidr(ip, range));
  if (left !== undefined) return { kind: 'excepted', cidr, except: left, ip };
  return seenPod(end, plugin) !== null && !plugin.rangesHoldPods ? { kind: 'range-skips-pods', cidr, ip } : null;
}

/** Whether anything but the name of its namespace is asked of the other end's namespace. */
export function asksForNamespaceLabels(peer: PolicyPeer): boolean {
  if (peer.kind === 'ip-block' || peer.namespaces === null) return false;
  const { matchLabels, matchExpressions } = peer.namespaces;
  return [...Object.keys(matchLabels), ...matchExpressions.map(({ key }) => key)].some((key) => key !== NAME_LABEL);
}

/** `app=web, tier in (a, b)`; empty for a selector that means everything. */
export function writeSelector({ matchLabels, matchExpressions }: LabelSelector): string {
  return [...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`), ...matchExpressions.map(writeExpression)].join(', ');
}

function writeExpression({ key, operator, values }: LabelSelector['matchExpressions'][number]): string {
  switch (operator) {
    case 'In':
      return `${key} in (${values.join(', ')})`;
    case 'NotIn':
      return `${key} notin (${values.join(', ')})`;
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
  }
}

/** The first requirement that fails; a slip of the hand before others, because it is what a person came to find. */
function firstMiss(selector: LabelSelector, labels: Readonly<Record<string, string>>): LabelMiss {
  const parts: readonly LabelSelector[] = [
    ...Object.entries(selector.matchLabels).map(([key, value]) => ({ matchLabels: { [key]: value }, matchExpressions: [] })),
    ...selector.matchExpressions.map((expression) => ({ matchLabels: {}, matchExpressions: [expression] })),
  ];
  const misses = parts.filter((part) => !selectorMatches(part, labels)).map((part) => missOf(part, labels));
  const first = misses.find(({ isNear }) => isNear) ?? misses[0];
  if (first === undefined) throw new Error('a selector that fails has a requirement that fails');
  return first;
}

function missOf(part: LabelSelector, labels: Readonly<Record<string, string>>): LabelMiss {
  const [expression] = part.matchExpressions;
  const [label] = Object.entries(part.matchLabels);
  const key = expression?.key ?? label?.[0] ?? '';
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  const wanted = writeSelector(part);
  if (value !== undefined) {
    const meant = label === undefined ? (expression?.operator === 'In' ? expression.values : []) : [label[1]];
    return { wanted, key, found: `${key}=${value}`, isNear: nearest(value, meant) !== null };
  }
  const near = nearest(key, Object.keys(labels))?.word;
  return { wanted, key, found: near === undefined ? null : `${near}=${labels[near]}`, isNear: near !== undefined };
}
