import type { Message } from '../../catalogue/message.ts';
import type { RuleId } from '../manifests/finding.ts';
import type { ObjectRef } from '../manifests/object-ref.ts';
import type { FieldPath, SourceRange } from '../manifests/source.ts';
import type { Outcome } from './outcome.ts';
import type { Packet } from './packet.ts';

/**
 * One decision by one component = one hop = one station number = one stop of the player = one in the hop count.
 */
export type HopKind =
  /** A resolver answers the name the client asked for. */
  | 'dns'
  /** Nobody took the packet: no route, a firewall, an address nobody owns. */
  | 'network'
  | 'load-balancer'
  | 'kube-proxy'
  | 'ingress-controller'
  | 'gateway'
  | 'network-policy'
  /** A Pod's own network namespace and its containers. */
  | 'pod'
  /** A process on a node (hostPort, kubelet, an address of the node itself). */
  | 'node'
  /** A host outside the cluster. */
  | 'external';

/** OSI layer at which the hop decides. */
export type Layer = 'DNS' | 'L3' | 'L4' | 'L7';

/** Which component decides, and where it runs. */
export interface Actor {
  /** Short name for headings: `kube-proxy`, `ingress-nginx`, `AWS NLB`, `CoreDNS`. */
  readonly component: string;
  /** The instance: a Pod, a node, a load balancer; `null` where there is none. */
  readonly instance: string | null;
  /** The node where it runs, if it runs on one. */
  readonly node: string | null;
  /** Namespace of the instance, if it has one. */
  readonly namespace: string | null;
}

/** The YAML that decided: a field as written, or the object's head with the default that applied. */
export interface Evidence {
  readonly object: ObjectRef;
  readonly path: FieldPath;
  /** Set when the field is not written: the value that the API server or controller takes instead. */
  readonly defaulted?: string;
  /** The rule that gave it this value; set with `defaulted`. */
  readonly defaultRule?: RuleId;
  /** Fields inside this entry of a list that are not written: `targetPort` of a port. Absent for none. */
  readonly within?: readonly { readonly field: string; readonly value: string; readonly rule: RuleId }[];
  /** Null only for objects that no text holds (synthesized, inferred). */
  readonly range: SourceRange | null;
}

/** Something the component could have chosen: a rule, an endpoint, a listener, a frontend. */
export interface Considered {
  readonly what: Message;
  readonly result: 'taken' | 'possible' | 'lost' | 'excluded';
  /** Why it won, lost or was left out. */
  readonly why: Message;
  /** Share of requests, 0 to 1, where the choice is random. */
  readonly probability?: number;
  readonly rules: readonly RuleId[];
  readonly evidence: readonly Evidence[];
}

/** A command that shows the same on a real cluster. */
export interface Command {
  readonly line: string;
  readonly shows: Message;
}

/** What a hop consulted without the packet going there: a Service for its endpoints, a Secret for its certificate. */
export interface Consulted {
  readonly object: ObjectRef;
  /**
   * `addressed`: the packet is really sent to this Service's address and translated (solid on the map).
   * `consulted`: read only for its endpoints or contents (dashed).
   */
  readonly role: 'addressed' | 'consulted';
  /** ClusterIP of a Service, `None` for headless, null otherwise. */
  readonly address: string | null;
  /** Label of the track to it, e.g. the rule path `/api`. */
  readonly label?: string;
}

/** What network policies say of a connection at the side of one Pod that they isolate (S13.1). */
export interface PolicyPassage {
  readonly direction: 'ingress' | 'egress';
  readonly pod: ObjectRef;
  /** `exempt`: it passes whatever the rules say (S13.7), or nobody enforces them (S13.12). */
  readonly verdict: 'allowed' | 'denied' | 'exempt';
  readonly isolatedBy: readonly ObjectRef[];
  /** The rule that allows, or the one that comes closest; null where the policies have none. */
  readonly rule: { readonly policy: ObjectRef; readonly path: FieldPath } | null;
}

/** One question to a resolver, and what came back. */
export interface DnsQuery {
  /** As asked, without trailing dot. */
  readonly name: string;
  readonly rcode: 'NOERROR' | 'NXDOMAIN' | 'NODATA' | 'TIMEOUT';
  /** Aliases first, then addresses. */
  readonly answers: readonly string[];
}

export interface HopEdge {
  readonly to: string;
  /** Of those requests that are at this hop. */
  readonly probability: number;
}

export interface Hop {
  /** `h1`, `h2`, …: unique in its trace, in topological order. */
  readonly id: string;
  readonly kind: HopKind;
  readonly actor: Actor;
  readonly layer: Layer;
  /** One or two words for the player's stop: Resolve, Balance, Translate, Route, Deliver. */
  readonly verb: Message;
  /** What this hop decided, as a headline. */
  readonly title: Message;
  /** Why, in full sentences. The first is the one read aloud. */
  readonly why: readonly Message[];
  readonly rules: readonly RuleId[];
  readonly evidence: readonly Evidence[];
  readonly considered: readonly Considered[];
  readonly consulted: readonly Consulted[];
  readonly before: Packet;
  /** The packet as it leaves toward each next hop can differ: `after` is the one of the most probable edge; null when it ends here. */
  readonly after: Packet | null;
  readonly next: readonly HopEdge[];
  /** Set on leaves only. */
  readonly outcome: Outcome | null;
  /** Ids of assumptions this decision rests on. */
  readonly assumptions: readonly string[];
  readonly commands: readonly Command[];
  /** Of the connection that arrives here; empty where no policy isolates a side of it. */
  readonly policies: readonly PolicyPassage[];
  /** Of a `dns` hop: each name that a resolver asks for is a hop of its own (S6.7). */
  readonly query?: DnsQuery;
  /** The Pod, Service or other object this hop stands for on the map, if there is one. */
  readonly object: ObjectRef | null;
}
