/**
 * What to draw, decided without drawing: plain data that React only paints. Made from the same trace object as
 * the JSON and the text. All lengths in px at zoom 1; y grows downward.
 */
import type { Message } from '../catalogue/message.ts';
import type { ObjectRef } from '../engine/index.ts';

export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly zones: readonly Zone[];
  readonly lanes: readonly Lane[];
  /** In path order: the order of keyboard focus. */
  readonly boxes: readonly Box[];
  /** Quiet ones first, the route last: the order of painting. */
  readonly tracks: readonly Track[];
  readonly stations: readonly Station[];
  /** The player's stops: one per hop of the taken branch, then the reply. */
  readonly stops: readonly Stop[];
  /** Where the packet runs; null when nothing was sent. */
  readonly route: Route | null;
  /** What the client prints, beside the terminus of a request that fails; null otherwise. */
  readonly sees: Card | null;
  /** How the request of this scene ended; null when nothing was sent. */
  readonly verdict: SceneVerdict | null;
}

/** A name or address as it is, or words from the catalogue. */
export type Words = string | Message;

/** A tinted area behind the lanes: the Internet, the cluster. */
export interface Zone {
  readonly id: string;
  readonly label: Message;
  /** Smaller, after the label: `3 nodes`. */
  readonly detail: Message | null;
  readonly kind: 'internet' | 'cluster';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type LaneId = 'client' | 'dns' | 'edge' | 'node' | 'controller' | 'service' | 'pods' | 'external';

/** A column of the map; `id` can occur twice where a request comes by the same kind of place again. */
export interface Lane {
  readonly id: LaneId;
  readonly label: Message;
  readonly x: number;
  readonly width: number;
}

/** `arrived`: the application that answered. `failed`: where the request ends without one. */
export type BoxState = 'quiet' | 'possible' | 'taken' | 'arrived' | 'failed' | 'excluded' | 'assumed';

export interface Box {
  readonly id: string;
  readonly lane: LaneId;
  /** Small heading: kind or component. Stands at the right of the title where `kickerInline`. */
  readonly kicker: Words;
  readonly kickerInline: boolean;
  /** Whole, for reading aloud; drawn as `titleLines`. */
  readonly title: Words;
  readonly titleLines: readonly string[];
  /** Ingress rules that choose this Service, e.g. `/api`, drawn at its head in monospace. */
  readonly rules: readonly string[];
  /** Facts in monospace, one per line, wrapped, never truncated. */
  readonly facts: readonly Words[];
  readonly state: BoxState;
  /** A Service is drawn dashed where it is only consulted, solid where the packet is addressed to it. */
  readonly outline: 'solid' | 'dashed';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly object: ObjectRef | null;
  readonly hop: string | null;
  /** `+47 Pods`: how many more of the same this box stands for; 0 for one thing. */
  readonly folded: number;
  /** Ids of the inferred assumptions it rests on. */
  readonly assumptions: readonly string[];
}

/** `consulted`: dotted, asked and not travelled. `excluded`: dotted, to what gets no traffic. */
/** `loop`: where a redirect sends the client back to what it asked for already. */
export type TrackState = 'quiet' | 'possible' | 'taken' | 'failed' | 'loop' | 'consulted' | 'excluded';

export interface Track {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** SVG path. */
  readonly path: string;
  readonly state: TrackState;
  /** Share of requests, where it is less than all. */
  readonly share: number | null;
  /** Left end of the text's baseline. */
  readonly label: { readonly text: string; readonly x: number; readonly y: number } | null;
}

/** A mark on the track; `minor` ones belong to branches that this request did not take, a `gate` to a ReferenceGrant, there or missing. */
export interface Station {
  readonly id: string;
  readonly hop: string | null;
  /** From 1, as in the player; null for stations of other branches and for a terminus. */
  readonly number: number | null;
  readonly x: number;
  readonly y: number;
  readonly kind: 'station' | 'minor' | 'arrival' | 'terminus' | 'gate';
  readonly failed: boolean;
}

/** The one line that the packet runs along: from the client to where it ends. */
export interface Route {
  readonly path: string;
  readonly length: number;
  /** Distance at which the packet leaves the client for the last time: where its reply returns to. */
  readonly home: number;
  /** Distance at which the line ends: the terminus, or the last station. */
  readonly end: number;
  readonly failed: boolean;
  /** What runs: the method or the protocol, and on the way back the status. */
  readonly label: string;
  readonly answer: string;
}

export interface Card {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly string[];
  /** The rule of the network policy that stopped the packet, or the policies that have none; empty where none did. */
  readonly barrier: readonly string[];
  /** From the terminus to the card. */
  readonly leader: string;
}

/** One stop of the player. */
export interface Stop {
  /** Hop id, or `reply` for the last. */
  readonly id: string;
  readonly number: number | null;
  /** Who decides here: `ingress-nginx`. Empty for the reply. */
  readonly actor: string;
  readonly verb: Message;
  /** A fact under the verb, e.g. `→ 10.0.1.14:443`. */
  readonly fact: string;
  /** Distance along the route where the packet stands. */
  readonly at: number;
  readonly failed: boolean;
  /** What the capsule says while it stands here: changed values carry the old one. */
  readonly capsule: Capsule;
  /** Read aloud when the player arrives. */
  readonly sentence: Message;
}

export interface Capsule {
  readonly rows: readonly CapsuleRow[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** From the station to it; empty where another line leads there. */
  readonly leader: string;
}

export interface CapsuleRow {
  readonly label: Message | null;
  readonly value: Words;
  readonly was: string | null;
}

export interface SceneVerdict {
  readonly kind: 'delivered' | 'fails' | 'depends';
  /** What this request meets if what is assumed holds; `answered`: the application refuses with 400 or more, or a proxy answers in its place. */
  readonly result: 'delivered' | 'answered' | 'fails';
  /** `200 from api-0`, `Connection refused`. */
  readonly text: Message;
}
