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
  readonly boxes: readonly Box[];
  readonly tracks: readonly Track[];
  readonly stations: readonly Station[];
  /** The player's stops: one per hop of the taken branch, then the reply. */
  readonly stops: readonly Stop[];
}

/** A tinted area behind the lanes: the Internet, the cluster. */
export interface Zone {
  readonly id: string;
  readonly label: Message;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Lane {
  readonly id: 'client' | 'dns' | 'edge' | 'node' | 'controller' | 'service' | 'pods';
  readonly label: Message;
  readonly x: number;
  readonly width: number;
}

export type BoxState = 'quiet' | 'possible' | 'taken' | 'failed' | 'excluded' | 'assumed';

export interface Box {
  readonly id: string;
  readonly lane: Lane['id'];
  /** Small heading: kind or component. */
  readonly kicker: string;
  readonly title: string;
  /** Facts in monospace, one per line, never truncated. */
  readonly facts: readonly string[];
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
  readonly assumptions: readonly string[];
}

export interface Track {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** SVG path; the same string moves the packet. */
  readonly path: string;
  readonly state: 'quiet' | 'possible' | 'taken' | 'failed' | 'consulted';
  /** Share of requests, where it is less than all. */
  readonly share: number | null;
  readonly label: { readonly text: string; readonly x: number; readonly y: number } | null;
}

export interface Station {
  readonly hop: string;
  /** From 1, as in the player; null for stations of other branches. */
  readonly number: number | null;
  readonly x: number;
  readonly y: number;
  readonly kind: 'station' | 'terminus' | 'arrival';
}

/** One stop of the player. */
export interface Stop {
  /** Hop id, or `reply` for the last. */
  readonly id: string;
  readonly number: number | null;
  readonly verb: Message;
  /** A fact under the verb, e.g. `→ 10.0.1.14:443`. */
  readonly fact: string;
  /** The track pieces the packet runs along to get here, in order; reversed for the reply. */
  readonly along: readonly { readonly track: string; readonly reverse: boolean }[];
  /** What the capsule says while it stands here: changed values carry the old one. */
  readonly capsule: readonly { readonly label: string; readonly value: string; readonly was: string | null }[];
  /** Read aloud when the player arrives. */
  readonly sentence: Message;
}
