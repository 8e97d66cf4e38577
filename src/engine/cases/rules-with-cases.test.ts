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
  'DNS (S6)': {
    rules: numbered('S6.', 15),
    notShown: { 'S6.12': 'an environment variable is read by the program in a Pod before it asks: the request then has the address, as any' },
  },
  'kube-proxy (S7)': {
    rules: [
      ...numbered('S7.1.', 4),
      ...numbered('S7.2.', 5),
      'S7.3',
      'S7.3.1',
      ...numbered('S7.4.', 5),
      ...numbered('S7.5.', 18),
      ...numbered('S7.6.', 5),
      ...numbered('S7.7.', 3),
      'S7.8',
      'S7.9',
      ...numbered('S7.10.', 2),
      'S7.11',
    ],
    notShown: {},
  },
  'load balancers (S8)': {
    rules: [...numbered('S8.1.', 9), ...numbered('S8.2.', 16), ...numbered('S8.3.', 2), 'S8.4', ...numbered('S8.5.', 6), 'S8.6', 'S8.7'],
    notShown: {},
  },
  // One id per product, as `ranked/` cites them; AWS ALB and GKE Ingress are S8.2.16 and S8.3.2.
  'other Ingress controllers (S11)': { rules: numbered('S11.', 5), notShown: {} },
  'TLS and headers across hops (S14)': { rules: numbered('S14.', 8), notShown: {} },
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
