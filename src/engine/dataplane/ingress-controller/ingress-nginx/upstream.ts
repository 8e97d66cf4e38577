/** From a location to addresses: its upstream, the `default-backend` that stands in for an empty one, its canary. */
import { readyEndpoints } from '../../proxy/backend.ts';
import { resolveBackend } from '../backend.ts';
import type { Resolved } from '../../proxy/proxy.ts';
import type { Target } from '../../proxy/proxy.ts';
import type { Service } from '../../../kinds/service/service-spec.ts';
import { nameKey } from '../../../manifests/object-ref.ts';
import { backendPort } from '../route.ts';
import type { Cluster } from '../../../cluster/cluster.ts';
import type { Location, Upstream } from './configuration.ts';
import type { Settings } from './settings.ts';

/** S10.9–S10.11. */
export function resolveUpstream(cluster: Cluster, settings: Settings, upstream: Upstream): Resolved {
  const { namespace, backend, annotations } = upstream;
  const service = cluster.services.get(nameKey(namespace, backend.name));
  if (service?.type === 'ExternalName' && !settings.externalNames) return { kind: 'unresolved-name', service, name: service.externalName ?? '' };
  if (annotations.serviceUpstream && service !== undefined) {
    const own = ownAddress(service, backend);
    if (own !== null) return own;
  }
  const wanted = backendPort(backend);
  // The quirk of S10.10: a target port counts as the port too.
  return resolveBackend(cluster, namespace, backend, (port) => [String(port.port), String(port.targetPort), port.name].includes(wanted));
}

/** `service-upstream`: the ClusterIP stands in for the endpoints; null when the Service has none. */
function ownAddress(service: Service, backend: Upstream['backend']): Target | null {
  const ip = service.clusterIPs[0];
  if (service.headless || ip === undefined) return null;
  if ('number' in backend.port) return { kind: 'cluster-ip', service, ip, port: backend.port.number };
  const { name } = backend.port;
  const port = service.ports.find((candidate) => candidate.name === name);
  return port === undefined ? null : { kind: 'cluster-ip', service, ip, port: port.port };
}

/** The Service of the `default-backend` annotation with endpoints on its first port; null when it cannot serve. */
export function standIn(cluster: Cluster, { from }: Location): Extract<Target, { kind: 'endpoints' }> | null {
  if (from === null || from.annotations.defaultBackend === null) return null;
  return defaultService(cluster, nameKey(from.ingress.ref.namespace, from.annotations.defaultBackend));
}

/** A Service named without a port serves on its first. */
export function defaultService(cluster: Cluster, key: string): Extract<Target, { kind: 'endpoints' }> | null {
  const service = cluster.services.get(key);
  const port = service?.ports[0];
  if (service === undefined || port === undefined) return null;
  const endpoints = readyEndpoints(cluster, service, port);
  return endpoints.length === 0 ? null : { kind: 'endpoints', service, port, endpoints };
}
