import fc from 'fast-check';
import { expect, it } from 'vitest';
import { matchesGlob, matchesGlobInAnyCase } from './glob.ts';

it.each([
  ['/*', '/', true],
  ['/*', '/a/b', true],
  ['/a/*', '/a', false],
  ['/a?c', '/abc', true],
  ['/a?c', '/ac', false],
  ['*.js', '/x/y.js', true],
  ['*.js', '/x/y.json', false],
  ['', '', true],
  ['**', '', true],
])('%s and %s', (pattern, text, matches) => {
  expect(matchesGlob(pattern, text)).toBe(matches);
});

it('only hosts and headers match in any case', () => {
  expect(matchesGlob('/A', '/a')).toBe(false);
  expect(matchesGlobInAnyCase('*.Example.com', 'a.b.example.COM')).toBe(true);
});

it('it is the regular expression with .* and . in place of * and ?', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*', '?'), maxLength: 8 });
  fc.assert(
    fc.property(letters, letters, (pattern, text) => {
      const expression = pattern.replaceAll(/[/]/g, '\\/').replaceAll('*', '.*').replaceAll('?', '.');
      expect(matchesGlob(pattern, text)).toBe(new RegExp(`^${expression}$`).test(text));
    }),
  );
});
