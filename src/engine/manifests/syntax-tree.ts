/**
 * Where every value of one document stands: a tree built on demand from js-yaml's events, which give where things
 * begin but not where collections end. Used to place a field and to edit one; never kept for a whole workspace.
 */
import { COLLECTION_STYLE, EVENT_ID, getScalarValue, SCALAR_STYLE, type Event, type MappingEvent, type ScalarEvent, type SequenceEvent } from 'js-yaml';
import { readEvents } from './yaml-events.ts';
import { resolvePlain } from './yaml-schema.ts';

interface Place {
  /** First character of the content: an opening quote or bracket, a block scalar's header, a first key or dash. */
  readonly from: number;
  /** After the last character of the content; trailing comments and line breaks are outside. */
  readonly to: number;
  /** Where its anchor or tag begins, else `from`. */
  readonly outer: number;
  readonly anchor: string | null;
}

export interface ScalarSyntax extends Place {
  readonly kind: 'scalar';
  readonly style: 'plain' | 'single' | 'double' | 'block';
  readonly text: string;
}

export interface AliasSyntax extends Place {
  readonly kind: 'alias';
  readonly name: string;
}

export interface MappingSyntax extends Place {
  readonly kind: 'mapping';
  readonly flow: boolean;
  readonly entries: readonly EntrySyntax[];
}

export interface EntrySyntax {
  /** As the key of the object that the mapping becomes. */
  readonly name: string;
  readonly key: SyntaxNode;
  /** Offset of the colon, -1 where a flow mapping leaves it out. */
  readonly colon: number;
  readonly value: SyntaxNode;
}

export interface SequenceSyntax extends Place {
  readonly kind: 'sequence';
  readonly flow: boolean;
  readonly items: readonly ItemSyntax[];
}

export interface ItemSyntax {
  /** Offset of the dash; -1 in flow style. */
  readonly dash: number;
  readonly value: SyntaxNode;
}

export type SyntaxNode = ScalarSyntax | AliasSyntax | MappingSyntax | SequenceSyntax;

export interface Syntax {
  readonly root: SyntaxNode;
  readonly anchors: ReadonlyMap<string, SyntaxNode>;
}

/** Null when the text has no value or is not readable. */
export function readSyntax(text: string): Syntax | null {
  try {
    return new Reader(text, readEvents(text)).document();
  } catch {
    return null;
  }
}

/** Offset of the next character that is neither white space nor comment. */
export function skipSpace(text: string, at: number): number {
  let position = at;
  for (;;) {
    const char = text[position];
    if (char === ' ' || char === '\t' || char === '\n' || char === '\r' || char === '\uFEFF') position++;
    else if (char === '#' && (position === 0 || /\s/.test(text[position - 1]!))) {
      const newline = text.indexOf('\n', position);
      if (newline === -1) return text.length;
      position = newline;
    } else return position;
  }
}

/** Walks the events once; `next` is the event, `cursor` the offset behind what was read. */
class Reader {
  private readonly text: string;
  private readonly events: readonly Event[];
  private next = 0;
  private cursor = 0;
  private readonly anchors = new Map<string, SyntaxNode>();

  constructor(text: string, events: readonly Event[]) {
    this.text = text;
    this.events = events;
  }

  document(): Syntax | null {
    const first = this.events[this.next++];
    if (first?.type !== EVENT_ID.DOCUMENT) return null;
    if (first.explicitStart) this.cursor = /(?:^|\n)---/.exec(this.text)!.index + 3;
    const root = this.node();
    return { root, anchors: this.anchors };
  }

  private node(): SyntaxNode {
    const event = this.events[this.next++];
    switch (event?.type) {
      case EVENT_ID.SCALAR:
        return this.scalar(event);
      case EVENT_ID.ALIAS: {
        const place = { from: event.anchorStart - 1, to: event.anchorEnd, outer: event.anchorStart - 1, anchor: null };
        this.cursor = place.to;
        return { kind: 'alias', ...place, name: this.text.slice(event.anchorStart, event.anchorEnd) };
      }
      case EVENT_ID.MAPPING:
        return this.mapping(event);
      case EVENT_ID.SEQUENCE:
        return this.sequence(event);
      case EVENT_ID.DOCUMENT:
      case EVENT_ID.POP:
      case undefined:
        throw new Error('no value in the events');
    }
  }

  private properties(event: ScalarEvent | MappingEvent | SequenceEvent, from: number): { outer: number; anchor: string | null } {
    const starts = [from];
    if (event.anchorStart !== -1) starts.push(event.anchorStart - 1);
    if (event.tagStart !== -1) starts.push(event.tagStart);
    return { outer: Math.min(...starts), anchor: event.anchorStart === -1 ? null : this.text.slice(event.anchorStart, event.anchorEnd) };
  }

  private remember<T extends SyntaxNode>(node: T): T {
    if (node.anchor !== null) this.anchors.set(node.anchor, node);
    return node;
  }

  private scalar(event: ScalarEvent): ScalarSyntax {
    const behindProperties = Math.max(this.cursor, event.anchorEnd, event.tagEnd);
    let from = behindProperties;
    let to = behindProperties;
    let style: ScalarSyntax['style'] = 'plain';
    if (event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED) {
      style = event.style === SCALAR_STYLE.SINGLE_QUOTED ? 'single' : 'double';
      from = event.valueStart - 1;
      to = event.valueEnd + 1;
    } else if (event.style !== SCALAR_STYLE.PLAIN) {
      style = 'block';
      from = skipSpace(this.text, behindProperties);
      const header = this.text.indexOf('\n', from);
      const content = this.text.slice(event.valueStart, event.valueEnd).trimEnd();
      to = content === '' ? (header === -1 ? this.text.length : header) : event.valueStart + content.length;
      if (content === '' && this.text[to - 1] === '\r') to--;
    } else if (event.valueStart !== -1) {
      from = event.valueStart;
      to = event.valueEnd;
    }
    this.cursor = to;
    const text = event.valueStart === -1 ? '' : getScalarValue(this.text, event);
    return this.remember({ kind: 'scalar', from, to, ...this.properties(event, from), style, text });
  }

  private mapping(event: MappingEvent): MappingSyntax {
    const bracket = event.style === COLLECTION_STYLE.FLOW && this.text[event.start] === '{';
    this.cursor = event.start + (bracket ? 1 : 0);
    const entries: EntrySyntax[] = [];
    while (!this.atPop()) {
      if (this.text[skipSpace(this.text, this.cursor)] === '?') this.cursor = this.explicitKey();
      const key = this.node();
      const colonAt = skipSpace(this.text, this.cursor);
      const colon = this.text[colonAt] === ':' ? colonAt : -1;
      if (colon !== -1) this.cursor = colon + 1;
      const value = this.node();
      entries.push({ name: keyName(key), key, colon, value });
      this.skipComma(bracket);
    }
    const last = entries.at(-1);
    const to = this.end(bracket, last === undefined ? event.start : Math.max(last.value.to, last.colon + 1, last.key.to));
    return this.remember({
      kind: 'mapping',
      from: event.start,
      to,
      ...this.properties(event, event.start),
      flow: event.style === COLLECTION_STYLE.FLOW,
      entries,
    });
  }

  private sequence(event: SequenceEvent): SequenceSyntax {
    const flow = event.style === COLLECTION_STYLE.FLOW;
    this.cursor = event.start + (flow ? 1 : 0);
    const items: ItemSyntax[] = [];
    while (!this.atPop()) {
      const dash = flow ? -1 : skipSpace(this.text, this.cursor);
      if (!flow) this.cursor = dash + 1;
      items.push({ dash, value: this.node() });
      this.skipComma(flow);
    }
    const to = this.end(flow, items.at(-1)?.value.to ?? event.start);
    return this.remember({ kind: 'sequence', from: event.start, to, ...this.properties(event, event.start), flow, items });
  }

  private atPop(): boolean {
    if (this.events[this.next]?.type !== EVENT_ID.POP) return false;
    this.next++;
    return true;
  }

  /** `? key` is one only when a space follows; a plain key may begin with a question mark. */
  private explicitKey(): number {
    const mark = skipSpace(this.text, this.cursor);
    return /^\?\s/.test(this.text.slice(mark, mark + 2)) ? mark + 1 : this.cursor;
  }

  private skipComma(flow: boolean): void {
    if (!flow) return;
    const at = skipSpace(this.text, this.cursor);
    if (this.text[at] === ',') this.cursor = at + 1;
  }

  private end(bracket: boolean, lastEnd: number): number {
    const to = bracket ? skipSpace(this.text, this.cursor) + 1 : lastEnd;
    this.cursor = to;
    return to;
  }
}

function keyName(key: SyntaxNode): string {
  if (key.kind !== 'scalar') return '';
  return key.style === 'plain' ? String(resolvePlain(key.text)) : key.text;
}
