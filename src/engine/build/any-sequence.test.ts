/** Whatever is done by hand and in whichever order: the texts stay the document, and what nobody touched stays as it was. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { back, forth, NO_HISTORY, record, type History } from '../../app/store/history.ts';
import type { Json } from '../manifests/document.ts';
import { parseManifests } from '../manifests/parse.ts';
import { refKey, type ObjectRef } from '../manifests/object-ref.ts';
import type { Workspace } from '../manifests/workspace.ts';
import { build, type BuildAction, palette, takeInHand } from './build.ts';
import { CLIENT } from './connect/connection.ts';
import { FILE } from './by-hand.ts';

/** Of a kind that no form shows: nothing sets its fields. */
const MINE = `# about this file

apiVersion: v1
kind: ServiceAccount
metadata:
    name: mine   # four columns, and a comment
data: {a: "1", 'b': x}
---
base: &base {app: kept}
`;
const BROKEN = 'kind: [\n  - never: closed\n';
const LIST =
  'apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Service\n    metadata: {name: listed} # in a list\n    spec: {ports: [{port: 80}]}\n';
const ANCHORED =
  'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: anchored}\nspec:\n  selector: {matchLabels: &labels {app: anchored}}\n  template:\n    metadata: {labels: *labels}\n    spec: {containers: [{name: c, image: x}]}\n';
const JSON_TEXT = '{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "json"},\n "spec": {"ports": [{"port": 80}]}}\n';

const starts: readonly Workspace[] = [
  [{ name: FILE, text: '' }],
  [{ name: FILE, text: `${MINE}---\n${ANCHORED}---\n${BROKEN}---\n${LIST}` }],
  [{ name: FILE, text: `${MINE}---\n${LIST}`.replaceAll('\n', '\r\n') }],
  [
    { name: 'a.json', text: JSON_TEXT },
    { name: FILE, text: ANCHORED },
  ],
];

/** Numbers that pick something out of what is there at that moment. */
const move = fc.record({
  kind: fc.constantFrom('add', 'connect', 'delete', 'rename', 'move', 'duplicate', 'set', 'clear', 'switch', 'type', 'undo', 'redo'),
  a: fc.nat(),
  b: fc.nat(),
  c: fc.nat(),
});
type Move = Parameters<Parameters<(typeof move)['map']>[0]>[0];

const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(1, list.length)];

function actionFor({ kind, a, b, c }: Move, workspace: Workspace): BuildAction | null {
  const objects: readonly ObjectRef[] = parseManifests(workspace).objects.map(({ ref }) => ref);
  const object = pick(objects, a);
  const other = pick([CLIENT, ...objects], b)!;
  if (kind === 'add')
    return { kind, component: pick(palette(), a)!.id, file: pick(workspace, b)!.name, onto: pick([null, ...objects], c) ?? null, beside: null };
  if (object === undefined) return null;
  switch (kind) {
    case 'connect':
      return { kind, from: object, to: other };
    case 'delete':
    case 'duplicate':
      return { kind, object };
    case 'rename':
      return { kind, object, name: pick(['web', 'api', 'x-1', 'Not Good', ''], b)! };
    case 'move':
      return { kind, object, namespace: pick(['default', 'shop', 'Bad_'], b)! };
    case 'set':
    case 'clear': {
      const field = pick(takeInHand(workspace, object).form?.fields ?? [], b);
      if (field === undefined) return null;
      const value = pick<Json>([field.choices[0] ?? 'text: with # signs', 80, true, 'yes', ''], c);
      const isWhole = field.type === 'list' || field.type === 'mapping' || field.type === 'map' || field.type === 'texts';
      return { kind: 'set', object, path: field.path, value: kind === 'clear' || isWhole ? undefined : value };
    }
    case 'switch':
      return {
        kind,
        object,
        switch: pick(['pod-not-ready', 'pod-gone', 'pod-localhost', 'pod-slow', 'pod-closes', 'node-down', 'load-balancer-pending'] as const, b)!,
        isOn: c % 2 === 0,
      };
    case 'type':
    case 'undo':
    case 'redo':
      return null;
  }
}

/** The objects that an action is about; whatever names none of them it has no need to touch. */
function aboutOf(action: BuildAction): readonly ObjectRef[] {
  switch (action.kind) {
    case 'connect':
      return [action.from, action.to];
    case 'add':
      return action.onto === null ? [] : [action.onto];
    case 'delete':
    case 'duplicate':
    case 'rename':
    case 'move':
    case 'set':
    case 'switch':
      return [action.object];
    case 'arrange':
      return [];
  }
}

/** Documents that an action had no need to touch and that do not stand as they stood, byte for byte. */
function disturbed(before: Workspace, after: Workspace, action: BuildAction): readonly string[] {
  const about = aboutOf(action);
  return parseManifests(before).documents.flatMap(({ file, text }) => {
    const isAbout = about.some(({ name }) => name !== '' && text.includes(name)) || text.includes('kind: Scenario');
    const kept = after.find(({ name }) => name === file)?.text ?? '';
    // The line that parts two documents goes with whichever is deleted.
    return isAbout || kept.includes(text.replace(/^---[ \t]*\r?\n/, '').trim()) ? [] : [text];
  });
}

const PLACE = { activeFile: FILE, selection: null, request: null };

/** A person types in the texts as well; JSON has no comments. */
function typed({ a, b }: Move, workspace: Workspace): Workspace {
  const index = a % workspace.length;
  return workspace.map((file, at) =>
    at === index ? { ...file, text: `${file.text}${b % 3 === 0 ? (file.name.endsWith('.json') ? '\n' : '\n# typed\n') : ''}` } : file,
  );
}

const objectsOf = (workspace: Workspace) => parseManifests(workspace).objects;

it('gives texts that read back as what is on the map, and leaves other objects as they were', () => {
  fc.assert(
    fc.property(fc.constantFrom(...starts), fc.array(move, { minLength: 1, maxLength: 10 }), (start, moves) => {
      let workspace = start;
      let history: History = NO_HISTORY;
      // What stood in the texts at every point of the history, oldest first, and where in it we are.
      let states: readonly Workspace[] = [start];
      let at = 0;
      const take = (next: Workspace) => {
        const recorded = record(history, workspace, next, { from: PLACE, to: PLACE, joining: { kind: 'alone' } });
        if (recorded !== history) {
          states = [...states.slice(0, at + 1), next];
          at += 1;
        }
        history = recorded;
        workspace = next;
      };
      for (const one of moves) {
        if (one.kind === 'undo' || one.kind === 'redo') {
          const walked = one.kind === 'undo' ? back(history, workspace) : forth(history, workspace);
          const there = at + (one.kind === 'undo' ? -1 : 1);
          expect(walked?.workspace).toEqual(states[there]);
          if (walked === null) continue;
          ({ history, workspace } = walked);
          at = there;
          continue;
        }
        if (one.kind === 'type') {
          take(typed(one, workspace));
          continue;
        }
        const action = actionFor(one, workspace);
        if (action === null) continue;
        const before = objectsOf(workspace);
        const built = build(workspace, action);
        if ('refused' in built) {
          // What is refused changes nothing, and says why.
          expect(built.refused.id).toMatch(/^(build|rejection)\./);
          continue;
        }
        const after = objectsOf(built.workspace);
        const brokenBefore = parseManifests(workspace).findings.filter(({ code }) => code === 'yaml-syntax').length;
        expect(parseManifests(built.workspace).findings.filter(({ code }) => code === 'yaml-syntax')).toHaveLength(brokenBefore);
        if (action.kind === 'add' && built.object !== null && built.object.kind !== 'Node')
          expect(after.map(({ ref }) => refKey(ref))).toContain(refKey(built.object));
        if (action.kind === 'delete') expect(after.length).toBe(before.length - 1);
        if (action.kind === 'duplicate') expect(after.length).toBe(before.length + 1);
        expect(build(workspace, action)).toEqual(built);
        expect(disturbed(workspace, built.workspace, action)).toEqual([]);
        take(built.workspace);
      }
      // What no action can touch stands there, byte for byte.
      const all = workspace.map(({ text }) => text).join('\n');
      const newline = start[0]!.text.includes('\r\n') ? '\r\n' : '\n';
      for (const kept of ['data: {a: "1", \'b\': x}', 'base: &base {app: kept}', '  - never: closed']) {
        if (start.some(({ text }) => text.includes(kept))) expect(all.includes(kept) || moves.some(({ kind }) => kind === 'delete')).toBe(true);
      }
      if (newline === '\r\n' && !moves.some(({ kind }) => kind === 'type'))
        expect(/[^\r]\n/.test(workspace.find(({ name }) => name === FILE)?.text ?? '')).toBe(false);
    }),
    { numRuns: 150 },
  );
});

it('a field that is set twice is set once, and lines beside it stay', () => {
  fc.assert(
    fc.property(fc.constantFrom(...starts.slice(1)), fc.nat(), fc.nat(), (workspace, a, b) => {
      const object = pick(objectsOf(workspace), a)!.ref;
      const field = pick(takeInHand(workspace, object).form?.fields.filter(({ type }) => type === 'text' || type === 'number') ?? [], b);
      if (field === undefined) return;
      const action: BuildAction = { kind: 'set', object, path: field.path, value: field.type === 'number' ? 81 : 'word' };
      const built = build(workspace, action);
      if ('refused' in built) return;
      expect(build(built.workspace, action)).toMatchObject({ workspace: built.workspace });
      const lines = (texts: Workspace) => texts.flatMap(({ text }) => text.split('\n'));
      const gone = lines(workspace).filter((line) => !lines(built.workspace).includes(line));
      // One line holds the field; a mapping in braces may stand on the same line.
      expect(gone.length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 100 },
  );
});
