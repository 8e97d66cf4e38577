/** Nodes as `scenario.yaml` states them: once one is stated, all that are to be must be. */
import type { Cluster } from '../cluster/cluster.ts';
import type { JsonObject } from '../manifests/document.ts';

/** As stated; else those that the cluster has now, so that what is added or changed changes nothing else. */
export function nodesStated(cluster: Cluster): readonly JsonObject[] {
  const { environment } = cluster;
  const stated = environment.nodes.length > 0 ? environment.nodes.map(asWritten) : [];
  if (environment.stated.includes('nodes')) return stated;
  const fromTexts = [...cluster.nodes.values()].map(({ ref, zone }) => ({ name: ref.name, ...(zone === null ? {} : { zone }) }));
  return stated.length > 0 ? stated : fromTexts;
}

function asWritten({ name, zone, internalIP, externalIP, down }: Cluster['environment']['nodes'][number]): JsonObject {
  return {
    name,
    ...(zone !== undefined && { zone }),
    ...(internalIP !== undefined && { internalIP }),
    ...(externalIP !== undefined && { externalIP }),
    ...(down === true && { down }),
  };
}
