/** What is wrong between network policies and what they mean: Pods, namespaces, ports, source addresses (S13, F-91 to F-95). */
import { msg, type Message } from '../../../catalogue/message.ts';
import { nearest } from '../../manifests/near-miss.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import type { FieldPath } from '../../manifests/source.ts';
import type { NetworkPolicy, PolicyPeer } from '../../kinds/network-policy/network-policy-spec.ts';
import type { Pod } from '../../kinds/pod/pod-spec.ts';
import type { Service, ServicePort } from '../../kinds/service/service-spec.ts';
import { isEmptySelector, selectorMatches } from '../../kinds/workload/label-selector.ts';
import type { LabelSelector } from '../../kinds/workload/workload-spec.ts';
import { cidrsOverlap, parseCidr } from '../../manifests/ip.ts';
import type { Cluster } from '../cluster.ts';
import { type Ledger, recordFinding } from '../ledger.ts';
import { matchesLabels, type Labels } from '../selectors.ts';
import { resolveTargetPort } from '../target-port.ts';

type Direction = 'ingress' | 'egress';

export function reportNetworkPolicies(cluster: Cluster, ledger: Ledger): void {
  for (const policy of cluster.networkPolicies.values()) {
    if (!cluster.environment.cniEnforcesNetworkPolicy) reportUnenforced(policy, ledger);
    const pods = [...cluster.pods.values()].filter(
      ({ ref, metadata }) => ref.namespace === policy.ref.namespace && selectorMatches(policy.podSelector, metadata.labels),
    );
    if (pods.length === 0) reportNoPods(cluster, policy, ledger);
    else {
      reportPorts(cluster, policy, 'ingress', pods, ledger);
      reportLostSources(cluster, policy, pods, ledger);
    }
    reportPeers(cluster, policy, ledger);
  }
}

function reportUnenforced(policy: NetworkPolicy, ledger: Ledger): void {
  const message = msg('cluster.network-policy.not-enforced', { policy: keyOf(policy) });
  recordFinding(ledger, 'network-policy-not-enforced', 'warning', { object: policy, path: ['spec'] }, message, ['S13.12', 'F-95']);
}

/** Pods of the namespace may just not have been pasted: only a slip of the hand is a warning there. */
function reportNoPods(cluster: Cluster, policy: NetworkPolicy, ledger: Ledger): void {
  if (isEmptySelector(policy.podSelector)) return;
  const labels = [...cluster.pods.values()].filter(({ ref }) => ref.namespace === policy.ref.namespace).map(({ metadata }) => metadata.labels);
  const near = nearLabel(policy.podSelector, labels);
  if (near === null && (labels.length === 0 || !cluster.environment.complete)) return;
  const args = { policy: keyOf(policy) };
  const message = near === null ? msg('cluster.network-policy.no-pods', args) : msg('cluster.network-policy.no-pods-near', { ...args, ...near });
  const at = { object: policy, path: ['spec', 'podSelector'] };
  recordFinding(ledger, 'network-policy-selects-no-pods', near === null ? 'info' : 'warning', at, message, ['S13.1']);
}

/** What a rule calls a port is neither its number nor its name on the Pods that are reached, `pods`. */
function reportPorts(cluster: Cluster, policy: NetworkPolicy, direction: Direction, pods: readonly Pod[], ledger: Ledger, only: number | null = null): void {
  const services = servicesOf(cluster, pods);
  for (const [index, rule] of policy[direction].entries()) {
    if (only !== null && index !== only) continue;
    for (const [place, { port, protocol, endPort }] of rule.ports.entries()) {
      const at = { object: policy, path: ['spec', direction, index, 'ports', place, 'port'] };
      if (typeof port === 'string') reportPortName(policy, port, pods, at, ledger);
      if (typeof port !== 'number' || endPort !== null || pods.some((pod) => declares(pod, port))) continue;
      const meant = services.flatMap((service) => targetOf(service, pods, { port, protocol }) ?? [])[0];
      if (meant === undefined) continue;
      const { service, target } = meant;
      const message = msg('cluster.network-policy.service-port', {
        policy: keyOf(policy),
        port,
        service: nameKey(service.ref.namespace, service.ref.name),
        target,
      });
      recordFinding(ledger, 'network-policy-names-service-port', 'warning', at, message, ['S13.5', 'F-91'], [{ object: service, path: ['spec', 'ports'] }]);
    }
  }
}

/** A name that no container gives to a port, and a slip of the hand away one that it does. */
function reportPortName(
  policy: NetworkPolicy,
  name: string,
  pods: readonly Pod[],
  at: { readonly object: NetworkPolicy; readonly path: FieldPath },
  ledger: Ledger,
): void {
  const namesOf = ({ spec }: Pod) => spec.containers.flatMap(({ ports }) => ports.flatMap((port) => port.name ?? []));
  if (pods.some((pod) => namesOf(pod).includes(name))) return;
  for (const pod of pods) {
    const near = nearest(name, namesOf(pod))?.word;
    if (near === undefined) continue;
    const message = msg('cluster.network-policy.port-near', { policy: keyOf(policy), name, pod: nameKey(pod.ref.namespace, pod.ref.name), near });
    recordFinding(ledger, 'network-policy-port-unknown', 'warning', at, message, ['S13.5']);
    return;
  }
}

/** Where a Service port of this number leads on its Pods, if that is another number. */
function targetOf(
  service: Service,
  pods: readonly Pod[],
  { port, protocol }: Pick<ServicePort, 'port' | 'protocol'>,
): { readonly service: Service; readonly target: number } | null {
  const own = service.ports.find((each) => each.port === port && each.protocol === protocol);
  const pod = pods.find((each) => selects(service, each));
  const target = own === undefined || pod === undefined ? null : resolveTargetPort(pod.spec, own);
  return target === null || target === port ? null : { service, target };
}

/** F-94: behind a Service that masquerades, the address of a client outside never arrives. */
function reportLostSources(cluster: Cluster, policy: NetworkPolicy, pods: readonly Pod[], ledger: Ledger): void {
  const opened = servicesOf(cluster, pods).find(({ type, externalTrafficPolicy }) => type !== 'ClusterIP' && externalTrafficPolicy === 'Cluster');
  if (opened === undefined) return;
  for (const [index, rule] of policy.ingress.entries()) {
    for (const [place, peer] of rule.peers.entries()) {
      if (peer.kind !== 'ip-block' || !isOutside(cluster, peer)) continue;
      const message = msg('cluster.network-policy.source-lost', {
        policy: keyOf(policy),
        cidr: peer.cidr,
        service: nameKey(opened.ref.namespace, opened.ref.name),
      });
      const at = { object: policy, path: ['spec', 'ingress', index, 'from', place, 'ipBlock'] };
      const also = [{ object: opened, path: ['spec', 'externalTrafficPolicy'] }];
      recordFinding(ledger, 'network-policy-source-lost', 'warning', at, message, ['S13.8', 'S7.5.4', 'F-94'], also);
    }
  }
}

function isOutside(cluster: Cluster, { cidr }: Extract<PolicyPeer, { kind: 'ip-block' }>): boolean {
  const range = parseCidr(cidr);
  if (range === null || range.prefix === 0) return false;
  const nodes = [...cluster.nodes.values()].flatMap(({ addresses }) => addresses.map(({ address }) => `${address}/${address.includes(':') ? 128 : 32}`));
  return ![...cluster.environment.podCIDR, ...nodes].some((inside) => {
    const own = parseCidr(inside);
    return own !== null && cidrsOverlap(own, range);
  });
}

/** F-93: no namespace has the labels that a rule asks for; or no Pod of those that do has the labels of its Pods. */
function reportPeers(cluster: Cluster, policy: NetworkPolicy, ledger: Ledger): void {
  const labels = [...cluster.namespaces.values()].map(({ metadata }) => metadata.labels);
  const isPasted = [...cluster.namespaces.values()].some(({ manifest }) => manifest !== null);
  for (const [direction, field] of [
    ['ingress', 'from'],
    ['egress', 'to'],
  ] as const) {
    for (const [index, rule] of policy[direction].entries()) {
      for (const [place, peer] of rule.peers.entries()) {
        if (peer.kind === 'ip-block') continue;
        const path: FieldPath = ['spec', direction, index, field, place];
        if (peer.namespaces !== null && !labels.some((own) => selectorMatches(peer.namespaces!, own))) {
          const near = nearLabel(peer.namespaces, labels);
          if (near === null && !cluster.environment.complete && !isPasted) continue;
          const at = { object: policy, path: [...path, 'namespaceSelector'] };
          recordFinding(ledger, 'network-policy-selects-no-namespace', 'warning', at, namespaceMessage(policy, near), ['S13.3', 'F-93']);
          continue;
        }
        const there = [...cluster.pods.values()].filter(({ ref }) => isAt(cluster, policy, peer, ref.namespace));
        const reached = there.filter(({ metadata }) => peer.pods === null || selectorMatches(peer.pods, metadata.labels));
        if (reached.length === 0 && peer.pods !== null) reportPodPeer(policy, peer.pods, [...path, 'podSelector'], there, ledger);
        else if (direction === 'egress' && reached.length > 0) reportPorts(cluster, policy, 'egress', reached, ledger, index);
      }
    }
  }
}

/** Whether Pods of a namespace are meant: by its labels, or because it is the policy's own. */
function isAt(cluster: Cluster, { ref }: NetworkPolicy, { namespaces }: Extract<PolicyPeer, { kind: 'selectors' }>, namespace: string): boolean {
  if (namespaces === null) return namespace === ref.namespace;
  return selectorMatches(namespaces, cluster.namespaces.get(namespace)?.metadata.labels ?? {});
}

/** Pods may just not have been pasted: only a slip of the hand is told. */
function reportPodPeer(policy: NetworkPolicy, selector: LabelSelector, path: FieldPath, there: readonly Pod[], ledger: Ledger): void {
  const near = nearLabel(
    selector,
    there.map(({ metadata }) => metadata.labels),
  );
  const pod =
    near === null ? undefined : there.find(({ metadata }) => Object.entries(metadata.labels).some(([key, value]) => `${key}=${value}` === near.found));
  if (near === null || pod === undefined) return;
  const message = msg('cluster.network-policy.peer-near', { policy: keyOf(policy), ...near, pod: nameKey(pod.ref.namespace, pod.ref.name) });
  recordFinding(ledger, 'network-policy-peer-unknown', 'warning', { object: policy, path }, message, ['S13.3']);
}

function namespaceMessage(policy: NetworkPolicy, near: ReturnType<typeof nearLabel>): Message {
  const args = { policy: keyOf(policy) };
  return near === null ? msg('cluster.network-policy.no-namespace', args) : msg('cluster.network-policy.no-namespace-near', { ...args, ...near });
}

/** A label that some thing has and that is nearly one of the selector's. */
function nearLabel({ matchLabels }: LabelSelector, things: readonly Labels[]): { readonly wanted: string; readonly found: string } | null {
  for (const [key, value] of Object.entries(matchLabels)) {
    const values = things.flatMap((labels) => (Object.hasOwn(labels, key) ? labels[key]! : []));
    const near = nearest(value, values);
    if (near !== null) return { wanted: `${key}=${value}`, found: `${key}=${near.word}` };
    const named = nearest(
      key,
      things.flatMap((labels) => Object.keys(labels).filter((own) => labels[own] === value)),
    );
    if (named !== null) return { wanted: `${key}=${value}`, found: `${named.word}=${value}` };
  }
  return null;
}

const keyOf = ({ ref }: NetworkPolicy) => nameKey(ref.namespace, ref.name);

function servicesOf(cluster: Cluster, pods: readonly Pod[]): readonly Service[] {
  return [...cluster.services.values()].filter((service) => pods.some((pod) => selects(service, pod)));
}

function selects({ ref, selector }: Service, pod: Pod): boolean {
  return ref.namespace === pod.ref.namespace && selector !== null && matchesLabels(pod.metadata.labels, selector);
}

function declares({ spec }: Pod, port: number): boolean {
  return spec.containers.some(({ ports }) => ports.some(({ containerPort }) => containerPort === port));
}
