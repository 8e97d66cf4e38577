/** From a rule's backend to addresses: the Service stands in the Ingress's namespace for every controller (S9.9). */
import type { Cluster } from '../../cluster/cluster.ts';
import type { IngressBackend } from '../../kinds/ingress/ingress-spec.ts';
import type { ServicePort } from '../../kinds/service/service-spec.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import { resolveExternalName, resolvePort } from '../proxy/backend.ts';
import type { Resolved } from '../proxy/proxy.ts';
import { backendPort } from './route.ts';

/** S9.9: a number names the Service's port, a name names the Service port. */
export function matchesPort(port: ServicePort, backend: Extract<IngressBackend, { kind: 'service' }>): boolean {
  return 'number' in backend.port ? port.port === backend.port.number : port.name === backend.port.name;
}

/** Ready endpoints of the backend; `matches` says whether a Service port is the one meant. */
export function resolveBackend(cluster: Cluster, namespace: string, backend: IngressBackend, matches: typeof matchesPort = matchesPort): Resolved {
  if (backend.kind === 'resource') return { kind: 'resource', what: `${backend.resourceKind}/${backend.name}` };
  const key = nameKey(namespace, backend.name);
  const service = cluster.services.get(key);
  if (service === undefined) return { kind: 'no-service', service: key };
  if (service.type === 'ExternalName') {
    const declared = service.ports.find((port) => matchesPort(port, backend));
    return resolveExternalName(cluster, service, declared, 'number' in backend.port ? backend.port.number : backend.port.name);
  }
  const port = service.ports.find((candidate) => candidate.protocol === 'TCP' && matches(candidate, backend));
  return port === undefined ? { kind: 'no-port', service, port: backendPort(backend) } : resolvePort(cluster, service, port);
}
