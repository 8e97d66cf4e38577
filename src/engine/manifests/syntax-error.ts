/** Says in plain words, and at the place a person has to look at, why a document is not readable. */
import { YAMLException } from 'js-yaml';
import { msg, type Message } from '../../catalogue/message.ts';
import type { Finding } from './finding.ts';

/** Deeper nesting than any object has; it keeps recursion over values safe. */
export const MAX_DEPTH = 100;
/** As many values as go-yaml lets aliases expand to in a small document. */
export const MAX_VALUES = 400_000;

/** A problem found after parsing; carries its own words and place. */
export class UnreadableDocument extends Error {
  readonly plain: Message;
  readonly position: number;

  constructor(plain: Message, position: number) {
    super();
    this.plain = plain;
    this.position = position;
  }
}

/** js-yaml's reasons in our words; the first match counts. `at` moves the place to where the cause is. */
const REASONS: readonly (readonly [RegExp, (text: string, at: number) => Explained])[] = [
  [/^duplicated mapping key/, (text, at) => ({ message: msg('manifests.syntax.duplicate-key', { key: wordAt(text, at) }) })],
  [/tab characters/, () => ({ message: msg('manifests.syntax.tab') })],
  [/null byte|non-printable|valid JSON character/, () => ({ message: msg('manifests.syntax.character') })],
  [/quoted scalar$/, (text, at) => ({ message: msg('manifests.syntax.open-quote'), at: openQuote(text, at) })],
  [/within a flow collection/, (text, at) => ({ message: msg('manifests.syntax.open-bracket'), at: openBracket(text, at) })],
  [/flow collection entries|expected the node content/, () => ({ message: msg('manifests.syntax.comma') })],
  [/^unidentified alias/, (text, at) => ({ message: msg('manifests.syntax.alias', { name: wordAt(text, at) }) })],
  [/^recursive alias/, () => ({ message: msg('manifests.syntax.recursive') })],
  [/^nesting exceeded/, () => ({ message: msg('manifests.syntax.too-deep', { max: MAX_DEPTH }) })],
  [/^merge keys exceeded|abnormal merge/, () => ({ message: msg('manifests.syntax.too-many', { max: MAX_VALUES }) })],
  [/^cannot merge/, () => ({ message: msg('manifests.syntax.merge') })],
  [/whitespace character is expected after/, () => ({ message: msg('manifests.syntax.space-after-colon') })],
  [/escape sequence|hexadecimal character/, () => ({ message: msg('manifests.syntax.escape') })],
  [/multiline key|complex keys/, () => ({ message: msg('manifests.syntax.no-colon') })],
  [/expected ':'/, () => ({ message: msg('manifests.syntax.no-colon') })],
  [/^deficient indentation/, openEnded],
  [/document separator is expected/, afterTheEnd],
  [/indentation|can not read/, misplaced],
  [/directive/, () => ({ message: msg('manifests.syntax.directive') })],
  [/tag|cannot resolve a node|map item|pairs item/, () => ({ message: msg('manifests.syntax.tag') })],
  [/anchor|alias/, () => ({ message: msg('manifests.syntax.other') })],
];

/** Words and place, as an offset into `text`, of what js-yaml threw for it. Never holds a value from the text. */
export function explainSyntaxError(error: unknown, text: string): { readonly message: Message; readonly at: number } {
  if (error instanceof UnreadableDocument) return { message: error.plain, at: error.position };
  // A stack overflow or the like: the text is nested in a way that nobody writes.
  if (!(error instanceof YAMLException)) return { message: msg('manifests.syntax.too-deep', { max: MAX_DEPTH }), at: 0 };
  const { reason, mark } = error;
  const at = Math.min(mark?.position ?? 0, text.length);
  for (const [pattern, explain] of REASONS) {
    if (!pattern.test(reason)) continue;
    const explained = explain(text, at);
    return { message: explained.message, at: explained.at ?? at };
  }
  return { message: msg('manifests.syntax.other'), at };
}

/** From `at` to the end of its line, at least one character where the text has one. */
export function syntaxFinding(message: Message, text: string, at: number, file: string, document: number): Finding {
  const from = at >= text.length ? lineStart(text, text.trimEnd().length) : at;
  const newline = text.indexOf('\n', from);
  const to = newline === -1 ? text.length : Math.max(newline, from);
  return { code: 'yaml-syntax', severity: 'error', message, ranges: [{ file, document, from, to }], rules: ['S1.1'] };
}

interface Explained {
  readonly message: Message;
  readonly at?: number;
}

function lineAt(text: string, at: number): { readonly from: number; readonly line: string } {
  const from = lineStart(text, at);
  return { from, line: /^[^\r\n]*/.exec(text.slice(from))![0] };
}

function misplaced(text: string, at: number): Explained {
  const { from, line } = lineAt(text, at);
  const before = text.slice(from, at);
  const character = text[at] ?? '';
  if (/^ *\t/.test(line)) return { message: msg('manifests.syntax.tab') };
  if (/[@`%]/.test(character)) return { message: msg('manifests.syntax.reserved', { character }) };
  if (character === ':' && /:\s/.test(before)) return { message: msg('manifests.syntax.colon-in-value'), at: from + indentOf(line) };
  return { message: msg('manifests.syntax.indentation'), at: from + indentOf(line) };
}

/** A bare word before a mapping is a document of its own: the colon after it is missing. */
function afterTheEnd(text: string, at: number): Explained {
  if (/^\uFEFF?\s*[{[]/.test(text)) return { message: msg('manifests.syntax.comma') };
  if (text[at] !== ':') return { message: msg('manifests.syntax.after-end') };
  const previous = text.slice(0, lineStart(text, at)).trimEnd();
  return { message: msg('manifests.syntax.no-colon'), at: lineStart(text, previous.length) };
}

/** Lines below look wrong only because something above is still open. */
function openEnded(text: string, at: number): Explained {
  const quote = openQuote(text, at);
  return quote === at
    ? { message: msg('manifests.syntax.open-bracket'), at: openBracket(text, at) }
    : { message: msg('manifests.syntax.open-quote'), at: quote };
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** The bare word at an offset: a key or an alias name. */
function wordAt(text: string, at: number): string {
  const from = text[at] === '"' || text[at] === "'" ? at + 1 : at;
  return /^[^\s"',:{}[\]]{0,80}/.exec(text.slice(from, from + 80))?.[0] ?? '';
}

/** The opening quote nearest before `at` on a line with an odd number of that quote. */
function openQuote(text: string, at: number): number {
  let best = -1;
  let from = 0;
  for (const line of text.slice(0, at).split('\n')) {
    const quotes = [...line.matchAll(/(?<![\w\\])["']|["'](?!\w)/g)];
    if (quotes.length % 2 === 1 && best === -1) best = from + quotes.at(-1)!.index;
    from += line.length + 1;
  }
  return best === -1 ? at : best;
}

/** The bracket that is still open at `at`, by counting; strings are left out as well as a broken text allows. */
function openBracket(text: string, at: number): number {
  const open: number[] = [];
  for (const match of text.slice(0, at).matchAll(/"(?:\\.|[^"\\\n])*"|'[^'\n]*'|(?<=^|[\s:,[{-])[[{]|[\]}]/g)) {
    if (match[0] === '[' || match[0] === '{') open.push(match.index);
    else if (match[0] === ']' || match[0] === '}') open.pop();
  }
  return open[0] ?? at;
}
