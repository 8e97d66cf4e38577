/** URLs in annotations that name a Service of this cluster: nginx finds it by its full name. */
import type { Cluster } from '../../../cluster/cluster.ts';
import type { Service } from '../../../kinds/service/service-spec.ts';
import { nameKey } from '../../../manifests/object-ref.ts';
import type { Consulted } from '../../../trace/hop.ts';
import { readyEndpoints } from '../../proxy/backend.ts';

export interface UrlService {
  /** `namespace/name`. */
  readonly key: string;
  /** Null where no such Service exists. */
  readonly service: Service | null;
}

/** Null for a host outside the cluster, and for what is no URL. */
export function serviceInUrl({ services, environment }: Cluster, url: string): UrlService | null {
  const [, host = ''] = /^https?:\/\/([^/:?$]+)/.exec(url) ?? [];
  const suffix = `.svc.${environment.clusterDomain}`;
  const plain = host.replace(/\.$/, '').toLowerCase();
  const [name, namespace] = plain.endsWith(suffix) ? plain.slice(0, -suffix.length).split('.') : [];
  if (name === undefined || namespace === undefined) return null;
  const key = nameKey(namespace, name);
  return { key, service: services.get(key) ?? null };
}

export function isServed(cluster: Cluster, service: Service): boolean {
  return service.type === 'ExternalName' || service.ports.some((port) => readyEndpoints(cluster, service, port).length > 0);
}

/** The Service as something that nginx asks beside the way of the request: `label` says by which annotation. */
export function asked({ ref, headless, clusterIPs }: Service, label: string): Consulted {
  return { object: ref, role: 'consulted', address: headless ? 'None' : (clusterIPs[0] ?? null), label };
}
