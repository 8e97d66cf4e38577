import { expect, it } from 'vitest';
import coverage from './COVERAGE.md?raw';
import { findingKinds } from './findings/index.ts';

/** Findings that the controllers state themselves are not in the registry. */
const sources = Object.values(import.meta.glob<string>('../{cluster,kinds}/**/*.ts', { query: '?raw', import: 'default', eager: true })).join('\n');

it('every finding that the table names exists', () => {
  const rows = coverage.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| check') && !line.startsWith('| code'));
  const named = rows.flatMap((row) => [...(row.split(' | ')[2] ?? '').matchAll(/`([a-z-]+)`/g)].map(([, code]) => code!));
  expect(named.length).toBeGreaterThan(30);
  const known = new Set<string>(findingKinds.map(({ code }) => code));
  expect(named.filter((code) => !known.has(code) && !sources.includes(`'${code}'`))).toEqual([]);
});
