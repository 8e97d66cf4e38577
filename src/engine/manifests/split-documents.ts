/**
 * Cuts one file into documents, so that a broken one spares the others and an unchanged one is not read again.
 * The pieces cover the file without gaps: a document begins with its own `---` line and with the comments above it.
 * https://yaml.org/spec/1.2.2/#92-streams. JSON objects that stand one after the other are documents, too.
 */
import { skipJsonSpace, skipJsonValue } from './json-scan.ts';

export interface DocumentSlice {
  readonly start: number;
  readonly end: number;
}

const BLANK_LINE = /\uFEFF?(?:[ \t]*(?:#[^\n\r]*)?|%[^\n\r]*)(?:\r\n|[\n\r]|$)/y;

/** Whitespace, comments and directives only: nothing to read. */
export function isBlank(text: string): boolean {
  let at = 0;
  while (at < text.length) {
    BLANK_LINE.lastIndex = at;
    if (!BLANK_LINE.test(text)) return false;
    at = BLANK_LINE.lastIndex;
  }
  return true;
}

export function splitDocuments(text: string): readonly DocumentSlice[] {
  if (/^\uFEFF?\s*[{[]/.test(text)) {
    const slices = splitJson(text);
    if (slices !== null) return slices;
  }
  const slices: DocumentSlice[] = [];
  // A marker can stand only at the start of a line, even inside a block scalar it ends the document.
  const marker = /(?:^\uFEFF?|[\n\r])(---|\.\.\.)(?=[ \t\r\n]|$)/g;
  let start = 0;
  /** What stands between `start` and the marker is more than comments. */
  let opened = false;
  for (const match of text.matchAll(marker)) {
    const at = match.index + match[0].length - 3;
    if (!opened && !isBlank(text.slice(start, at))) opened = true;
    if (match[1] === '---') {
      if (opened) {
        slices.push({ start, end: at });
        start = at;
      }
      opened = true;
    } else if (opened) {
      const line = text.indexOf('\n', at);
      const end = line === -1 ? text.length : line + 1;
      slices.push({ start, end });
      start = end;
      opened = false;
    }
  }
  const last = slices.at(-1);
  if (last !== undefined && !opened && isBlank(text.slice(start))) slices[slices.length - 1] = { start: last.start, end: text.length };
  else slices.push({ start, end: text.length });
  return slices;
}

/** Null when the text is not JSON objects one after the other; then YAML's rules apply. */
function splitJson(text: string): DocumentSlice[] | null {
  const slices: DocumentSlice[] = [];
  let start = 0;
  let at = skipJsonSpace(text, 0);
  while (at < text.length) {
    if (text[at] !== '{' && text[at] !== '[') return null;
    const end = skipJsonValue(text, at);
    if (end === -1) return null;
    at = skipJsonSpace(text, end);
    slices.push({ start, end: at });
    start = at;
  }
  return slices;
}
