/** The Pods (and bare addresses) behind a Service, ready or not: what the map shows to its right. */
import { msg, type Message } from '../catalogue/message.ts';
import type { Cluster, ObjectRef } from '../engine/index.ts';

export interface Member {
  /** Key of the Pod, or the address where no Pod stands behind it. */
  readonly key: string;
  readonly title: string;
  readonly node: string | null;
  /** `ip:port`; the address alone when the port's name leads nowhere. */
  readonly address: string;
  /** Why it gets no traffic, in a word or two; null for a ready endpoint. */
  readonly excluded: Message | null;
  readonly object: ObjectRef | null;
}

/** Endpoints in their order, then the Pods that the selector matches and that are none. */
export function membersOf(cluster: Cluster, service: string): readonly Member[] {
  const members = new Map<string, Member>();
  for (const slice of cluster.endpointSlices.get(service) ?? []) {
    const port = slice.ports.find((candidate) => candidate.port !== null)?.port ?? null;
    for (const endpoint of slice.endpoints) {
      const ip = endpoint.addresses[0];
      if (ip === undefined) continue;
      const target = endpoint.targetRef;
      const key = target === null ? ip : `${target.namespace}/${target.name}`;
      if (members.has(key)) continue;
      members.set(key, {
        key,
        title: target?.name ?? ip,
        node: endpoint.nodeName,
        address: port === null ? ip : socket(ip, port),
        excluded: endpoint.ready ? null : wordFor(cluster, key),
        object: target,
      });
    }
  }
  for (const { pod: key } of cluster.excludedPods.get(service) ?? []) {
    const pod = cluster.pods.get(key);
    const word = wordFor(cluster, key);
    const known = members.get(key);
    if (known !== undefined) members.set(key, { ...known, excluded: known.excluded ?? word });
    else if (pod !== undefined)
      members.set(key, { key, title: pod.ref.name, node: pod.node, address: pod.status.podIPs[0] ?? '', excluded: word, object: pod.ref });
  }
  return [...members.values()];
}

export function socket(ip: string, port: number): string {
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;
}

function wordFor(cluster: Cluster, key: string): Message {
  const status = cluster.pods.get(key)?.status;
  if (status === undefined) return msg('scene.excluded.not-ready');
  switch (status.phase) {
    case 'Pending':
      return msg('scene.excluded.pending');
    case 'Succeeded':
      return msg('scene.excluded.finished');
    case 'Failed':
      return msg('scene.excluded.failed');
    case 'Running':
    case 'Unknown':
      if (status.terminating) return msg('scene.excluded.terminating');
      return status.ready ? msg('scene.excluded.no-endpoint') : msg('scene.excluded.not-ready');
  }
}
