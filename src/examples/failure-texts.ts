/** Broken manifests, at least one for each code of a finding: data only, and one chunk, loaded with the page that explains them. */
import type { Workspace } from '../engine/index.ts';

/** The first line of a case of the engine says what its test expects; it is no part of the manifests. */
const FOR_THE_TEST = /^# (?:F-\d+|no row): (?:no )?fix\n/;

const texts = import.meta.glob<string>(['./failures/*.yaml', '../engine/diagnose/cases/*.yaml'], { query: '?raw', import: 'default', eager: true });

const byName = new Map(
  Object.entries(texts).map(([path, text]) => [path.slice(path.lastIndexOf('/') + 1, -'.yaml'.length), text.replace(FOR_THE_TEST, '')] as const),
);

/** All examples of a code, the plainest first; empty for what no manifests can show. */
export function failureExamples(code: string): readonly Workspace[] {
  const names = [...byName.keys()].filter((name) => name === code || name.startsWith(`${code}.`)).sort();
  return names.map((name) => [{ name: 'manifests.yaml', text: byName.get(name)! }]);
}
