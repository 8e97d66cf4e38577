import { glossary } from './glossary.ts';
import type { ArgValue, Message } from './message.ts';
import { pseudo } from './pseudo.ts';

/** Piece of a rendered message: words, a fact in monospace, or a word that the glossary defines. */
export type Segment =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'term'; readonly text: string; readonly term: string };

/** `en`, or `pseudo`: accented and lengthened, to prove that every word on screen comes from the catalogue. */
export type Locale = 'en' | 'pseudo';

const PLACEHOLDER = /\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g;

/** Fills in the arguments. Backticks that mark facts are kept. */
function fill(template: string, args: Message['args']): string {
  return template.replace(PLACEHOLDER, (whole, name: string, one?: string, many?: string) => {
    const value = args[name];
    if (value === undefined) return whole;
    if (one !== undefined && many !== undefined) return `${formatArg(value)} ${value === 1 ? one : many}`;
    return formatArg(value);
  });
}

function formatArg(value: ArgValue): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (value.length < 2) return value[0] ?? '';
  return `${value.slice(0, -1).join(', ')} and ${value[value.length - 1]}`;
}

/** A template with its arguments: facts apart from words, glossary terms marked. */
export function fillTemplate(template: string, args: Message['args'], locale: Locale): readonly Segment[] {
  // Arguments are filled per piece, so a backtick or brace inside a person's value cannot break the markup.
  const pieces: Segment[] = [];
  for (const [index, piece] of template.split('`').entries()) {
    if (piece === '') continue;
    if (index % 2 === 1) pieces.push({ kind: 'code', text: fill(piece, args) });
    else pieces.push(...terms(locale === 'pseudo' ? fill(pseudo(piece), args) : fill(piece, args)));
  }
  return pieces;
}

const termPattern = new RegExp(
  `(?<![\\w-])(${Object.keys(glossary)
    .sort((a, b) => b.length - a.length)
    .map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('|')})(e?s)?(?![\\w-])`,
  'g',
);

/** Splits words from glossary terms; a plural `s` belongs to the term. */
function terms(text: string): Segment[] {
  const out: Segment[] = [];
  let at = 0;
  for (const match of text.matchAll(termPattern)) {
    if (match.index > at) out.push({ kind: 'text', text: text.slice(at, match.index) });
    out.push({ kind: 'term', text: match[0], term: match[1]! });
    at = match.index + match[0].length;
  }
  if (at < text.length) out.push({ kind: 'text', text: text.slice(at) });
  return out;
}

/** What a screen reader or a terminal gets: the words without markup. */
export function plainText(segments: readonly Segment[]): string {
  return segments.map((segment) => segment.text).join('');
}
