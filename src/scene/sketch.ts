/**
 * The map before it has places: which boxes there are, what joins them, and where the route goes. `trace-sketch.ts`
 * and `network-sketch.ts` fill it, `layout.ts` gives it coordinates.
 */
import type { ObjectRef } from '../engine/index.ts';
import type { BoxState, LaneId, TrackState, Words } from './scene.ts';

export interface SketchBox {
  readonly id: string;
  readonly lane: LaneId;
  /** 0, or higher where a request comes by the same kind of lane again without starting over. */
  readonly pass: number;
  readonly kicker: Words;
  readonly title: Words;
  readonly facts: readonly Words[];
  readonly rules: readonly string[];
  readonly state: BoxState;
  readonly outline: 'solid' | 'dashed';
  readonly object: ObjectRef | null;
  readonly hop: string | null;
  readonly folded: number;
  readonly assumptions: readonly string[];
  /** Boxes of one group fold into one when they are many: nodes, the Pods of one controller. Pods go by their Service. */
  readonly group: string;
  /** Order among the Services of a controller: that of its rules. */
  readonly rank: number;
  /** Nothing stands behind it: a small cross marks where its track would go on. */
  readonly dead: boolean;
  /** Id of the box under which this one hangs on a dotted line; null for boxes on tracks. */
  readonly hangs: string | null;
}

export interface SketchTrack {
  readonly from: string;
  readonly to: string;
  readonly state: TrackState;
  /** Share of requests, 0 to 1; null where no request goes. */
  readonly share: number | null;
  /** Passed where a route crosses namespaces: open with a ReferenceGrant, closed without. */
  readonly gate: 'open' | 'closed' | null;
}

/** A hop of the taken branch. */
export interface SketchStop {
  readonly hop: string;
  /** The box before which its station stands; null when it stands behind the box it comes from. */
  readonly box: string | null;
  readonly from: string;
  /** The client starts over here: a followed redirect. */
  readonly restart: boolean;
  /** Boxes that the line runs behind after this station: the hop's own, then the Service it chose. */
  readonly through: readonly string[];
  /** Where the line ends when the request ends here and fails. */
  readonly terminus: 'before' | 'after' | null;
  /** The answer sends the client back to what it asked for already. */
  readonly loops?: true;
}

/** A station of a branch that was not taken. */
export interface SketchMinor {
  readonly hop: string;
  readonly box: string;
}

export class Sketch {
  readonly boxes = new Map<string, SketchBox>();
  readonly tracks = new Map<string, SketchTrack>();
  readonly stops: SketchStop[] = [];
  readonly minors: SketchMinor[] = [];

  /** Adds a box, or leaves the one that is there. */
  add(box: SketchBox): void {
    if (!this.boxes.has(box.id)) this.boxes.set(box.id, box);
  }

  change(id: string, change: (box: SketchBox) => Partial<SketchBox>): void {
    const box = this.boxes.get(id);
    if (box !== undefined) this.boxes.set(id, { ...box, ...change(box) });
  }

  /** Joins two boxes; joined twice, shares add up and the more telling state stays. */
  join(from: string, to: string, state: TrackState, share: number | null): void {
    const id = trackId(from, to);
    const old = this.tracks.get(id);
    if (old === undefined) {
      this.tracks.set(id, { from, to, state, share, gate: null });
      return;
    }
    const sum = old.share === null && share === null ? null : (old.share ?? 0) + (share ?? 0);
    this.tracks.set(id, { ...old, share: sum, state: STRENGTH[state] > STRENGTH[old.state] ? state : old.state });
  }

  /** Sets a gate on the track between two boxes that are joined. */
  gate(from: string, to: string, gate: 'open' | 'closed'): void {
    const track = this.tracks.get(trackId(from, to));
    if (track !== undefined) this.tracks.set(trackId(from, to), { ...track, gate });
  }
}

const STRENGTH: Readonly<Record<TrackState, number>> = { excluded: 0, quiet: 1, consulted: 2, possible: 3, taken: 4, failed: 5, loop: 6 };

export function trackId(from: string, to: string): string {
  return `${from}→${to}`;
}

/** What most boxes have. */
export function plainBox(essential: Pick<SketchBox, 'id' | 'lane' | 'kicker' | 'title'> & Partial<SketchBox>): SketchBox {
  return {
    pass: 0,
    facts: [],
    rules: [],
    state: 'quiet',
    outline: 'solid',
    object: null,
    hop: null,
    folded: 0,
    assumptions: [],
    group: essential.id,
    rank: 0,
    dead: false,
    hangs: null,
    ...essential,
  };
}

/** The id of a box where a request comes by its lane for the `pass`th time. */
export function passId(key: string, pass: number): string {
  return pass === 0 ? key : `${key}@${pass}`;
}
