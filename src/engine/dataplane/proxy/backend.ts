/**
 * From a backend to addresses: Service, Service port, ready endpoints (S9.9, S12.9.3). Which numbers and names count as
 * the port, and whether a Service that stands for a name may be used at all, is the caller's own.
 */
import type { Cluster, Endpoint } from '../../cluster/cluster.ts';
import type { SliceEndpoint } from '../../kinds/endpoint-slice/endpoint-slice-spec.ts';
import type { Service, ServicePort } from '../../kinds/service/service-spec.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import type { Resolved } from './proxy.ts';

/** Ready endpoints of a Service port; none is a reason of its own. */
export function resolvePort(cluster: Cluster, service: Service, port: ServicePort): Resolved {
  const endpoints = readyEndpoints(cluster, service, port);
  return endpoints.length === 0 ? { kind: 'no-endpoints', service, port } : { kind: 'endpoints', service, port, endpoints };
}

/**
 * A proxy resolves the name itself; a name of this cluster leads to that Service (S6.11, S10.9). `asked` is the port as
 * the backend names it, and `declared` the Service port that is, where the Service has any.
 */
export function resolveExternalName(cluster: Cluster, service: Service, declared: ServicePort | undefined, asked: number | string): Resolved {
  const name = (service.externalName ?? '').replace(/\.$/, '').toLowerCase();
  const target = declared?.targetPort;
  const port = typeof target === 'number' && target > 0 ? target : (declared?.port ?? (typeof asked === 'number' ? asked : 0));
  if (name === '' || port === 0) return { kind: 'no-port', service, port: String(asked) };
  const suffix = `.svc.${cluster.environment.clusterDomain}`;
  if (!name.endsWith(suffix)) return { kind: 'external', service, name, port };
  const [inner, namespace] = name.slice(0, -suffix.length).split('.');
  const behind = cluster.services.get(nameKey(namespace ?? '', inner ?? ''));
  if (behind === undefined || behind.type === 'ExternalName') return { kind: 'unresolved-name', service, name };
  const ip = behind.clusterIPs[0];
  if (!behind.headless) return ip === undefined ? { kind: 'unresolved-name', service, name } : { kind: 'cluster-ip', service: behind, ip, port };
  const addresses = (cluster.endpointSlices.get(nameKey(behind.ref.namespace, behind.ref.name)) ?? [])
    .flatMap((slice) => slice.endpoints)
    .filter((entry) => entry.ready)
    .flatMap((entry) => endpointsOf(cluster, entry, port, 'TCP'));
  const servicePort = declared ?? behind.ports[0];
  if (addresses.length === 0 || servicePort === undefined) return { kind: 'unresolved-name', service, name };
  return { kind: 'endpoints', service: behind, port: servicePort, endpoints: addresses };
}

const memo = new WeakMap<Cluster, Map<string, readonly Endpoint[]>>();

/**
 * Ready entries of the Service port in every EndpointSlice, each `ip:port` once, in slice order. Proxies take every
 * address of an entry, kube-proxy only the first (S5.12): so this is not `cluster/endpoints.ts`.
 */
export function readyEndpoints(cluster: Cluster, service: Service, port: ServicePort): readonly Endpoint[] {
  let known = memo.get(cluster);
  if (known === undefined) memo.set(cluster, (known = new Map()));
  const serviceKey = nameKey(service.ref.namespace, service.ref.name);
  const key = `${serviceKey}:${port.name}`;
  let endpoints = known.get(key);
  if (endpoints === undefined) known.set(key, (endpoints = read(cluster, serviceKey, port)));
  return endpoints;
}

function read(cluster: Cluster, serviceKey: string, port: ServicePort): readonly Endpoint[] {
  const out = new Map<string, Endpoint>();
  for (const slice of cluster.endpointSlices.get(serviceKey) ?? []) {
    if (slice.addressType === 'FQDN') continue;
    for (const slicePort of slice.ports) {
      if (slicePort.name !== port.name || slicePort.protocol !== port.protocol || slicePort.port === null) continue;
      for (const entry of slice.endpoints) {
        if (!entry.ready) continue;
        for (const endpoint of endpointsOf(cluster, entry, slicePort.port, port.protocol)) {
          const key = `${endpoint.ip} ${endpoint.port}`;
          if (!out.has(key)) out.set(key, endpoint);
        }
      }
    }
  }
  return [...out.values()];
}

function endpointsOf(cluster: Cluster, entry: SliceEndpoint, port: number, protocol: Endpoint['protocol']): Endpoint[] {
  const { ready, serving, terminating, hostname, hints, nodeName: node, zone } = entry;
  return entry.addresses.map((ip) => ({ ip, port, protocol, ready, serving, terminating, node, zone, hostname, pod: podOf(cluster, entry, ip), hints }));
}

/** The Pod an entry names, or the one that holds its address; null when no such Pod is known. */
function podOf(cluster: Cluster, entry: SliceEndpoint, ip: string): string | null {
  if (entry.targetRef?.kind === 'Pod') {
    const key = nameKey(entry.targetRef.namespace, entry.targetRef.name);
    if (cluster.pods.has(key)) return key;
  }
  const owner = cluster.addressOwners.get(ip);
  return owner?.kind === 'pod' ? owner.pod : null;
}
