/**
 * What any proxy is that ends its client's connection and opens another one (S1.7): an Ingress controller's Pod, a
 * Gateway's Pod, the proxy beside a client in a mesh. This room dials, shows certificates, keeps clients at their
 * endpoint and makes hops of decisions. It never knows how a rule wins: each kind of proxy brings its own decisions.
 */
import type { Message } from '../../../catalogue/message.ts';
import type { Cluster, Endpoint } from '../../cluster/cluster.ts';
import type { Secret } from '../../kinds/secret/secret-spec.ts';
import type { LoadBalancerIngress, Service, ServicePort } from '../../kinds/service/service-spec.ts';
import type { RuleId } from '../../manifests/finding.ts';
import type { ObjectRef } from '../../manifests/object-ref.ts';
import type { Assumption } from '../../trace/assumption.ts';
import type { Command, Consulted } from '../../trace/hop.ts';
import type { Memory } from '../../trace/memory.ts';
import type { HttpRequest } from '../../trace/packet.ts';
import type { Mirror, SourceAddressKind } from '../../trace/trace.ts';
import type { ConsideredChoice, HopDecision, Proxied, Reason, State, Verification } from '../component.ts';
import type { HeaderEdit } from '../header-edits.ts';

export interface Proxy {
  readonly hop: 'ingress-controller' | 'gateway';
  /** The family of sentences that name it, and the word for where TLS ends. */
  readonly speaker: 'ingress' | 'gateway' | 'mesh' | 'load-balancer';
  /** Name on the map. */
  readonly product: string;
  /** Key of the Pod it runs in; null where it stands outside the cluster. */
  readonly pod: string | null;
  /** Set where it stands outside the cluster: its name, its address for backends, what it was made for. */
  readonly outside?: { readonly name: string; readonly address: string; readonly object: ObjectRef | null };
  /** Where clients find it. */
  readonly publishes: readonly LoadBalancerIngress[];
  readonly assumption: string | null;
  /** Whose address its backends see. */
  readonly source: SourceAddressKind;
  readonly onFailure: OnFailure;
  /** The rules that a choice of endpoint and a connection without HTTP follow. */
  readonly rules: { readonly endpoint: RuleId; readonly notHttp: RuleId };
}

/** What its client gets when a connection to a backend fails, and how often it tries. */
export interface OnFailure {
  readonly answers: Proxied['answers'];
  /** The first one included. */
  readonly tries: number;
  /** Whether an endpoint is tried again when no other is left; otherwise each is tried once. */
  readonly anyEndpoint?: boolean;
  /** Set where a request that a backend took is not sent again, whatever becomes of it. */
  readonly onlyUnsent?: true;
  /** Milliseconds: for one try, for all together; and the field that says so. */
  readonly limits?: { readonly perTry?: number; readonly whole?: number; readonly by?: Reason };
  /** Milliseconds before another try. */
  readonly backoff?: number;
  /** HTTP statuses of a backend that count as failures. */
  readonly retryOn?: readonly number[];
  /** Goes with its answers where the request is one of gRPC. */
  readonly grpcStatus?: number;
}

/** One visit of a connection to a proxy. */
export interface Visit {
  readonly cluster: Cluster;
  readonly state: State;
  readonly memory: Memory;
  readonly proxy: Proxy;
}

/** The certificate shown for a server name. */
export interface CertificateChoice {
  /** Null: the proxy's own, made at start, which no client trusts, or one that a cloud keeps. */
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
  /** Node ports of nodes: the kernel there picks a Pod. */
  | { readonly kind: 'nodes'; readonly service: Service; readonly port: ServicePort; readonly nodes: readonly { readonly name: string; readonly ip: string }[] }
  | { readonly kind: 'external'; readonly service: Service; readonly name: string; readonly port: number };

/** Why a backend of a rule leads nowhere. */
export type Empty =
  | { readonly kind: 'resource'; readonly what: string }
  | { readonly kind: 'no-service'; readonly service: string }
  | { readonly kind: 'no-port'; readonly service: Service; readonly port: string }
  | { readonly kind: 'no-endpoints'; readonly service: Service; readonly port: ServicePort }
  /** There are some, and none passes the health check. `check`: what it asks for. */
  | { readonly kind: 'unhealthy'; readonly service: Service; readonly port: ServicePort; readonly check: string }
  | { readonly kind: 'unresolved-name'; readonly service: Service; readonly name: string }
  /** The Service stands for a name, and the proxy is not told to follow such Services. */
  | { readonly kind: 'name-unfollowed'; readonly service: Service; readonly name: string };

export type Resolved = Target | Empty;

export function isTarget(resolved: Resolved): resolved is Target {
  return resolved.kind === 'endpoints' || resolved.kind === 'cluster-ip' || resolved.kind === 'nodes' || resolved.kind === 'external';
}

export type Sticky =
  | { readonly cookie: string; readonly path: string; readonly beatsShares?: true }
  /** S12.10: the proxy hands out a header that the client sends again. */
  | { readonly header: string; readonly beatsShares?: true };

export interface Upstream {
  /** Of the requests routed, 0 to 1. */
  readonly share: number;
  readonly target: Target;
  readonly request: HttpRequest;
  /** TLS on the new connection: the server name it sends, or null for none; `plain` without TLS. */
  readonly tls:
    | { readonly kind: 'plain' }
    /** `clientCertificate`: the Secret it shows; `verifies`: what the backend must show, absent where nobody checks. */
    | { readonly kind: 'encrypt'; readonly sni: string | null; readonly clientCertificate?: string; readonly verifies?: Verification };
  /** Label of the track to the Service: the rule's path. */
  readonly label: string;
  /** Why this upstream: the rule, or a criterion of a canary. Shown beside its endpoints. */
  readonly why: Message;
  /** The client is kept at the endpoint that its cookie, or its header, names. */
  readonly sticky?: Sticky;
  /** What is done to the headers of the answer on this way. */
  readonly responseEdits?: readonly HeaderEdit[];
  /** What is spoken on the new connection, where it is not what the client speaks. */
  readonly speaks?: Proxied['speaks'];
  /** Copies that go elsewhere. */
  readonly mirrors?: readonly Mirror[];
  /** Takes the place of the proxy's own. */
  readonly onFailure?: OnFailure;
}

/** What a proxy decides for one HTTP request. */
export interface RequestDecision {
  readonly title: Message;
  readonly why: readonly Message[];
  readonly rules: readonly RuleId[];
  readonly because: readonly Reason[];
  /** Rules in the order in which they were tried. Endpoints are added by `route-hop.ts`. */
  readonly considered: readonly ConsideredChoice[];
  /** Commands that show the rules. */
  readonly commands: readonly Command[];
  /** Services and others that were read; their inferences become assumptions of the hop. */
  readonly read: readonly ObjectRef[];
  /** What only this request takes for granted. */
  readonly assumes: readonly Assumption[];
  /** Lower-case names. */
  readonly responseHeaders: Readonly<Record<string, string>>;
  /** What else was looked at on the way to the decision: a listener, a grant. */
  readonly consulted?: readonly Consulted[];
}

/** A share of requests that the proxy answers itself, beside those that go on. */
export interface Answered {
  readonly share: number;
  readonly decision: HopDecision;
}

/** Bytes that go on as they came: by server name, or by port alone. */
export interface Passthrough {
  readonly title: Message;
  readonly why: readonly Message[];
  readonly ways: readonly PassedOn[];
  readonly because: readonly Reason[];
  readonly rules: readonly RuleId[];
  readonly considered?: readonly ConsideredChoice[];
  readonly commands: readonly Command[];
  readonly assumes?: readonly Assumption[];
  readonly certificate?: CertificateChoice | null;
  readonly consulted?: readonly Consulted[];
}

export interface PassedOn {
  readonly share: number;
  readonly target: Target;
  readonly label: string;
  /** `same`: the client's session goes on inside. */
  readonly tls: 'same' | Upstream['tls'];
}
