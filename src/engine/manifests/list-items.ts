/**
 * Cuts a big `kind: List` in block style at its items, so that it can be read in pieces. An item begins with a dash
 * at the column of the first one: whatever belongs to an item is indented deeper, even text in block scalars.
 */
export interface ListItems {
  /** Offset of each item's line in the text, and the end of the last. */
  readonly starts: readonly number[];
  readonly end: number;
}

/** Null when the text is not shaped like a list, or may only be read as a whole. */
export function findListItems(text: string): ListItems | null {
  const key = /(?:^|\n)items:[ \t]*\r?\n/.exec(text);
  if (key === null || !/(?:^|\n)kind:[ \t]*\w*List\b/.test(text)) return null;
  let at = key.index + key[0].length;
  const first = /^( *)- /.exec(text.slice(at, at + 200));
  if (first === null) return null;
  const column = first[1]!.length;
  const starts: number[] = [];
  while (at < text.length) {
    const line = lineAt(text, at);
    const indent = /^ */.exec(line)![0].length;
    const content = line.slice(indent).trimEnd();
    if (content !== '' && indent <= column) {
      if (indent === column && /^-(?:\s|$)/.test(line.slice(indent))) starts.push(at);
      else if (!content.startsWith('#')) break;
    }
    at += line.length;
  }
  return { starts, end: at };
}

/** The list without its items, and its items as texts of about `size` that each are a sequence. */
export function cutListItems(text: string, size: number): { readonly rest: string; readonly pieces: readonly string[] } | null {
  const items = findListItems(text);
  const [first] = items?.starts ?? [];
  if (items === null || first === undefined) return null;
  const pieces: string[] = [];
  let from = first;
  for (const start of items.starts) {
    if (start - from < size) continue;
    pieces.push(text.slice(from, start));
    from = start;
  }
  pieces.push(text.slice(from, items.end));
  return { rest: text.slice(0, first) + text.slice(items.end), pieces };
}

function lineAt(text: string, at: number): string {
  const newline = text.indexOf('\n', at);
  return text.slice(at, newline === -1 ? text.length : newline + 1);
}
