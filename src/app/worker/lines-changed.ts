/** A changed place of a text with the lines around it, as `diff -u` shows them. */
export interface Hunk {
  /** Number of its first line in the old text, from 1. */
  readonly line: number;
  readonly lines: readonly { readonly kind: 'same' | 'gone' | 'new'; readonly text: string }[];
}

const AROUND = 2;

/** The places where two texts differ, by their longest run of common lines; texts that differ by edits of a few lines. */
export function linesChanged(before: string, after: string): readonly Hunk[] {
  const old = before.split('\n');
  const now = after.split('\n');
  let start = 0;
  while (start < Math.min(old.length, now.length) && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < Math.min(old.length, now.length) - start && old[old.length - 1 - end] === now[now.length - 1 - end]) end += 1;
  const steps = align(old.slice(start, old.length - end), now.slice(start, now.length - end));
  return hunksOf(old, start, steps);
}

type Step = Hunk['lines'][number];

/** More lines than this between the first and the last change are told as one block: aligning them would take too long. */
const MOST_ALIGNED = 600;

function align(old: readonly string[], now: readonly string[]): readonly Step[] {
  const gone = (text: string): Step => ({ kind: 'gone', text });
  const added = (text: string): Step => ({ kind: 'new', text });
  if (old.length > MOST_ALIGNED || now.length > MOST_ALIGNED) return [...old.map(gone), ...now.map(added)];
  const longest = Array.from({ length: old.length + 1 }, () => Array.from({ length: now.length + 1 }, () => 0));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      longest[i]![j] = old[i] === now[j] ? longest[i + 1]![j + 1]! + 1 : Math.max(longest[i + 1]![j]!, longest[i]![j + 1]!);
    }
  }
  const steps: Step[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      steps.push({ kind: 'same', text: old[i]! });
      i += 1;
      j += 1;
    } else if (j >= now.length || (i < old.length && longest[i + 1]![j]! >= longest[i]![j + 1]!)) steps.push(gone(old[i++]!));
    else steps.push(added(now[j++]!));
  }
  return steps;
}

/** Changes that are far apart become hunks of their own. */
function hunksOf(old: readonly string[], start: number, steps: readonly Step[]): readonly Hunk[] {
  const before = old.slice(Math.max(0, start - AROUND), start).map((text): Step => ({ kind: 'same', text }));
  const oldCount = steps.filter(({ kind }) => kind !== 'new').length;
  const behind = old.slice(start + oldCount, start + oldCount + AROUND).map((text): Step => ({ kind: 'same', text }));
  const all = [...before, ...steps, ...behind];
  const hunks: { line: number; lines: Step[] }[] = [];
  let line = start - before.length + 1;
  for (const [index, step] of all.entries()) {
    const isNear = all.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({ kind }) => kind !== 'same');
    const isOpen = index > 0 && all.slice(Math.max(0, index - 1 - AROUND), index + AROUND).some(({ kind }) => kind !== 'same');
    if (isNear) {
      if (hunks.length === 0 || !isOpen) hunks.push({ line, lines: [] });
      hunks.at(-1)!.lines.push(step);
    }
    if (step.kind !== 'new') line += 1;
  }
  return hunks;
}
