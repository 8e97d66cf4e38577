/** Which nodes hold a ready endpoint of a Service: what the health check node port answers 200 for (S7.10.1). */
import type { EndpointSlice } from '../kinds/endpoint-slice/endpoint-slice-spec.ts';

export interface ReadyEndpoints {
  /** A ready endpoint exists, in the cluster or outside. */
  readonly any: boolean;
  readonly nodes: ReadonlySet<string>;
}

/** By Service key. */
export type LocalEndpoints = (serviceKey: string) => ReadyEndpoints;

export function localEndpoints(slices: ReadonlyMap<string, readonly EndpointSlice[]>): LocalEndpoints {
  const known = new Map<string, ReadyEndpoints>();
  return (key) => {
    let answer = known.get(key);
    if (answer === undefined) {
      const nodes = new Set<string>();
      let any = false;
      for (const slice of slices.get(key) ?? []) {
        for (const { ready, nodeName } of slice.endpoints) {
          if (!ready) continue;
          any = true;
          if (nodeName !== null) nodes.add(nodeName);
        }
      }
      known.set(key, (answer = { any, nodes }));
    }
    return answer;
  };
}
