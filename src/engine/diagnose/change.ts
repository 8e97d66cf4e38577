/** Changes of the texts, in terms of objects and fields, and the smallest edits that make them. */
import type { Json, JsonObject, ManifestDocument, ManifestObject } from '../manifests/document.ts';
import { applyEdits, setField, type TextEdit } from '../manifests/edit.ts';
import { refKey, type ObjectRef } from '../manifests/object-ref.ts';
import type { Manifests } from '../manifests/document.ts';
import { renderBlock } from '../manifests/render-value.ts';
import type { FieldPath } from '../manifests/source.ts';
import type { Workspace } from '../manifests/workspace.ts';

export type Change =
  /** `value: undefined` takes the field away. */
  | { readonly kind: 'set'; readonly object: ObjectRef; readonly path: FieldPath; readonly value: Json | undefined }
  /** A new document at the end of the file that holds `beside`. */
  | { readonly kind: 'add'; readonly value: JsonObject; readonly beside: ObjectRef };

/** Edits of one file, sorted, in offsets of its text as it is now. */
export interface FileEdit {
  readonly file: string;
  readonly edits: readonly TextEdit[];
}

/** Null when an object stands in no text, or when nothing would change. */
export function editsFor(workspace: Workspace, manifests: Manifests, changes: readonly Change[]): readonly FileEdit[] | null {
  const byFile = new Map<string, TextEdit[]>();
  const add = (file: string, edits: readonly TextEdit[]) => byFile.set(file, [...(byFile.get(file) ?? []), ...edits]);
  const byDocument = new Map<ManifestDocument, Extract<Change, { kind: 'set' }>[]>();
  for (const change of changes) {
    const object = manifestOf(manifests, change.kind === 'set' ? change.object : change.beside);
    const document = object && manifests.documents.find(({ file, index }) => file === object.file && index === object.document);
    if (object === null || document === null || document === undefined) return null;
    if (change.kind === 'set') byDocument.set(document, [...(byDocument.get(document) ?? []), { ...change, path: [...object.root, ...change.path] }]);
    else {
      const text = workspace.find(({ name }) => name === object.file)?.text;
      if (text === undefined) return null;
      // A List takes one item more; a file of JSON that is none holds one object only.
      const list = object.root.length > 0 ? setField(document.text, [...object.root.slice(0, -1), itemsIn(document)], change.value) : null;
      if (list === null && object.file.endsWith('.json')) return null;
      add(object.file, list?.map((edit) => ({ ...edit, from: edit.from + document.start, to: edit.to + document.start })) ?? [appended(text, change.value)]);
    }
  }
  for (const [document, sets] of byDocument) {
    const edits = editsOfDocument(document.text, sets);
    if (edits === null) return null;
    add(
      document.file,
      edits.map((edit) => ({ ...edit, from: edit.from + document.start, to: edit.to + document.start })),
    );
  }
  return [...byFile].map(([file, edits]) => ({ file, edits: edits.sort((a, b) => a.from - b.from) }));
}

/** How many items the List holds that the document is. */
const itemsIn = ({ objects }: ManifestDocument): number =>
  Math.max(-1, ...objects.flatMap(({ root }) => (typeof root.at(-1) === 'number' ? Number(root.at(-1)) : []))) + 1;

/** The workspace with the edits made. */
export function applyFileEdits(workspace: Workspace, files: readonly FileEdit[]): Workspace {
  const byName = new Map(files.map(({ file, edits }) => [file, edits]));
  return workspace.map((file) => {
    const edits = byName.get(file.name);
    return edits === undefined ? file : { ...file, text: applyEdits(file.text, edits) };
  });
}

/** Of two objects with the same identity the later counts, as with `kubectl apply`. */
export function manifestOf(manifests: Manifests, ref: ObjectRef): ManifestObject | null {
  const key = refKey(ref);
  return manifests.objects.findLast((object) => object.ref.name === ref.name && refKey(object.ref) === key) ?? null;
}

function editsOfDocument(text: string, sets: readonly { readonly path: FieldPath; readonly value: Json | undefined }[]): readonly TextEdit[] | null {
  let after = text;
  for (const { path, value } of sets) after = applyEdits(after, setField(after, path, value));
  if (after === text) return null;
  // Edits made side by side leave what lies between them out; where they touch, one edit stands for all.
  const apart = sets.flatMap(({ path, value }) => setField(text, path, value)).sort((a, b) => a.from - b.from);
  const overlap = apart.some((edit, index) => index > 0 && edit.from < apart[index - 1]!.to);
  return !overlap && applyEdits(text, apart) === after ? apart : [difference(text, after)];
}

function difference(before: string, after: string): TextEdit {
  let from = 0;
  while (from < before.length && before[from] === after[from]) from += 1;
  let end = 0;
  while (end < Math.min(before.length, after.length) - from && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) };
}

function appended(text: string, value: JsonObject): TextEdit {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const lineBreak = text === '' || text.endsWith('\n') ? '' : newline;
  const separator = /(^|\n)---\s*$/.test(text) ? '' : `---${newline}`;
  return {
    from: text.length,
    to: text.length,
    insert: `${lineBreak}${separator}${renderBlock(value, 0, { newline, indentSequences: true, json: false })}${newline}`,
  };
}
