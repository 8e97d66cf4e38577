/** The accepted objects of a cluster, sorted into kinds and ordered by namespace and name. */
import type { BackendTLSPolicy } from '../kinds/backend-tls-policy/backend-tls-policy-spec.ts';
import type { ConfigMap } from '../kinds/config-map/config-map-spec.ts';
import type { EndpointSlice } from '../kinds/endpoint-slice/endpoint-slice-spec.ts';
import type { Endpoints } from '../kinds/endpoints/endpoints-spec.ts';
import { mirrorEndpoints } from '../kinds/endpoints/mirror.ts';
import type { Route } from '../kinds/gateway-api/route-spec.ts';
import type { GatewayClass } from '../kinds/gateway-class/gateway-class-spec.ts';
import type { Gateway } from '../kinds/gateway/gateway-spec.ts';
import { kinds } from '../kinds/index.ts';
import type { IngressClass } from '../kinds/ingress-class/ingress-class-spec.ts';
import type { Ingress } from '../kinds/ingress/ingress-spec.ts';
import type { ApiObject } from '../kinds/kind.ts';
import type { ListenerSet } from '../kinds/listener-set/listener-set-spec.ts';
import type { Namespace } from '../kinds/namespace/namespace-spec.ts';
import type { NetworkPolicy } from '../kinds/network-policy/network-policy-spec.ts';
import type { Node } from '../kinds/node/node-spec.ts';
import type { Pod } from '../kinds/pod/pod-spec.ts';
import type { ReferenceGrant } from '../kinds/reference-grant/reference-grant-spec.ts';
import type { Scenario } from '../kinds/scenario/scenario-spec.ts';
import type { Secret } from '../kinds/secret/secret-spec.ts';
import type { Service } from '../kinds/service/service-spec.ts';
import type { ValidatingWebhookConfiguration } from '../kinds/validating-webhook-configuration/validating-webhook-configuration-spec.ts';
import type { Workload } from '../kinds/workload/workload-spec.ts';
import { nameKey, refKey } from '../manifests/object-ref.ts';
import { byNamespaceAndName } from './name-order.ts';

export interface Objects {
  /** All maps by `nameKey`, but workloads and routes by `refKey`. */
  readonly namespaces: Map<string, Namespace>;
  readonly nodes: Map<string, Node>;
  readonly pods: Map<string, Pod>;
  readonly workloads: Map<string, Workload>;
  readonly services: Map<string, Service>;
  readonly ingresses: Map<string, Ingress>;
  readonly ingressClasses: Map<string, IngressClass>;
  readonly networkPolicies: Map<string, NetworkPolicy>;
  readonly secrets: Map<string, Secret>;
  readonly configMaps: Map<string, ConfigMap>;
  readonly gatewayClasses: Map<string, GatewayClass>;
  readonly gateways: Map<string, Gateway>;
  readonly listenerSets: Map<string, ListenerSet>;
  /** Of every kind that has the route facet. */
  readonly routes: Map<string, Route>;
  readonly referenceGrants: Map<string, ReferenceGrant>;
  readonly backendTLSPolicies: Map<string, BackendTLSPolicy>;
  readonly validatingWebhookConfigurations: Map<string, ValidatingWebhookConfiguration>;
  /** Endpoints objects are mirrored into slices (S5.6). */
  readonly slices: readonly EndpointSlice[];
  /** In the order of the texts. */
  readonly scenarios: readonly Scenario[];
}

const ROUTE_KINDS = kinds.filter(({ route }) => route !== undefined).map(({ kind }) => kind);

/** An object stated twice counts as applied twice: the later one holds. */
export function sortObjects(objects: readonly ApiObject[]): Objects {
  const byKind = new Map<string, Map<string, ApiObject>>();
  for (const object of objects) {
    const { kind } = object.ref;
    const known = byKind.get(kind) ?? new Map<string, ApiObject>();
    byKind.set(kind, known);
    known.set(nameKey(object.ref.namespace, object.ref.name), object);
  }
  // Every reader of a kind gives objects of that kind's own type, so the kind tells the type.
  const list = <T extends ApiObject>(...kinds: readonly string[]): T[] =>
    kinds.flatMap((kind) => [...(byKind.get(kind)?.values() ?? [])] as T[]).sort(byNamespaceAndName);
  const map = <T extends ApiObject>(kind: string): Map<string, T> =>
    new Map(list<T>(kind).map((object) => [nameKey(object.ref.namespace, object.ref.name), object]));
  const workloads = list<Workload>('Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob');
  const byRefKey = <T extends ApiObject>(list: readonly T[]): Map<string, T> => new Map(list.map((object) => [refKey(object.ref), object]));
  return {
    namespaces: map('Namespace'),
    nodes: map('Node'),
    pods: map('Pod'),
    workloads: byRefKey(workloads),
    services: map('Service'),
    ingresses: map('Ingress'),
    ingressClasses: map('IngressClass'),
    networkPolicies: map('NetworkPolicy'),
    secrets: map('Secret'),
    configMaps: map('ConfigMap'),
    gatewayClasses: map('GatewayClass'),
    gateways: map('Gateway'),
    listenerSets: map('ListenerSet'),
    routes: byRefKey(list<Route>(...ROUTE_KINDS)),
    referenceGrants: map('ReferenceGrant'),
    backendTLSPolicies: map('BackendTLSPolicy'),
    validatingWebhookConfigurations: map('ValidatingWebhookConfiguration'),
    slices: [...list<EndpointSlice>('EndpointSlice'), ...list<Endpoints>('Endpoints').flatMap(mirrorEndpoints)],
    scenarios: ([...(byKind.get('Scenario')?.values() ?? [])] as Scenario[]).sort((a, b) => a.order - b.order),
  };
}
