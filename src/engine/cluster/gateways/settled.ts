/**
 * What the controllers of the Gateway API settle on (S12): which Gateway is served by whom, what each of its listeners
 * serves, which routes are attached where, what each backend reference leads to. The data plane reads this and decides
 * nothing of it again; the conditions are what the controllers would write into each status.
 *
 * Everything is plain data. Objects are named by their keys: Gateways, ListenerSets, Services, Secrets and policies by
 * `nameKey`, routes by `refKey`.
 */
import type { Message } from '../../../catalogue/message.ts';
import type { FrontendValidation } from '../../kinds/gateway/gateway-spec.ts';
import type { GroupKind } from '../../kinds/gateway-api/names.ts';
import type { Carrier } from '../../kinds/gateway-api/route-spec.ts';
import type { RuleId } from '../../manifests/finding.ts';
import type { ObjectRef } from '../../manifests/object-ref.ts';
import type { FieldPath } from '../../manifests/source.ts';
import type { LoadBalancerIngress } from '../../kinds/service/service-spec.ts';

/** One entry of `status.conditions`, with the reason in our words. */
export interface Condition {
  /** `Accepted`, `Programmed`, `ResolvedRefs`, `Conflicted`, … (S12.13). */
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  /** One word, as upstream spells it: `NotAllowedByListeners`. */
  readonly reason: string;
  readonly message: Message;
}

export interface SettledGatewayApi {
  /** By name of the class. */
  readonly classes: ReadonlyMap<string, SettledGatewayClass>;
  /** By `nameKey`. */
  readonly gateways: ReadonlyMap<string, SettledGateway>;
  /** By `nameKey`. */
  readonly listenerSets: ReadonlyMap<string, SettledListenerSet>;
  /** By `refKey`: `HTTPRoute/shop/web`. */
  readonly routes: ReadonlyMap<string, SettledRoute>;
  /** By `nameKey`. */
  readonly backendTLSPolicies: ReadonlyMap<string, SettledPolicy>;
  /** How a Gateway dials a Service port, by `namespace/name:port`; absent: without TLS (S12.12.3). */
  readonly backendTLS: ReadonlyMap<string, BackendTLS>;
  /** Routes that bind to a Service as their parent (S12.15), by `nameKey` of the Service. Empty without a mesh. */
  readonly mesh: ReadonlyMap<string, readonly MeshBinding[]>;
  /** Id of the assumption that a mesh runs; null where one was stated, or none runs. */
  readonly meshAssumption: string | null;
}

export interface SettledGatewayClass {
  readonly name: string;
  /** Name of the controller that serves it (`RunningGatewayController.name`); null: nobody does. */
  readonly controller: string | null;
  readonly conditions: readonly Condition[];
}

export interface SettledGateway {
  /** `nameKey` of the Gateway. */
  readonly gateway: string;
  /** Name of the controller that serves it; null: nobody does, and `why` says why. */
  readonly controller: string | null;
  /** Whose rules its data plane follows: `generic`. */
  readonly implementation: string;
  /** Features that the implementation lacks, in upstream's spelling: `HTTPRouteCORS`. */
  readonly unsupportedFeatures: readonly string[];
  readonly why: Message;
  readonly rules: readonly RuleId[];
  /** False: nothing of it is served (S12.13 Accepted). */
  readonly accepted: boolean;
  /** Own listeners first, then those of its ListenerSets in order of precedence (S12.4.4). */
  readonly listeners: readonly SettledListener[];
  /** The proxy that serves it, as ordinary objects; null when nobody serves it. */
  readonly infrastructure: GatewayInfrastructure | null;
  /** `status.addresses`: where clients reach it. Empty: nowhere yet. */
  readonly addresses: readonly LoadBalancerIngress[];
  /** `nameKey` of the Secret whose certificate it shows to backends; null: none. */
  readonly clientCertificate: string | null;
  readonly conditions: readonly Condition[];
  readonly attachedListenerSets: number;
  readonly assumption: string | null;
}

/** What the controller makes in the Gateway's namespace (S12.1.4), or what was pasted of it. */
export interface GatewayInfrastructure {
  /** `refKey` of the workload; null when only its Pods or its Service were pasted. */
  readonly workload: string | null;
  /** `nameKey` of the Service that exposes it; null: it is reached on its Pods' addresses. */
  readonly service: string | null;
  /** `nameKey` of its Pods. */
  readonly pods: readonly string[];
  /** Container ports of the Pods, and the listener port that each serves. */
  readonly listens: readonly { readonly containerPort: number; readonly port: number; readonly transport: 'TCP' | 'UDP' }[];
}

export interface SettledListener {
  /** Unique in the cluster: `Gateway/shop/public#http`, `ListenerSet/shop/more#http`. */
  readonly id: string;
  /** The Gateway or ListenerSet that holds it. */
  readonly owner: ObjectRef;
  /** `['spec', 'listeners', 0]` in the owner. */
  readonly path: FieldPath;
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  /** Null: a protocol that the controller does not serve. */
  readonly carrier: Carrier | null;
  /** Null: all hosts. */
  readonly hostname: string | null;
  /** Null: no TLS, or none that was configured. */
  readonly tls: SettledTls | null;
  /** Whether connections are served: accepted, in no conflict and programmed. */
  readonly serves: boolean;
  /** Kinds of routes that may attach, after what the protocol and the controller can do. */
  readonly supportedKinds: readonly GroupKind[];
  /** Routes that are attached, oldest first. */
  readonly attached: readonly AttachedRoute[];
  /** Routes that name this Gateway or ListenerSet and did not attach here. */
  readonly refused: readonly RefusedRoute[];
  /** What the status counts: `attached` by route. */
  readonly attachedRoutes: number;
  readonly conditions: readonly Condition[];
}

export type SettledTls =
  | { readonly mode: 'Passthrough' }
  | {
      readonly mode: 'Terminate';
      /** Usable certificates in the order of `certificateRefs`. */
      readonly certificates: readonly ListenerCertificate[];
      /** What clients must show (S12.12.5); null: nothing. */
      readonly frontend: SettledFrontend | null;
    };

export interface ListenerCertificate {
  /** `nameKey` of the Secret. */
  readonly secret: string;
  readonly path: FieldPath;
  /** `nameKey` of the ReferenceGrant that let it be named; null in the same namespace. */
  readonly grant: string | null;
}

export interface SettledFrontend {
  readonly mode: FrontendValidation['mode'];
  /** `nameKey` of the ConfigMaps whose `ca.crt` can be trusted. Empty: no client certificate is valid. */
  readonly trusts: readonly string[];
  /** Where it is configured, in the Gateway: `['spec', 'tls', 'frontend', 'default']`. */
  readonly path: FieldPath;
}

export interface AttachedRoute {
  /** `refKey` of the route. */
  readonly route: string;
  /** Position in its `parentRefs`. */
  readonly parentRef: number;
  /** Hosts it serves here: the more specific of listener's and route's (S12.2). Empty: all hosts. */
  readonly hostnames: readonly string[];
}

export interface RefusedRoute {
  readonly route: string;
  readonly parentRef: number;
  readonly reason: 'NoMatchingParent' | 'NotAllowedByListeners' | 'NoMatchingListenerHostname';
  readonly why: Message;
  readonly rule: RuleId;
}

export interface SettledListenerSet {
  readonly listenerSet: string;
  /** `nameKey` of the Gateway it adds to; null: it is not allowed, or there is none. */
  readonly gateway: string | null;
  /** Ids of its listeners, also of those that lost a conflict. */
  readonly listeners: readonly string[];
  readonly conditions: readonly Condition[];
}

export interface SettledRoute {
  readonly route: string;
  /** One per parent that a controller answers for (S12.13.1): others get no status. */
  readonly parents: readonly SettledParent[];
  /**
   * What each backend reference leads to, by `formatFieldPath` of its place: `spec.rules[0].backendRefs[1]`,
   * `spec.rules[0].filters[0].requestMirror.backendRef`.
   */
  readonly backends: ReadonlyMap<string, BackendResolution>;
}

export interface SettledParent {
  /** Position in `parentRefs`. */
  readonly index: number;
  /** Gateway, ListenerSet or (mesh) Service. */
  readonly parent: ObjectRef;
  readonly sectionName: string | null;
  readonly port: number | null;
  /** What the status calls `controllerName`. */
  readonly controllerName: string;
  readonly accepted: boolean;
  /** Ids of the listeners that it is attached to. */
  readonly listeners: readonly string[];
  readonly conditions: readonly Condition[];
}

export type BackendResolution =
  | {
      readonly kind: 'service';
      /** `nameKey` of the Service. */
      readonly service: string;
      /** The Service port's number. */
      readonly port: number;
      readonly appProtocol: string | null;
      /** `nameKey` of the ReferenceGrant that allows it; null in the same namespace. */
      readonly grant: string | null;
    }
  /** Its share of requests fails (S12.9.2). */
  | {
      readonly kind: 'invalid';
      readonly reason: 'RefNotPermitted' | 'InvalidKind' | 'BackendNotFound' | 'UnsupportedProtocol';
      readonly why: Message;
      readonly rule: RuleId;
    };

export interface SettledPolicy {
  readonly policy: string;
  /** One per Gateway whose routes lead to a target. */
  readonly ancestors: readonly { readonly parent: ObjectRef; readonly controllerName: string; readonly conditions: readonly Condition[] }[];
}

/** S12.12.3. */
export interface BackendTLS {
  /** `nameKey` of the BackendTLSPolicy that holds, and the target reference in it. */
  readonly policy: string;
  readonly path: FieldPath;
  /** The server name asked for. */
  readonly hostname: string;
  /** Names of which the backend's certificate must bear one; the hostname unless stated. */
  readonly subjectAltNames: readonly { readonly type: 'Hostname' | 'URI'; readonly value: string }[];
  /** `system`, or the ConfigMaps (`nameKey`) that can be trusted; an empty list: every connection fails. */
  readonly trusts: 'system' | readonly string[];
}

export interface MeshBinding {
  /** `refKey` of the route. */
  readonly route: string;
  readonly parentRef: number;
  /** Null: every port of the Service. */
  readonly port: number | null;
  /** A consumer route holds for clients of its own namespace only, before producer routes; null: a producer route. */
  readonly consumerNamespace: string | null;
}

/** For clusters without an object of the Gateway API. */
export const NO_GATEWAYS: SettledGatewayApi = {
  classes: new Map(),
  gateways: new Map(),
  listenerSets: new Map(),
  routes: new Map(),
  backendTLSPolicies: new Map(),
  backendTLS: new Map(),
  mesh: new Map(),
  meshAssumption: null,
};
