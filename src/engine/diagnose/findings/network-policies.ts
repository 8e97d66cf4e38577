/** Connections that network policies stop, and policies that mean something else than they say (S13). */
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { JsonObject } from '../../manifests/document.ts';
import type { ObjectRef } from '../../manifests/object-ref.ts';
import type { Hop } from '../../trace/hop.ts';
import { hopsOf, said, set, setThere, written } from '../edits.ts';
import type { FindingKind, Repair } from '../finding-kind.ts';
import type { Problem } from '../problem.ts';

export const networkPolicies: readonly FindingKind[] = [
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
    code: 'network-policy-names-service-port',
    role: 'cause',
    explains: ['network-policy-blocks'],
    decisions: { 'cluster.network-policy.service-port': 'F-91' },
    repairs: (problem) => setThere(problem, Number(said(problem.message, 'target'))),
  },
  {
    code: 'network-policy-source-lost',
    role: 'cause',
    explains: ['network-policy-blocks'],
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

/** One rule more, in the policy that isolates the Pod: for this client or server and this port, nothing else. */
function allow(problem: Problem, cluster: Cluster): readonly Repair[] {
  const { object, message } = problem;
  const hop = hopsOf(problem, cluster).find(({ kind, outcome }) => kind === 'network-policy' && outcome !== null);
  const policy = object?.kind === 'NetworkPolicy' ? object : hop?.evidence.find((entry) => entry.object.kind === 'NetworkPolicy')?.object;
  if (policy === undefined || hop === undefined) return [];
  if (message.id.includes('title.dns'))
    return [added(cluster, policy, 'egress', { to: [inNamespace('kube-system')], ports: [dnsPort('UDP'), dnsPort('TCP')] })];
  const port = Number(hop.before.dst.port);
  const ports = Number.isNaN(port) || port === 0 ? [] : [{ protocol: hop.before.protocol, port }];
  const direction = message.id === 'network-policy.title.egress' ? 'egress' : 'ingress';
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
