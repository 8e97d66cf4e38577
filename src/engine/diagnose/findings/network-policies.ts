/** Connections that network policies stop, and policies that mean something else than they say (S13). */
import type { FailureCode } from '../../../catalogue/meaning.ts';
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { Pod } from '../../kinds/pod/pod-spec.ts';
import type { Json, JsonObject } from '../../manifests/document.ts';
import { isObject } from '../../manifests/json.ts';
import { nameKey, type ObjectRef } from '../../manifests/object-ref.ts';
import type { SourceRange } from '../../manifests/source.ts';
import type { Hop } from '../../trace/hop.ts';
import { hopsOf, placesOf, podSource, said, set, setThere, unset, written } from '../edits.ts';
import type { FindingKind, Repair } from '../finding-kind.ts';
import type { Problem } from '../problem.ts';

/** What a request shows where a policy stops it. */
const STOPPED: readonly FailureCode[] = ['network-policy-blocks', 'network-policy-and-or'];

export const networkPolicies: readonly FindingKind[] = [
  {
    code: 'network-policy-and-or',
    role: 'cause',
    decisions: { 'network-policy.miss.both-selectors': 'F-92', 'network-policy.miss.other-namespace.fits': 'F-92' },
    repairs: (problem, cluster) => [...regrouped(problem, cluster), ...allow(problem, cluster)],
    cure: () => msg('diagnose.cure.and-or'),
  },
  {
    code: 'network-policy-blocks',
    role: 'cause',
    decisions: {
      'network-policy.title.dns': 'F-12',
      'network-policy.title.dns-ingress': 'F-12',
      'network-policy.title.egress': 'F-90',
      'network-policy.title.ingress': 'F-89',
    },
    repairs: allow,
    cure: () => msg('diagnose.cure.policy'),
  },
  {
    code: 'network-policy-lets-in',
    role: 'opening',
    decisions: { 'network-policy.allowed.ingress': 'F-92', 'network-policy.allowed.egress': 'F-92' },
    repairs: merged,
    cure: () => msg('diagnose.cure.and-or'),
  },
  {
    code: 'network-policy-names-service-port',
    role: 'cause',
    explains: STOPPED,
    decisions: { 'cluster.network-policy.service-port': 'F-91' },
    repairs: (problem) => setThere(problem, Number(said(problem.message, 'target'))),
  },
  {
    code: 'network-policy-port-unknown',
    role: 'cause',
    explains: STOPPED,
    decisions: { 'cluster.network-policy.port-near': 'F-91' },
    repairs: (problem) => setThere(problem, said(problem.message, 'near')),
  },
  {
    code: 'network-policy-peer-unknown',
    role: 'cause',
    explains: STOPPED,
    decisions: { 'cluster.network-policy.peer-near': 'F-89' },
    repairs: nearerLabel,
    places: labelsFound,
  },
  {
    code: 'network-policy-selects-no-namespace',
    role: 'cause',
    explains: STOPPED,
    decisions: { 'cluster.network-policy.no-namespace-near': 'F-93', 'cluster.network-policy.no-namespace': 'F-93' },
    repairs: (problem, cluster) => (said(problem.message, 'found') === '' ? byName(problem, cluster) : nearerLabel(problem)),
    places: labelsFound,
    cure: () => msg('diagnose.cure.namespace-label'),
  },
  {
    code: 'network-policy-selects-no-pods',
    role: 'note',
    decisions: { 'cluster.network-policy.no-pods-near': null, 'cluster.network-policy.no-pods': null },
    repairs: nearerLabel,
    places: labelsFound,
    cure: () => msg('diagnose.cure.policy-selector'),
  },
  {
    code: 'network-policy-source-lost',
    role: 'cause',
    explains: STOPPED,
    decisions: { 'cluster.network-policy.source-lost': 'F-94' },
    repairs: ({ message }, cluster) => {
      const service = cluster.services.get(said(message, 'service'));
      return service === undefined ? [] : [[set(service.ref, ['spec', 'externalTrafficPolicy'], 'Local')]];
    },
  },
  {
    code: 'network-policy-not-enforced',
    role: 'note',
    decisions: { 'network-policy.exempt.not-enforced-denied': 'F-95', 'cluster.network-policy.not-enforced': 'F-95' },
    cure: () => msg('diagnose.cure.policy-plugin'),
  },
];

/** `key=value` of the selector becomes the one that is there: another value, or another key. */
function nearerLabel({ object, path, message }: Problem): readonly Repair[] {
  const [wantedKey = '', wantedValue = ''] = said(message, 'wanted').split('=');
  const [key = '', value = ''] = said(message, 'found').split('=');
  if (object === null || path === null || key === '') return [];
  const labels = [...path, 'matchLabels'];
  if (key === wantedKey) return [[set(object, [...labels, key], value)]];
  return [[unset(object, [...labels, wantedKey]), set(object, [...labels, key], wantedValue)]];
}

/** The labels that were probably meant, of the Pod's template or of the namespace. */
function labelsFound({ message }: Problem, cluster: Cluster): readonly SourceRange[] {
  const [key = '', value = ''] = said(message, 'found').split('=');
  if (key === '') return [];
  const pod = [...cluster.pods.values()].find(({ metadata }) => metadata.labels[key] === value);
  const source = pod === undefined ? null : podSource(cluster, pod.ref);
  if (source !== null) return placesOf(cluster, source.object, [...source.path, 'metadata', 'labels', key]);
  const namespace = [...cluster.namespaces.values()].find(({ metadata }) => metadata.labels[key] === value);
  return namespace === undefined ? [] : placesOf(cluster, namespace.ref, ['metadata', 'labels', key]);
}

/** The namespace of who was stopped, by the label that every namespace has. */
function byName(problem: Problem, cluster: Cluster): readonly Repair[] {
  const other = otherEnd(problem, cluster);
  return other === null ? [] : setThere(problem, inNamespace(other.ref.namespace)['namespaceSelector']);
}

/** The Pod at the far end of the connection that is stopped; null for an address of something else. */
function otherEnd(problem: Problem, cluster: Cluster): Pod | null {
  const hop = stoppedAt(problem, cluster);
  const passage = hop?.policies.find(({ verdict }) => verdict === 'denied');
  if (hop === undefined || passage === undefined) return null;
  const owner = cluster.addressOwners.get(passage.direction === 'egress' ? hop.before.dst.ip : hop.before.src.ip);
  return owner?.kind === 'pod' ? (cluster.pods.get(owner.pod) ?? null) : null;
}

function stoppedAt(problem: Problem, cluster: Cluster): Hop | undefined {
  return hopsOf(problem, cluster).find(({ kind, outcome }) => kind === 'network-policy' && outcome !== null);
}

/**
 * Of an entry with both selectors, one that is enough by itself moves to an entry of its own; an entry for Pods of the
 * policy's own namespace gets the namespace of the Pod that it fits.
 */
function regrouped(problem: Problem, cluster: Cluster): readonly Repair[] {
  const { object, path, message } = problem;
  if (object === null || path === null) return [];
  const field = path[1] === 'egress' ? 'to' : 'from';
  const peers = written(cluster, object, [...path.slice(0, 3), field]);
  if (!Array.isArray(peers)) return [];
  const list = [...path.slice(0, 3), field];
  return (peers as readonly Json[]).flatMap((peer, index): readonly Repair[] => {
    if (!isObject(peer)) return [];
    const { podSelector, namespaceSelector } = peer;
    if (message.id === 'network-policy.miss.other-namespace.fits') {
      const wanted = inNamespace(said(message, 'namespace'))['namespaceSelector']!;
      return podSelector === undefined || namespaceSelector !== undefined ? [] : [[set(object, [...list, index, 'namespaceSelector'], wanted)]];
    }
    if (podSelector === undefined || namespaceSelector === undefined) return [];
    return [[unset(object, [...list, index, 'podSelector']), set(object, [...list, peers.length], { podSelector })]];
  });
}

/** Two entries that stand side by side, each with one selector, become one that asks for both. */
function merged({ object, path }: Problem, cluster: Cluster): readonly Repair[] {
  const index = Number(path?.at(-1));
  if (object === null || path === null || Number.isNaN(index)) return [];
  const list = path.slice(0, -1);
  const peers = written(cluster, object, list);
  if (!Array.isArray(peers)) return [];
  return [index - 1, index + 1].flatMap((other): readonly Repair[] => {
    const [a, b] = [index, other].map((place) => (peers as readonly Json[])[place]);
    if (!isObject(a) || !isObject(b) || Object.keys(a).length !== 1 || Object.keys(b).length !== 1) return [];
    const both = { ...a, ...b };
    return Object.keys(both).length !== 2 || 'ipBlock' in both
      ? []
      : [[set(object, [...list, Math.min(index, other)], both), unset(object, [...list, Math.max(index, other)])]];
  });
}

/** One rule more, in the policy that isolates the Pod: for this client or server and this port, nothing else. */
function allow(problem: Problem, cluster: Cluster): readonly Repair[] {
  const { object } = problem;
  const hop = stoppedAt(problem, cluster);
  // The policy that is about the fewest Pods, so that no others are opened with it.
  const isolating = hop?.policies.find(({ verdict }) => verdict === 'denied')?.isolatedBy ?? [];
  const labels = ({ namespace, name }: ObjectRef) => Object.keys(cluster.networkPolicies.get(nameKey(namespace, name))?.podSelector.matchLabels ?? {}).length;
  const policy = isolating.toSorted((one, other) => labels(other) - labels(one))[0] ?? (object?.kind === 'NetworkPolicy' ? object : undefined);
  if (policy === undefined || hop === undefined) return [];
  if (hop.title.id.includes('title.dns'))
    return [added(cluster, policy, 'egress', { to: [inNamespace('kube-system')], ports: [dnsPort('UDP'), dnsPort('TCP')] })];
  const port = Number(hop.before.dst.port);
  const ports = Number.isNaN(port) || port === 0 ? [] : [{ protocol: hop.before.protocol, port }];
  const direction = hop.title.id === 'network-policy.title.egress' ? 'egress' : 'ingress';
  const other = peerOf(cluster, policy, direction === 'egress' ? hop.before.dst.ip : hop.before.src.ip);
  return [added(cluster, policy, direction, { [direction === 'egress' ? 'to' : 'from']: [other], ...(ports.length > 0 && { ports }) })];
}

function added(cluster: Cluster, policy: ObjectRef, direction: 'ingress' | 'egress', rule: JsonObject): Repair {
  const rules = written(cluster, policy, ['spec', direction]);
  const count = Array.isArray(rules) ? rules.length : 0;
  return count === 0 ? [set(policy, ['spec', direction], [rule])] : [set(policy, ['spec', direction, count], rule)];
}

const dnsPort = (protocol: 'UDP' | 'TCP'): JsonObject => ({ protocol, port: 53 });

/** The label that every namespace has by itself. */
function inNamespace(namespace: string): JsonObject {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } };
}

/** Who is at the other end: Pods by their labels, in another namespace by its name too, anything else by its address. */
function peerOf(cluster: Cluster, policy: ObjectRef, ip: Hop['before']['src']['ip']): JsonObject {
  const owner = cluster.addressOwners.get(ip);
  const pod = owner?.kind === 'pod' ? cluster.pods.get(owner.pod) : undefined;
  if (pod === undefined) return { ipBlock: { cidr: `${ip}/${ip.includes(':') ? 128 : 32}` } };
  const workload = [...cluster.workloads.values()].find(
    ({ ref }) => ref.kind === pod.workload?.kind && ref.namespace === pod.ref.namespace && ref.name === pod.workload.name,
  );
  const labels = workload?.selector?.matchLabels ?? pod.metadata.labels;
  const pods = Object.keys(labels).length === 0 ? {} : { podSelector: { matchLabels: labels } };
  return pod.ref.namespace === policy.namespace ? { podSelector: { matchLabels: labels } } : { ...inNamespace(pod.ref.namespace), ...pods };
}
