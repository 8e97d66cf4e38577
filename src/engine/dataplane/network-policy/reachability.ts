/**
 * Who may talk to whom, by policies alone: every group against every other, each port, by the same evaluation that a
 * request meets. Whether a route, a Service or a listening container exists is not asked here.
 */
import type { Message } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { nodeAddress } from '../../cluster/nodes.ts';
import { resolveTargetPort } from '../../cluster/target-port.ts';
import { matchesLabels } from '../../cluster/selectors.ts';
import type { Pod } from '../../kinds/pod/pod-spec.ts';
import type { ObjectRef } from '../../manifests/object-ref.ts';
import type { FieldPath, SourceRange } from '../../manifests/source.ts';
import type { Origin } from '../../trace/flow.ts';
import { witnessOf } from '../evidence.ts';
import { resolvConfOf } from '../dns/resolv-conf.ts';
import { resolverQueries } from '../dns/resolver-queries.ts';
import type { Direction } from './connection.ts';
import { evaluate, isDenied, type Evaluation, type Side } from './evaluate.ts';
import { explainDenial, explainExemption, explainIsolation } from './explain.ts';
import { membersOf, type GroupPort, type Member, type PolicyGroup } from './groups.ts';
import { passageOf } from './policy-hop.ts';

/** `open`: no policy isolates either side. `exempt`: it always passes (S13.7), or nobody enforces policies. */
export type ReachVerdict = 'open' | 'allowed' | 'exempt' | 'denied';

export interface PortReach extends GroupPort {
  readonly verdict: ReachVerdict;
  /** The side that decided: the one that denies, else the one that lets pass; null where nothing had to. */
  readonly side: Direction | null;
  /** The rule that allows or comes closest, if there is one. */
  readonly rule: { readonly policy: ObjectRef; readonly path: FieldPath } | null;
}

export interface ReachCell {
  /** `some`: of several ports, some pass and some do not. `none`: nobody sends there. */
  readonly verdict: ReachVerdict | 'some' | 'none';
  readonly ports: readonly PortReach[];
}

export interface Reachability {
  readonly groups: readonly PolicyGroup[];
  /** Rows are sources, columns destinations, both in the order of `groups`. */
  readonly cells: readonly (readonly ReachCell[])[];
  /** Groups of Pods that are left out because there are too many. */
  readonly leftOut: number;
  readonly enforced: boolean;
}

/** Groups of Pods in one picture; what is not Pods comes beside them. */
const MOST_GROUPS = 60;

/** Namespaces that are shown; all of them unless some are given. */
export function reachability(cluster: Cluster, namespaces?: readonly string[]): Reachability {
  const all = membersOf(cluster);
  const wanted = all.filter(({ group }) => group.kind !== 'pods' || namespaces === undefined || namespaces.includes(group.namespace));
  const pods = wanted.filter(({ group }) => group.kind === 'pods');
  const shown = [...pods.slice(0, MOST_GROUPS), ...wanted.filter(({ group }) => group.kind !== 'pods')];
  return {
    groups: shown.map(({ group }) => group),
    cells: shown.map((from) => shown.map((to) => cellOf(cluster, from, to))),
    leftOut: pods.length - Math.min(pods.length, MOST_GROUPS),
    enforced: cluster.environment.cniEnforcesNetworkPolicy,
  };
}

function cellOf(cluster: Cluster, from: Member, to: Member): ReachCell {
  if (!isAsked(from, to)) return { verdict: 'none', ports: [] };
  const ports = to.group.ports.map((port) => reachOf(port, evaluationOf(cluster, from, to, port)));
  return { verdict: together(ports), ports };
}

/** No policy looks at what is outside on both sides, and nobody is sent to where nothing listens. */
function isAsked(from: Member, to: Member): boolean {
  return to.group.ports.length > 0 && (from.end.kind === 'pod' || to.end.kind === 'pod') && from.group.kind !== 'dns';
}

function evaluationOf(cluster: Cluster, from: Member, to: Member, { port, protocol }: GroupPort): Evaluation {
  // Two Pods of one group are two Pods, unless there is only one.
  const target = sibling(cluster, from, to);
  return evaluate(cluster, { from: nodeFor(cluster, from, target) ?? from.end, to: target, protocol, port, masqueraded: from.masqueraded });
}

/** A Pod's own node always passes, so another one speaks for nodes, if there is one. */
function nodeFor(cluster: Cluster, from: Member, to: Member['end']): Member['end'] | null {
  if (from.group.kind !== 'nodes' || to.kind !== 'pod') return null;
  const other = [...cluster.nodes.values()].find(({ ref }) => ref.name !== to.pod.node);
  const ip = other === undefined ? null : nodeAddress(other);
  return other === undefined || ip === null ? null : { kind: 'address', ip, node: other.ref.name };
}

function sibling(cluster: Cluster, from: Member, to: Member): Member['end'] {
  const other = from === to ? cluster.pods.get(to.group.pods[1] ?? '') : undefined;
  return other === undefined ? to.end : { kind: 'pod', pod: other, ip: other.status.podIPs[0] ?? '' };
}

function together(ports: readonly PortReach[]): ReachCell['verdict'] {
  const denied = ports.filter(({ verdict }) => verdict === 'denied').length;
  if (denied === ports.length) return 'denied';
  if (denied > 0) return 'some';
  return ports.find(({ verdict }) => verdict === 'allowed')?.verdict ?? ports.find(({ verdict }) => verdict === 'exempt')?.verdict ?? 'open';
}

function reachOf(port: GroupPort, evaluation: Evaluation): PortReach {
  const side = decidingSide(evaluation);
  if (side === null) return { ...port, verdict: 'open', side: null, rule: null };
  const verdict = side.verdict.kind === 'open' ? 'open' : side.verdict.kind;
  return { ...port, verdict, side: side.direction, rule: passageOf(side).rule };
}

/** Both must let pass: the one that does not decides, the way out first. */
function decidingSide({ egress, ingress }: Evaluation): Side | null {
  const isolated = [egress, ingress].filter((side) => side.isolatedBy.length > 0);
  return isolated.find(isDenied) ?? isolated.find(({ verdict }) => verdict.kind === 'allowed') ?? isolated[0] ?? null;
}

/** One port of one lane, in words. */
export interface LanePort extends PortReach {
  /** Why, the reason that decided first. */
  readonly why: readonly Message[];
  /** Where the rule stands in the texts. */
  readonly range: SourceRange | null;
}

export interface Lane {
  readonly peer: PolicyGroup;
  readonly verdict: ReachCell['verdict'];
  readonly ports: readonly LanePort[];
  /** A request that shows it; null where no request can be sent from there. */
  readonly request: { readonly from: Origin; readonly url: string } | null;
}

export interface PolicyView {
  readonly subject: PolicyGroup;
  readonly ingress: SideView;
  readonly egress: SideView;
}

export interface SideView {
  /** Which policies isolate the subject in this direction; null when none does. */
  readonly isolation: Message | null;
  readonly lanes: readonly Lane[];
}

/**
 * Who may talk to a Pod and whom it may talk to. `pod` is the key of a Pod, or the id of a group; null when there is
 * none such.
 */
export function policyView(cluster: Cluster, pod: string): PolicyView | null {
  const all = membersOf(cluster);
  const subject = all.find(({ group }) => group.kind === 'pods' && (group.id === pod || group.pods.includes(pod)));
  if (subject === undefined || subject.end.kind !== 'pod') return null;
  const witness = witnessOf(cluster);
  const rangeOf = ({ policy, path }: NonNullable<PortReach['rule']>) => witness({ object: policy, path }).range;
  const lane = (from: Member, to: Member, peer: Member): Lane => {
    const evaluations = to.group.ports.map((port) => ({ port, evaluation: evaluationOf(cluster, from, to, port) }));
    const ports = evaluations.map(({ port, evaluation }): LanePort => {
      const reach = reachOf(port, evaluation);
      return { ...reach, why: explain(cluster, evaluation), range: reach.rule === null ? null : rangeOf(reach.rule) };
    });
    const shown = ports.find(({ verdict }) => verdict === 'denied') ?? ports[0];
    return { peer: peer.group, verdict: together(ports), ports, request: shown === undefined ? null : requestOf(cluster, from, to, shown) };
  };
  const side = (direction: Direction, pairs: readonly (readonly [Member, Member])[]): SideView => {
    const evaluated = evaluate(cluster, { from: subject.end, to: subject.end, protocol: 'TCP', port: 0, masqueraded: false })[direction];
    return {
      isolation: evaluated.isolatedBy.length === 0 ? null : explainIsolation(evaluated),
      lanes: pairs.filter(([from, to]) => isAsked(from, to)).map(([from, to]) => lane(from, to, direction === 'ingress' ? from : to)),
    };
  };
  return {
    subject: subject.group,
    ingress: side(
      'ingress',
      all.map((other) => [other, subject]),
    ),
    egress: side(
      'egress',
      all.map((other) => [subject, other]),
    ),
  };
}

function explain(cluster: Cluster, evaluation: Evaluation): readonly Message[] {
  const side = decidingSide(evaluation);
  if (side === null) return [];
  switch (side.verdict.kind) {
    case 'open':
    case 'allowed':
      return [];
    case 'exempt':
      return [explainExemption(side, side.verdict.why).why];
    case 'denied':
      return explainDenial(cluster, evaluation.connection, side).why;
  }
}

/** By a Service that leads to the port if there is one, else straight to the Pod. */
function requestOf(cluster: Cluster, from: Member, to: Member, { port, protocol }: GroupPort): Lane['request'] {
  const target = sibling(cluster, from, to);
  const origin = originOf(from, nodeFor(cluster, from, target) ?? from.end);
  if (origin === null) return null;
  const service = from === to || from.end.kind !== 'pod' || target.kind === 'address' ? null : serviceFor(cluster, from.end.pod, target.pod, port, protocol);
  return { from: origin, url: `${protocol.toLowerCase()}://${service ?? `${bracketed(target.ip)}:${port}`}` };
}

/** From outside no way leads to the address of a Pod: there is no request to show. */
function originOf({ group }: Member, end: Member['end']): Origin | null {
  if (end.kind === 'pod') return group.kind === 'dns' ? null : { kind: 'pod', namespace: end.pod.ref.namespace, name: end.pod.ref.name };
  return end.node === null ? null : { kind: 'node', name: end.node };
}

/** By name, or by address where policies keep the client from the DNS: that would be another story. */
function serviceFor(cluster: Cluster, client: Pod, pod: Pod, port: number, protocol: GroupPort['protocol']): string | null {
  for (const service of cluster.services.values()) {
    if (service.ref.namespace !== pod.ref.namespace || service.headless || service.selector === null) continue;
    if (!matchesLabels(pod.metadata.labels, service.selector)) continue;
    const own = service.ports.find((each) => each.protocol === protocol && resolveTargetPort(pod.spec, each) === port);
    if (own === undefined) continue;
    const address = canResolve(cluster, client) ? `${service.ref.name}.${service.ref.namespace}` : service.clusterIPs[0];
    if (address !== undefined) return `${bracketed(address)}:${own.port}`;
  }
  return null;
}

function canResolve(cluster: Cluster, client: Pod): boolean {
  const conf = resolvConfOf(cluster, client);
  if (conf.server !== 'cluster') return false;
  return resolverQueries(cluster, { pod: client, ips: client.status.podIPs }, { server: conf.server, conf }).some(({ udp }) => {
    const { egress, ingress } = evaluate(cluster, udp);
    return !isDenied(egress) && !isDenied(ingress);
  });
}

const bracketed = (ip: string) => (ip.includes(':') ? `[${ip}]` : ip);
