/**
 * Who sends: turns the origin of a request into a client with addresses and a place (S1.1.3), or says why nobody
 * can send from there.
 */
import { msg, type Message } from '../../../catalogue/message.ts';
import { suggest } from '../../manifests/near-miss.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { isDown } from '../../cluster/nodes.ts';
import type { Pod } from '../../kinds/pod/pod-spec.ts';
import { nameKey, refKey, type ObjectRef } from '../../manifests/object-ref.ts';
import type { Origin } from '../../trace/flow.ts';

export interface Client {
  readonly kind: 'external' | 'pod' | 'node';
  /** Never empty; the first is the source address unless the destination is of the other family. */
  readonly ips: readonly string[];
  readonly node: string | null;
  readonly pod: Pod | null;
}

export type Sender = { readonly client: Client } | { readonly trouble: Message; readonly object: ObjectRef | null };

export function senderOf(cluster: Cluster, from: Origin): Sender {
  switch (from.kind) {
    case 'external':
      return { client: { kind: 'external', ips: [from.ip], node: null, pod: null } };
    case 'node':
      return nodeSender(cluster, from.name);
    case 'pod': {
      const pod = cluster.pods.get(nameKey(from.namespace, from.name));
      return pod === undefined ? { trouble: missingPod(cluster, from.namespace, from.name), object: null } : podSender(cluster, pod);
    }
    case 'workload':
      return workloadSender(cluster, from);
  }
}

/** Why nobody is there to send: the Pod, workload or node does not exist. Null where it does, even if it cannot send now. */
export function missingSender(cluster: Cluster, from: Origin): Message | null {
  const sender = senderOf(cluster, from);
  return 'trouble' in sender && sender.object === null ? sender.trouble : null;
}

function nodeSender(cluster: Cluster, name: string): Sender {
  const node = cluster.nodes.get(name);
  if (node === undefined) {
    const near = suggest(name, [...cluster.nodes.keys()]);
    return { trouble: near === null ? msg('client.no-node', { node: name }) : msg('client.no-node-near', { node: name, near }), object: null };
  }
  const ips = addressesOfNode(cluster, name);
  if (ips.length === 0) return { trouble: msg('client.node-without-address', { node: name }), object: node.ref };
  return { client: { kind: 'node', ips, node: name, pod: null } };
}

export function addressesOfNode(cluster: Cluster, name: string): readonly string[] {
  const addresses = cluster.nodes.get(name)?.addresses ?? [];
  const internal = addresses.filter(({ type }) => type === 'InternalIP').map(({ address }) => address);
  return internal.length > 0 ? internal : addresses.filter(({ type }) => type === 'ExternalIP').map(({ address }) => address);
}

function missingPod(cluster: Cluster, namespace: string, name: string): Message {
  const key = nameKey(namespace, name);
  const near =
    [...cluster.pods.values()].find(({ ref }) => ref.namespace === namespace && ref.name.startsWith(`${name}-`)) ??
    [...cluster.pods.values()].find(({ ref }) => ref.name === name);
  const keys = [...cluster.pods.keys()];
  const nearKey = near === undefined ? suggest(key, keys) : nameKey(near.ref.namespace, near.ref.name);
  return nearKey === null ? msg('client.no-pod', { pod: key }) : msg('client.no-pod-near', { pod: key, near: nearKey });
}

function podSender(cluster: Cluster, pod: Pod): Sender {
  const name = nameKey(pod.ref.namespace, pod.ref.name);
  if (pod.status.phase !== 'Running') return { trouble: msg('client.pod-not-running', { pod: name, phase: pod.status.phase }), object: pod.ref };
  if (pod.node === null || pod.status.podIPs.length === 0) return { trouble: msg('client.pod-without-address', { pod: name }), object: pod.ref };
  if (isDown(cluster, pod.node)) return { trouble: msg('client.node-down', { pod: name, node: pod.node }), object: pod.ref };
  return { client: { kind: 'pod', ips: pod.status.podIPs, node: pod.node, pod } };
}

function workloadSender(cluster: Cluster, from: Extract<Origin, { kind: 'workload' }>): Sender {
  const ref: ObjectRef = { kind: from.workloadKind, namespace: from.namespace, name: from.name };
  const pods = [...cluster.pods.values()].filter(({ workload }) => workload !== null && refKey(workload) === refKey(ref));
  const first = pods.find((pod) => 'client' in podSender(cluster, pod)) ?? pods[0];
  if (first !== undefined) return podSender(cluster, first);
  const exists = cluster.workloads.has(refKey(ref));
  const args = { kind: from.workloadKind, name: nameKey(from.namespace, from.name) };
  if (exists) return { trouble: msg('client.workload-without-pods', args), object: ref };
  const known = [...cluster.workloads.values()].map((workload) => workload.ref).filter(({ kind }) => kind === ref.kind);
  const near =
    known.find(({ name }) => name === ref.name)?.namespace ??
    suggest(
      args.name,
      known.map(({ namespace, name }) => nameKey(namespace, name)),
    );
  if (near === null) return { trouble: msg('client.no-workload', args), object: null };
  const nearKey = near.includes('/') ? near : nameKey(near, ref.name);
  return { trouble: msg('client.no-workload-near', { ...args, near: nearKey }), object: null };
}
