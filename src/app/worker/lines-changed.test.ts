import fc from 'fast-check';
import { expect, it } from 'vitest';
import { linesChanged } from './lines-changed.ts';

const text = (...lines: readonly string[]) => lines.join('\n');

it('a changed line is shown between the lines around it', () => {
  expect(linesChanged(text('a', 'b', 'c', 'd', 'e', 'f'), text('a', 'b', 'c', 'X', 'e', 'f'))).toEqual([
    {
      line: 2,
      lines: [
        { kind: 'same', text: 'b' },
        { kind: 'same', text: 'c' },
        { kind: 'gone', text: 'd' },
        { kind: 'new', text: 'X' },
        { kind: 'same', text: 'e' },
        { kind: 'same', text: 'f' },
      ],
    },
  ]);
});

it('changes far apart are two places, and equal texts none', () => {
  const lines = Array.from({ length: 20 }, (_, index) => `${index}`);
  const changed = lines.with(2, 'x').with(15, 'y');
  expect(linesChanged(text(...lines), text(...changed)).map(({ line }) => line)).toEqual([1, 14]);
  expect(linesChanged(text(...lines), text(...lines))).toEqual([]);
});

it('tells every line that is gone and every line that is new', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const steps = linesChanged(text(...before), text(...after)).flatMap((hunk) => hunk.lines);
      const count = (kind: string) => steps.filter((step) => step.kind === kind).length;
      expect(count('new') - count('gone')).toBe(Math.max(after.length, 1) - Math.max(before.length, 1));
    }),
  );
});
