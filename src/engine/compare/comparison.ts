/**
 * What a comparison is: the same request through every way of exposing one workload, side by side (semantics S17).
 * Plain data; every cell says what it rests on, and whoever doubts it can open the trace it was read from.
 */
import type { Message } from '../../catalogue/message.ts';
import type { Finding, RuleId } from '../manifests/finding.ts';
import type { ObjectRef } from '../manifests/object-ref.ts';
import type { Workspace } from '../manifests/workspace.ts';
import type { RequestDraft } from '../trace/request-draft.ts';
import type { Prices } from './cost.ts';

/** Stable: links and saved tables name ways by it. */
export type WayId =
  | 'cluster-ip'
  | 'headless'
  | 'node-port'
  | 'load-balancer'
  | 'load-balancer-ip'
  | 'external-name'
  | 'ingress'
  | 'gateway'
  | 'own-proxy'
  | 'metallb'
  | 'ingress-metallb';

export interface CompareQuestion {
  readonly workspace: Workspace;
  /** The request that is sent every way. */
  readonly request: RequestDraft;
  /** What is exposed; null: what the request reaches, else the first workload. */
  readonly workload: ObjectRef | null;
  /** How many Services are to be exposed in all; null: as many as the manifests hold. */
  readonly services: number | null;
  readonly prices: Prices;
  /** Which ways to show, in this order; empty: the usual ones. */
  readonly ways: readonly WayId[];
}

/** What has to be known to recommend a way. */
export interface Answers {
  readonly protocol: 'http' | 'other';
  readonly reach: 'inside' | 'each-pod' | 'outside' | 'alias';
  readonly services: number;
  readonly place: 'cloud' | 'own-hardware' | 'test';
  /** The Pod has to see the address of the client. */
  readonly clientAddress: boolean;
}

export interface DecideQuestion {
  readonly workspace: Workspace;
  readonly request: RequestDraft;
  readonly workload: ObjectRef | null;
  readonly answers: Answers;
}

export interface Decision {
  readonly way: WayId;
  readonly title: Message;
  readonly reasons: Cell;
  /** What was weighed and left, and why. */
  readonly others: readonly { readonly title: Message; readonly why: Part }[];
  /** The way on the person’s own manifests, with the texts that lead there; null where there is nothing to expose. */
  readonly column: Column | null;
  /** What the traces of that column show. */
  readonly shown: Cell;
}

export interface Comparison {
  /** Everything that can be exposed, and what is. Null when the manifests hold nothing of the kind. */
  readonly workloads: readonly ObjectRef[];
  readonly workload: ObjectRef | null;
  readonly services: number;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Tables of their own: who acts when, and which way suits which purpose. */
  readonly actors: Table;
  readonly purposes: Table;
  /** What the request and the manifests say to the questions of `decide`. */
  readonly answers: Answers;
  /** Why the request cannot be sent; there are no columns then. */
  readonly findings: readonly Finding[];
}

/** Which trace of a column is meant. */
export type ViewName =
  /** The request as it stands. */
  | 'asked'
  /** What the same client has to call instead. */
  | 'called'
  /** The same call from a Pod, where only the cluster can make it. */
  | 'inside'
  /** As `called` (or `inside`), once the Pod that answered is gone, and once the node that took it is down. */
  | 'pod-gone'
  | 'node-down';

/** A request in a world: the workspace with some of its files changed or added. Sending it gives the trace that cells cite. */
export interface View {
  /** Files that differ from the workspace or are new, whole. */
  readonly changes: Workspace;
  readonly request: RequestDraft;
  /** How it ends, as one mark. */
  readonly result: Tone;
  readonly path: MiniPath;
}

/** The taken way as a few labelled stops. */
export interface MiniPath {
  /** The client first, then one stop per hop. */
  readonly stops: readonly MiniStop[];
  /** False: the last stop is where it ends without an answer of the application. */
  readonly arrives: boolean;
}

export interface MiniStop {
  /** Null for the client. */
  readonly hop: string | null;
  readonly label: Message;
}

export interface Column {
  readonly way: WayId;
  readonly title: Message;
  /** How this way is taken here: `by node port`, the product, the controller. */
  readonly detail: Message;
  /** The object that makes it this way: the Service, the Ingress, the route. */
  readonly object: ObjectRef;
  /** Whether the manifests hold that object, or it is made for the comparison. */
  readonly origin: 'pasted' | 'what-if';
  readonly whatIf: WhatIf;
  /** All that is taken to be so in its views beside the texts, inserted with the what-if or not. */
  readonly world: readonly Message[];
  readonly views: Readonly<Partial<Record<ViewName, View>>> & { readonly asked: View; readonly called: View };
  /** The view that facts of this column are read from. */
  readonly best: 'called' | 'inside';
}

/** What has to be added to the texts for a way to stand. Empty where the manifests hold it already. */
export interface WhatIf {
  /** Manifests to apply, as one YAML text; empty when none are missing. */
  readonly yaml: string;
  /** What is said about the world beside them, one sentence each; inserted with them. */
  readonly environment: readonly Message[];
  /** The files to change or add, whole: inserting the what-if is taking these over. */
  readonly changes: Workspace;
}

export type RowId =
  | 'asked'
  | 'called'
  | 'reach'
  | 'address'
  | 'dns'
  | 'layer'
  | 'hops'
  | 'source'
  | 'tls'
  | 'routing'
  | 'balancers'
  | 'cost'
  | 'break-even'
  | 'balance'
  | 'affinity'
  | 'protocols'
  | 'pod-dies'
  | 'node-dies'
  | 'needs'
  | 'cannot'
  | 'pros'
  | 'cons'
  | 'use'
  | 'avoid';

export interface Row {
  readonly id: RowId;
  readonly label: Message;
  /** One cell per column. */
  readonly cells: readonly Cell[];
  /** Whether any two columns say different things here. */
  readonly differs: boolean;
}

/** Parts that are read one after the other. */
export type Cell = readonly Part[];

export interface Part {
  readonly message: Message;
  readonly tone: Tone;
  readonly basis: Basis;
}

/** `good` and `bad` are said by a sign and a word as well, never by colour alone. */
export type Tone = 'plain' | 'good' | 'bad';

/** What a part of a cell rests on. */
export type Basis =
  /**
   * Read from a trace: opening the view at this hop shows it. Null: the trace as a whole. `way` is set where the cell
   * stands in no column of that way.
   */
  | { readonly kind: 'trace'; readonly view: ViewName; readonly hop: string | null; readonly way?: WayId }
  /** A rule of Kubernetes that holds whatever the request. */
  | { readonly kind: 'rule'; readonly rule: RuleId }
  /** A sum made of prices that a person can change. */
  | { readonly kind: 'assumption'; readonly rule: RuleId }
  /** Advice. */
  | { readonly kind: 'guidance'; readonly rule: RuleId };

/** A table without traces of its own. */
export interface Table {
  readonly columns: readonly Message[];
  readonly rows: readonly { readonly label: Message; readonly cells: readonly Cell[] }[];
}
