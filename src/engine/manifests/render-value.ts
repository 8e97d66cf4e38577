/** A value as YAML text that kubectl reads back as the same value; in block style, in flow style, or as JSON. */
import type { Json } from './document.ts';
import { isList, isObject } from './json.ts';
import { resolvePlain } from './yaml-schema.ts';

export interface TextStyle {
  /** `\n` or `\r\n`, as the text has it. */
  readonly newline: string;
  /** Sequences stand two columns right of their key, or under it. */
  readonly indentSequences: boolean;
  /** The whole document is JSON: everything is quoted as JSON wants it. */
  readonly json: boolean;
}

/** True when the value takes lines of its own in block style. */
export function isBlock(value: Json): boolean {
  return isList(value) ? value.length > 0 : isObject(value) && Object.keys(value).length > 0;
}

/**
 * Lines of a mapping or sequence at a column, the first without its indentation. Anything else is one piece of text.
 */
export function renderBlock(value: Json, column: number, style: TextStyle): string {
  const pad = `${style.newline}${' '.repeat(column)}`;
  if (isList(value) && isBlock(value)) return value.map((item) => `- ${renderBlock(item, column + 2, style)}`).join(pad);
  if (!isObject(value) || !isBlock(value)) return renderFlow(value, style);
  return Object.entries(value)
    .map(([key, item]) => renderEntry(key, item, column, style))
    .join(pad);
}

/** `key: value`, the value on lines of its own where it needs them. */
export function renderEntry(key: string, value: Json, column: number, style: TextStyle): string {
  return `${renderText(key, style)}:${renderAfterColon(value, column, style)}`;
}

/** What follows the colon of a key that stands at a column. */
export function renderAfterColon(value: Json, column: number, style: TextStyle): string {
  if (!isBlock(value)) return ` ${renderFlow(value, style)}`;
  const inner = isList(value) && !style.indentSequences ? column : column + 2;
  return `${style.newline}${' '.repeat(inner)}${renderBlock(value, inner, style)}`;
}

export function renderFlow(value: Json, style: TextStyle): string {
  if (typeof value === 'string') return renderText(value, style);
  if (isList(value)) return `[${value.map((item) => renderFlow(item, style)).join(', ')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${renderText(key, style)}: ${renderFlow(item, style)}`);
  if (entries.length === 0) return '{}';
  return style.json ? `{${entries.join(', ')}}` : `{ ${entries.join(', ')} }`;
}

/** Bare where every YAML reader takes it as the same text, wherever it stands; else in double quotes. */
export function renderText(text: string, style: Pick<TextStyle, 'json'>): string {
  return !style.json && isSafePlain(text) ? text : JSON.stringify(text).replace(/[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g, escapeCharacter);
}

/** In the quotes that stood there before, where they can hold it. */
export function renderLike(text: string, quotes: 'plain' | 'single' | 'double' | 'block', style: TextStyle): string {
  if (quotes === 'double') return renderText(text, { json: true });
  if (quotes === 'single' && /^[\x20-\x7E\xA0-\uD7FF]*$/.test(text)) return `'${text.replaceAll("'", "''")}'`;
  return renderText(text, style);
}

/** Letters, digits and what addresses, paths and versions are made of; a colon only inside, words with one space. */
const PLAIN = /^[A-Za-z0-9_./](?:[\w./@+=-]|:(?=[\w./])| (?=[\w./]))*$/;
/** What some YAML reader takes for a number in base 60 or a date. */
const AMBIGUOUS = /^\d+(?::\d+)+(?:\.\d*)?$|^\d{4}-\d{1,2}-\d{1,2}/;

function isSafePlain(text: string): boolean {
  return (
    text.length <= 200 &&
    PLAIN.test(text) &&
    !AMBIGUOUS.test(text) &&
    !/^\.+$/.test(text) &&
    !/^0o/i.test(text) &&
    resolvePlain(text) === text &&
    !/^[+-]?\.?\d[\d._]*$/.test(text.replace(/\..*\..*/, 'x'))
  );
}

function escapeCharacter(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
