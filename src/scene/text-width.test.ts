import fc from 'fast-check';
import { expect, it } from 'vitest';
import { textWidth, wrap } from './text-width.ts';

it('an address is as wide as its characters in the monospaced font', () => {
  expect(textWidth('10.244.1.14:8080', 'fact')).toBe(Math.ceil(16 * 7.2));
});

it('breaks a long name after a hyphen or a dot', () => {
  expect(wrap('ingress-nginx-controller-7d8f9', 'title', 120)).toEqual(['ingress-nginx-', 'controller-7d8f9']);
});

it('loses nothing and keeps every line within the limit', () => {
  const name = fc.string({ unit: fc.constantFrom('a', 'b', '-', '.', ':', '/', '0', '1', 'W'), minLength: 1, maxLength: 90 });
  fc.assert(
    fc.property(name, fc.integer({ min: 40, max: 200 }), (text, limit) => {
      const lines = wrap(text, 'fact', limit);
      expect(lines.join('')).toBe(text);
      for (const line of lines) expect(textWidth(line, 'fact')).toBeLessThanOrEqual(limit);
    }),
  );
});
