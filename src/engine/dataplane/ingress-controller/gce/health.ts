/**
 * The health check of a backend: what a BackendConfig says, else the readiness probe of the container that serves, else
 * `GET /`, and only status 200 will do (S8.3.2).
 */
import { member, textOf } from '../../../cluster/ingress-balancers/loose-json.ts';
import type { Cluster } from '../../../cluster/cluster.ts';
import { matchesLabels } from '../../../cluster/selectors.ts';
import type { Service, ServicePort } from '../../../kinds/service/service-spec.ts';
import { nameKey } from '../../../manifests/object-ref.ts';
import type { HealthCheck } from '../health-check.ts';
import { backendConfig } from './configs.ts';

export function healthCheck(cluster: Cluster, service: Service, port: ServicePort): HealthCheck {
  const stated = member(backendConfig(cluster, service, port)?.healthCheck ?? undefined, 'requestPath');
  const path = textOf(stated);
  if (path !== null) return byPath(cluster, service, path);
  const probed = readinessPath(cluster, service, port);
  return probed === null ? byPath(cluster, service, '/') : { question: `GET ${probed}`, accepts: () => true, isReadiness: true };
}

function byPath({ environment }: Cluster, { ref }: Service, path: string): HealthCheck {
  const isRefused = environment.assume[`health-check:${nameKey(ref.namespace, ref.name)}`] === false;
  return { question: `GET ${path}`, accepts: (status) => status === 200 && !isRefused, isReadiness: false };
}

/** Of the first container that declares the target port and is probed there over plain HTTP. */
function readinessPath(cluster: Cluster, { selector, ref }: Service, { targetPort }: ServicePort): string | null {
  if (selector === null) return null;
  for (const pod of cluster.pods.values()) {
    if (pod.ref.namespace !== ref.namespace || !matchesLabels(pod.metadata.labels, selector)) continue;
    for (const { ports, readinessPath: path, readinessPort } of pod.spec.containers) {
      const serving = ports.find(({ containerPort, name }) => containerPort === targetPort || name === targetPort);
      if (path === undefined || serving === undefined) continue;
      if (readinessPort === serving.containerPort || readinessPort === serving.name) return path;
    }
  }
  return null;
}
