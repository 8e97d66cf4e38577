import type { ArgValue, Message } from './message.ts';
import { pseudo } from './pseudo.ts';

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

/** Words and facts in turn, in the order of the template. */
export interface Piece {
  readonly isFact: boolean;
  readonly text: string;
}

export function fillPieces(template: string, args: Message['args'], locale: Locale): readonly Piece[] {
  // Arguments are filled per piece, so a backtick or brace inside a person's value cannot break the markup.
  return template.split('`').flatMap((piece, index) => {
    const isFact = index % 2 === 1;
    return piece === '' ? [] : [{ isFact, text: fill(isFact || locale === 'en' ? piece : pseudo(piece), args) }];
  });
}

/** What a screen reader or a terminal gets: the words without markup. */
export function fillText(template: string, args: Message['args'], locale: Locale): string {
  return fillPieces(template, args, locale)
    .map(({ text }) => text)
    .join('');
}
