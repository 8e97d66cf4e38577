/**
 * Topology hints of a Service's endpoints (S5.11): which zones, or which node, each endpoint should serve.
 * https://kubernetes.io/docs/concepts/services-networking/service/#traffic-distribution
 */
import type { SliceEndpoint } from '../kinds/endpoint-slice/endpoint-slice-spec.ts';
import type { Service } from '../kinds/service/service-spec.ts';

/**
 * The endpoints with hints. `topology-mode: Auto` outweighs `trafficDistribution`; it shares endpoints by the CPUs of
 * each zone, which no manifest tells, so it gives none here (U20).
 */
export function hintsFor(service: Service, endpoints: readonly SliceEndpoint[]): readonly SliceEndpoint[] {
  const distribution = service.trafficDistribution;
  if (distribution === null || wantsAutomaticHints(service)) return endpoints;
  return endpoints.map((endpoint) => {
    if (!endpoint.ready || endpoint.zone === null) return endpoint;
    const forNodes = distribution === 'PreferSameNode' && endpoint.nodeName !== null ? [endpoint.nodeName] : [];
    return { ...endpoint, hints: { forZones: [endpoint.zone], forNodes } };
  });
}

/** The annotation, or its older name, asks for hints in proportion to each zone's CPUs. */
export function wantsAutomaticHints(service: Service): boolean {
  return automaticHintsAnnotation(service) !== null;
}

export function automaticHintsAnnotation(service: Service): string | null {
  for (const name of ['service.kubernetes.io/topology-mode', 'service.kubernetes.io/topology-aware-hints']) {
    const value = service.metadata.annotations[name];
    if (value === 'Auto' || value === 'auto') return name;
  }
  return null;
}
