/**
 * What the control plane would settle on: an immutable, plain snapshot derived from objects and environment
 * (semantics S1.5 phase B). Maps keep insertion order, which is by namespace and name, so equal inputs give equal
 * clusters. Everything is structured-cloneable.
 */
import type { Message } from '../../catalogue/message.ts';
import type { BackendTLSPolicy } from '../kinds/backend-tls-policy/backend-tls-policy-spec.ts';
import type { ConfigMap } from '../kinds/config-map/config-map-spec.ts';
import type { EndpointSlice } from '../kinds/endpoint-slice/endpoint-slice-spec.ts';
import type { Route } from '../kinds/gateway-api/route-spec.ts';
import type { GatewayClass } from '../kinds/gateway-class/gateway-class-spec.ts';
import type { Gateway } from '../kinds/gateway/gateway-spec.ts';
import type { IngressClass } from '../kinds/ingress-class/ingress-class-spec.ts';
import type { Ingress } from '../kinds/ingress/ingress-spec.ts';
import type { Defaults } from '../kinds/kind.ts';
import type { ListenerSet } from '../kinds/listener-set/listener-set-spec.ts';
import type { Namespace } from '../kinds/namespace/namespace-spec.ts';
import type { NetworkPolicy } from '../kinds/network-policy/network-policy-spec.ts';
import type { Node } from '../kinds/node/node-spec.ts';
import type { Pod, TransportProtocol } from '../kinds/pod/pod-spec.ts';
import type { ReferenceGrant } from '../kinds/reference-grant/reference-grant-spec.ts';
import type { ControllerSpec } from '../kinds/scenario/scenario-spec.ts';
import type { Secret } from '../kinds/secret/secret-spec.ts';
import type { LoadBalancerIngress, Service } from '../kinds/service/service-spec.ts';
import type { Workload } from '../kinds/workload/workload-spec.ts';
import type { Manifests } from '../manifests/document.ts';
import type { Finding, Rejection, RuleId } from '../manifests/finding.ts';
import type { ObjectRef } from '../manifests/object-ref.ts';
import type { FieldPath } from '../manifests/source.ts';
import type { Assumption } from '../trace/assumption.ts';
import type { Environment } from './environment.ts';
import type { SettledGatewayApi } from './gateways/settled.ts';

export interface Cluster {
  readonly environment: Environment;
  /** Boxes of the map that a person moved: see `Scenario`. */
  readonly arrangement: Readonly<Record<string, number>>;
  readonly manifests: Manifests;

  /** Keyed by `nameKey(namespace, name)`; cluster-scoped objects by name. */
  readonly namespaces: ReadonlyMap<string, Namespace>;
  readonly nodes: ReadonlyMap<string, Node>;
  readonly pods: ReadonlyMap<string, Pod>;
  /** Keyed by `refKey`. */
  readonly workloads: ReadonlyMap<string, Workload>;
  readonly services: ReadonlyMap<string, Service>;
  readonly ingresses: ReadonlyMap<string, Ingress>;
  readonly ingressClasses: ReadonlyMap<string, IngressClass>;
  readonly networkPolicies: ReadonlyMap<string, NetworkPolicy>;
  readonly secrets: ReadonlyMap<string, Secret>;
  readonly configMaps: ReadonlyMap<string, ConfigMap>;
  readonly gatewayClasses: ReadonlyMap<string, GatewayClass>;
  readonly gateways: ReadonlyMap<string, Gateway>;
  readonly listenerSets: ReadonlyMap<string, ListenerSet>;
  /** Keyed by `refKey`: routes of all kinds (`protocol` tells them apart). */
  readonly routes: ReadonlyMap<string, Route>;
  readonly referenceGrants: ReadonlyMap<string, ReferenceGrant>;
  readonly backendTLSPolicies: ReadonlyMap<string, BackendTLSPolicy>;
  /** What the controllers of the Gateway API settle on. */
  readonly gatewayApi: SettledGatewayApi;
  /** By Service key. Pasted slices win over synthesis. */
  readonly endpointSlices: ReadonlyMap<string, readonly EndpointSlice[]>;
  /** By Service key: Pods the selector matches that are no endpoint, and why (near misses are findings). */
  readonly excludedPods: ReadonlyMap<string, readonly { readonly pod: string; readonly why: Message; readonly rule: RuleId }[]>;

  readonly controllers: readonly Controller[];
  /** By Service key, for every Service of type LoadBalancer. */
  readonly loadBalancers: ReadonlyMap<string, LoadBalancer>;
  /** Who owns an address, for routing: by IP in canonical form. */
  readonly addressOwners: ReadonlyMap<string, AddressOwner>;
  /** Names that resolve outside the cluster, lower case, `*.` wildcards included. */
  readonly publicRecords: ReadonlyMap<string, PublicDnsRecord>;

  /** Values that API server defaulting gave, by `refKey` then formatted path: Service/shop/api → spec.type → ClusterIP. */
  readonly defaults: ReadonlyMap<string, Defaults>;
  /** By `refKey`, or `refKey#field` for an address or port that was allocated. */
  readonly provenance: ReadonlyMap<string, Provenance>;
  readonly assumptions: ReadonlyMap<string, Assumption>;
  readonly rejections: readonly Rejection[];
  readonly findings: readonly Finding[];
}

/** *Who made this?*: which controller, from which field (S1.4). */
export interface Provenance {
  /** `Deployment controller`, `EndpointSlice controller`, `API server`, `cloud-controller-manager`, `Podpath` for inferences. */
  readonly by: string;
  readonly from: { readonly object: ObjectRef; readonly path: FieldPath } | null;
  readonly why: Message;
  /** Set when an inference made it. */
  readonly assumption: string | null;
}

/**
 * A running Ingress controller, with the objects it claims. One that lives in a cloud has an entry for each load
 * balancer that it makes, with the Ingresses served there.
 */
export interface Controller {
  readonly name: string;
  readonly kind: ControllerSpec['kind'];
  readonly implementation: string;
  /** Names of the IngressClasses it serves; and what the legacy annotation must equal. */
  readonly classes: readonly string[];
  readonly config: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  /** Keys of its Pods. */
  readonly pods: readonly string[];
  /** Key of the Service that exposes it; null when it is reached on its Pods' or nodes' addresses. */
  readonly service: string | null;
  /** Set where a load balancer of a cloud carries the traffic, and no Pod does. */
  readonly balancer: IngressBalancer | null;
  /** Ports its Pods, or its load balancer, listen on: to what is spoken there. */
  readonly listens: readonly { readonly containerPort: number; readonly scheme: 'http' | 'https' }[];
  /** Keys of Ingresses it claims, oldest first; of a load balancer in the order in which their rules are tried. */
  readonly claims: readonly string[];
  /** Keys of Ingresses it does not claim, and why: for the considered list and findings. */
  readonly refuses: readonly { readonly ingress: string; readonly why: Message; readonly rule: RuleId }[];
  /** Addresses it publishes in status of what it claims (S9.11). */
  readonly publishes: readonly LoadBalancerIngress[];
  readonly assumption: string | null;
  /** Index in `Environment.controllers` of what states it; null: it was pasted, or presupposed. */
  readonly statement: number | null;
  /** In whose place it runs (`ControllerSpec.insteadOf`); null: in nobody's. */
  readonly standIn: { readonly name: string; readonly implementation: string } | null;
}

/** The load balancer that a cloud makes for Ingresses: it is the proxy, and routes by their rules (S8.2.16, S8.3.2). */
export interface IngressBalancer {
  /** `shop/web` for one Ingress, or the name of a group of them. */
  readonly name: string;
  /** Heading on the map: `AWS ALB`, `GKE Ingress`. */
  readonly product: string;
  readonly why: Message;
  /** Why its controller cannot make it, or not as the manifests stand; null when it can. */
  readonly trouble: {
    readonly why: Message;
    readonly rules: readonly RuleId[];
    readonly because: readonly { readonly object: ObjectRef; readonly path: FieldPath }[];
  } | null;
  /** Addresses that the name it publishes resolves to, or the published ones themselves; none where it does not exist. */
  readonly addresses: readonly string[];
  /** The address that nodes and Pods see as source. */
  readonly ownAddress: string;
  readonly scheme: LoadBalancer['scheme'];
  /** Ranges it lets in; empty: everyone. */
  readonly inbound: readonly string[];
}

/** S8.1.5, S8.6. */
export type DeliveryMode = 'proxy' | 'passthroughNodePort' | 'passthroughVip' | 'ipTarget';

export interface LoadBalancer {
  readonly service: string;
  /** Heading on the map: `AWS NLB`, `MetalLB`, `Load balancer`. */
  readonly product: string;
  readonly state: 'active' | 'pending';
  /** Why it is what it is: the controller and field, or why nobody provides one. */
  readonly why: Message;
  readonly rules: readonly RuleId[];
  /** The field or annotation that decided, on the Service. */
  readonly decidedBy: FieldPath | null;
  readonly mode: DeliveryMode;
  readonly ingress: readonly LoadBalancerIngress[];
  /** Addresses that the names in `ingress` resolve to, or the IPs themselves. */
  readonly addresses: readonly string[];
  /** The address that nodes and Pods see as source when it proxies. */
  readonly ownAddress: string;
  readonly scheme: 'internet-facing' | 'internal';
  readonly preservesClientIP: boolean;
  readonly proxyProtocol: boolean;
  /** Service ports at which it ends TLS, and whether it encrypts again toward the target. */
  readonly tls: { readonly ports: readonly number[]; readonly reencrypt: boolean; readonly certificate: string } | null;
  /** Adds X-Forwarded-* because it speaks HTTP (Classic ELB http listeners). */
  readonly http: boolean;
  /** Nodes announce the address themselves; no machine stands between router and node (S8.5). */
  readonly announced: boolean;
  /** Leaves out nodes without an endpoint where `externalTrafficPolicy` is `Local`. */
  readonly heedsLocal: boolean;
  /** Who keeps out what `loadBalancerSourceRanges` does not list: itself or its cloud, only the nodes, or nobody (S7.8, S8.2.14). */
  readonly sourceFilter: 'own' | 'nodes' | 'none';
  /** Chooses by the source address where the Service has `sessionAffinity`, so that a client keeps its node (S7.7.3). */
  readonly hashesSource: boolean;
  /** What holds for this provider alone, or what nobody can tell from manifests: health probes, idle timeouts. */
  readonly notes: readonly { readonly message: Message; readonly rules: readonly RuleId[] }[];
  /** Nodes it may send to; empty for `ipTarget`. MetalLB L2: the one announcing node. */
  readonly nodes: readonly string[];
  /** Nodes or targets it leaves out, and why. */
  readonly excluded: readonly { readonly what: string; readonly why: Message }[];
  readonly assumption: string | null;
}

export type AddressOwner =
  | { readonly kind: 'pod'; readonly pod: string }
  /** A hostNetwork Pod shares it: the node owns it, its processes listen there. */
  | { readonly kind: 'node'; readonly node: string; readonly external: boolean }
  | { readonly kind: 'cluster-ip' | 'external-ip'; readonly service: string }
  | { readonly kind: 'load-balancer'; readonly service: string }
  | { readonly kind: 'ingress-balancer'; readonly name: string };

export interface PublicDnsRecord {
  readonly name: string;
  readonly addresses: readonly string[];
  readonly cname: string | null;
  /** What published it: an Ingress, a Service, a statement in the environment. */
  readonly from: ObjectRef | null;
  readonly why: Message;
  readonly assumption: string | null;
}

/** One `ip:port` behind a Service port, after S5. */
export interface Endpoint {
  readonly ip: string;
  readonly port: number;
  readonly protocol: TransportProtocol;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  readonly node: string | null;
  readonly zone: string | null;
  readonly hostname: string | null;
  /** Key of the Pod, if one stands behind it. */
  readonly pod: string | null;
  readonly hints: { readonly forZones: readonly string[]; readonly forNodes: readonly string[] };
}
