/** Where a range stands in its file as given: lines and columns count from 1, columns in UTF-16 units. */
import type { Manifests, SourceRange } from '../engine/index.ts';

export interface Place {
  readonly file: string;
  /** Index of the document in its file, from 0. */
  readonly document: number;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export function placeOf(manifests: Manifests, range: SourceRange): Place | null {
  const document = manifests.documents.find(({ file, index }) => file === range.file && index === range.document);
  if (document === undefined) return null;
  const from = pointAt(document.startLine, document.text, range.from);
  const to = pointAt(document.startLine, document.text, Math.max(range.from, range.to));
  return { file: range.file, document: range.document, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}

/** A document begins at the beginning of a line. */
function pointAt(startLine: number, text: string, offset: number): { readonly line: number; readonly column: number } {
  let line = startLine + 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1;
    lineStart = at + 1;
  }
  return { line, column: offset - lineStart + 1 };
}

/** `shop.yaml:12:3` */
export function formatPlace({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}
