/** What a verdict becomes in the trace: a hop of its own where it stops the packet, else a word at the hop it leads to. */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { RuleId } from '../../manifests/finding.ts';
import type { ObjectRef } from '../../manifests/object-ref.ts';
import type { Command, Consulted, PolicyPassage } from '../../trace/hop.ts';
import type { Outcome } from '../../trace/outcome.ts';
import type { HopDecision, State } from '../component.ts';
import { dropped } from '../network/dropped.ts';
import { podKey, type Connection, type Direction } from './connection.ts';
import { isDenied, isMatch, type Evaluation, type RuleResult, type Side } from './evaluate.ts';
import { considerRules, explainDenial, explainExemption, explainIsolation, policyKey, reasonOf, rulePath, writeRule } from './explain.ts';
import { rulesOf } from './isolation.ts';
import { byNearness, nearestPeer } from './nearest.ts';
import { assumptionsAbout, pluginOf } from './plugin.ts';

type Passed = Required<Pick<HopDecision, 'why' | 'rules' | 'because' | 'consulted' | 'assumptions' | 'assumes' | 'policies'>>;

/** What is said of a side that lets the connection pass although a policy isolates it. */
export function passedSide(cluster: Cluster, side: Side): Passed {
  const allowed = side.verdict.kind === 'allowed' ? side.verdict.by : null;
  const exempt = side.verdict.kind === 'exempt' ? explainExemption(side, side.verdict.why) : null;
  return {
    why: allowed !== null ? [allowedBy(side, policyKey(allowed.policy), writeRule(allowed, side.direction))] : exempt === null ? [] : [exempt.why],
    rules: allowed !== null ? rulesOfMatch(allowed, side.direction) : exempt === null ? [] : exempt.rules,
    because: allowed === null ? [] : [reasonOf(allowed, side.direction)],
    consulted: side.isolatedBy.map(({ ref }): Consulted => ({ object: ref, role: 'consulted', address: null })),
    assumptions: assumptionIds(cluster, side),
    assumes: assumptionsAbout(cluster.environment, side.questions),
    policies: [passageOf(side)],
  };
}

function rulesOfMatch(match: RuleResult, direction: Direction): readonly RuleId[] {
  const rule = rulesOf(match.policy, direction)[match.index];
  const isRange = match.peer !== null && rule?.peers[match.peer]?.kind === 'ip-block';
  return ['S13.1', 'S13.3', ...(isRange ? (['S13.4'] as const) : []), ...(match.port === null ? [] : (['S13.5'] as const))];
}

function allowedBy({ direction, pod }: Side, policy: string, path: string): Message {
  const args = { policy, path, pod: pod === null ? '' : podKey(pod) };
  return direction === 'ingress' ? msg('network-policy.allowed.ingress', args) : msg('network-policy.allowed.egress', args);
}

/** `side` denies the connection: the packet ends here. */
export function blockedHop(cluster: Cluster, state: State, { connection, ingress, egress }: Evaluation, side: Side): HopDecision {
  const plugin = pluginOf(cluster.environment);
  const { packet, carry } = state;
  const outcome: Outcome = plugin.rejects ? { code: 'CONN_REFUSED' } : dropped(packet);
  const isDatagram = outcome.code === 'UDP_SILENT';
  // The second obstacle is told with the first, or a person meets it only after the first is gone.
  const after = side === egress && isDenied(ingress) ? ingress : null;
  const lost = connection.masqueraded && side.direction === 'ingress';
  const hostPod = connection.from.kind === 'pod' && connection.from.pod.spec.hostNetwork && !plugin.seesHostNetwork ? connection.from.pod : null;
  const host = side.direction === 'ingress' ? hostPod : null;
  const to = connection.to.kind === 'pod' && carry.service !== null ? connection.to : null;
  return {
    ...blocked(cluster, connection, side, [
      ...(lost ? [msg('network-policy.why.masqueraded')] : []),
      ...(host === null ? [] : [msg('network-policy.why.host-network', { pod: podKey(host), ip: connection.from.ip })]),
      ...(to !== null && side.direction === 'egress' ? [msg('network-policy.why.before-service', { pod: podKey(to.pod), port: connection.port })] : []),
      plugin.rejects ? msg('network-policy.why.rejected') : isDatagram ? msg('network-policy.why.dropped-datagram') : msg('network-policy.why.dropped'),
      ...(after === null ? [] : [msg('network-policy.why.other-side', { pod: nameOfPod(after), policies: after.isolatedBy.map(policyKey) })]),
    ]),
    layer: packet.protocol === 'ICMP' ? 'L3' : 'L4',
    rules: unique([
      ...denialRules(cluster, connection, side),
      'S13.10',
      ...(side.direction === 'ingress' ? (['F-89'] as const) : (['F-90'] as const)),
      ...(host === null ? [] : (['S13.7', 'U4'] as const)),
      ...(lost ? (['S13.8', 'F-94', 'U4'] as const) : []),
      ...(to !== null && side.direction === 'egress' ? (['S13.9'] as const) : []),
      ...(carry.proxied === undefined ? [] : (['S13.13'] as const)),
    ]),
    assumes: assumptionsAbout(cluster.environment, [...side.questions, 'rejects']),
    policies: [passageOf(side), ...(after === null ? [] : [passageOf(after)])],
    becomes: { kind: 'end', outcome, stage: 'policy', blockedBy: blockers(side) },
  };
}

/** No server of a name can be asked: `side` stops the query itself (S13.11). */
export function blockedQueryHop(cluster: Cluster, resolution: HopDecision, connection: Connection, side: Side, servers: readonly string[]): HopDecision {
  const { becomes } = resolution;
  const pod = nameOfPod(side);
  const settled = becomes.kind === 'forward' ? becomes.to[0]?.carry.resolution : becomes.carry?.resolution;
  return {
    ...blocked(cluster, connection, side, [msg('network-policy.why.dns-dropped'), msg('network-policy.why.dns-allow', { pods: servers })]),
    title: side.direction === 'egress' ? msg('network-policy.title.dns', { pod }) : msg('network-policy.title.dns-ingress', { pod }),
    layer: 'DNS',
    rules: unique([...denialRules(cluster, connection, side), 'S13.11', 'S6.13', 'F-12']),
    commands: [...(resolution.commands ?? []), ...commandsOf(side)],
    assumes: assumptionsAbout(cluster.environment, side.questions),
    policies: [passageOf(side)],
    becomes: {
      kind: 'end',
      outcome: { code: 'DNS_TIMEOUT' },
      stage: 'dns',
      blockedBy: blockers(side),
      ...(settled !== undefined && { carry: { resolution: { ...settled, rcode: 'TIMEOUT', addresses: [], cname: null } } }),
    },
  };
}

function denialRules(cluster: Cluster, connection: Connection, side: Side): readonly RuleId[] {
  return ['S13.1', 'S13.14', ...explainDenial(cluster, connection, side).rules];
}

function blocked(cluster: Cluster, connection: Connection, side: Side, consequences: readonly Message[]): Omit<HopDecision, 'becomes' | 'layer' | 'rules'> {
  const { direction, pod, isolatedBy } = side;
  const closest = byNearness(side.rules)[0];
  const shown = closest?.policy ?? isolatedBy[0];
  const name = nameOfPod(side);
  return {
    kind: 'hop',
    hop: 'network-policy',
    actor: { component: 'NetworkPolicy', instance: shown?.ref.name ?? null, node: pod?.node ?? null, namespace: shown?.ref.namespace ?? null },
    verb: msg('network-policy.verb.block'),
    title: direction === 'ingress' ? msg('network-policy.title.ingress', { pod: name }) : msg('network-policy.title.egress', { pod: name }),
    why: [explainIsolation(side), ...explainDenial(cluster, connection, side).why, ...consequences],
    because: [
      ...(closest === undefined ? isolatedBy.map(({ ref }) => ({ object: ref, path: ['spec', 'podSelector'] })) : [reasonOf(closest, direction)]),
      ...(shown === undefined ? [] : [{ object: shown.ref, path: ['spec', 'policyTypes'] }]),
    ],
    considered: considerRules(cluster, connection, side),
    consulted: isolatedBy.map(({ ref }): Consulted => ({ object: ref, role: 'consulted', address: null })),
    // Out of the Pod the packet never gets; into it, it stops at its door.
    object: direction === 'ingress' ? (pod?.ref ?? null) : (shown?.ref ?? null),
    assumptions: assumptionIds(cluster, side),
    commands: commandsOf(side),
  };
}

export function nameOfPod({ pod }: Side): string {
  return pod === null ? '' : podKey(pod);
}

export function passageOf(side: Side): PolicyPassage {
  const rule = side.verdict.kind === 'allowed' ? side.verdict.by : (side.rules.find(isMatch) ?? byNearness(side.rules)[0]);
  return {
    direction: side.direction,
    pod: side.pod?.ref ?? { kind: 'Pod', namespace: '', name: '' },
    verdict: side.verdict.kind === 'denied' ? 'denied' : side.verdict.kind === 'exempt' ? 'exempt' : 'allowed',
    isolatedBy: side.isolatedBy.map(({ ref }) => ref),
    rule: rule === undefined ? null : { policy: rule.policy.ref, path: rulePath(rule, side.direction) },
  };
}

function blockers({ isolatedBy, direction }: Side) {
  return isolatedBy.map(({ ref }) => ({ kind: ref.kind, namespace: ref.namespace, name: ref.name, direction }));
}

function assumptionIds(cluster: Cluster, side: Side): readonly string[] {
  return [...side.assumptions, ...(cluster.environment.stated.includes('cniEnforcesNetworkPolicy') ? [] : ['cniEnforcesNetworkPolicy'])];
}

function commandsOf(side: Side): readonly Command[] {
  const { pod, other, isolatedBy } = side;
  const namespace = pod?.ref.namespace ?? '';
  const misses = side.rules.flatMap((rule) => nearestPeer(rule) ?? []);
  const labelled: ObjectRef | null = other.kind === 'pod' ? other.pod.ref : null;
  return [
    { line: `kubectl get networkpolicies -n ${namespace}`, shows: msg('network-policy.command.list') },
    ...isolatedBy.slice(0, 2).map(({ ref }) => ({
      line: `kubectl describe networkpolicy -n ${ref.namespace} ${ref.name}`,
      shows: msg('network-policy.command.describe'),
    })),
    ...(labelled !== null && misses.some(({ kind }) => kind === 'pod-labels')
      ? [{ line: `kubectl get pods -n ${labelled.namespace} --show-labels`, shows: msg('network-policy.command.labels') }]
      : []),
    ...(misses.some(({ kind }) => kind === 'namespace-labels')
      ? [{ line: 'kubectl get namespaces --show-labels', shows: msg('network-policy.command.namespaces') }]
      : []),
  ];
}

const unique = (rules: readonly RuleId[]): readonly RuleId[] => [...new Set(rules)];
