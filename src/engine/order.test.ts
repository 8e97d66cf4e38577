/**
 * Two laws of the engine. Where the age of every object is stated, the order of the documents, and which file holds
 * which, means nothing. And the same input gives the same trace, however often and in whatever process.
 */
import { asText } from './manifests/json.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCluster } from './cluster/build-cluster.ts';
import { send } from './dataplane/send.ts';
import { scenario } from './kinds/scenario/scenario.ts';
import type { Json, JsonObject } from './manifests/document.ts';
import { parseManifests } from './manifests/parse.ts';
import type { WorkspaceFile } from './manifests/workspace.ts';

const texts = import.meta.glob<string>('./cases/*.yaml', { query: '?raw', import: 'default', eager: true });
/** So many requests of each case, and so many orders of its documents. */
const MOST_REQUESTS = 5;
const ORDERS = 2;

describe.each(Object.entries(texts))('%s', (_, text) => {
  const documents = aged(objectsIn(text));
  const inOrder = tracesOf(inFiles(documents, () => 0));

  it('the same input gives the same traces', () => {
    expect(tracesOf(inFiles(documents, () => 0))).toBe(inOrder);
  });

  // A name that stands twice is an update, and of two texts the later counts.
  if (namesTwice(documents)) return;
  it('the order of its documents and files means nothing', () => {
    const order = fc.shuffledSubarray([...documents], { minLength: documents.length, maxLength: documents.length });
    const places = fc.array(fc.nat(2), { minLength: documents.length, maxLength: documents.length });
    fc.assert(
      fc.property(order, places, (shuffled, places) => {
        expect(tracesOf(inFiles(shuffled, (index) => places[index]!))).toBe(inOrder);
      }),
      { numRuns: ORDERS, seed: documents.length },
    );
  });
});

/** Without what cannot be read, and with the items of lists as objects of their own. */
function objectsIn(text: string): readonly JsonObject[] {
  return parseManifests([{ name: 'case.yaml', text }]).objects.map(({ value }) => value);
}

/** The first is the oldest, by a day each. */
function aged(objects: readonly JsonObject[]): readonly JsonObject[] {
  return objects.map((object, index) => {
    const metadata = object['metadata'] as JsonObject;
    const creationTimestamp = new Date(Date.UTC(2020, 0, 1 + index)).toISOString();
    return { ...object, metadata: { creationTimestamp, ...metadata } };
  });
}

function namesTwice(objects: readonly JsonObject[]): boolean {
  const names = objects.map(({ kind, metadata }) => {
    const { namespace = '', name = '' } = metadata as { readonly namespace?: string; readonly name?: string };
    return `${asText(kind)} ${namespace}/${name}`;
  });
  return new Set(names).size < names.length;
}

function inFiles(objects: readonly JsonObject[], fileOf: (index: number) => number): readonly WorkspaceFile[] {
  const files = new Map<number, string[]>();
  for (const [index, object] of objects.entries()) files.set(fileOf(index), [...(files.get(fileOf(index)) ?? []), JSON.stringify(object)]);
  return [...files].map(([file, documents]) => ({ name: `${file}.yaml`, text: documents.join('\n---\n') }));
}

/** As text, without the places in the texts, which move with the documents. */
function tracesOf(files: readonly WorkspaceFile[]): string {
  const manifests = parseManifests(files);
  const cluster = buildCluster(manifests);
  const requests = manifests.objects.flatMap((object) => (object.ref.kind === 'Scenario' ? (scenario.read(object).object?.requests ?? []) : []));
  const traces = requests.slice(0, MOST_REQUESTS).map(({ flow }) => send(cluster, flow).trace);
  return JSON.stringify(traces, (key, value: Json) => (key === 'range' || key === 'ranges' ? undefined : value), 1);
}
