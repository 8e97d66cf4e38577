/** Target groups: what stands behind a Service, as nodes or as Pods, and which of it passes the health check (S8.2.16). */
import type { AlbIngress } from '../../../cluster/ingress-balancers/alb-annotations.ts';
import { albMap, targetSetting, targetType } from '../../../cluster/ingress-balancers/alb-annotations.ts';
import type { AlbTarget } from '../../../cluster/ingress-balancers/alb-rules.ts';
import type { Cluster } from '../../../cluster/cluster.ts';
import type { Service } from '../../../kinds/service/service-spec.ts';
import { nameKey } from '../../../manifests/object-ref.ts';
import { resolvePort } from '../../proxy/backend.ts';
import type { Resolved, Upstream } from '../../proxy/proxy.ts';
import { type HealthCheck, nodesFor, passes } from '../health-check.ts';

export interface TargetGroup {
  readonly resolved: Resolved;
  /** None of the targets passes the health check, so all of them get requests. */
  readonly failsOpen: HealthCheck | null;
  /** Nodes or Pods. */
  readonly isNodes: boolean;
}

export function targetGroup(cluster: Cluster, one: AlbIngress, { name, port: asked }: Extract<AlbTarget, { kind: 'service' }>): TargetGroup {
  const key = nameKey(one.ingress.ref.namespace, name);
  const service = cluster.services.get(key);
  const empty = (resolved: Resolved): TargetGroup => ({ resolved, failsOpen: null, isNodes: false });
  if (service === undefined) return empty({ kind: 'no-service', service: key });
  if (service.type === 'ExternalName') return empty({ kind: 'name-unfollowed', service, name: service.externalName ?? '' });
  const port = service.ports.find((own) => (typeof asked === 'number' ? own.port === asked : own.name === asked));
  if (port === undefined) return empty({ kind: 'no-port', service, port: String(asked) });
  const check = checkOf(one, service);
  if (targetType(one, service) === 'ip') {
    const resolved = resolvePort(cluster, service, port);
    if (resolved.kind !== 'endpoints') return empty(resolved);
    const healthy = resolved.endpoints.filter((endpoint) => passes(cluster, endpoint, check));
    return healthy.length === 0 ? { resolved, failsOpen: check, isNodes: false } : empty({ ...resolved, endpoints: healthy });
  }
  const wanted = [...albMap(targetSetting(one, service, 'target-node-labels'))];
  const { all, healthy } = nodesFor(cluster, service, port, check, ({ metadata }) => wanted.every(([label, value]) => metadata.labels[label] === value));
  if (all.length === 0) return empty({ kind: 'no-endpoints', service, port });
  return {
    resolved: { kind: 'nodes', service, port, nodes: healthy.length === 0 ? all : healthy },
    failsOpen: healthy.length === 0 ? check : null,
    isNodes: true,
  };
}

function checkOf(one: AlbIngress, service: Service): HealthCheck {
  const isGrpc = targetSetting(one, service, 'backend-protocol-version') === 'GRPC';
  const codes = targetSetting(one, service, 'success-codes') ?? (isGrpc ? '12' : '200');
  return {
    question: `GET ${targetSetting(one, service, 'healthcheck-path') ?? '/'}`,
    // Codes of gRPC are not those of HTTP: an application that answers counts as healthy.
    accepts: (status) => isGrpc || codes.split(',').some((range) => isIn(range.trim(), status)),
    isReadiness: false,
  };
}

/** `200` or `200-299`. */
function isIn(range: string, status: number): boolean {
  const [from, to = from] = range.split('-').map(Number);
  return from !== undefined && to !== undefined && status >= from && status <= to;
}

export function tlsTo(one: AlbIngress, service: Service): Upstream['tls'] {
  // It takes any certificate.
  return targetSetting(one, service, 'backend-protocol') === 'HTTPS' ? { kind: 'encrypt', sni: null } : { kind: 'plain' };
}
