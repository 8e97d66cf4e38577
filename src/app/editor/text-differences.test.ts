import fc from 'fast-check';
import { expect, it } from 'vitest';
import { differences } from './text-differences.ts';

function apply(text: string, pieces: ReturnType<typeof differences>): string {
  return pieces.toReversed().reduce((result, { from, to, insert }) => result.slice(0, from) + insert + result.slice(to), text);
}

it('two places that change are two pieces, and what is between them stays', () => {
  const before = 'kind: Service\nname: web\nport: 80\nselector: web\n';
  const after = 'kind: Service\nname: shop\nport: 80\nselector: shop\n';
  expect(differences(before, after)).toEqual([
    { from: 20, to: 23, insert: 'shop' },
    { from: 43, to: 46, insert: 'shop' },
  ]);
});

it('the pieces make the one text of the other, in order and without touching', () => {
  const text = fc.array(fc.constantFrom('a\n', 'b\n', 'c', 'd\n', '\n', '  e: 1\n')).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const pieces = differences(before, after);
      expect(apply(before, pieces)).toBe(after);
      pieces.forEach((piece, index) => expect(piece.from).toBeGreaterThanOrEqual(pieces[index - 1]?.to ?? 0));
    }),
  );
});
