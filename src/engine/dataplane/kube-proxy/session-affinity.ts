/**
 * `sessionAffinity: ClientIP`: each node remembers, per Service port and source address, the endpoint of the first
 * connection (S7.7). The first choice is random; a remembered endpoint that is no longer possible is forgotten.
 */
import type { Endpoint } from '../../cluster/cluster.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import type { Memory } from '../../trace/memory.ts';
import { formatSocket } from '../../trace/packet.ts';
import type { Frontend } from './frontends.ts';

/** Key into `Memory.affinity`; null when the Service has no affinity. */
export function affinityKey({ service, port }: Frontend, node: string, sourceIP: string): string | null {
  if (service.sessionAffinity.kind === 'None') return null;
  return `${node}|${nameKey(service.ref.namespace, service.ref.name)}:${port.port}/${port.protocol}|${sourceIP}`;
}

/** The endpoint this node remembers for the source, if it may still be chosen. */
export function rememberedEndpoint(memory: Memory, key: string | null, possible: readonly Endpoint[]): Endpoint | null {
  if (key === null) return null;
  const remembered = memory.affinity[key];
  return possible.find((endpoint) => formatSocket(endpoint) === remembered) ?? null;
}
