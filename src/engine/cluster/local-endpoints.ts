/** Which nodes hold a ready endpoint of a Service: what the health check node port answers 200 for (S7.10.1). */
import type { EndpointSlice, SliceEndpoint } from '../kinds/endpoint-slice/endpoint-slice-spec.ts';

export interface ReadyEndpoints {
  /** A ready endpoint exists, in the cluster or outside. */
  readonly any: boolean;
  readonly nodes: ReadonlySet<string>;
  /** The same, where endpoints that still serve while they terminate count as well. */
  readonly serving: { readonly any: boolean; readonly nodes: ReadonlySet<string> };
}

/** By Service key. */
export type LocalEndpoints = (serviceKey: string) => ReadyEndpoints;

export function localEndpoints(slices: ReadonlyMap<string, readonly EndpointSlice[]>): LocalEndpoints {
  const known = new Map<string, ReadyEndpoints>();
  return (key) => {
    let answer = known.get(key);
    if (answer === undefined) {
      const endpoints = (slices.get(key) ?? []).flatMap((slice) => slice.endpoints);
      const ready = endpoints.filter((endpoint) => endpoint.ready);
      const serving = endpoints.filter((endpoint) => endpoint.ready || endpoint.serving);
      known.set(key, (answer = { ...placesOf(ready), serving: placesOf(serving) }));
    }
    return answer;
  };
}

function placesOf(endpoints: readonly SliceEndpoint[]): ReadyEndpoints['serving'] {
  return { any: endpoints.length > 0, nodes: new Set(endpoints.flatMap(({ nodeName }) => nodeName ?? [])) };
}
