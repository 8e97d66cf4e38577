/** Reads a regular expression as PCRE2 does, as far as paths and headers use it. */
import type { CharSet, Node } from './syntax.ts';

const INFINITE = Number.POSITIVE_INFINITY;
const MOST_REPEATS = 1000;
const DEEPEST = 50;

/** What is wrong with a pattern; caught where patterns are compiled. */
export class PatternError extends Error {}

export function parsePattern(source: string, ignoreCase: boolean): { readonly node: Node; readonly groups: number } {
  const reader = new Reader(source, ignoreCase);
  const node = reader.choice();
  if (!reader.done) throw new PatternError('unmatched closing parenthesis');
  return { node, groups: reader.groups };
}

class Reader {
  groups = 0;
  private at = 0;
  private depth = 0;
  private singleLine = false;
  private readonly names = new Map<string, number>();
  private readonly source: string;
  private fold: boolean;

  constructor(source: string, fold: boolean) {
    this.source = source;
    this.fold = fold;
  }

  get done(): boolean {
    return this.at >= this.source.length;
  }

  choice(): Node {
    if (++this.depth > DEEPEST) throw new PatternError('nested too deeply');
    // An option like (?i) holds to the end of its group.
    const { fold, singleLine } = this;
    const options = [this.sequence()];
    while (this.take('|')) options.push(this.sequence());
    this.fold = fold;
    this.singleLine = singleLine;
    this.depth--;
    return options.length === 1 ? options[0]! : { kind: 'choice', options };
  }

  private sequence(): Node {
    const items: Node[] = [];
    while (!this.done && !this.sees('|') && !this.sees(')')) {
      const atom = this.atom();
      if (atom === null) continue;
      const item = this.quantified(atom);
      const last = items.at(-1);
      if (item.kind === 'text' && last?.kind === 'text' && last.fold === item.fold) items[items.length - 1] = { ...last, text: last.text + item.text };
      else items.push(item);
    }
    return items.length === 1 ? items[0]! : { kind: 'sequence', items };
  }

  private quantified(atom: Node): Node {
    // `ab*` repeats the b only: texts are joined after quantifiers are read, so an atom is one character.
    for (let node = atom; ;) {
      const bounds = this.bounds();
      if (bounds === null) return node;
      if (node.kind === 'edge' || (node.kind === 'look' && !node.behind && bounds.max > 1)) throw new PatternError('nothing to repeat');
      const lazy = this.take('?');
      const possessive = !lazy && this.take('+');
      if (node.kind === 'repeat') throw new PatternError('nothing to repeat');
      node = { kind: 'repeat', body: node, ...bounds, lazy, possessive };
    }
  }

  private bounds(): { readonly min: number; readonly max: number } | null {
    if (this.take('*')) return { min: 0, max: INFINITE };
    if (this.take('+')) return { min: 1, max: INFINITE };
    if (this.take('?')) return { min: 0, max: 1 };
    const braces = /^\{(\d*)(,?)(\d*)\}/.exec(this.source.slice(this.at, this.at + 16));
    if (braces === null || (braces[1] === '' && (braces[2] === '' || braces[3] === ''))) return null;
    this.at += braces[0].length;
    const min = Number(braces[1] === '' ? 0 : braces[1]);
    const max = braces[2] === '' ? min : braces[3] === '' ? INFINITE : Number(braces[3]);
    if (max < min || min > MOST_REPEATS || (max !== INFINITE && max > MOST_REPEATS)) throw new PatternError('numbers of a repeat out of order or too big');
    return { min, max };
  }

  /** Null for what matches nothing by itself: a comment, an option. */
  private atom(): Node | null {
    const character = this.source[this.at++]!;
    switch (character) {
      case '^':
        return { kind: 'edge', at: 'start' };
      case '$':
        return { kind: 'edge', at: 'end-or-newline' };
      case '.':
        return { kind: 'any', newline: this.singleLine };
      case '[':
        return { kind: 'set', set: this.set() };
      case '(':
        return this.group();
      case '\\':
        return this.escape();
      case '*':
      case '+':
      case '?':
        throw new PatternError('nothing to repeat');
      default:
        return this.text(character);
    }
  }

  private group(): Node | null {
    if (!this.take('?')) return this.closed((body) => body, ++this.groups);
    if (this.take('#')) {
      const end = this.source.indexOf(')', this.at);
      if (end < 0) throw new PatternError('comment without end');
      this.at = end + 1;
      return null;
    }
    if (this.take(':')) return this.closed((body) => body, null);
    if (this.take('>')) return this.closed((body) => ({ kind: 'group', number: null, body, atomic: true }), null);
    if (this.take('=')) return this.closed((body) => ({ kind: 'look', behind: false, negative: false, body }), null);
    if (this.take('!')) return this.closed((body) => ({ kind: 'look', behind: false, negative: true, body }), null);
    if (this.take('<=')) return this.closed((body) => ({ kind: 'look', behind: true, negative: false, body }), null);
    if (this.take('<!')) return this.closed((body) => ({ kind: 'look', behind: true, negative: true, body }), null);
    const name = /^(?:P?<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/.exec(this.source.slice(this.at));
    if (name !== null) {
      this.at += name[0].length;
      this.names.set(name[1] ?? name[2]!, ++this.groups);
      return this.closed((body) => body, this.groups);
    }
    return this.option();
  }

  private option(): Node | null {
    const option = /^([a-z]*)(-([a-z]+))?([:)])/.exec(this.source.slice(this.at));
    if (option === null || /[^is]/.test(`${option[1]}${option[3] ?? ''}`)) throw new PatternError('an option that is not supported');
    this.at += option[0].length;
    const { fold, singleLine } = this;
    const set = (letters: string, value: boolean) => {
      if (letters.includes('i')) this.fold = value;
      if (letters.includes('s')) this.singleLine = value;
    };
    set(option[1]!, true);
    set(option[3] ?? '', false);
    if (option[4] === ')') return null;
    const body = this.closed((inner) => inner, null);
    this.fold = fold;
    this.singleLine = singleLine;
    return body;
  }

  private closed(wrap: (body: Node) => Node, number: number | null): Node {
    const body = wrap(this.choice());
    if (!this.take(')')) throw new PatternError('missing closing parenthesis');
    return body.kind === 'look' || (body.kind === 'group' && body.atomic) ? body : { kind: 'group', number, body, atomic: false };
  }

  private escape(): Node {
    if (this.done) throw new PatternError('a backslash at the end');
    const character = this.source[this.at++]!;
    const shorthand = SHORTHANDS[character];
    if (shorthand !== undefined) return { kind: 'set', set: shorthand };
    switch (character) {
      case 'b':
        return { kind: 'edge', at: 'word' };
      case 'B':
        return { kind: 'edge', at: 'not-word' };
      case 'A':
        return { kind: 'edge', at: 'start' };
      case 'Z':
        return { kind: 'edge', at: 'end-or-newline' };
      case 'z':
        return { kind: 'edge', at: 'end' };
      case 'Q':
        return this.quoted();
      case 'k': {
        const name = /^(?:<(\w+)>|\{(\w+)\}|'(\w+)')/.exec(this.source.slice(this.at));
        const number = name === null ? undefined : this.names.get(name[1] ?? name[2] ?? name[3]!);
        if (name === null || number === undefined) throw new PatternError('a reference to no group');
        this.at += name[0].length;
        return { kind: 'again', number, fold: this.fold };
      }
      default:
        if (/[1-9]/.test(character)) return { kind: 'again', number: Number(character), fold: this.fold };
        return this.text(this.literal(character));
    }
  }

  private quoted(): Node {
    const end = this.source.indexOf(String.raw`\E`, this.at);
    const text = this.source.slice(this.at, end < 0 ? undefined : end);
    this.at = end < 0 ? this.source.length : end + 2;
    const items = Array.from(text, (character) => this.text(character));
    return { kind: 'sequence', items };
  }

  /** The character that an escape stands for, in and out of sets. */
  private literal(character: string): string {
    const control = CONTROLS[character];
    if (control !== undefined) return control;
    if (character === 'x') {
      const hex = /^(?:\{([0-9A-Fa-f]{1,4})\}|([0-9A-Fa-f]{0,2}))/.exec(this.source.slice(this.at))!;
      this.at += hex[0].length;
      return String.fromCharCode(Number.parseInt(hex[1] ?? (hex[2] === '' ? '0' : hex[2]!), 16));
    }
    if (/[A-Za-z]/.test(character)) throw new PatternError(`an escape that is not supported: ${character}`);
    return character;
  }

  private set(): CharSet {
    const negative = this.take('^');
    const ranges: [number, number][] = [];
    const inner: CharSet[] = [];
    // A closing bracket that stands first is a character like any other.
    for (let first = true; ; first = false) {
      if (this.done) throw new PatternError('missing closing bracket of a set');
      if (!first && this.take(']')) return { negative, ranges, inner, fold: this.fold };
      const from = this.setItem(inner);
      if (from === null) continue;
      const dash = this.sees('-') && this.source[this.at + 1] !== ']' && this.at + 1 < this.source.length;
      if (!dash) {
        ranges.push([from, from]);
        continue;
      }
      this.at++;
      const to = this.setItem(inner);
      if (to === null) ranges.push([from, from], [45, 45]);
      else if (to < from) throw new PatternError('a range out of order');
      else ranges.push([from, to]);
    }
  }

  /** One unit of a set; null where it was a class of its own, which is then in `inner`. */
  private setItem(inner: CharSet[]): number | null {
    const posix = /^\[:(\^?)([a-z]+):\]/.exec(this.source.slice(this.at));
    if (posix !== null) {
      const ranges = POSIX[posix[2]!];
      if (ranges === undefined) throw new PatternError(`an unknown class ${posix[2]}`);
      this.at += posix[0].length;
      inner.push({ negative: posix[1] === '^', ranges, inner: [], fold: this.fold });
      return null;
    }
    const character = this.source[this.at++]!;
    if (character !== '\\') return character.charCodeAt(0);
    if (this.done) throw new PatternError('a backslash at the end');
    const escaped = this.source[this.at++]!;
    const shorthand = SHORTHANDS[escaped];
    if (shorthand !== undefined) {
      inner.push(shorthand);
      return null;
    }
    return escaped === 'b' ? 8 : this.literal(escaped).charCodeAt(0);
  }

  private text(text: string): Node {
    return { kind: 'text', text, fold: this.fold };
  }

  private sees(text: string): boolean {
    return this.source.startsWith(text, this.at);
  }

  private take(text: string): boolean {
    const seen = this.sees(text);
    if (seen) this.at += text.length;
    return seen;
  }
}

const span = (from: string, to: string): [number, number] => [from.charCodeAt(0), to.charCodeAt(0)];
const DIGIT = [span('0', '9')];
const WORD = [...DIGIT, span('A', 'Z'), span('a', 'z'), span('_', '_')];
const SPACE: [number, number][] = [
  [9, 13],
  [32, 32],
];
const BLANK: [number, number][] = [
  [9, 9],
  [32, 32],
];

const of = (ranges: CharSet['ranges'], negative: boolean): CharSet => ({ negative, ranges, inner: [], fold: false });
const SHORTHANDS: Readonly<Record<string, CharSet>> = {
  d: of(DIGIT, false),
  D: of(DIGIT, true),
  w: of(WORD, false),
  W: of(WORD, true),
  s: of(SPACE, false),
  S: of(SPACE, true),
  h: of(BLANK, false),
  H: of(BLANK, true),
};
const CONTROLS: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f', e: '\u001b', a: '\u0007', v: '\v', '0': '\0' };
const POSIX: Readonly<Record<string, CharSet['ranges']>> = {
  alpha: [span('A', 'Z'), span('a', 'z')],
  digit: DIGIT,
  alnum: [...DIGIT, span('A', 'Z'), span('a', 'z')],
  lower: [span('a', 'z')],
  upper: [span('A', 'Z')],
  space: SPACE,
  blank: BLANK,
  word: WORD,
  xdigit: [...DIGIT, span('A', 'F'), span('a', 'f')],
  punct: [
    [33, 47],
    [58, 64],
    [91, 96],
    [123, 126],
  ],
  print: [[32, 126]],
  graph: [[33, 126]],
  cntrl: [
    [0, 31],
    [127, 127],
  ],
};
