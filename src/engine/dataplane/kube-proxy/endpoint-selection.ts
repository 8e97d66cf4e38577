/**
 * Which endpoints of a Service port may take a packet on a node: the cluster set and the local set, topology hints,
 * and the fallback to terminating endpoints that still serve (S7.2).
 */
import type { Cluster, Endpoint } from '../../cluster/cluster.ts';

export interface EndpointSets {
  readonly cluster: readonly Endpoint[];
  readonly local: readonly Endpoint[];
  /** Any usable endpoint on any node: decides between REJECT and DROP (S7.3). */
  readonly any: boolean;
  readonly topology: 'none' | 'node' | 'zone';
  /** The set holds terminating endpoints because none is ready. */
  readonly fallback: { readonly cluster: boolean; readonly local: boolean };
}

/** Whether it may take traffic at all: ready, or still serving while it terminates. */
export function isUsable({ ready, serving, terminating }: Endpoint): boolean {
  return ready || (serving && terminating);
}

export function endpointSets(cluster: Cluster, node: string, endpoints: readonly Endpoint[]): EndpointSets {
  const ready = endpoints.filter((endpoint) => endpoint.ready);
  const stillServing = endpoints.filter((endpoint) => !endpoint.ready && endpoint.serving && endpoint.terminating);
  const isLocal = (endpoint: Endpoint) => endpoint.node === node;
  const localReady = ready.filter(isLocal);
  const near = nearest(ready, node, cluster.nodes.get(node)?.zone ?? null);
  return {
    cluster: ready.length > 0 ? near.endpoints : stillServing,
    local: localReady.length > 0 ? localReady : stillServing.filter(isLocal),
    any: ready.length > 0 || stillServing.length > 0,
    topology: near.topology,
    fallback: { cluster: ready.length === 0, local: localReady.length === 0 },
  };
}

/** S7.2.4: hints count only when every ready endpoint has them and one of them points here. */
function nearest(
  ready: readonly Endpoint[],
  node: string,
  zone: string | null,
): { readonly endpoints: readonly Endpoint[]; readonly topology: EndpointSets['topology'] } {
  if (ready.length > 0 && ready.every(({ hints }) => hints.forNodes.length > 0)) {
    const here = ready.filter(({ hints }) => hints.forNodes.includes(node));
    if (here.length > 0) return { endpoints: here, topology: 'node' };
  }
  if (zone !== null && ready.length > 0 && ready.every(({ hints }) => hints.forZones.length > 0)) {
    const here = ready.filter(({ hints }) => hints.forZones.includes(zone));
    if (here.length > 0) return { endpoints: here, topology: 'zone' };
  }
  return { endpoints: ready, topology: 'none' };
}
