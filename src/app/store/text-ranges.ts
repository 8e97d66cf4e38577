import type { SourceRange, Workspace } from '../../engine/index.ts';
import type { Analysis } from '../worker/analysis.ts';

type Documents = Analysis['documents'];

/** A range of a document as offsets of its file; null when that document is gone. */
export function fileOffsets(documents: Documents, range: SourceRange): { readonly from: number; readonly to: number } | null {
  const document = documents.find((other) => other.file === range.file && other.index === range.document);
  if (!document) return null;
  const end = document.start + document.length;
  return { from: Math.min(document.start + range.from, end), to: Math.min(document.start + range.to, end) };
}

export interface Lines {
  /** From 1, as editors count. */
  readonly first: number;
  readonly last: number;
  /** The first of the lines, without its indentation. */
  readonly excerpt: string;
}

/** The lines of a file that a range covers. */
export function linesOf(workspace: Workspace, documents: Documents, range: SourceRange): Lines | null {
  const text = workspace.find((file) => file.name === range.file)?.text;
  const offsets = fileOffsets(documents, range);
  if (text === undefined || !offsets) return null;
  const first = countNewlines(text, 0, offsets.from) + 1;
  // A block ends with the newline after its last line; that next line is not part of it.
  const end = text.slice(offsets.from, offsets.to).trimEnd().length + offsets.from;
  const lineStart = text.lastIndexOf('\n', offsets.from - 1) + 1;
  const lineEnd = text.indexOf('\n', offsets.from);
  return {
    first,
    last: first + countNewlines(text, offsets.from, end),
    excerpt: text.slice(lineStart, lineEnd < 0 ? undefined : lineEnd).trim(),
  };
}

function countNewlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
