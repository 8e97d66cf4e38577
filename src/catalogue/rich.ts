import { glossary } from './glossary.ts';
import type { Message } from './message.ts';
import { fillPieces, type Locale } from './template.ts';

/** Piece of a rendered message: words, a fact in monospace, or a word that the glossary defines. */
export type Segment =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'term'; readonly text: string; readonly term: string };

/** A template with its arguments: facts apart from words, glossary terms marked. */
export function fillRich(template: string, args: Message['args'], locale: Locale): readonly Segment[] {
  return fillPieces(template, args, locale).flatMap(({ isFact, text }): readonly Segment[] => (isFact ? [{ kind: 'code', text }] : terms(text)));
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
