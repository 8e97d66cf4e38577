/** What a verdict says in words: who isolates, which rule allows, or which comes closest and what it lacks. */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { resolveTargetPort } from '../../cluster/target-port.ts';
import { matchesLabels } from '../../cluster/selectors.ts';
import type { NetworkPolicy } from '../../kinds/network-policy/network-policy-spec.ts';
import type { Pod } from '../../kinds/pod/pod-spec.ts';
import type { RuleId } from '../../manifests/finding.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import { formatFieldPath, type FieldPath } from '../../manifests/source.ts';
import type { ConsideredChoice, Reason } from '../component.ts';
import { podKey, type Connection, type Direction, type End } from './connection.ts';
import { isMatch, type Exemption, type RuleResult, type Side } from './evaluate.ts';
import { rulesOf } from './isolation.ts';
import { byNearness, nearestPeer, nearestPort } from './nearest.ts';
import type { PeerMiss } from './peers.ts';
import type { PortMiss } from './ports.ts';

/** Rules that are told one by one; the nearest come first. */
const MOST_RULES = 12;

export function policyKey({ ref }: NetworkPolicy): string {
  return nameKey(ref.namespace, ref.name);
}

export function rulePath({ index }: Pick<RuleResult, 'index'>, direction: Direction): FieldPath {
  return ['spec', direction, index];
}

/** `spec.ingress[0]` */
export function writeRule(rule: Pick<RuleResult, 'index'>, direction: Direction): string {
  return formatFieldPath(rulePath(rule, direction));
}

/** Who is at the other end, as a fact: a Pod, else the address. */
export function nameOf(end: End): string {
  return end.kind === 'pod' ? podKey(end.pod) : end.ip;
}

/** Which policies isolate the Pod of this side. */
export function explainIsolation({ direction, pod, isolatedBy }: Side): Message {
  const args = { pod: pod === null ? '' : podKey(pod), policies: isolatedBy.map(policyKey) };
  return direction === 'ingress' ? msg('network-policy.why.isolated-ingress', args) : msg('network-policy.why.isolated-egress', args);
}

/** Why nothing lets the connection pass: the closest rule and its lack, or that there is no rule at all. */
export function explainDenial(cluster: Cluster, connection: Connection, side: Side): { readonly why: readonly Message[]; readonly rules: readonly RuleId[] } {
  const [first] = byNearness(side.rules);
  const { direction } = side;
  if (first === undefined) {
    return { why: [direction === 'ingress' ? msg('network-policy.why.no-ingress-rule') : msg('network-policy.why.no-egress-rule')], rules: ['S13.2'] };
  }
  const lacks = explainMisses(cluster, connection, side, first);
  return {
    why: [msg('network-policy.why.closest', { policy: policyKey(first.policy), path: writeRule(first, direction) }), ...lacks.why],
    rules: ['S13.3', ...lacks.rules],
  };
}

export function explainExemption(side: Side, why: Exemption): { readonly why: Message; readonly rules: readonly RuleId[] } {
  const pod = side.pod === null ? '' : podKey(side.pod);
  const policies = side.isolatedBy.map(policyKey);
  switch (why) {
    case 'itself':
      return { why: msg('network-policy.exempt.itself', { pod }), rules: ['S13.7'] };
    case 'own-node':
      return {
        why: msg('network-policy.exempt.own-node', { pod, node: side.pod?.node ?? '' }),
        rules: side.questions.includes('nodeAddress') ? ['S13.7', 'S13.8', 'U4'] : ['S13.7'],
      };
    case 'node-address':
      return { why: msg('network-policy.exempt.node-address', { ip: side.other.ip }), rules: ['S13.8', 'U4'] };
    case 'host-network':
      return { why: msg('network-policy.exempt.host-network', { pod }), rules: ['S13.7', 'U4'] };
    case 'ping':
      return { why: msg('network-policy.exempt.ping', { pod }), rules: ['S13.1', 'U4'] };
    case 'not-enforced':
      return {
        why: side.rules.some(isMatch)
          ? msg('network-policy.exempt.not-enforced', { policies })
          : msg('network-policy.exempt.not-enforced-denied', { policies }),
        rules: ['S13.12', 'F-95'],
      };
  }
}

/** The rules that were put to the connection, the nearest first, with what each lacks. */
export function considerRules(cluster: Cluster, connection: Connection, side: Side): readonly ConsideredChoice[] {
  const { direction } = side;
  const what = (rule: RuleResult) => msg('network-policy.rule', { path: writeRule(rule, direction), policy: policyKey(rule.policy) });
  const taken = side.rules.filter(isMatch).map((rule): ConsideredChoice => ({
    what: what(rule),
    result: 'taken',
    why: msg('network-policy.rule-allows'),
    rules: ['S13.3'],
    because: [reasonOf(rule, direction)],
  }));
  const lost = byNearness(side.rules).map((rule): ConsideredChoice => {
    const lacks = explainMisses(cluster, connection, side, rule);
    return { what: what(rule), result: 'lost', why: lacks.why[0]!, rules: lacks.rules, because: [reasonOf(rule, direction)] };
  });
  const empty = side.isolatedBy
    .filter((policy) => rulesOf(policy, direction).length === 0)
    .map((policy): ConsideredChoice => ({
      what: msg('network-policy.policy', { policy: policyKey(policy) }),
      result: 'lost',
      why: direction === 'ingress' ? msg('network-policy.why.no-ingress-rule-here') : msg('network-policy.why.no-egress-rule-here'),
      rules: ['S13.2'],
      because: [{ object: policy.ref, path: ['spec', direction] }],
    }));
  return [...taken, ...lost, ...empty].slice(0, MOST_RULES);
}

/** The entry that matched, or the only port that does not, as exactly as it stands in the text; else the whole rule. */
export function reasonOf(rule: RuleResult, direction: Direction): Reason {
  const path = rulePath(rule, direction);
  const peers = direction === 'ingress' ? 'from' : 'to';
  if (rule.peerMisses.length === 0 && rule.portMisses.length === 1) return { object: rule.policy.ref, path: [...path, 'ports', 0] };
  return { object: rule.policy.ref, path: rule.peer === null || !isMatch(rule) ? path : [...path, peers, rule.peer] };
}

function explainMisses(
  cluster: Cluster,
  connection: Connection,
  side: Side,
  rule: RuleResult,
): { readonly why: readonly Message[]; readonly rules: readonly RuleId[] } {
  const peer = nearestPeer(rule);
  const port = nearestPort(rule);
  const why: Message[] = [];
  const rules: RuleId[] = [];
  if (peer !== null) {
    const at = { policy: policyKey(rule.policy), path: writeRule(rule, side.direction) };
    if (peer.kind === 'other-namespace' && peer.podFits)
      why.push(msg('network-policy.miss.other-namespace.fits', { ...at, own: peer.own, pod: peer.pod, namespace: peer.namespace }));
    else why.push(explainPeer(peer));
    rules.push(...rulesOfPeer(peer));
    if (isHalf(peer)) {
      why.push(msg('network-policy.miss.both-selectors', at));
      rules.push('F-92');
    }
  }
  if (port !== null) {
    const service = serviceWithPort(cluster, connection, rule, side.direction);
    why.push(service === null ? explainPort(port, connection) : msg('network-policy.miss.service-port', { ...service, port: connection.port }));
    rules.push('S13.5');
    if (service !== null) rules.push('F-91');
  }
  return { why, rules };
}

/** Two selectors of one entry, and only one of them holds. */
function isHalf(miss: PeerMiss): boolean {
  if (miss.kind === 'pod-labels') return miss.isBoth && miss.namespaceFits;
  return miss.kind === 'namespace-labels' && miss.isBoth && miss.podFits;
}

function rulesOfPeer(miss: PeerMiss): readonly RuleId[] {
  switch (miss.kind) {
    case 'pod-labels':
      return [];
    case 'other-namespace':
      return miss.podFits ? ['F-92'] : [];
    case 'namespace-labels':
      return ['F-93'];
    case 'no-pod':
      return miss.node === null ? ['S13.8'] : ['S13.7', 'S13.8'];
    case 'outside-range':
    case 'excepted':
    case 'range-skips-pods':
      return ['S13.4'];
  }
}

function explainPeer(miss: PeerMiss): Message {
  switch (miss.kind) {
    case 'pod-labels': {
      const { wanted, found, key } = miss.label;
      return found === null
        ? msg('network-policy.miss.pod-label-absent', { wanted, pod: miss.pod, key })
        : msg('network-policy.miss.pod-label', { wanted, pod: miss.pod, found });
    }
    case 'namespace-labels': {
      const { wanted, found, key } = miss.label;
      return found === null
        ? msg('network-policy.miss.namespace-label-absent', { wanted, namespace: miss.namespace, key })
        : msg('network-policy.miss.namespace-label', { wanted, namespace: miss.namespace, found });
    }
    case 'other-namespace':
      return msg('network-policy.miss.other-namespace', { own: miss.own, pod: miss.pod, namespace: miss.namespace });
    case 'no-pod':
      return miss.node === null ? msg('network-policy.miss.no-pod', { ip: miss.ip }) : msg('network-policy.miss.node', { ip: miss.ip, node: miss.node });
    case 'outside-range':
      return msg('network-policy.miss.outside-range', { cidr: miss.cidr, ip: miss.ip });
    case 'excepted':
      return msg('network-policy.miss.excepted', { cidr: miss.cidr, except: miss.except, ip: miss.ip });
    case 'range-skips-pods':
      return msg('network-policy.miss.range-skips-pods', { cidr: miss.cidr, ip: miss.ip });
  }
}

function explainPort(miss: PortMiss, { protocol, port, to }: Connection): Message {
  const asked = protocol === 'ICMP' ? protocol : `${protocol} ${port}`;
  switch (miss.kind) {
    case 'number':
    case 'protocol':
      return msg('network-policy.miss.port', { wanted: miss.wanted, port: asked });
    case 'name':
      return miss.declared.length === 0
        ? msg('network-policy.miss.port-name-unknown', { name: miss.name, pod: nameOf(to) })
        : msg('network-policy.miss.port-name', { name: miss.name, pod: nameOf(to), declared: miss.declared.map(String), port: asked });
    case 'name-without-pod':
      return msg('network-policy.miss.port-name-no-pod', { name: miss.name, ip: to.ip });
  }
}

/** A rule that names the port of a Service where the Pod's own counts (F-91). */
function serviceWithPort(
  cluster: Cluster,
  { to, port, protocol }: Connection,
  { policy, index }: RuleResult,
  direction: Direction,
): { readonly service: string; readonly wanted: number } | null {
  if (to.kind !== 'pod') return null;
  const numbers = rulesOf(policy, direction)[index]?.ports.flatMap((own) => (typeof own.port === 'number' && own.endPort === null ? own.port : [])) ?? [];
  for (const service of servicesOf(cluster, to.pod)) {
    const own = service.ports.find(
      (each) => each.protocol === protocol && numbers.includes(each.port) && resolveTargetPort(to.pod.spec, each) === port && each.port !== port,
    );
    if (own !== undefined) return { service: nameKey(service.ref.namespace, service.ref.name), wanted: own.port };
  }
  return null;
}

function servicesOf(cluster: Cluster, { ref, metadata }: Pod) {
  return [...cluster.services.values()].filter(
    (service) => service.ref.namespace === ref.namespace && service.selector !== null && matchesLabels(metadata.labels, service.selector),
  );
}
