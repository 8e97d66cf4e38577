/**
 * Every rule of these sections has a golden case that cites it, or stands here with the reason why none can.
 * `<case>.trace.txt` cites a rule where a hop or a finding follows it.
 */
import { expect, it } from 'vitest';

const traces = Object.values(import.meta.glob<string>('./*.trace.txt', { query: '?raw', import: 'default', eager: true }));
const shown = new Set(traces.flatMap((text) => text.match(/\bS\d+(?:\.\d+[a-z]?)+\b/g) ?? []));

interface Section {
  readonly rules: readonly string[];
  /** By rule: why neither a hop nor a finding can show it, and which test holds it. */
  readonly notShown: Readonly<Record<string, string>>;
}

const SECTIONS: Readonly<Record<string, Section>> = {
  'NetworkPolicy (S13)': { rules: numbered('S13.', 14), notShown: {} },
};

it.each(Object.entries(SECTIONS))('%s', (_, { rules, notShown }) => {
  expect(rules.filter((rule) => !shown.has(rule) && notShown[rule] === undefined)).toEqual([]);
});

it.each(Object.entries(SECTIONS))('%s: a reason stands only where no case shows the rule', (_, { rules, notShown }) => {
  expect(Object.keys(notShown).filter((rule) => shown.has(rule) || !rules.includes(rule))).toEqual([]);
});

function numbered(prefix: string, last: number): string[] {
  return Array.from({ length: last }, (_, index) => `${prefix}${index + 1}`);
}
