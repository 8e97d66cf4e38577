import { describe, expect, it } from 'vitest';
import { buildCluster } from '../cluster/build-cluster.ts';
import { parseManifests } from '../manifests/parse.ts';
import { diagnose } from './diagnose.ts';
import { findingKinds } from './findings/index.ts';
import { fixesFor } from './repair.ts';

/**
 * One file a fault, `<code>[.<variant>].yaml`: broken manifests, and a Scenario where the fault is one of the environment
 * or of a request. The first line says which failure mode of the catalogue it is, and whether an edit of the texts mends it.
 */
const texts = import.meta.glob<string>('./cases/*.yaml', { query: '?raw', import: 'default', eager: true });
const cases = Object.entries(texts).map(([path, text]) => {
  const [, name = '', code = ''] = /\/(([\w-]+)[^/]*)\.yaml$/.exec(path)!;
  const [, failure, fix] = /^# (F-\d+|no row): (no fix|fix)\n/.exec(text) ?? [];
  return { name, code, failure, hasFix: fix === 'fix', workspace: [{ name: 'manifests.yaml', text }] };
});

describe.each(cases)('$name', ({ code, failure, hasFix, workspace }) => {
  const cluster = buildCluster(parseManifests(workspace));
  const problems = diagnose(cluster);
  const [first] = problems;

  it('is the first finding, with what shows it', () => {
    expect(first).toMatchObject({ code, failure: failure === 'no row' ? null : failure });
    expect(first!.ranges.length).toBeGreaterThan(0);
    expect(first!.rules.length).toBeGreaterThan(0);
    if (first!.severity === 'error') expect(first!.proof?.fails).toBe(true);
    // What no request meets is only noted.
    else if (first!.severity === 'warning') expect(first!.proof).not.toBeNull();
  });

  it(hasFix ? 'is mended by an edit that makes its request arrive' : 'says where the cure lies', () => {
    const fixes = fixesFor(workspace, cluster, first!);
    if (!hasFix) expect({ fixes, cure: first!.cure }).toMatchObject({ fixes: [], cure: expect.anything() as unknown });
    else expect(fixes.length).toBeGreaterThan(0);
  });
});

it('every kind of finding has a case; symptoms show only where nothing explains them', () => {
  const covered = new Set(cases.map(({ code }) => code));
  expect(
    findingKinds
      .filter(({ role }) => role !== 'symptom')
      .map(({ code }) => code)
      .filter((code) => !covered.has(code)),
  ).toEqual([]);
});
