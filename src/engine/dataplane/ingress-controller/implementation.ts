/**
 * What an Ingress controller must answer to be simulated. The component (`ingress-controller.ts`) does what all
 * controllers share: it ends TLS, asks `certificate` and `route`, opens the connection and explains the hop.
 */
import type { Message } from '../../../catalogue/message.ts';
import type { Cluster, Controller, Endpoint } from '../../cluster/cluster.ts';
import type { Ingress } from '../../kinds/ingress/ingress-spec.ts';
import type { Secret } from '../../kinds/secret/secret-spec.ts';
import type { Service, ServicePort } from '../../kinds/service/service-spec.ts';
import type { RuleId } from '../../manifests/finding.ts';
import type { ObjectRef } from '../../manifests/object-ref.ts';
import type { Assumption } from '../../trace/assumption.ts';
import type { HttpRequest } from '../../trace/packet.ts';
import type { ConsideredChoice, Proxied, Reason } from '../component.ts';

export interface ControllerView {
  readonly cluster: Cluster;
  readonly controller: Controller;
}

/** A request as the controller has it before routing: TLS is off already. */
export interface ReceivedRequest {
  readonly http: HttpRequest;
  /** What was spoken on the port it came in by. */
  readonly scheme: 'http' | 'https';
  /** The controller's own port, a container port. */
  readonly port: number;
  /** Source address of the connection. */
  readonly peer: string;
  /** Address in the PROXY protocol header, if there is one. */
  readonly proxyProtocol: string | null;
  /** Endpoints (`ip:port`) it tried in vain for this request. */
  readonly failed: readonly string[];
}

/** The certificate shown for a server name. */
export interface CertificateChoice {
  /** Null: the controller's own, made at start, which no client trusts. */
  readonly secret: Secret | null;
  /** Names it is valid for; the common name counts only where nothing else is known. */
  readonly names: readonly string[];
  readonly trusted: boolean;
  readonly why: readonly Message[];
  readonly because: readonly Reason[];
  readonly rules: readonly RuleId[];
  readonly assumes: readonly Assumption[];
}

/** Where a backend of a rule leads. */
export type Target =
  | { readonly kind: 'endpoints'; readonly service: Service; readonly port: ServicePort; readonly endpoints: readonly Endpoint[] }
  /** The packet is addressed to the Service itself. */
  | { readonly kind: 'cluster-ip'; readonly service: Service; readonly ip: string; readonly port: number }
  | { readonly kind: 'external'; readonly service: Service; readonly name: string; readonly port: number };

/** Why a backend of a rule leads nowhere. */
export type Empty =
  | { readonly kind: 'resource'; readonly what: string }
  | { readonly kind: 'no-service'; readonly service: string }
  | { readonly kind: 'no-port'; readonly service: Service; readonly port: string }
  | { readonly kind: 'no-endpoints'; readonly service: Service; readonly port: ServicePort }
  | { readonly kind: 'unresolved-name'; readonly service: Service; readonly name: string };

export interface Upstream {
  /** Of the requests routed, 0 to 1. */
  readonly share: number;
  readonly target: Target;
  readonly request: HttpRequest;
  /** TLS on the new connection: the server name it sends, or null for none; `plain` without TLS. */
  readonly tls: { readonly kind: 'plain' } | { readonly kind: 'encrypt'; readonly sni: string | null };
  /** Label of the track to the Service: the rule's path. */
  readonly label: string;
  /** Why this upstream: the rule, or a criterion of a canary. Shown beside its endpoints. */
  readonly why: Message;
  /** Cookie affinity: the client is kept at the endpoint its cookie names. */
  readonly sticky?: { readonly cookie: string; readonly path: string };
}

export interface RouteDecision {
  readonly result:
    | { readonly kind: 'answer'; readonly status: number; readonly location?: string }
    | { readonly kind: 'forward'; readonly to: readonly Upstream[] };
  readonly title: Message;
  readonly why: readonly Message[];
  readonly rules: readonly RuleId[];
  readonly because: readonly Reason[];
  /** Rules in the order in which they were tried. Endpoints are added by the component. */
  readonly considered: readonly ConsideredChoice[];
  /** Whose rule decided, for the commands; null when none did. */
  readonly ingress: Ingress | null;
  /** Services and others that were read; their inferences become assumptions of the hop. */
  readonly read: readonly ObjectRef[];
  /** What only this request takes for granted. */
  readonly assumes: readonly Assumption[];
  /** Lower-case names. */
  readonly responseHeaders: Readonly<Record<string, string>>;
}

/** TLS that is not ended here: the connection is handed on by server name alone. */
export interface Passthrough {
  readonly target: Target;
  readonly ingress: Ingress;
  readonly because: readonly Reason[];
}

export interface IngressImplementation {
  /** As `Controller.implementation`. */
  readonly id: string;
  /** Name on the map. */
  readonly product: string;
  /** Values of `IngressClass.spec.controller` that it answers to. */
  readonly controllerStrings: readonly string[];
  /** Whether each connection must begin with a PROXY protocol header; null: it takes both. */
  readonly expectsProxyProtocol: (view: ControllerView) => boolean | null;
  readonly certificate: (view: ControllerView, serverName: string | null) => CertificateChoice;
  /** The connection is passed on with its TLS; null when TLS ends here. */
  readonly passthrough: (view: ControllerView, serverName: string | null) => Passthrough | null;
  /** A handshake it refuses: no server of that name and told to reject. */
  readonly refusesHandshake: (view: ControllerView, serverName: string | null) => boolean;
  readonly route: (view: ControllerView, request: ReceivedRequest) => RouteDecision;
  /** What its client gets when a connection to a backend fails, and how often it tries. */
  readonly onFailure: { readonly answers: Proxied['answers']; readonly tries: (view: ControllerView) => number };
}
