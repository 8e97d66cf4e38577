/**
 * Where network policies meet a packet. Every component stands behind this guard, so that policies apply to each
 * connection of a path, whoever opened it: a client, an Ingress controller, a Gateway, a resolver (S13.13). A connection
 * is judged once it has been translated: its way out of the Pod that opened it where it leaves that Pod's node, its way
 * into a Pod where it arrives (S13.8). The guard never chooses where a packet goes.
 */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { familyOf } from '../../cluster/address-family.ts';
import type { RuleId } from '../../manifests/finding.ts';
import type { Component, Decision, HopDecision, State } from '../component.ts';
import { builtIns } from '../dns/built-in.ts';
import { usualDnsPod } from '../dns/resolver-queries.ts';
import { endAt, podEnd, podKey, type Connection, type End } from './connection.ts';
import { evaluate, isDenied, sideOf, type Evaluation, type Side } from './evaluate.ts';
import { policyKey, writeRule } from './explain.ts';
import { isolatedBy } from './isolation.ts';
import { blockedHop, blockedQueryHop, nameOfPod, passedSide } from './policy-hop.ts';

/** The component with policies before it. Without any policy it is the component itself. */
export function guarded(component: Component): Component {
  return (state, around) => {
    const { cluster } = around;
    if (cluster.networkPolicies.size === 0) return component(state, around);
    const met = meets(cluster, state);
    const denied = met?.sides.find(isDenied);
    if (met !== null && denied !== undefined) return blockedHop(cluster, state, met.evaluation, denied);
    const decision = component(state, around);
    if (state.place.kind === 'client') return asked(cluster, opened(decision, state.carry.client.pod));
    if (decision.kind === 'pass') return decision;
    const passed = met === null ? decision : withPassed(cluster, state, decision, met);
    // What a Pod sends on is a connection of its own; elsewhere the way out is settled by now.
    if (state.place.kind === 'pod') return opened(passed, state.place.pod);
    return met === null ? passed : opened(passed, null);
  };
}

interface Meeting {
  readonly evaluation: Evaluation;
  /** The sides that are decided here, the way out first. */
  readonly sides: readonly Side[];
}

/** Null where the packet has not left the node of its sender: a translation may still change where it goes. */
function meets(cluster: Cluster, { place, packet, carry }: State): Meeting | null {
  if (place.kind === 'client' || (place.kind === 'node' && place.entered !== 'network')) return null;
  const opener = carry.opener === undefined ? undefined : cluster.pods.get(carry.opener);
  const target = place.kind === 'pod' ? cluster.pods.get(place.pod) : undefined;
  if (opener === undefined && target === undefined) return null;
  const isItself = opener !== undefined && opener === target;
  const own = opener === undefined ? null : podEnd(opener, addressOf(opener.status.podIPs, packet.src.ip));
  const to = target === undefined ? destination(cluster, packet.dst.ip) : podEnd(target, packet.dst.ip);
  const common = { to, protocol: packet.protocol, port: Number(packet.dst.port) };
  // A Pod on the host network has its node's address: only who opened the connection tells that it is no process.
  const isHost = opener?.spec.hostNetwork === true && own?.ip === packet.src.ip;
  const source = own !== null && (isItself || isHost) ? own : endAt(cluster, packet.src.ip);
  const masqueraded = carry.source === 'node' && packet.src.ip !== carry.client.ip;
  const arrival: Connection = { ...common, from: source, masqueraded };
  const evaluation = evaluate(cluster, arrival);
  // The Pod that opened the connection knows itself, whatever address a node puts in the place of its own.
  const egress = own === null ? evaluation.egress : sideOf(cluster, { ...common, from: own, masqueraded: false }, 'egress');
  return {
    evaluation: { ...evaluation, egress },
    sides: [...(own === null ? [] : [egress]), ...(target === undefined ? [] : [evaluation.ingress])],
  };
}

function addressOf(ips: readonly string[], towards: string): string {
  return ips.find((ip) => familyOf(ip) === familyOf(towards)) ?? ips[0] ?? '';
}

/** Behind the address of a Service that every cluster has stand Pods that nobody pasted. */
function destination(cluster: Cluster, ip: string): End {
  if (!cluster.addressOwners.has(ip) && builtIns(cluster).some(({ kind, address }) => kind === 'dns' && address === ip)) {
    const pod = usualDnsPod(cluster);
    return podEnd(pod, pod.status.podIPs[0] ?? ip);
  }
  return endAt(cluster, ip);
}

/** The states that a decision leads to belong to a connection that `opener` opened; null: to one that needs no way out any more. */
function opened<T extends Decision>(decision: T, opener: string | null): T {
  const mark = <S extends State>(to: S): S => {
    const { opener: _, ...carry } = to.carry;
    return { ...to, carry: opener === null ? carry : { ...carry, opener } };
  };
  if (decision.kind === 'pass') return { ...decision, to: mark(decision.to) };
  if (decision.becomes.kind === 'end') return decision;
  return { ...decision, becomes: { ...decision.becomes, to: decision.becomes.to.map(mark) } };
}

/** The hop also says which policies the connection passed on its way here. */
function withPassed(cluster: Cluster, { carry }: State, decision: HopDecision, { evaluation, sides }: Meeting): HopDecision {
  const isolated = sides.filter(({ isolatedBy }) => isolatedBy.length > 0);
  const hop = isolated.reduce((before, side) => joined(before, passedSide(cluster, side)), decision);
  const { from, to } = evaluation.connection;
  // Whoever is isolated in the direction of the reply may wonder how it gets through.
  const isReplyIsolated =
    !isolated.some(({ verdict }) => verdict.kind === 'exempt') &&
    ((to.kind === 'pod' && isolatedBy(cluster, to.pod, 'egress').length > 0) || (from.kind === 'pod' && isolatedBy(cluster, from.pod, 'ingress').length > 0));
  const rules: readonly RuleId[] = [
    ...(isolated.length > 0 && carry.proxied !== undefined ? (['S13.13'] as const) : []),
    ...(isReplyIsolated ? (['S13.6', 'S13.14'] as const) : []),
  ];
  if (rules.length === 0) return hop;
  return {
    ...hop,
    why: isReplyIsolated ? [...hop.why, msg('network-policy.why.reply')] : hop.why,
    rules: [...new Set([...hop.rules, ...rules])],
  };
}

function joined(decision: HopDecision, more: ReturnType<typeof passedSide>): HopDecision {
  return {
    ...decision,
    // Both sides may say the same: that nobody enforces their policies.
    why: [...decision.why, ...more.why.filter((message) => !decision.why.some((said) => isSame(said, message)))],
    rules: [...new Set([...decision.rules, ...more.rules])],
    because: [...decision.because, ...more.because],
    consulted: [...(decision.consulted ?? []), ...more.consulted],
    assumptions: [...(decision.assumptions ?? []), ...more.assumptions],
    assumes: [...(decision.assumes ?? []), ...more.assumes],
    policies: [...(decision.policies ?? []), ...more.policies],
  };
}

const isSame = (a: Message, b: Message) => a.id === b.id && JSON.stringify(a.args) === JSON.stringify(b.args);

/** A name needs an answer: policies apply to the query before the answer counts (S13.11). */
function asked(cluster: Cluster, decision: Decision): Decision {
  if (decision.kind === 'pass' || decision.queries === undefined || decision.queries.length === 0) return decision;
  const udp = decision.queries.map((query) => evaluate(cluster, query.udp));
  const denied = (each: Evaluation) => [each.egress, each.ingress].find(isDenied);
  const open = udp.filter((each) => denied(each) === undefined);
  const [first] = udp;
  if (open.length === 0 && first !== undefined) {
    const side = denied(first) ?? first.egress;
    const servers = decision.queries.map(({ udp: { to } }) => (to.kind === 'pod' ? podKey(to.pod) : to.ip));
    return blockedQueryHop(cluster, decision, first.connection, side, servers);
  }
  const [reached] = open;
  if (reached === undefined || reached.egress.isolatedBy.length === 0) return decision;
  const { egress } = reached;
  const passed = passedSide(cluster, egress);
  const allowed = egress.verdict.kind === 'allowed' ? egress.verdict.by : null;
  const noTcp = decision.queries.every((query) => isDenied(sideOf(cluster, query.tcp, 'egress')));
  return joined(decision, {
    ...passed,
    rules: ['S13.11', ...passed.rules],
    why: [
      ...(allowed === null
        ? passed.why
        : [msg('network-policy.allowed.dns', { policy: policyKey(allowed.policy), path: writeRule(allowed, 'egress'), pod: nameOfPod(egress) })]),
      ...(noTcp ? [msg('network-policy.why.dns-tcp')] : []),
      ...(open.length < udp.length ? [msg('network-policy.why.some-resolvers')] : []),
    ],
  });
}
