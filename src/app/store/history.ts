/**
 * Every edit of the workspace, typed or made by the program, as one line of steps that is walked back and forth. Pure:
 * whoever records says what was before and after. A step keeps only what differs, so the history of a large text is
 * small.
 */
import type { Workspace, WorkspaceFile } from '../../engine/index.ts';
import type { PodpathState } from './store.ts';
import { difference, type Piece } from './text-difference.ts';

export interface History {
  /** Oldest first: the last one is undone next. */
  readonly past: readonly Step[];
  /** The last one is redone next. */
  readonly future: readonly Step[];
}

export const NO_HISTORY: History = { past: [], future: [] };

/** Where a person was; `selection` is one of the active file, in characters, and null where no one typed. */
export interface Place {
  readonly activeFile: string;
  readonly selection: Selection | null;
  /** Set where the step took the request away too. */
  readonly request: Pick<PodpathState, 'draft' | 'sent'> | null;
}

export interface Selection {
  readonly anchor: number;
  readonly head: number;
}

/** What may become one step with the step before it. */
export type Joining =
  | { readonly kind: 'alone' }
  /** Edits of the same key in a row are one step, as while a slider is moved. */
  | { readonly kind: 'key'; readonly key: string }
  /** Letters typed at one place without a pause are one step; `isLetter` is false for a paste or a new line, which begins one. Ms of any one clock. */
  | { readonly kind: 'typed'; readonly isLetter: boolean; readonly since: number; readonly until: number };

export interface Step {
  readonly change: Change;
  readonly from: Place;
  readonly to: Place;
  readonly joining: Joining;
}

type Change =
  /** Texts of files that stay: the piece is of the text before, `removed` is what stood there. */
  | { readonly kind: 'texts'; readonly pieces: readonly (Piece & { readonly file: string; readonly removed: string })[] }
  /** Files that left the list and files that came instead, at one index. */
  | { readonly kind: 'files'; readonly at: number; readonly removed: Workspace; readonly inserted: Workspace };

/** Between two letters of one step; ms, as CodeMirror has it. */
const PAUSE = 500;
const MOST_STEPS = 1000;
/** Together, in characters; the newest step is kept whatever its length. */
const MOST_TEXT = 40_000_000;

/** The history after an edit that made `after` of `before`; the same object when nothing differs. */
export function record(history: History, before: Workspace, after: Workspace, step: Omit<Step, 'change'>): History {
  const change = changeOf(before, after);
  if (change === null) return history;
  const last = history.past.at(-1);
  if (last && history.future.length === 0 && isJoined(last, { ...step, change })) {
    const whole = changeOf(apply(invert(last.change), before), after);
    const earlier = history.past.slice(0, -1);
    // What was typed and taken away again in one go is no step.
    if (whole === null) return { past: earlier, future: [] };
    return { past: bounded([...earlier, { change: whole, from: last.from, to: step.to, joining: joinedOf(last.joining, step.joining) }]), future: [] };
  }
  return { past: bounded([...history.past, { ...step, change }]), future: [] };
}

/** What is shown after one step back or forth; null at the end of the line. */
export interface Walked {
  readonly history: History;
  readonly workspace: Workspace;
  readonly place: Place;
  readonly step: Step;
}

export function back({ past, future }: History, workspace: Workspace): Walked | null {
  const step = past.at(-1);
  if (!step) return null;
  const change = invert(step.change);
  return { history: { past: past.slice(0, -1), future: [...future, step] }, workspace: apply(change, workspace), place: seen(step.from, change), step };
}

export function forth({ past, future }: History, workspace: Workspace): Walked | null {
  const step = future.at(-1);
  if (!step) return null;
  return {
    history: { past: [...past, step], future: future.slice(0, -1) },
    workspace: apply(step.change, workspace),
    place: seen(step.to, step.change),
    step,
  };
}

/** Where nobody typed, the cursor goes behind the piece that came back into the file on screen. */
function seen(place: Place, change: Change): Place {
  const piece = change.kind === 'texts' ? change.pieces.find(({ file }) => file === place.activeFile) : undefined;
  if (place.selection !== null || piece === undefined) return place;
  const end = piece.from + piece.insert.length;
  return { ...place, selection: { anchor: end, head: end } };
}

function changeOf(before: Workspace, after: Workspace): Change | null {
  if (before.length === after.length && before.every((file, index) => file.name === after[index]!.name)) {
    const pieces = before.flatMap((file, index) => {
      const piece = difference(file.text, after[index]!.text);
      return piece ? [{ ...piece, file: file.name, removed: file.text.slice(piece.from, piece.to) }] : [];
    });
    return pieces.length > 0 ? { kind: 'texts', pieces } : null;
  }
  const isSame = (a: WorkspaceFile | undefined, b: WorkspaceFile | undefined) => a?.name === b?.name && a?.text === b?.text;
  const most = Math.min(before.length, after.length);
  let at = 0;
  while (at < most && isSame(before[at], after[at])) at += 1;
  let tail = 0;
  while (tail < most - at && isSame(before.at(-1 - tail), after.at(-1 - tail))) tail += 1;
  return { kind: 'files', at, removed: before.slice(at, before.length - tail), inserted: after.slice(at, after.length - tail) };
}

function invert(change: Change): Change {
  if (change.kind === 'files') return { ...change, removed: change.inserted, inserted: change.removed };
  return {
    kind: 'texts',
    pieces: change.pieces.map(({ file, from, insert, removed }) => ({ file, from, to: from + insert.length, insert: removed, removed: insert })),
  };
}

function apply(change: Change, workspace: Workspace): Workspace {
  if (change.kind === 'files') return [...workspace.slice(0, change.at), ...change.inserted, ...workspace.slice(change.at + change.removed.length)];
  return workspace.map((file) => {
    const piece = change.pieces.find((other) => other.file === file.name);
    return piece ? { ...file, text: file.text.slice(0, piece.from) + piece.insert + file.text.slice(piece.to) } : file;
  });
}

function isJoined(last: Step, next: Step): boolean {
  if (last.joining.kind === 'key' && next.joining.kind === 'key') return last.joining.key === next.joining.key;
  if (last.joining.kind !== 'typed' || next.joining.kind !== 'typed' || !next.joining.isLetter) return false;
  if (next.joining.since - last.joining.until >= PAUSE) return false;
  const [a, b] = [onlyPiece(last.change), onlyPiece(next.change)];
  return a !== null && b !== null && a.file === b.file && b.from <= a.from + a.insert.length && b.to >= a.from;
}

const onlyPiece = (change: Change) => (change.kind === 'texts' && change.pieces.length === 1 ? change.pieces[0]! : null);

function joinedOf(last: Joining, next: Joining): Joining {
  return last.kind === 'typed' && next.kind === 'typed' ? { ...last, until: next.until } : next;
}

/** The newest steps that fit. */
function bounded(past: readonly Step[]): readonly Step[] {
  let length = 0;
  let kept = 0;
  while (kept < Math.min(past.length, MOST_STEPS)) {
    length += lengthOf(past.at(-1 - kept)!.change);
    if (kept > 0 && length > MOST_TEXT) break;
    kept += 1;
  }
  return kept === past.length ? past : past.slice(past.length - kept);
}

function lengthOf(change: Change): number {
  if (change.kind === 'texts') return change.pieces.reduce((sum, { insert, removed }) => sum + insert.length + removed.length, 0);
  return [...change.removed, ...change.inserted].reduce((sum, { text }) => sum + text.length, 0);
}
