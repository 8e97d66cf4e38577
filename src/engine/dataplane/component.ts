/**
 * What every component of the data plane is: it receives a packet and says what becomes of it. It never calls
 * another component; the tracer (`forward.ts`) only hands on.
 */
import type { Message } from '../../catalogue/message.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { RuleId } from '../manifests/finding.ts';
import type { ObjectRef } from '../manifests/object-ref.ts';
import type { FieldPath } from '../manifests/source.ts';
import type { Assumption } from '../trace/assumption.ts';
import type { Flow } from '../trace/flow.ts';
import type { Actor, Command, Consulted, DnsQuery, HopKind, Layer, PolicyPassage } from '../trace/hop.ts';
import type { Memory } from '../trace/memory.ts';
import type { Outcome, Producer } from '../trace/outcome.ts';
import type { Packet } from '../trace/packet.ts';
import type { Backend, Branch, Mirror, Resolution } from '../trace/trace.ts';
import type { HeaderEdit } from './header-edits.ts';
import type { Connection } from './network-policy/connection.ts';

/** Where a packet is: decides which component receives it. */
export type Place =
  /** At the client, nothing connected yet. `asked`: how many names its resolver asked for in vain; absent for none. */
  | { readonly kind: 'client'; readonly asked?: number }
  /** In the kernel of a node. `entered`: over the network, from a Pod of this node, or from the node's own process. */
  | { readonly kind: 'node'; readonly node: string; readonly entered: 'network' | 'pod' | 'local' }
  /** On the network outside any node; the address decides where it goes. */
  | { readonly kind: 'network'; readonly from: 'internet' | 'node' | 'load-balancer' }
  | { readonly kind: 'load-balancer'; readonly service: string }
  /** At the load balancer that a cloud made for Ingresses. */
  | { readonly kind: 'ingress-balancer'; readonly name: string }
  /** In a Pod's network namespace, at its address and port. */
  | { readonly kind: 'pod'; readonly pod: string }
  /** At a host outside the cluster. */
  | { readonly kind: 'external'; readonly name: string };

/** What a request carries from hop to hop beside the packet. Part of the state that merges equal paths. */
export interface Carry {
  /** Where the original client is: external, pod or node, with its address and node. */
  readonly client: { readonly kind: 'external' | 'pod' | 'node'; readonly ip: string; readonly node: string | null; readonly pod: string | null };
  readonly resolution: Resolution;
  /** The last Service whose endpoints or address were used. */
  readonly service: ObjectRef | null;
  /** Who set the source address last. */
  readonly source: Backend['source']['kind'];
  readonly redirects: number;
  /** URLs already asked for on this way, to find redirect loops. */
  readonly visited: readonly string[];
  readonly certificateNames: readonly string[];
  readonly terminatedAt: string | null;
  /** Response headers that components on the way add. */
  readonly responseHeaders: Readonly<Record<string, string>>;
  /** What proxies do to the headers of the answer, the proxy nearest to its end first. */
  readonly responseEdits?: readonly HeaderEdit[];
  /** Copies of the request that left on this way. */
  readonly mirrors?: readonly Mirror[];
  /** The flow as it is now: differs from the request after a followed redirect. */
  readonly flow: Flow;
  /** Set by a proxy on the connection it opens: what its own client gets when that connection fails. */
  readonly proxied?: Proxied;
  /** Key of the Pod that opened the connection the packet belongs to, until policies have let it out (S13.13). */
  readonly opener?: string;
  /** Endpoints (`ip:port`) that a proxy tried in vain for this request before it was asked again. */
  readonly failed?: readonly string[];
  /** Milliseconds that those tries took. */
  readonly elapsed?: number;
}

/**
 * A proxy ends its client's connection, so a failure behind it reaches the client as the proxy's own answer.
 * The hop that fails stays the last one; the tracer turns its outcome into this answer.
 */
export interface Proxied {
  readonly producer: Exclude<Producer, 'app' | 'external'>;
  /** As in `Actor.component`, for the sentence that says who answers. */
  readonly component: string;
  /** How many tries of this request went before; absent for none. */
  readonly attempt?: number;
  /** Milliseconds after which this try is given up; absent for ever. */
  readonly waits?: number;
  /** The field that says so. */
  readonly limitedBy?: Reason;
  /** Milliseconds after which no other try begins, and what passes before one does. */
  readonly patience?: number;
  readonly backoff?: number;
  /** HTTP statuses of the backend that are tried again like a failed connection (S12.10). */
  readonly retryOn?: readonly number[];
  /** Set where it tries again only what no backend has taken yet. */
  readonly onlyUnsent?: true;
  /** What it speaks whatever its client does; absent where it speaks as the client does. */
  readonly speaks?: 'HTTP/1.1';
  /** What it wants to see of the backend's certificate; absent where it checks nothing. */
  readonly verifies?: Verification;
  /** gRPC status that goes with its own answers; absent for a request that is none of gRPC. */
  readonly grpcStatus?: number;
  /**
   * HTTP status per kind of failure; null where it closes the client's connection instead (layer 4). `timeout`: nobody
   * takes the connection; `slow`: somebody took the request and does not answer in time.
   */
  readonly answers: Readonly<Record<'refused' | 'timeout' | 'slow' | 'reset' | 'tls', number | null>>;
  /**
   * Set while the proxy would try once more (S10.21): the state in which it was asked. The tracer hands that state
   * back with the endpoint added to `failed`; absent on the last try.
   */
  readonly again?: State;
}

/** S12.12.3: whom a proxy that encrypts again lets pass. */
export interface Verification {
  /** Common names of the authorities that may have signed it; `system`: those of the proxy's system; `unknown`: nobody can tell. */
  readonly trusts: 'system' | 'unknown' | readonly string[];
  /** Of which the certificate must bear one. */
  readonly names: readonly { readonly type: 'Hostname' | 'URI'; readonly value: string }[];
}

export interface State {
  readonly place: Place;
  readonly packet: Packet;
  readonly carry: Carry;
}

export interface Onward extends State {
  /** Of the requests at this hop; the probabilities of one decision sum to 1. */
  readonly probability: number;
  /** What the component remembers if this branch is the one taken. */
  readonly remember?: Partial<Pick<Memory, 'affinity' | 'cookies'>>;
}

/** A field that decided; the tracer finds its range, or the object's head with the default. */
export interface Reason {
  readonly object: ObjectRef;
  readonly path: FieldPath;
}

export interface ConsideredChoice {
  readonly what: Message;
  readonly result: 'taken' | 'possible' | 'lost' | 'excluded';
  readonly why: Message;
  readonly probability?: number;
  readonly rules?: readonly RuleId[];
  readonly because?: readonly Reason[];
}

/** What a component says. A `pass` makes no hop: the packet went by and nothing was decided. */
export type Decision = { readonly kind: 'pass'; readonly to: State } | HopDecision;

export interface HopDecision {
  readonly kind: 'hop';
  readonly hop: HopKind;
  readonly actor: Actor;
  readonly layer: Layer;
  readonly verb: Message;
  readonly title: Message;
  readonly why: readonly Message[];
  readonly rules: readonly RuleId[];
  readonly because: readonly Reason[];
  readonly considered?: readonly ConsideredChoice[];
  readonly consulted?: readonly Consulted[];
  readonly object: ObjectRef | null;
  /** Ids of assumptions of the cluster. */
  readonly assumptions?: readonly string[];
  /** Assumptions that only this request brings up: what a container speaks, whether a host outside exists. */
  readonly assumes?: readonly Assumption[];
  readonly commands?: readonly Command[];
  /** Policies that the connection passed on its way to this hop. */
  readonly policies?: readonly PolicyPassage[];
  /** What the component asked before it could decide. Policies apply to these connections too (S13.11). */
  readonly queries?: readonly ResolverQuery[];
  readonly query?: DnsQuery;
  readonly becomes:
    | {
        readonly kind: 'forward';
        readonly to: readonly Onward[];
        /** Shares that the component answers itself: each an end of its own, told as a hop of the same place. */
        readonly answered?: readonly { readonly share: number; readonly decision: HopDecision }[];
      }
    | {
        readonly kind: 'end';
        readonly outcome: Outcome;
        readonly stage: Branch['stage'];
        readonly backend?: Backend;
        /** Milliseconds until it ends; 0 unless stated. */
        readonly took?: number;
        readonly blockedBy?: Branch['blockedBy'];
        /** What the end itself settles: the resolution that failed, the certificate shown before a refusal. */
        readonly carry?: Partial<Pick<Carry, 'resolution' | 'certificateNames' | 'terminatedAt'>>;
      };
}

/** One server that a resolver asks, over each of the two protocols of DNS. */
export interface ResolverQuery {
  readonly udp: Connection;
  readonly tcp: Connection;
}

export interface Surroundings {
  readonly cluster: Cluster;
  readonly memory: Memory;
}

/** Pure: the same state in the same surroundings gives the same decision. */
export type Component = (state: State, around: Surroundings) => Decision;
