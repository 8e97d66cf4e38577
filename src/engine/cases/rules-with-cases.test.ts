/** Every rule of these sections that a request can show has a golden case that shows it. */
import { expect, it } from 'vitest';

const traces = Object.values(import.meta.glob<string>('./*.trace.txt', { query: '?raw', import: 'default', eager: true }));
const shown = new Set(traces.flatMap((text) => text.match(/\bS\d+(?:\.\d+)+\b/g) ?? []));

const SECTIONS: Readonly<Record<string, readonly string[]>> = {
  'NetworkPolicy (S13)': Array.from({ length: 14 }, (_, index) => `S13.${index + 1}`),
};

it.each(Object.entries(SECTIONS))('%s', (_, rules) => {
  expect(rules.filter((rule) => !shown.has(rule))).toEqual([]);
});
