/**
 * What an Ingress controller must answer to be simulated. The component (`ingress-controller.ts`) does what all
 * controllers share: it ends TLS, asks `certificate` and `route`, opens the connection and explains the hop.
 */
import type { Message } from '../../../catalogue/message.ts';
import type { Cluster, Controller } from '../../cluster/cluster.ts';
import type { Ingress } from '../../kinds/ingress/ingress-spec.ts';
import type { RuleId } from '../../manifests/finding.ts';
import type { Command } from '../../trace/hop.ts';
import type { Assumption } from '../../trace/assumption.ts';
import type { TlsErrorKind } from '../../trace/outcome.ts';
import type { HttpRequest } from '../../trace/packet.ts';
import type { Reason } from '../component.ts';
import type { CertificateChoice, OnFailure, RequestDecision, Target, Upstream } from '../proxy/proxy.ts';
import type { Route } from './route.ts';

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
  /** Address of whoever asked first, before anything on the way put its own in its place; null where nobody asks. */
  readonly origin: string | null;
  /** Address in the PROXY protocol header, if there is one. */
  readonly proxyProtocol: string | null;
  /** Endpoints (`ip:port`) it tried in vain for this request. */
  readonly failed: readonly string[];
}

export interface RouteDecision extends Omit<RequestDecision, 'commands'> {
  readonly result:
    | { readonly kind: 'answer'; readonly status: number; readonly location?: string; readonly producer?: 'external' }
    /** `answered`: shares that it answers itself. */
    | { readonly kind: 'forward'; readonly to: readonly Upstream[]; readonly answered?: readonly AnsweredShare[] };
  /** Whose rule decided, for the commands; null when none did. */
  readonly ingress: Ingress | null;
  /** Of `why`: what is done with the request at the rule, not how it came there. Absent: nothing to speak of. */
  readonly effects?: readonly Message[];
}

export interface AnsweredShare extends Pick<RequestDecision, 'title' | 'why' | 'rules' | 'because'> {
  /** Of the requests routed, 0 to 1. */
  readonly share: number;
  readonly status: number;
  readonly producer?: 'external';
}

/** TLS that is not ended here: the connection is handed on by server name alone. */
export interface IngressPassthrough {
  readonly target: Target;
  readonly ingress: Ingress;
  readonly because: readonly Reason[];
}

/** Bytes that a port leads to a Service, without HTTP and without a rule of an Ingress. */
export type StreamService =
  /** The port is told of and not opened. */
  { readonly kind: 'closed'; readonly why: Message; readonly rule: RuleId } | ({ readonly kind: 'open' } & Stream);

export interface Stream {
  readonly target: Target;
  readonly why: Message;
  readonly because: readonly Reason[];
  readonly assumes: readonly Assumption[];
  readonly rule: RuleId;
  /** Of the PROXY protocol: whether each connection must begin with a header, and whether the new one does. */
  readonly expectsProxyProtocol: boolean;
  readonly sendsProxyProtocol: boolean;
}

export interface RefusedHandshake {
  readonly kind: TlsErrorKind;
  readonly why: (host: string) => Message;
  readonly rule: RuleId;
}

export interface Shadow {
  readonly route: Route;
  readonly winner: Ingress;
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
  readonly passthrough: (view: ControllerView, serverName: string | null) => IngressPassthrough | null;
  /** What stands behind a port of its own that no Ingress speaks of; null where there is nothing. */
  readonly stream?: (view: ControllerView, protocol: 'TCP' | 'UDP', port: number) => StreamService | null;
  /** A handshake that it does not take; null when it does. */
  readonly refusesHandshake: (view: ControllerView, serverName: string | null) => RefusedHandshake | null;
  /** What plain HTTP gets on a port of TLS (S14.4): an answer 400, or the end of the connection. */
  readonly onPlainText: 'answers' | 'closes';
  readonly route: (view: ControllerView, request: ReceivedRequest) => RouteDecision;
  /** Every entry that could take requests for a host, in the order in which they are tried. */
  readonly order: (view: ControllerView, host: string) => readonly Route[];
  /** Entries that no request can reach, each with the entry or Ingress that stands before it. */
  readonly shadowed: (view: ControllerView) => readonly Shadow[];
  /** Why an entry stands above the next one; the reasons of the API where it has none of its own. */
  readonly above?: (view: ControllerView, route: Route, next: Route) => Message;
  /** Commands that show more than the Ingress does. */
  readonly commands?: (view: ControllerView, decision: RouteDecision) => readonly Command[];
  /** What its client gets when a connection to a backend fails, and how often it tries. */
  readonly onFailure: Omit<OnFailure, 'tries'> & { readonly tries: (view: ControllerView) => number };
}
