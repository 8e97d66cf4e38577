/** Edits of our own document: flipping an assumption is one of these. A person's manifests are never touched. */
import type { Json, JsonObject } from './document.ts';
import { applyEdits, setField } from './edit.ts';
import { parseValue } from './parse.ts';
import { isObject } from './json.ts';
import { renderBlock } from './render-value.ts';
import type { FieldPath } from './source.ts';
import { splitDocuments } from './split-documents.ts';
import { SCENARIO_FILE, type Workspace } from './workspace.ts';

const EMPTY: JsonObject = { apiVersion: 'podpath.dev/v1', kind: 'Scenario', metadata: { name: 'scenario' } };

/**
 * The workspace with one field of the Scenario document set, or taken away for `undefined`; `path` begins at the
 * document's root: `['spec', 'environment', 'cloud']`. The Scenario in `scenario.yaml` is meant, else the first of any
 * file; where there is none, `scenario.yaml` gets one. The same workspace when nothing changes.
 */
export function setScenarioField(workspace: Workspace, path: FieldPath, value: Json | undefined): Workspace {
  const own = workspace.find((file) => file.name === SCENARIO_FILE);
  const files = own === undefined ? workspace : [own, ...workspace.filter((file) => file !== own)];
  for (const file of files) {
    const place = scenarioIn(file.text);
    if (place === null) continue;
    const document = file.text.slice(place.start, place.end);
    const text = file.text.slice(0, place.start) + applyEdits(document, setField(document, path, value)) + file.text.slice(place.end);
    return text === file.text ? workspace : workspace.map((other) => (other === file ? { ...file, text } : other));
  }
  if (value === undefined) return workspace;
  const bare = `${renderBlock(EMPTY, 0, { newline: '\n', indentSequences: false, json: false })}\n`;
  const fresh = applyEdits(bare, setField(bare, path, value));
  if (own === undefined) return [...workspace, { name: SCENARIO_FILE, text: fresh }];
  const before = own.text.trim() === '' ? '' : `${own.text.replace(/\n?$/, '\n')}---\n`;
  return workspace.map((file) => (file === own ? { ...own, text: before + fresh } : file));
}

function scenarioIn(text: string): { readonly start: number; readonly end: number } | null {
  if (!text.includes('Scenario')) return null;
  for (const slice of splitDocuments(text)) {
    const document = text.slice(slice.start, slice.end);
    if (!document.includes('Scenario')) continue;
    try {
      const value = parseValue(document);
      if (isObject(value) && value['kind'] === EMPTY['kind'] && value['apiVersion'] === EMPTY['apiVersion']) return slice;
    } catch {
      // Not readable, so not the one; a finding says so where texts are parsed.
    }
  }
  return null;
}
