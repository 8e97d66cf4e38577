/** A piece of a text that another takes the place of: `from` to `to`, in characters of the text before. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** The one piece in which two texts differ: everything outside keeps its marks, folds and cursor. */
export function difference(before: string, after: string): Piece | null {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before.charCodeAt(from) === after.charCodeAt(from)) from += 1;
  let same = 0;
  while (same < most - from && before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)) same += 1;
  return { from, to: before.length - same, insert: after.slice(from, after.length - same) };
}
