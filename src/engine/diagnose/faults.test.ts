import { describe, expect, it } from 'vitest';
import { buildCluster } from '../cluster/build-cluster.ts';
import type { JsonObject } from '../manifests/document.ts';
import { parseManifests } from '../manifests/parse.ts';
import { renderBlock } from '../manifests/render-value.ts';
import type { Workspace } from '../manifests/workspace.ts';
import { refKey } from '../manifests/object-ref.ts';
import { applyFileEdits } from './change.ts';
import { diagnose } from './diagnose.ts';
import { faultsIn, objectsOf } from './faults.fixture.ts';
import type { Problem } from './problem.ts';
import { fixesFor } from './repair.ts';

const texts = import.meta.glob<string>('./worlds/*.yaml', { query: '?raw', import: 'default', eager: true });
const worlds = Object.entries(texts).map(([path, text]) => ({ name: path.slice('./worlds/'.length, -'.yaml'.length), text }));

const STYLE = { newline: '\n', indentSequences: true, json: false };

/** The ways in which people and tools write the same objects. */
const SHAPES: readonly ((objects: readonly JsonObject[]) => Workspace)[] = [
  (objects) => [{ name: 'all.yaml', text: `${objects.map((object) => renderBlock(object, 0, STYLE)).join('\n---\n')}\n` }],
  (objects) => [{ name: 'list.json', text: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }, null, 2) }],
  (objects) => [{ name: 'flow.yaml', text: objects.map((object) => JSON.stringify(object)).join('\n---\n') }],
  (objects) => objects.map((object, index) => ({ name: `${index}.yaml`, text: renderBlock(object, 0, { ...STYLE, newline: '\r\n', indentSequences: false }) })),
];

const problemsOf = (workspace: Workspace) => diagnose(buildCluster(parseManifests(workspace)));

/** The same finding at the same object, shown by the same request. */
const isSame = (a: Problem, b: Problem) =>
  a.code === b.code &&
  a.object !== null &&
  b.object !== null &&
  refKey(a.object) === refKey(b.object) &&
  JSON.stringify(a.proof?.flow) === JSON.stringify(b.proof?.flow);

describe.each(worlds)('$name', ({ text }) => {
  it('is sound in every shape', () => {
    for (const shape of SHAPES) expect(problemsOf(shape(objectsOf(text))).filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  const faults = faultsIn(objectsOf(text), 5).map((fault, index) => ({ ...fault, shape: SHAPES[index % SHAPES.length]! }));

  it('with any one fault, the first finding is that fault', () => {
    const wrong = faults.flatMap(({ what, objects, codes, shape }) => {
      const [first] = problemsOf(shape(objects));
      return first !== undefined && codes.includes(first.code) ? [] : [`${what}: ${first?.code ?? 'nothing'}`];
    });
    expect(wrong).toEqual([]);
  });

  it('every edit that is offered for it mends it, and leaves the other lines as they are', () => {
    // Every third, in every shape: each is built and tried many times.
    const tried = faults.filter((_, index) => index % 3 === 0);
    const offered = tried.map(({ what, objects, shape }) => {
      const workspace = shape(objects);
      const cluster = buildCluster(parseManifests(workspace));
      const [first] = diagnose(cluster);
      const fixes = first === undefined ? [] : fixesFor(workspace, cluster, first);
      for (const { files, what: changes } of fixes) {
        const mended = applyFileEdits(workspace, files);
        const left = problemsOf(mended)
          .filter((problem) => problem.severity === 'error' && isSame(problem, first!))
          .map(({ message }) => message);
        expect({ what, left }).toEqual({ what, left: [] });
        const lost = workspace.flatMap((file, index) => file.text.split('\n').filter((line) => !mended[index]!.text.split('\n').includes(line)));
        // A value that becomes another takes one line; a whole mapping that is replaced, as many as it has.
        expect({ what, lost: lost.length <= 4 * changes.length ? [] : lost }).toEqual({ what, lost: [] });
      }
      return fixes.length;
    });
    // Some faults have no edit that is sure: an object that is missing altogether, a word that could be anything.
    expect(offered.filter((count) => count > 0).length / offered.length).toBeGreaterThan(0.8);
  });
});
