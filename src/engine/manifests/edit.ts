/**
 * Changes one field of one document by the smallest edits of its text: comments, order, quotes and everything else
 * stay as a person wrote them. Whatever the text looks like, the result reads back as what was meant: it is read
 * again, and where a small edit would not do, the value around it is written anew.
 */
import type { Json, JsonObject } from './document.ts';
import { isList, isObject } from './json.ts';
import { parseValue } from './parse.ts';
import { isBlock, renderAfterColon, renderBlock, renderEntry, renderFlow, renderLike, type TextStyle } from './render-value.ts';
import type { FieldPath } from './source.ts';
import { readSyntax, skipSpace, type EntrySyntax, type ItemSyntax, type MappingSyntax, type SequenceSyntax, type SyntaxNode } from './syntax-tree.ts';

/** Replaces `text.slice(from, to)`. Edits of one answer do not overlap and are sorted; offsets are of the old text. */
export interface TextEdit {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let out = '';
  let at = 0;
  for (const edit of edits) {
    out += text.slice(at, edit.from) + edit.insert;
    at = edit.to;
  }
  return out + text.slice(at);
}

/**
 * Edits that make the field at `path` of one document hold `value`; `undefined` takes the field away. Parents that are
 * missing are made; an index behind the end of a list appends. No edits for a document that is not readable.
 */
export function setField(text: string, path: FieldPath, value: Json | undefined): readonly TextEdit[] {
  let before: Json;
  try {
    before = parseValue(text);
  } catch {
    return [];
  }
  const meant = withValue(before, path, value);
  if (sameJson(before, meant)) return [];
  const syntax = readSyntax(text);
  if (syntax === null) return [appendTo(text, meant)];
  const editor = new Editor(text, syntax.root);
  const small = editor.set(syntax.root, before, path, value);
  if (small !== null && readsAs(applyEdits(text, small), meant)) return small;
  // The nearest mapping or list around the field that can be written anew on its own.
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const around = path.slice(0, depth);
    const whole = editor.set(syntax.root, before, around, valueAt(meant, around));
    if (whole !== null && readsAs(applyEdits(text, whole), meant)) return whole;
  }
  return [{ from: 0, to: text.length, insert: `${renderBlock(meant, 0, editor.style)}${editor.style.newline}` }];
}

function readsAs(text: string, meant: Json): boolean {
  try {
    return sameJson(parseValue(text), meant);
  } catch {
    return false;
  }
}

/** The document has no value yet: only comments, or nothing. */
function appendTo(text: string, value: Json): TextEdit {
  const style: TextStyle = { newline: text.includes('\r\n') ? '\r\n' : '\n', indentSequences: true, json: false };
  const end = /(?:^|\n)\.\.\.\s*$/.exec(text)?.index;
  const at = end === undefined ? text.length : end + (text[end] === '\n' ? 1 : 0);
  const lineBreak = at === 0 || text[at - 1] === '\n' ? '' : style.newline;
  return { from: at, to: at, insert: `${lineBreak}${renderBlock(value, 0, style)}${style.newline}` };
}

type Edits = readonly TextEdit[] | null;

/** Knows one text and how it is written. Every method gives null where a small edit is not possible. */
class Editor {
  readonly style: TextStyle;
  private readonly text: string;

  constructor(text: string, root: SyntaxNode) {
    this.text = text;
    this.style = { newline: text.includes('\r\n') ? '\r\n' : '\n', indentSequences: this.indentsSequences(root) ?? true, json: /^\uFEFF?\s*[{[]/.test(text) };
  }

  set(root: SyntaxNode, rootValue: Json, path: FieldPath, value: Json | undefined): Edits {
    let node = root;
    let current: Json = rootValue;
    let holder: Holder | null = null;
    for (const [index, step] of path.entries()) {
      const rest = path.slice(index + 1);
      const last = rest.length === 0;
      if (node.kind === 'mapping' && typeof current === 'object') {
        const entry = node.entries.find((candidate) => candidate.name === String(step));
        const inside: Json | undefined = childOf(current, String(step));
        if (entry === undefined) {
          // A merge key may bring it: then only an own key can say something else.
          if (value === undefined && inside === undefined) return [];
          const added = last ? (value ?? null) : withValue(inside ?? null, rest, value);
          return this.addEntry(node, holder, String(step), added);
        }
        if (last && value === undefined) return this.removeEntry(node, holder, entry);
        holder = { kind: 'entry', mapping: node, entry };
        node = entry.value;
        current = inside ?? null;
      } else if (node.kind === 'sequence' && typeof step === 'number' && isList(current)) {
        const item = node.items[step];
        if (item === undefined) return value === undefined ? [] : this.addItem(node, holder, last ? value : withValue(null, rest, value));
        if (last && value === undefined) return this.removeItem(node, holder, item);
        holder = { kind: 'item', sequence: node, item };
        node = item.value;
        current = current[step] ?? null;
      } else {
        if (value === undefined && node.kind !== 'alias') return [];
        return this.replace(node, holder, withValue(current, path.slice(index), value));
      }
    }
    return value === undefined ? null : this.replace(node, holder, value);
  }

  /** Writes another value in the place of a node. */
  private replace(node: SyntaxNode, holder: Holder | null, value: Json): Edits {
    if (holder !== null && typeof value === 'string' && node.kind === 'scalar' && node.from < node.to) {
      return [{ from: node.outer, to: node.to, insert: renderLike(value, node.style, this.style) }];
    }
    const inFlow = holder === null ? this.style.json : holder.kind === 'entry' ? holder.mapping.flow : holder.sequence.flow;
    if (inFlow || (node.kind !== 'scalar' && node.kind !== 'alias' && node.flow && this.style.json)) {
      const space = node.from === node.to && /[:,]/.test(this.text[node.from - 1] ?? '') ? ' ' : '';
      return [{ from: node.outer, to: node.to, insert: space + renderFlow(value, this.style) }];
    }
    if (holder === null) return [{ from: node.outer, to: node.to, insert: renderBlock(value, this.columnOf(node.outer), this.style) }];
    if (holder.kind === 'item') {
      const column = Math.max(holder.item.dash === -1 ? 0 : this.columnOf(holder.item.dash) + 2, 0);
      const space = node.outer === node.to && !/\s/.test(this.text[node.outer - 1] ?? ' ') ? ' ' : '';
      return [
        {
          from: node.outer,
          to: node.to,
          insert: space + renderBlock(value, node.outer < node.to && !this.isFirstOnLine(node.outer) ? this.columnOf(node.outer) : column, this.style),
        },
      ];
    }
    return this.replaceEntryValue(holder.entry, this.columnOf(holder.entry.key.outer), value);
  }

  /** After `key:` in block style; a comment on the key's line stays there. */
  private replaceEntryValue(entry: EntrySyntax, keyColumn: number, value: Json): Edits {
    const { value: old, colon } = entry;
    if (colon === -1) return null;
    const start = old.outer;
    const onKeyLine = !this.text.slice(colon, start).includes('\n');
    const keyLineEnd = this.lineEnd(colon);
    if (onKeyLine && !isBlock(value)) {
      const empty = start === old.to;
      return [{ from: empty ? colon + 1 : start, to: empty ? colon + 1 : old.to, insert: `${empty ? ' ' : ''}${renderFlow(value, this.style)}` }];
    }
    const insert = renderAfterColon(value, keyColumn, this.style);
    if (onKeyLine) {
      const valueEnd = this.lineEnd(old.to);
      // `key: old  # comment` becomes `key:  # comment` and the new lines below it.
      const cut = { from: colon + 1, to: old.to, insert: '' };
      return [cut, { from: Math.max(valueEnd, old.to), to: Math.max(valueEnd, old.to), insert }];
    }
    if (isBlock(value)) {
      const column = this.columnOf(start);
      const isUnderKey = column > keyColumn || (column === keyColumn && isList(value) && old.kind === 'sequence');
      if (isUnderKey && this.isFirstOnLine(start)) return [{ from: start, to: old.to, insert: renderBlock(value, column, this.style) }];
    }
    // The old value stood on lines of its own: they go, the new one follows the colon.
    const linesFrom = Math.max(this.lineStart(start) - this.style.newline.length, keyLineEnd);
    const head = { from: isBlock(value) ? keyLineEnd : colon + 1, to: isBlock(value) ? keyLineEnd : colon + 1, insert };
    return [head, { from: linesFrom, to: old.to, insert: '' }];
  }

  private addEntry(mapping: MappingSyntax, holder: Holder | null, key: string, value: Json): Edits {
    if (mapping.flow) {
      const last = mapping.entries.at(-1);
      const written = `${renderFlow(key, this.style)}: ${renderFlow(value, this.style)}`;
      return this.addToFlow(mapping, last === undefined ? null : this.endOf(last), last?.key.outer ?? 0, written);
    }
    const column = this.columnOf(mapping.from);
    const last = mapping.entries.at(-1);
    if (last === undefined || (holder?.kind === 'entry' && holder.mapping.flow)) return null;
    return [this.lineAfter(this.endOf(last), `${' '.repeat(column)}${renderEntry(key, value, column, this.style)}`)];
  }

  private addItem(sequence: SequenceSyntax, _holder: Holder | null, value: Json): Edits {
    const last = sequence.items.at(-1);
    if (sequence.flow) return this.addToFlow(sequence, last?.value.to ?? null, last?.value.outer ?? 0, renderFlow(value, this.style));
    if (last === undefined) return null;
    const column = this.columnOf(sequence.from);
    return [this.lineAfter(Math.max(last.value.to, last.dash + 1), `${' '.repeat(column)}- ${renderBlock(value, column + 2, this.style)}`)];
  }

  /** `[a, b]` or `{ a: b }`, on one line or an entry a line. */
  private addToFlow(node: MappingSyntax | SequenceSyntax, lastEnd: number | null, lastStart: number, written: string): Edits {
    if (lastEnd === null) {
      const padding = node.kind === 'mapping' && !this.style.json ? ' ' : '';
      return [{ from: node.from + 1, to: node.to - 1, insert: `${padding}${written}${padding}` }];
    }
    const separator = this.isFirstOnLine(lastStart) ? `,${this.style.newline}${this.text.slice(this.lineStart(lastStart), lastStart)}` : ', ';
    return [{ from: lastEnd, to: lastEnd, insert: separator + written }];
  }

  /** A new line below the line on which `at` stands. */
  private lineAfter(at: number, line: string): TextEdit {
    const end = this.lineEnd(at);
    return { from: end, to: end, insert: this.style.newline + line };
  }

  private removeEntry(mapping: MappingSyntax, holder: Holder | null, entry: EntrySyntax): Edits {
    const index = mapping.entries.indexOf(entry);
    if (mapping.entries.length === 1) return this.replace(mapping, holder, {});
    const next = mapping.entries[index + 1];
    const previous = mapping.entries[index - 1];
    if (mapping.flow) return this.removeFromFlow(entry.key.outer, this.endOf(entry), next?.key.outer, previous && this.endOf(previous));
    return this.removeLines(entry.key.outer, this.endOf(entry));
  }

  private removeItem(sequence: SequenceSyntax, holder: Holder | null, item: ItemSyntax): Edits {
    if (sequence.items.length === 1) return this.replace(sequence, holder, []);
    const index = sequence.items.indexOf(item);
    const next = sequence.items[index + 1];
    const previous = sequence.items[index - 1];
    if (sequence.flow) return this.removeFromFlow(item.value.outer, item.value.to, next?.value.outer, previous?.value.to);
    return this.removeLines(item.dash, Math.max(item.dash + 1, item.value.to));
  }

  private removeFromFlow(from: number, to: number, next: number | undefined, previousEnd: number | undefined): Edits {
    if (next !== undefined) return [{ from, to: next, insert: '' }];
    return previousEnd === undefined ? null : [{ from: previousEnd, to, insert: '' }];
  }

  /** Whole lines where the thing begins its line; after a dash, only up to what follows. */
  private removeLines(from: number, to: number): Edits {
    const end = this.lineEnd(to);
    if (!this.isFirstOnLine(from)) return [{ from, to: skipBlank(this.text, end), insert: '' }];
    const start = this.lineStart(from);
    const behind = end + (this.text.startsWith('\r\n', end) ? 2 : 1);
    if (end < this.text.length) return [{ from: start, to: behind, insert: '' }];
    return [{ from: Math.max(0, start - this.style.newline.length), to: end, insert: '' }];
  }

  private endOf(entry: EntrySyntax): number {
    return Math.max(entry.value.to, entry.colon + 1, entry.key.to);
  }

  private lineStart(at: number): number {
    return this.text.lastIndexOf('\n', at - 1) + 1;
  }

  private lineEnd(at: number): number {
    const newline = this.text.indexOf('\n', at);
    if (newline === -1) return this.text.length;
    return this.text[newline - 1] === '\r' && newline > at ? newline - 1 : newline;
  }

  private columnOf(at: number): number {
    return at - this.lineStart(at) - (this.text.charCodeAt(0) === 0xfeff && this.lineStart(at) === 0 ? 1 : 0);
  }

  private isFirstOnLine(at: number): boolean {
    return this.text.slice(this.lineStart(at), at).trim() === '';
  }

  /** How the first list below a key is written; null when there is none. */
  private indentsSequences(node: SyntaxNode): boolean | null {
    if (node.kind === 'mapping') {
      for (const entry of node.entries) {
        if (entry.value.kind === 'sequence' && !entry.value.flow) return this.columnOf(entry.value.from) > this.columnOf(entry.key.from);
        const below = this.indentsSequences(entry.value);
        if (below !== null) return below;
      }
    }
    if (node.kind === 'sequence') {
      for (const item of node.items) {
        const below = this.indentsSequences(item.value);
        if (below !== null) return below;
      }
    }
    return null;
  }
}

type Holder =
  | { readonly kind: 'entry'; readonly mapping: MappingSyntax; readonly entry: EntrySyntax }
  | { readonly kind: 'item'; readonly sequence: SequenceSyntax; readonly item: ItemSyntax };

/** White space and line breaks, not comments: a comment below belongs to what comes next. */
function skipBlank(text: string, at: number): number {
  let position = at;
  while (/\s/.test(text[position] ?? '')) position++;
  return text[position] === '#' ? position : skipSpace(text, position);
}

function childOf(value: Json, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function valueAt(value: Json, path: FieldPath): Json {
  let current: Json = value;
  for (const step of path) current = (isList(current) && typeof step === 'number' ? current[step] : childOf(current, String(step))) ?? null;
  return current;
}

/** The value with one field set or, for `undefined`, without it. */
export function withValue(value: Json, path: FieldPath, field: Json | undefined): Json {
  const [step, ...rest] = path;
  if (step === undefined) return field ?? null;
  if (isList(value) && typeof step === 'number') return withItem(value, step, rest, field);
  if (!isObject(value)) {
    if (field === undefined) return value;
    if (typeof step === 'number') return [withValue(null, rest, field)];
  }
  const fields: JsonObject = isObject(value) ? value : {};
  const key = String(step);
  const old = childOf(fields, key);
  if (field !== undefined) return { ...fields, [key]: withValue(old ?? null, rest, field) };
  if (old === undefined) return value;
  if (rest.length > 0) return { ...fields, [key]: withValue(old, rest, field) };
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== key));
}

function withItem(list: readonly Json[], index: number, rest: FieldPath, field: Json | undefined): Json {
  const item = list[index];
  if (item === undefined) return field === undefined ? list : [...list, withValue(null, rest, field)];
  if (field === undefined && rest.length === 0) return list.toSpliced(index, 1);
  return list.with(index, withValue(item, rest, field));
}

/** Equal as JSON; the order of keys does not count. */
function sameJson(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, index) => sameJson(item, b[index]!));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key]!, b[key]!));
}
