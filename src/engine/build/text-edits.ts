/** The few ways in which an action by hand changes texts. All go through minimal edits: untouched lines stay as they are. */
import type { Json, JsonObject, ManifestObject } from '../manifests/document.ts';
import { applyEdits, setField } from '../manifests/edit.ts';
import { isList, isObject } from '../manifests/json.ts';
import { parseValue } from '../manifests/parse.ts';
import { renderBlock } from '../manifests/render-value.ts';
import type { FieldPath } from '../manifests/source.ts';
import { isBlank, splitDocuments } from '../manifests/split-documents.ts';
import { SCENARIO_FILE, type Workspace, type WorkspaceFile } from '../manifests/workspace.ts';

/** The workspace with one field of an object set; `undefined` takes the field away, and parents that it would leave empty. */
export function setObjectField(workspace: Workspace, object: ManifestObject, path: FieldPath, value: Json | undefined): Workspace {
  const cleared = value === undefined ? emptied(object.value, path) : path;
  return changeDocument(workspace, object, (text) => applyEdits(text, setField(text, [...object.root, ...cleared], value)));
}

function changeDocument(workspace: Workspace, { file, document }: ManifestObject, change: (text: string) => string): Workspace {
  return workspace.map((other) => {
    const slice = other.name === file ? splitDocuments(other.text)[document] : undefined;
    if (slice === undefined) return other;
    return { ...other, text: other.text.slice(0, slice.start) + change(other.text.slice(slice.start, slice.end)) + other.text.slice(slice.end) };
  });
}

/** The outermost place that holds nothing but the field; the object's own top-level fields stay. */
function emptied(value: Json, path: FieldPath): FieldPath {
  for (let depth = 2; depth < path.length; depth++) {
    if (path.slice(depth).every((_, index) => sizeOf(valueAt(value, path.slice(0, depth + index))) === 1)) return path.slice(0, depth);
  }
  return path;
}

function sizeOf(value: Json | undefined): number {
  return isList(value) ? value.length : isObject(value) ? Object.keys(value).length : 0;
}

export function valueAt(value: Json | undefined, path: FieldPath): Json | undefined {
  let current = value;
  for (const step of path) {
    if (isList(current) && typeof step === 'number') current = current[step];
    else current = isObject(current) && Object.hasOwn(current, step) ? current[String(step)] : undefined;
  }
  return current;
}

/**
 * The file that takes a new manifest: the one that is open, unless it is our own document; then the first that is a
 * person's. A workspace without any gets one.
 */
function fileFor(workspace: Workspace, active: string): WorkspaceFile {
  const own = workspace.filter(({ name }) => name !== SCENARIO_FILE);
  return own.find(({ name }) => name === active) ?? own[0] ?? { name: 'manifests.yaml', text: '' };
}

/** Adds documents behind the last one of a file, written as the file is: line ends, indentation of lists, YAML or JSON. */
export function appendDocuments(workspace: Workspace, active: string, documents: readonly JsonObject[]): Workspace {
  const file = fileFor(workspace, active);
  const text = documents.reduce(appended, file.text);
  return workspace.some(({ name }) => name === file.name)
    ? workspace.map((other) => (other.name === file.name ? { ...other, text } : other))
    : [{ ...file, text }, ...workspace];
}

function appended(text: string, document: JsonObject): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const closed = text === '' || /[\r\n]$/.test(text) ? text : text + newline;
  if (isJsonText(text)) return `${closed}${JSON.stringify(document, null, 2).replaceAll('\n', newline)}${newline}`;
  const separator = isOpen(text) ? '' : `---${newline}`;
  const style = { newline, indentSequences: indentsSequences(text), json: false };
  return `${closed}${separator}${renderBlock(document, 0, style)}${newline}`;
}

/** JSON objects one after the other, and nothing else: a separator would turn them into YAML that cannot be read. */
function isJsonText(text: string): boolean {
  return /^\uFEFF?\s*\{/.test(text) && splitDocuments(text).every(({ start, end }) => /^\uFEFF?\s*\{[^]*\}\s*$/.test(text.slice(start, end)));
}

/** Nothing stands in the last document yet: the new one may begin there. */
function isOpen(text: string): boolean {
  const last = splitDocuments(text).at(-1);
  return last === undefined || isBlank(text.slice(last.start, last.end).replace(/^(\uFEFF?(?:[ \t]*#.*\r?\n|[ \t]*\r?\n)*)---[ \t]*(?=\r?\n|$|#)/, '$1'));
}

/** How the first list below a key is written; under its key, as kubectl prints it, where there is none. */
function indentsSequences(text: string): boolean {
  const [, key = '', dash = ''] = /^( *)(?:- )?[^\s#-][^\n]*:[ \t]*(?:#.*)?\r?\n( *)- /m.exec(text) ?? [];
  return dash.length > key.length;
}

/** Takes an object out of its file: its document with the separator, or its item of a List. */
export function removeObject(workspace: Workspace, object: ManifestObject): Workspace {
  if (object.root.length > 0) {
    const cut = changeDocument(workspace, object, (text) => applyEdits(text, setField(text, object.root, undefined)));
    return itemsLeft(cut, object) === 0 ? removeDocument(cut, object) : cut;
  }
  return removeDocument(workspace, object);
}

/** How many items are left in the List that held the object. */
function itemsLeft(workspace: Workspace, { file, document, root }: ManifestObject): number {
  const text = workspace.find(({ name }) => name === file)?.text ?? '';
  const slice = splitDocuments(text)[document];
  // An object was read from this document a moment ago, so what is left of it can be read.
  return slice === undefined ? 0 : sizeOf(valueAt(parseValue(text.slice(slice.start, slice.end)), root.slice(0, -1)));
}

function removeDocument(workspace: Workspace, { file, document }: ManifestObject): Workspace {
  return workspace.map((other) => (other.name === file ? { ...other, text: withoutDocument(other.text, document) } : other));
}

function withoutDocument(text: string, index: number): string {
  const slices = splitDocuments(text);
  const slice = slices[index];
  if (slice === undefined) return text;
  const own = text.slice(slice.start, slice.end);
  const before = text.slice(0, slice.start) + headOf(own, index === 0);
  const after = text.slice(slice.end);
  // The next document's separator parted it from this one.
  const parted = before.trim() === '' || isBlank(before) ? after.replace(/^---[ \t]*\r?\n/, '') : after;
  return before + parted;
}

/** Comments at the head of a file that a blank line or a separator parts from the first object are about the file. */
function headOf(document: string, isFirst: boolean): string {
  return isFirst ? (/^(?:[ \t]*#[^\n]*\n)+(?:[ \t]*\r?\n)+/.exec(document)?.[0] ?? /^(?:[ \t]*#[^\n]*\n)+(?=---)/.exec(document)?.[0] ?? '') : '';
}
