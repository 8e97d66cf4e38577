/**
 * The verdict of NetworkPolicy on one connection (S13.1): a side that no policy isolates lets everything pass; an
 * isolated side lets pass what some rule of some policy names, both the other end and the port. Nothing else is looked
 * at: no order, no Service, no HTTP.
 * https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
import type { Cluster } from '../../cluster/cluster.ts';
import type { NetworkPolicy, PolicyRule } from '../../kinds/network-policy/network-policy-spec.ts';
import type { Pod } from '../../kinds/pod/pod-spec.ts';
import { refKey } from '../../manifests/object-ref.ts';
import { podKey, type Connection, type Direction, type End } from './connection.ts';
import { isolatedBy, rulesOf } from './isolation.ts';
import { asksForNamespaceLabels, missOfPeer, nodeOf, seenPod, type PeerMiss } from './peers.ts';
import { pluginOf, type Plugin, type PluginQuestion } from './plugin.ts';
import { missOfPort, type PortMiss } from './ports.ts';

/** One rule put to one connection. It matches where neither list is a miss. */
export interface RuleResult {
  readonly policy: NetworkPolicy;
  readonly index: number;
  /** Position of the entry that matched; null where there are none to choose from, or none matched. */
  readonly peer: number | null;
  readonly port: number | null;
  /** Every entry of the rule that does not match, where none does; empty where one does. */
  readonly peerMisses: readonly PeerMiss[];
  readonly portMisses: readonly PortMiss[];
}

export type SideVerdict =
  /** The Pod is not isolated in this direction, or this side is no Pod. */
  | { readonly kind: 'open' }
  /** Isolated, and yet this connection always passes (S13.7), or nobody enforces it (S13.12). */
  | { readonly kind: 'exempt'; readonly why: Exemption }
  | { readonly kind: 'allowed'; readonly by: RuleResult }
  | { readonly kind: 'denied' };

export type Exemption = 'itself' | 'own-node' | 'node-address' | 'host-network' | 'ping' | 'not-enforced';

export interface Side {
  readonly direction: Direction;
  /** Null where this side is no Pod. */
  readonly pod: Pod | null;
  readonly other: End;
  readonly isolatedBy: readonly NetworkPolicy[];
  readonly verdict: SideVerdict;
  /** What the rules say, also where the connection is exempt: whether a plugin that looked would let it pass. */
  readonly rules: readonly RuleResult[];
  /** Questions about the plugin that this verdict rests on. */
  readonly questions: readonly PluginQuestion[];
  /** Ids of assumptions of the cluster: labels of a namespace that nobody pasted. */
  readonly assumptions: readonly string[];
}

export interface Evaluation {
  readonly connection: Connection;
  readonly egress: Side;
  readonly ingress: Side;
}

export function evaluate(cluster: Cluster, connection: Connection): Evaluation {
  return { connection, egress: sideOf(cluster, connection, 'egress'), ingress: sideOf(cluster, connection, 'ingress') };
}

export function isDenied(side: Side): boolean {
  return side.verdict.kind === 'denied';
}

/** One side of a connection alone: its source going out, or its destination being reached. */
export function sideOf(cluster: Cluster, connection: Connection, direction: Direction): Side {
  const [own, other] = direction === 'egress' ? [connection.from, connection.to] : [connection.to, connection.from];
  const open: Side = { direction, pod: null, other, isolatedBy: [], verdict: { kind: 'open' }, rules: [], questions: [], assumptions: [] };
  if (own.kind !== 'pod') return open;
  const policies = isolatedBy(cluster, own.pod, direction);
  if (policies.length === 0) return { ...open, pod: own.pod };
  const plugin = pluginOf(cluster.environment);
  const rules = policies.flatMap((policy) =>
    rulesOf(policy, direction).map((rule, index) => resultOf(cluster, plugin, policy, rule, index, connection, other)),
  );
  const match = rules.find(isMatch);
  const ruled = match === undefined ? ({ kind: 'denied' } as const) : ({ kind: 'allowed', by: match } as const);
  const exemption = exemptionOf(plugin, own.pod, own.ip, other, connection);
  return {
    direction,
    pod: own.pod,
    other,
    isolatedBy: policies,
    rules,
    verdict: exemption.why === null ? ruled : { kind: 'exempt', why: exemption.why },
    questions: exemption.why === null || ruled.kind === 'denied' ? [...exemption.questions, ...questionsOf(plugin, rules, other, direction, match)] : [],
    assumptions: exemption.why === null ? namespaceAssumption(cluster, rules, other, direction, match) : [],
  };
}

export function isMatch({ peerMisses, portMisses }: RuleResult): boolean {
  return peerMisses.length === 0 && portMisses.length === 0;
}

function resultOf(cluster: Cluster, plugin: Plugin, policy: NetworkPolicy, rule: PolicyRule, index: number, connection: Connection, other: End): RuleResult {
  const peers = rule.peers.map((peer) => missOfPeer(cluster, plugin, policy, peer, other));
  const ports = rule.ports.map((port) => missOfPort(port, connection));
  const peer = peers.indexOf(null);
  const port = ports.indexOf(null);
  return {
    policy,
    index,
    peer: peer < 0 ? null : peer,
    port: port < 0 ? null : port,
    peerMisses: peer < 0 ? peers.filter((miss) => miss !== null) : [],
    portMisses: port < 0 ? ports.filter((miss) => miss !== null) : [],
  };
}

interface Exempt {
  readonly why: Exemption | null;
  /** What the answer rests on, where it rests on anything. */
  readonly questions: readonly PluginQuestion[];
}

/** S13.7: what no policy can block. The first reason that holds. */
function exemptionOf(plugin: Plugin, pod: Pod, ip: string, other: End, { protocol, masqueraded }: Connection): Exempt {
  if (!plugin.enforces) return { why: 'not-enforced', questions: [] };
  if (pod.spec.hostNetwork && !plugin.seesHostNetwork) return { why: 'host-network', questions: ['seesHostNetwork'] };
  if ((other.kind === 'pod' && podKey(other.pod) === podKey(pod)) || other.ip === ip) return { why: 'itself', questions: [] };
  if (protocol === 'ICMP' && !plugin.isolatesPings) return { why: 'ping', questions: ['isolatesPings'] };
  const questions: readonly PluginQuestion[] = [
    ...(protocol === 'ICMP' ? (['isolatesPings'] as const) : []),
    ...(other.kind === 'pod' && other.pod.spec.hostNetwork ? (['seesHostNetwork'] as const) : []),
  ];
  const node = seenPod(other, plugin) === null ? nodeOf(other) : null;
  if (node === null) return { why: null, questions };
  const isOwn = node === pod.node;
  // What the node itself sends, and what is sent to it, no policy of its Pods can block.
  if (isOwn && !masqueraded) return { why: 'own-node', questions: [] };
  const passes = plugin.nodeAddress === 'any-node' || (plugin.nodeAddress === 'own-node' && isOwn);
  return { why: passes ? (isOwn ? 'own-node' : 'node-address') : null, questions: ['nodeAddress', ...questions] };
}

/** Only what could turn the verdict: a range that holds, or would hold, a Pod's address. */
function questionsOf(plugin: Plugin, rules: readonly RuleResult[], other: End, direction: Direction, match: RuleResult | undefined): readonly PluginQuestion[] {
  const peer = match === undefined || match.peer === null ? undefined : rulesOf(match.policy, direction)[match.index]?.peers[match.peer];
  const byRange = peer?.kind === 'ip-block' && seenPod(other, plugin) !== null;
  const skipped = match === undefined && rules.some(({ peerMisses }) => peerMisses.some(({ kind }) => kind === 'range-skips-pods'));
  return byRange || skipped ? ['rangesHoldPods'] : [];
}

/** Labels of a namespace that was not pasted are unknown: a rule that asks for some decides on that. */
function namespaceAssumption(
  cluster: Cluster,
  rules: readonly RuleResult[],
  other: End,
  direction: Direction,
  match: RuleResult | undefined,
): readonly string[] {
  if (other.kind !== 'pod') return [];
  const namespace = cluster.namespaces.get(other.pod.ref.namespace);
  const assumption = namespace === undefined ? null : (cluster.provenance.get(refKey(namespace.ref))?.assumption ?? null);
  if (assumption === null) return [];
  const asks = ({ policy, index }: RuleResult) => rulesOf(policy, direction)[index]?.peers.some(asksForNamespaceLabels) === true;
  return (match === undefined ? rules.some(asks) : asks(match)) ? [assumption] : [];
}
