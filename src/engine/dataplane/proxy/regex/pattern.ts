/**
 * Regular expressions of Ingresses and routes, matched by backtracking with a budget of steps, as PCRE2 does with its match
 * limit. JavaScript's own are not used: their dialect differs from nginx's, and nothing can stop one that runs away,
 * while a pattern here is a stranger's text.
 */
import { parsePattern, PatternError } from './parse.ts';
import type { Node } from './syntax.ts';
import { inSet } from './syntax.ts';

const LONGEST_PATTERN = 2_000;
const LONGEST_SUBJECT = 8_192;
const MOST_STEPS = 50_000;
/** Repeats nested in the call stack; one takes a handful of frames. */
const DEEPEST = 500;

export type Match =
  /** Group 0 is the whole match; a group that took no part is null. */
  { readonly kind: 'match'; readonly groups: readonly (string | null)[] } | { readonly kind: 'none' } | { readonly kind: 'gave-up' };

export interface Pattern {
  readonly source: string;
  /** What is wrong with it; such a pattern matches nothing. */
  readonly error: string | null;
  /** First match anywhere in the subject. */
  readonly search: (subject: string) => Match;
}

interface Run {
  readonly subject: string;
  /** Start and end by group; -1 where it took no part. */
  readonly marks: Int32Array;
  steps: number;
  depth: number;
}

/** The end of the whole match, or FAIL. */
type Step = (at: number, run: Run) => number;

const FAIL = -1;
const NONE: Match = { kind: 'none' };
const GAVE_UP: Match = { kind: 'gave-up' };

class BudgetSpent extends Error {}

export function compilePattern(source: string, { ignoreCase }: { readonly ignoreCase: boolean }): Pattern {
  const broken = (error: string): Pattern => ({ source, error, search: () => NONE });
  if (source.length > LONGEST_PATTERN) return broken('too long');
  try {
    const { node, groups } = parsePattern(source, ignoreCase);
    const step = compile(node, (at) => at);
    const anchored = isAnchored(node);
    return { source, error: null, search: (subject) => search(step, groups, anchored, subject) };
  } catch (error) {
    if (error instanceof PatternError) return broken(error.message);
    throw error;
  }
}

function search(step: Step, groups: number, anchored: boolean, subject: string): Match {
  if (subject.length > LONGEST_SUBJECT) return GAVE_UP;
  const run: Run = { subject, marks: new Int32Array(2 * (groups + 1)).fill(FAIL), steps: MOST_STEPS, depth: 0 };
  try {
    for (let from = 0; from <= (anchored ? 0 : subject.length); from++) {
      const end = step(from, run);
      if (end === FAIL) continue;
      run.marks[0] = from;
      run.marks[1] = end;
      return { kind: 'match', groups: Array.from({ length: groups + 1 }, (_, number) => text(run, number)) };
    }
    return NONE;
  } catch (error) {
    if (error instanceof BudgetSpent) return GAVE_UP;
    throw error;
  }
}

function text({ subject, marks }: Run, number: number): string | null {
  const end = marks[2 * number + 1]!;
  return end === FAIL ? null : subject.slice(marks[2 * number], end);
}

function isAnchored(node: Node): boolean {
  if (node.kind === 'sequence') return node.items.length > 0 && isAnchored(node.items[0]!);
  return node.kind === 'edge' && node.at === 'start';
}

function spend(run: Run): void {
  if (--run.steps < 0) throw new BudgetSpent();
}

function compile(node: Node, next: Step): Step {
  switch (node.kind) {
    case 'text':
      return textStep(node.text, node.fold, next);
    case 'any':
    case 'set': {
      const takes = unitTest(node);
      return (at, run) => {
        spend(run);
        return at < run.subject.length && takes(run.subject.charCodeAt(at)) ? next(at + 1, run) : FAIL;
      };
    }
    case 'sequence':
      return node.items.reduceRight<Step>((rest, item) => compile(item, rest), next);
    case 'choice':
      return choiceStep(node.options.map((option) => compile(option, next)));
    case 'group':
      return groupStep(node, next);
    case 'repeat':
      return repeatStep(node, next);
    case 'edge':
      return (at, run) => (isEdge(node.at, at, run.subject) ? next(at, run) : FAIL);
    case 'look':
      return lookStep(node, next);
    case 'again':
      return (at, run) => {
        spend(run);
        const wanted = 2 * node.number + 1 < run.marks.length ? text(run, node.number) : null;
        if (wanted === null) return FAIL;
        return same(run.subject.slice(at, at + wanted.length), wanted, node.fold) ? next(at + wanted.length, run) : FAIL;
      };
  }
}

function textStep(wanted: string, fold: boolean, next: Step): Step {
  return (at, run) => {
    spend(run);
    const found = fold ? same(run.subject.slice(at, at + wanted.length), wanted, true) : run.subject.startsWith(wanted, at);
    return found ? next(at + wanted.length, run) : FAIL;
  };
}

function choiceStep(options: readonly Step[]): Step {
  return (at, run) => {
    spend(run);
    for (const option of options) {
      const end = option(at, run);
      if (end !== FAIL) return end;
    }
    return FAIL;
  };
}

function groupStep({ number, body, atomic }: Extract<Node, { kind: 'group' }>, next: Step): Step {
  if (atomic) return atomicStep(body, next);
  if (number === null) return compile(body, next);
  const [open, close] = [2 * number, 2 * number + 1];
  const starts = new WeakMap<Run, number[]>();
  const startsOf = (run: Run) => {
    let list = starts.get(run);
    if (list === undefined) starts.set(run, (list = []));
    return list;
  };
  const inner = compile(body, (at, run) => {
    const stack = startsOf(run);
    const start = stack.pop()!;
    const before: [number, number] = [run.marks[open]!, run.marks[close]!];
    run.marks[open] = start;
    run.marks[close] = at;
    const end = next(at, run);
    if (end !== FAIL) return end;
    [run.marks[open], run.marks[close]] = before;
    stack.push(start);
    return FAIL;
  });
  return (at, run) => {
    const stack = startsOf(run);
    stack.push(at);
    const end = inner(at, run);
    if (end === FAIL) stack.pop();
    return end;
  };
}

/** What the body matched first is kept: nothing inside is tried again. */
function atomicStep(body: Node, next: Step): Step {
  const inner = compile(body, (at) => at);
  return (at, run) => {
    const end = inner(at, run);
    return end === FAIL ? FAIL : next(end, run);
  };
}

function repeatStep(node: Extract<Node, { kind: 'repeat' }>, next: Step): Step {
  if (node.possessive) return atomicStep({ ...node, possessive: false }, next);
  const { body, min, max, lazy } = node;
  if (body.kind === 'any' || body.kind === 'set' || (body.kind === 'text' && body.text.length === 1)) return unitRepeat(unitTest(body), min, max, lazy, next);
  return (at, run) => {
    const attempt = (count: number, from: number): number => {
      spend(run);
      if (++run.depth > DEEPEST) throw new BudgetSpent();
      // A repeat that took nothing would go on forever.
      const more = () => (count < max ? compiled(count, from) : FAIL);
      let end = FAIL;
      if (count < min) end = more();
      else if (lazy) {
        end = next(from, run);
        if (end === FAIL) end = more();
      } else {
        end = more();
        if (end === FAIL) end = next(from, run);
      }
      run.depth--;
      return end;
    };
    const compiled = (count: number, from: number): number => compile(body, (to) => (to === from && count >= min ? FAIL : attempt(count + 1, to)))(from, run);
    return attempt(0, at);
  };
}

/** Single characters are counted in a loop, so a long subject needs no deep stack. */
function unitRepeat(takes: (unit: number) => boolean, min: number, max: number, lazy: boolean, next: Step): Step {
  return (at, run) => {
    const { subject } = run;
    let to = at;
    const limit = Math.min(subject.length, at + max);
    if (lazy) {
      for (; ; to++) {
        spend(run);
        if (to - at >= min) {
          const end = next(to, run);
          if (end !== FAIL) return end;
        }
        if (to >= limit || !takes(subject.charCodeAt(to))) return FAIL;
      }
    }
    while (to < limit && takes(subject.charCodeAt(to))) to++;
    for (; to - at >= min; to--) {
      spend(run);
      const end = next(to, run);
      if (end !== FAIL) return end;
    }
    return FAIL;
  };
}

function unitTest(node: Extract<Node, { kind: 'any' | 'set' | 'text' }>): (unit: number) => boolean {
  if (node.kind === 'any') return node.newline ? () => true : (unit) => unit !== 10;
  if (node.kind === 'set') return (unit) => inSet(node.set, unit);
  const { text: wanted, fold } = node;
  return (unit) => same(String.fromCharCode(unit), wanted, fold);
}

function lookStep({ behind, negative, body }: Extract<Node, { kind: 'look' }>, next: Step): Step {
  return (at, run) => {
    spend(run);
    const inner = compile(body, (to) => (!behind || to === at ? to : FAIL));
    let found = false;
    for (let from = at; from >= (behind ? 0 : at) && !found; from--) found = inner(from, run) !== FAIL;
    return found !== negative ? next(at, run) : FAIL;
  };
}

function isEdge(edge: Extract<Node, { kind: 'edge' }>['at'], at: number, subject: string): boolean {
  switch (edge) {
    case 'start':
      return at === 0;
    case 'end':
      return at === subject.length;
    case 'end-or-newline':
      return at === subject.length || (at === subject.length - 1 && subject[at] === '\n');
    case 'word':
      return isWord(subject, at - 1) !== isWord(subject, at);
    case 'not-word':
      return isWord(subject, at - 1) === isWord(subject, at);
  }
}

function isWord(subject: string, at: number): boolean {
  return at >= 0 && at < subject.length && /\w/.test(subject[at]!);
}

function same(a: string, b: string, fold: boolean): boolean {
  return a === b || (fold && a.toLowerCase() === b.toLowerCase());
}
