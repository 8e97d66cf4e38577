import { expect, it } from 'vitest';
import { freeName } from './file-names.ts';

const taken = ['shop.yaml', 'shop-2.yaml', 'notes'].map((name) => ({ name }));

it('a free name stays as it is', () => {
  expect(freeName('web.yaml', taken)).toBe('web.yaml');
});

it('a taken name gets the next free number before its ending', () => {
  expect(freeName('shop.yaml', taken)).toBe('shop-3.yaml');
  expect(freeName('notes', taken)).toBe('notes-2');
});
