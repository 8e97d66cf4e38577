/**
 * The rules of claimed Ingresses as flat entries, each with the field that holds it. Shared by all implementations;
 * how entries win over each other is each implementation's own.
 */
import type { Cluster, Controller } from '../../cluster/cluster.ts';
import type { Ingress, IngressBackend, PathType } from '../../kinds/ingress/ingress-spec.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import type { FieldPath } from '../../manifests/source.ts';
import type { Reason } from '../component.ts';

export interface Route {
  readonly ingress: Ingress;
  /** Lower case; empty for all hosts. */
  readonly host: string;
  readonly path: string;
  readonly pathType: PathType;
  readonly backend: IngressBackend;
  /** Where the entry stands: `spec.rules[rule].http.paths[index]`. */
  readonly rule: number;
  readonly index: number;
}

/** The Ingresses a controller claims, oldest first. */
export function claimedIngresses(cluster: Cluster, controller: Controller): readonly Ingress[] {
  return controller.claims.flatMap((key) => cluster.ingresses.get(key) ?? []);
}

export function routesOf(ingress: Ingress): Route[] {
  return ingress.rules.flatMap((rule, ruleIndex) =>
    rule.paths.map((path, index) => ({
      ingress,
      host: rule.host.toLowerCase(),
      path: path.path === '' ? '/' : path.path,
      pathType: path.pathType,
      backend: path.backend,
      rule: ruleIndex,
      index,
    })),
  );
}

/** `shop/web`, as sentences and commands name an Ingress. */
export function ingressName(ingress: Ingress): string {
  return nameKey(ingress.ref.namespace, ingress.ref.name);
}

export function routePath(route: Pick<Route, 'rule' | 'index'>): FieldPath {
  return ['spec', 'rules', route.rule, 'http', 'paths', route.index];
}

/** The field that holds the entry, with what stands below it. */
export function routeReason(route: Pick<Route, 'ingress' | 'rule' | 'index'>, ...below: FieldPath): Reason {
  return { object: route.ingress.ref, path: [...routePath(route), ...below] };
}

export function annotationReason(ingress: Ingress, annotation: string): Reason {
  return { object: ingress.ref, path: ['metadata', 'annotations', annotation] };
}

/** `shop/api:80`, `shop/api:http` or `StorageBucket/assets`: what a rule names as its backend. */
export function backendName(namespace: string, backend: IngressBackend): string {
  if (backend.kind === 'resource') return `${backend.resourceKind}/${backend.name}`;
  return `${nameKey(namespace, backend.name)}:${backendPort(backend)}`;
}

/** The port as the rule writes it: a number or a Service port's name. */
export function backendPort(backend: Extract<IngressBackend, { kind: 'service' }>): string {
  return 'number' in backend.port ? String(backend.port.number) : backend.port.name;
}
