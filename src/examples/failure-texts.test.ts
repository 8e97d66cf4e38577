import { describe, expect, it } from 'vitest';
import { failures } from '../catalogue/en/failures.ts';
import { codeFamilies, diagnose } from '../engine/diagnosis.ts';
import { buildCluster, parseManifests } from '../engine/index.ts';
import { failureExamples } from './failure-texts.ts';

const entries = codeFamilies().flatMap(({ codes }) => codes);

/** What no manifests alone can show, with the reason. */
const WITHOUT_EXAMPLE: Readonly<Record<string, string>> = {
  request: 'a request that cannot be read is no manifest',
  'gateway-client-certificate': 'what is wrong with the certificate is told as listener-certificate or reference-not-permitted',
  'gateway-hostname-ip': 'a request by that address fails first',
};

it('every code that has a meaning has an entry, in one family, and no entry is without a meaning', () => {
  const codes = entries.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes.toSorted()).toEqual(
    Object.keys(failures)
      .map((id) => id.slice('failure.'.length))
      .toSorted(),
  );
});

describe.each(entries)('$code', ({ code, failures: ids, severity, isSymptom }) => {
  const examples = failureExamples(code);

  it('has an example, but for what shows only where nothing explains it', () => {
    if (!isSymptom && !(code in WITHOUT_EXAMPLE)) expect(examples.length).toBeGreaterThan(0);
  });

  it('is what each of its examples is told first; the plainest is as severe as the list says', () => {
    const told = examples.map((workspace) => diagnose(buildCluster(parseManifests(workspace)))[0]);
    for (const problem of told) {
      expect(problem?.code).toBe(code);
      if (problem?.failure) expect(ids).toContain(problem.failure);
    }
    if (told[0] !== undefined) expect(told[0].severity).toBe(severity);
  });

  it('shows its manifests without what a test wants of them', () => {
    for (const [file] of examples) expect(file?.text).not.toMatch(/^# (F-|no row)/);
  });
});
