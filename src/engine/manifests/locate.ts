/**
 * Field to range and back. Nothing is kept when texts are parsed: the one document that is asked about is read again
 * when somebody asks, and of a big list only the item.
 */
import type { ManifestDocument, ManifestObject, Manifests } from './document.ts';
import { jsonArrayItems, skipJsonSpace } from './json-scan.ts';
import { findListItems } from './list-items.ts';
import type { FieldPath, SourceRange } from './source.ts';
import { readSyntax, type EntrySyntax, type Syntax, type SyntaxNode } from './syntax-tree.ts';

export interface Located {
  readonly range: SourceRange;
  /** False when the field is not written and the range is that of what would hold it. */
  readonly exact: boolean;
}

/**
 * Range of the entry or item at a path of an object, relative to its document: from the key's first character to the
 * value's last. What is not written falls back to the key of the nearest ancestor, at last to the object's name.
 */
export function locateField(manifests: Manifests, object: ManifestObject, path: FieldPath): Located {
  const told = object.told?.find((field) => field.path.every((step, index) => path[index] === step));
  if (told !== undefined) return { range: told.range, exact: true };
  const document = documentAt(manifests, object.file, object.document);
  const place = document === undefined ? null : placeIn(document, object.root, path);
  const { from, to, exact } = place ?? { from: 0, to: 0, exact: false };
  return { range: { file: object.file, document: object.document, from, to }, exact };
}

/** The object and field at an offset of a file, to go from a line to what it decided. Null between objects. */
export function locateAt(manifests: Manifests, file: string, offset: number): { readonly object: ManifestObject; readonly path: FieldPath } | null {
  const document = manifests.documents.findLast((candidate) => candidate.file === file && candidate.start <= offset);
  if (document === undefined || document.objects.length === 0) return null;
  const at = offset - document.start;
  const tree = treeAround(document, at);
  if (tree === null) return null;
  const path = [...tree.path, ...pathAt(tree.node, at - tree.offset, document.text.slice(tree.offset, tree.end))];
  const object = document.objects.findLast((candidate) => candidate.root.every((step, index) => path[index] === step));
  return object === undefined ? null : { object, path: path.slice(object.root.length) };
}

/** The document's offset in its file: add it to a range to place the range in the editor. */
export function documentStart(manifests: Manifests, range: Pick<SourceRange, 'file' | 'document'>): number {
  return documentAt(manifests, range.file, range.document)?.start ?? 0;
}

/** The same for a document that is just being read. */
export function locateInDocument(text: string, path: FieldPath): { readonly from: number; readonly to: number } {
  const syntax = readSyntax(text);
  return syntax === null ? { from: 0, to: 0 } : walk(syntax.root, syntax, text, path, 0);
}

const byPlace = new WeakMap<Manifests, Map<string, ManifestDocument>>();

function documentAt(manifests: Manifests, file: string, index: number): ManifestDocument | undefined {
  let map = byPlace.get(manifests);
  if (map === undefined) {
    map = new Map(manifests.documents.map((document) => [`${document.index} ${document.file}`, document]));
    byPlace.set(manifests, map);
  }
  return map.get(`${index} ${file}`);
}

/** A read part of a document: all of it, or one item of a big list. */
interface Part {
  readonly syntax: Syntax;
  readonly node: SyntaxNode;
  readonly text: string;
  readonly offset: number;
  readonly end: number;
  readonly path: FieldPath;
}

interface Memo {
  whole?: Part | null;
  cuts?: readonly { readonly from: number; readonly to: number }[] | null;
  readonly items: Map<number, Part | null>;
}

const memos = new WeakMap<ManifestDocument, Memo>();

/** Documents longer than this are read item by item. */
const BIG = 256 * 1024;

function memoOf(document: ManifestDocument): Memo {
  let memo = memos.get(document);
  if (memo === undefined) {
    memo = { items: new Map() };
    memos.set(document, memo);
  }
  return memo;
}

function placeIn(document: ManifestDocument, root: FieldPath, path: FieldPath): { from: number; to: number; exact: boolean } | null {
  const [items, index] = root;
  const item = items === 'items' && typeof index === 'number' ? itemPart(document, index) : null;
  const part = item ?? wholePart(document);
  if (part === null) return null;
  const full = [...root, ...path].slice(part.path.length);
  const place = walk(part.node, part.syntax, part.text, full, root.length - part.path.length);
  return { from: place.from + part.offset, to: place.to + part.offset, exact: place.exact };
}

function wholePart(document: ManifestDocument): Part | null {
  const memo = memoOf(document);
  if (memo.whole === undefined) {
    const syntax = readSyntax(document.text);
    memo.whole = syntax === null ? null : { syntax, node: syntax.root, text: document.text, offset: 0, end: document.text.length, path: [] };
  }
  return memo.whole;
}

function itemPart(document: ManifestDocument, index: number): Part | null {
  const cut = cutsOf(document)?.[index];
  if (cut === undefined) return null;
  const { items } = memoOf(document);
  let part = items.get(index);
  if (part === undefined) {
    const text = document.text.slice(cut.from, cut.to);
    const syntax = readSyntax(text);
    const node = syntax?.root.kind === 'sequence' ? syntax.root.items[0]?.value : syntax?.root;
    part = syntax === null || node === undefined ? null : { syntax, node, text, offset: cut.from, end: cut.to, path: ['items', index] };
    items.set(index, part);
  }
  return part;
}

function cutsOf(document: ManifestDocument): Memo['cuts'] {
  const memo = memoOf(document);
  if (memo.cuts === undefined) memo.cuts = document.text.length < BIG ? null : cutItems(document.text);
  return memo.cuts;
}

function cutItems(text: string): readonly { readonly from: number; readonly to: number }[] | null {
  const at = skipJsonSpace(text, 0);
  if (text[at] === '{') return jsonArrayItems(text, at, 'items');
  const found = findListItems(text);
  return found === null ? null : found.starts.map((from, index) => ({ from, to: found.starts[index + 1] ?? found.end }));
}

function treeAround(document: ManifestDocument, at: number): Part | null {
  const index = cutsOf(document)?.findLastIndex((cut) => cut.from <= at);
  return (index === undefined || index === -1 ? null : itemPart(document, index)) ?? wholePart(document);
}

/** Follows aliases: the text that decides stands at the anchor. Nested at most as deep as there are anchors. */
function resolve(node: SyntaxNode, syntax: Syntax): SyntaxNode {
  let current = node;
  for (let hops = 0; current.kind === 'alias' && hops < 100; hops++) current = syntax.anchors.get(current.name) ?? current;
  return current;
}

function entryNamed(node: SyntaxNode, name: string, syntax: Syntax, depth = 0): EntrySyntax | undefined {
  const mapping = resolve(node, syntax);
  if (mapping.kind === 'sequence') {
    for (const item of mapping.items) {
      const found = depth < 10 ? entryNamed(item.value, name, syntax, depth + 1) : undefined;
      if (found !== undefined) return found;
    }
  }
  if (mapping.kind !== 'mapping') return undefined;
  const own = mapping.entries.find((entry) => entry.name === name);
  if (own !== undefined || depth >= 10) return own;
  for (const entry of mapping.entries) {
    const merged = isMergeKey(entry) ? entryNamed(entry.value, name, syntax, depth + 1) : undefined;
    if (merged !== undefined) return merged;
  }
  return undefined;
}

/** Quoted, it is a key like any other. */
function isMergeKey(entry: EntrySyntax): boolean {
  return entry.name === '<<' && entry.key.kind === 'scalar' && entry.key.style === 'plain';
}

/** `own` steps of the path lead to the object itself; where nothing below is written, its name is the place. */
function walk(root: SyntaxNode, syntax: Syntax, text: string, path: FieldPath, own: number): { from: number; to: number; exact: boolean } {
  let node = root;
  let whole = { from: root.from, to: root.to };
  let head = firstLine(text, whole);
  let object = root;
  for (const [index, step] of path.entries()) {
    const here = resolve(node, syntax);
    if (here.kind === 'sequence' && typeof step === 'number') {
      const item = here.items[step]?.value;
      if (item === undefined) return missing(index);
      node = item;
      whole = { from: item.outer, to: item.to };
      head = firstLine(text, whole);
    } else {
      const entry = entryNamed(here, String(step), syntax);
      if (entry === undefined) return missing(index);
      node = entry.value;
      whole = { from: entry.key.from, to: Math.max(entry.key.to, entry.colon + 1, entry.value.to) };
      if (entry.value.from === entry.value.to && entry.colon !== -1) whole.to = entry.colon + 1;
      head = { from: entry.key.from, to: entry.key.to };
    }
    if (index + 1 === own) object = node;
  }
  return path.length <= own ? { ...objectHead(object, syntax, text), exact: true } : { ...whole, exact: true };

  function missing(reached: number): { from: number; to: number; exact: boolean } {
    return { ...(reached <= own ? objectHead(object, syntax, text) : head), exact: false };
  }
}

/** The line that names the object, else the one that says its kind, else its first line. */
function objectHead(object: SyntaxNode, syntax: Syntax, text: string): { from: number; to: number } {
  const metadata = entryNamed(object, 'metadata', syntax);
  const named = metadata === undefined ? undefined : entryNamed(metadata.value, 'name', syntax);
  const entry = named ?? entryNamed(object, 'kind', syntax);
  return entry === undefined ? firstLine(text, object) : { from: entry.key.from, to: Math.max(entry.key.to, entry.value.to) };
}

function firstLine(text: string, range: { readonly from: number; readonly to: number }): { from: number; to: number } {
  const line = /^[^\r\n]*/.exec(text.slice(range.from, Math.min(range.to, range.from + 1000)))![0];
  return { from: range.from, to: range.from + line.trimEnd().length };
}

/** The deepest field whose lines hold the offset. */
function pathAt(root: SyntaxNode, at: number, text: string): FieldPath {
  const path: (string | number)[] = [];
  let node = root;
  for (;;) {
    let child: SyntaxNode | undefined;
    if (node.kind === 'mapping') {
      const flow = node.flow;
      const entry = node.entries.findLast((candidate) => (flow ? candidate.key.from : lineOf(text, candidate.key.from)) <= at);
      if (entry === undefined || at > endOfLine(text, Math.max(entry.value.to, entry.key.to))) return path;
      path.push(entry.name);
      child = entry.value;
    } else if (node.kind === 'sequence') {
      const flow = node.flow;
      const index = node.items.findLastIndex((candidate) => (flow ? candidate.value.outer : lineOf(text, candidate.dash)) <= at);
      if (index === -1 || at > endOfLine(text, node.items[index]!.value.to)) return path;
      path.push(index);
      child = node.items[index]!.value;
    }
    if (child === undefined) return path;
    node = child;
  }
}

function lineOf(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

function endOfLine(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  return newline === -1 ? text.length : newline;
}
