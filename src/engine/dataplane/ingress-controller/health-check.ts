/**
 * What a load balancer of a cloud asks of its targets before it sends them requests (S8.1.8). The kubelet's readiness
 * probe is another question: a Pod may be ready and still not pass.
 */
import type { Cluster, Endpoint } from '../../cluster/cluster.ts';
import { isDown, nodeAddress } from '../../cluster/nodes.ts';
import type { Node } from '../../kinds/node/node-spec.ts';
import type { Service, ServicePort } from '../../kinds/service/service-spec.ts';
import { podOverride } from '../../cluster/pod-overrides.ts';
import { listeningOn } from '../pod/listening.ts';
import { readyEndpoints } from '../proxy/backend.ts';
import type { Target } from '../proxy/proxy.ts';

export interface HealthCheck {
  /** As a person would ask it: `GET /healthz`. */
  readonly question: string;
  readonly accepts: (status: number) => boolean;
  /** It asks what the readiness probe asks, which a ready Pod has answered. */
  readonly isReadiness: boolean;
}

/** Whether the Pod at the endpoint passes; where no Pod is known behind it, nothing speaks against it. */
export function passes(cluster: Cluster, { pod: key, port }: Endpoint, check: HealthCheck): boolean {
  const pod = key === null ? undefined : cluster.pods.get(key);
  if (pod === undefined) return true;
  if (pod.node !== null && isDown(cluster, pod.node)) return false;
  if (listeningOn(cluster, pod, port, 'TCP', false).kind !== 'listens') return false;
  const { status = 200, failConnection = false } = podOverride(cluster.environment, key ?? '') ?? {};
  return !failConnection && (check.isReadiness || check.accepts(status));
}

/** Node ports of the nodes that take part; `healthy` are those behind whose node port somebody passes. */
export function nodesFor(
  cluster: Cluster,
  service: Service,
  port: ServicePort,
  check: HealthCheck,
  takesPart: (node: Node) => boolean,
): { readonly all: Extract<Target, { kind: 'nodes' }>['nodes']; readonly healthy: Extract<Target, { kind: 'nodes' }>['nodes'] } {
  const passing = readyEndpoints(cluster, service, port).filter((endpoint) => passes(cluster, endpoint, check));
  const all = [...cluster.nodes.values()].flatMap((node) => {
    const ip = nodeAddress(node);
    return ip === null || !node.ready || node.excludedFromLoadBalancers || !takesPart(node) ? [] : [{ name: node.ref.name, ip }];
  });
  const isLocal = service.externalTrafficPolicy === 'Local';
  const healthy = all.filter(({ name }) => !isDown(cluster, name) && passing.some((endpoint) => !isLocal || endpoint.node === name));
  return { all, healthy };
}
