/**
 * js-yaml as kubectl's reader: the same texts are readable. go-yaml does not care about the indentation of lines
 * inside brackets and quotes (a `]` may stand under its key); js-yaml follows YAML 1.2 and does. Such a line break is
 * blanked for the scan, which keeps every offset, and values are decoded from the text as it stands.
 */
import { constructFromEvents, EVENT_ID, parseEvents, YAMLException, type Event } from 'js-yaml';
import type { Json } from './document.ts';
import { MAX_DEPTH } from './syntax-error.ts';
import { KUBECTL_SCHEMA } from './yaml-schema.ts';

/** Lines in a row that may be blanked: an unclosed quote makes every following line look like one of them. */
const MAX_IN_A_ROW = 50;
/** Characters scanned again in all. */
const MAX_WORK = 4_000_000;

/** Throws what `explainSyntaxError` understands. */
export function readEvents(text: string): Event[] {
  let scanned = text;
  let work = 0;
  let inARow = 0;
  let last = -1;
  for (;;) {
    try {
      const events = parseEvents(scanned, { maxDepth: MAX_DEPTH });
      // `fast` says that a scalar is one line as scanned; as written it may be more.
      if (scanned !== text) for (const event of events) if (event.type === EVENT_ID.SCALAR) event.fast = false;
      return events;
    } catch (error) {
      if (!(error instanceof YAMLException) || error.reason !== 'deficient indentation' || error.mark === undefined) throw error;
      const lineBreak = scanned.lastIndexOf('\n', error.mark.position - 1);
      inARow = text.slice(last + 1, lineBreak).includes('\n') ? 1 : inARow + 1;
      work += text.length;
      if (lineBreak === -1 || inARow > MAX_IN_A_ROW || work > MAX_WORK) throw error;
      scanned = blankLineBreak(scanned, lineBreak);
      last = lineBreak;
    }
  }
}

/** A comment before the line break would swallow the next line, so it goes, too. */
function blankLineBreak(text: string, lineBreak: number): string {
  const line = text.slice(text.lastIndexOf('\n', lineBreak - 1) + 1, lineBreak);
  const comment = /(?:^|\s)#[^'"]*$/.exec(line)?.[0].length ?? (line.endsWith('\r') ? 1 : 0);
  return text.slice(0, lineBreak - comment) + ' '.repeat(comment + 1) + text.slice(lineBreak + 1);
}

/** One value for each document of the text, and whether aliases may have made them bigger than they are written. */
export function readValues(text: string): { readonly values: Json[]; readonly aliased: boolean } {
  const events = readEvents(text);
  // The schema makes nothing but JSON values; an empty document is undefined.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const values = constructFromEvents(events, { source: text, schema: KUBECTL_SCHEMA }) as (Json | undefined)[];
  return { values: values.map((value) => value ?? null), aliased: events.some((event) => event.type === EVENT_ID.ALIAS) };
}
