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
  'versions that are not served (S2.12)': { rules: ['S2.12'], notShown: {} },
  'defaults (S3)': {
    rules: numbered('S3.', 26),
    notShown: {
      'S3.14': 'it says that there is no default: a missing path type is refused by S4.4.4',
      'S3.25': 'how long and how often changes no path of one request; held by pod.test.ts',
      'S3.26': 'it says what is refused by S4.2.7, which a case shows with a number in quotes',
    },
  },
  'validation (S4)': {
    rules: [
      ...numbered('S4.1.', 3),
      ...numbered('S4.2.', 25),
      ...numbered('S4.3.', 3),
      ...numbered('S4.4.', 13),
      'S4.5',
      ...numbered('S4.6.', 5),
      ...numbered('S4.7.', 15),
    ],
    notShown: {},
  },
  'endpoints (S5)': {
    rules: numbered('S5.', 14),
    notShown: { 'S5.8': 'how many endpoints share a slice changes no path; held by endpoint-slices.test.ts' },
  },
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
  'Ingress API (S9)': { rules: numbered('S9.', 12), notShown: {} },
  'ingress-nginx (S10)': { rules: numbered('S10.', 26), notShown: {} },
  'Gateway API (S12)': {
    rules: [
      ...numbered('S12.1.', 4),
      'S12.2',
      'S12.3',
      ...numbered('S12.4.', 5),
      'S12.5',
      'S12.6',
      ...numbered('S12.6.', 9),
      'S12.7',
      'S12.8',
      ...numbered('S12.9.', 5),
      'S12.10',
      'S12.11',
      ...numbered('S12.12.', 5),
      'S12.13',
      ...numbered('S12.13.', 2),
      'S12.14',
      'S12.15',
    ],
    notShown: { 'S12.13.2': 'a count in the status; that no route is attached is a hint, which cases leave out (`findings/gateways.test.ts` holds it)' },
  },
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
