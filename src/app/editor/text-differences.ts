import { difference, type Piece } from '../store/text-difference.ts';

/** Longer pieces are replaced whole: nobody's cursor is worth comparing so many lines. */
const MOST_LINES = 20_000;

/**
 * The pieces in which two texts differ, in order, all in characters of the text before. Lines that stand once in both
 * hold the texts together, so an edit in two places leaves what is between them, with its marks, its folds and the cursor.
 */
export function differences(before: string, after: string): readonly Piece[] {
  const whole = difference(before, after);
  if (!whole) return [];
  const pieces: Piece[] = [];
  let from = whole.from;
  let fromAfter = whole.from;
  const compare = (to: number, toAfter: number) => {
    const piece = difference(before.slice(from, to), after.slice(fromAfter, toAfter));
    if (piece) pieces.push({ from: piece.from + from, to: piece.to + from, insert: piece.insert });
  };
  for (const [old, now] of common(linesIn(before, whole.from, whole.to), linesIn(after, whole.from, whole.from + whole.insert.length))) {
    compare(old.start, now.start);
    from = old.start + old.text.length;
    fromAfter = now.start + now.text.length;
  }
  compare(whole.to, whole.from + whole.insert.length);
  return pieces;
}

interface Line {
  readonly text: string;
  readonly start: number;
}

function linesIn(text: string, from: number, to: number): readonly Line[] {
  const lines: Line[] = [];
  for (let start = from; start < to;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 || newline >= to ? to : newline + 1;
    lines.push({ text: text.slice(start, end), start });
    start = end;
  }
  return lines;
}

/** Lines that stand once before and once after, as far as they keep their order. */
function common(before: readonly Line[], after: readonly Line[]): readonly (readonly [Line, Line])[] {
  if (before.length > MOST_LINES || after.length > MOST_LINES) return [];
  const once = onlyOnce(after);
  const found: (readonly [Line, Line])[] = [];
  for (const line of onlyOnce(before).values()) {
    const other = line && once.get(line.text);
    if (line && other && other.start >= (found.at(-1)?.[1].start ?? 0)) found.push([line, other]);
  }
  return found;
}

/** By text; null for what comes again. */
function onlyOnce(lines: readonly Line[]): ReadonlyMap<string, Line | null> {
  const seen = new Map<string, Line | null>();
  for (const line of lines) seen.set(line.text, seen.has(line.text) ? null : line);
  return seen;
}
