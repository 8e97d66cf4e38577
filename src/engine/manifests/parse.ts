/**
 * Texts to objects. Never throws: a broken document becomes a finding and spares the others, and a document whose
 * text did not change is not read again.
 *
 * Many documents are read in one call, because js-yaml is slow to start, and no more than some hundred kilobytes at
 * a time, because its events take ten times the memory of the text. JSON goes through JSON.parse.
 */
import { msg } from '../../catalogue/message.ts';
import type { Json, ManifestDocument, ManifestObject, Manifests } from './document.ts';
import type { Finding } from './finding.ts';
import { isList, isObject } from './json.ts';
import { cutListItems } from './list-items.ts';
import { locateInDocument } from './locate.ts';
import { readDocumentValue, recogniseProse, type DocumentContent, type Problem } from './read-document.ts';
import { isPrinted, readPrinted } from './printed/printed.ts';
import type { Sighting } from './printed/sighting.ts';
import { isBlank, splitDocuments, type DocumentSlice } from './split-documents.ts';
import { explainSyntaxError, MAX_DEPTH, MAX_VALUES, syntaxFinding, UnreadableDocument } from './syntax-error.ts';
import { findTemplateAction, helmTemplate } from './unrendered-template.ts';
import type { Workspace, WorkspaceFile } from './workspace.ts';
import { readValues } from './yaml-events.ts';

/** Length of the pieces handed to js-yaml, in UTF-16 units. */
const PIECE = 256 * 1024;
const MAX_MILLION = 256;

export function parseManifests(workspace: Workspace, previous?: Manifests): Manifests {
  const known = new Map<string, ManifestDocument[]>();
  for (const document of previous?.documents ?? []) {
    const key = knownKey(document.file, document.text);
    const same = known.get(key);
    if (same === undefined) known.set(key, [document]);
    else same.push(document);
  }
  const documents: ManifestDocument[] = [];
  const findings: Finding[] = [];
  let order = 0;
  for (const file of workspace) {
    if (file.text.length > MAX_MILLION * 1e6) {
      findings.push(tooLarge(file));
      continue;
    }
    for (const document of parseFile(file, known, order)) {
      documents.push(document);
      order += document.objects.length;
    }
  }
  for (const document of documents) findings.push(...document.findings);
  return { documents, objects: documents.flatMap((document) => document.objects), findings };
}

function knownKey(file: string, text: string): string {
  return `${file}\n${text}`;
}

function tooLarge(file: WorkspaceFile): Finding {
  return {
    code: 'yaml-syntax',
    severity: 'error',
    message: msg('manifests.syntax.too-large', { file: file.name, max: MAX_MILLION }),
    ranges: [],
    rules: ['S1.1'],
  };
}

function parseFile(file: WorkspaceFile, known: Map<string, ManifestDocument[]>, firstOrder: number): ManifestDocument[] {
  const slices = splitDocuments(file.text);
  const old = slices.map((slice) => known.get(knownKey(file.name, file.text.slice(slice.start, slice.end)))?.shift() ?? null);
  const fresh = readFresh(
    file,
    slices,
    old.map((document) => document !== null),
  );
  const at = { index: 0, start: 0, startLine: 0, order: firstOrder };
  return slices.map((slice, index) => {
    const place = { ...at, index, start: slice.start };
    const reused = old[index];
    const text = file.text.slice(slice.start, slice.end);
    const document = reused ? moved(reused, place) : placed(file.name, text, place, fresh.get(index)!);
    at.order += document.objects.length;
    at.startLine += countLines(text);
    return document;
  });
}

/** Where a document stands among the texts. */
interface DocumentPlace {
  readonly index: number;
  readonly start: number;
  readonly startLine: number;
  /** Of its first object. */
  readonly order: number;
}

/** The same document when nothing about it changed; else its content under its new place, without reading it again. */
function moved(document: ManifestDocument, { index, start, startLine, order }: DocumentPlace): ManifestDocument {
  const sameContent = document.index === index && (document.objects[0] === undefined || document.objects[0].order === order);
  if (sameContent && document.start === start && document.startLine === startLine) return document;
  if (sameContent) return { ...document, start, startLine };
  return {
    ...document,
    index,
    start,
    startLine,
    objects: document.objects.map((object, position) => ({ ...object, document: index, order: order + position })),
    findings: document.findings.map((finding) => ({ ...finding, ranges: finding.ranges.map((range) => ({ ...range, document: index })) })),
  };
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

/** What was read from one slice: content, or the finding that says why there is none. */
type Fresh = { readonly content: DocumentContent } | { readonly printed: readonly Sighting[] } | { readonly failed: (index: number) => Finding };

/** Reads the slices that are new, neighbours together. */
function readFresh(file: WorkspaceFile, slices: readonly DocumentSlice[], isKnown: readonly boolean[]): Map<number, Fresh> {
  const out = new Map<number, Fresh>();
  let batch: number[] = [];
  const flush = () => {
    if (batch.length > 0) readBatch(file, slices, batch, out);
    batch = [];
  };
  for (const [index, slice] of slices.entries()) {
    const text = file.text.slice(slice.start, slice.end);
    if (isKnown[index] === true) flush();
    else if (isBlank(text)) out.set(index, { content: { objects: [], problems: [] } });
    else if (isPrinted(text)) {
      flush();
      out.set(index, { printed: readPrinted(text) });
    } else if (/^[\s\uFEFF]*(?:---\s+)?[{[]/.test(text) || text.length > PIECE) {
      flush();
      out.set(index, readOne(text, file.name));
    } else {
      const first = slices[batch[0] ?? index]!;
      if (slice.end - first.start > PIECE || (batch.length > 0 && batch.at(-1) !== index - 1)) flush();
      batch.push(index);
    }
  }
  flush();
  return out;
}

function readBatch(file: WorkspaceFile, slices: readonly DocumentSlice[], batch: readonly number[], out: Map<number, Fresh>): void {
  const texts = batch.map((index) => file.text.slice(slices[index]!.start, slices[index]!.end));
  if (batch.length > 1) {
    try {
      const values = construct(texts.join(''));
      if (values.length === batch.length) {
        for (const [position, index] of batch.entries()) {
          out.set(index, { content: readDocumentValue(values[position]!, texts[position]!, file.name) });
        }
        return;
      }
    } catch {
      // One of them is broken: read each alone to find out which.
    }
  }
  for (const [position, index] of batch.entries()) out.set(index, readOne(texts[position]!, file.name));
}

function readOne(text: string, file: string): Fresh {
  try {
    return { content: readDocumentValue(parseValue(text), text, file) };
  } catch (error) {
    const template = findTemplateAction(text);
    if (template !== -1) {
      const problem: Problem = {
        code: 'template-not-rendered',
        severity: 'error',
        message: helmTemplate(),
        at: { from: template, to: lineEnd(text, template) },
      };
      return { content: { objects: [], problems: [problem] } };
    }
    const prose = recogniseProse(text);
    if (prose !== null) return { content: { objects: [], problems: [prose] } };
    const { message, at } = explainSyntaxError(error, text);
    return { failed: (index) => syntaxFinding(message, text, at, file, index) };
  }
}

/** The value of one document; throws what `explainSyntaxError` understands. */
export function parseValue(text: string): Json {
  const body = /^[\s\uFEFF]*(?=[{[])/.exec(text);
  if (body !== null) {
    try {
      const value: Json = JSON.parse(text.slice(body[0].length));
      checkSize(value);
      return value;
    } catch (error) {
      // YAML's flow style looks like JSON, and its reader says where the mistake is.
      if (error instanceof UnreadableDocument) throw error;
    }
  }
  const cut = text.length > PIECE ? cutListItems(text, PIECE) : null;
  if (cut !== null) {
    try {
      const rest = construct(cut.rest)[0];
      const items = cut.pieces.flatMap((piece) => {
        const value = construct(piece)[0];
        return isList(value) ? value : [];
      });
      if (isObject(rest)) return { ...rest, items };
    } catch {
      // An alias may cross the cuts, or an item is broken: only the whole text tells.
    }
  }
  return construct(text)[0] ?? null;
}

function construct(text: string): Json[] {
  const { values, aliased } = readValues(text);
  if (aliased) for (const value of values) checkSize(value);
  return values;
}

/** Aliases can make a small text a huge value, or one that contains itself; JSON.parse has no limit of depth. */
function checkSize(value: Json): void {
  const measured = new Map<object, { readonly size: number; readonly height: number }>();
  const open = new Set<object>();
  let written = 0;
  const measure = (item: Json, depth: number): { readonly size: number; readonly height: number } => {
    if (typeof item !== 'object' || item === null) return LEAF;
    const known = measured.get(item);
    if (known !== undefined) return known;
    if (open.has(item)) throw new UnreadableDocument(msg('manifests.syntax.recursive'), 0);
    if (depth > MAX_DEPTH) throw tooDeep();
    open.add(item);
    let size = 1;
    let height = 0;
    for (const child of Object.values<Json>(item)) {
      const inside = measure(child, depth + 1);
      size += inside.size;
      height = Math.max(height, inside.height + 1);
      written++;
    }
    open.delete(item);
    const result = { size, height };
    measured.set(item, result);
    return result;
  };
  const { size, height } = measure(value, 0);
  if (height > MAX_DEPTH) throw tooDeep();
  if (size > MAX_VALUES && size > written * 10) throw new UnreadableDocument(msg('manifests.syntax.too-many', { max: MAX_VALUES }), 0);
}

const LEAF = { size: 1, height: 0 };

function tooDeep(): UnreadableDocument {
  return new UnreadableDocument(msg('manifests.syntax.too-deep', { max: MAX_DEPTH }), 0);
}

function placed(file: string, text: string, { index, start, startLine, order }: DocumentPlace, fresh: Fresh): ManifestDocument {
  const bare = { file, index, start, startLine, text };
  if ('printed' in fresh) return { ...bare, objects: [], findings: [], sightings: fresh.printed };
  if ('failed' in fresh) return { ...bare, objects: [], findings: [fresh.failed(index)] };
  const objects = fresh.content.objects.map((object, position): ManifestObject => ({ ...object, file, document: index, order: order + position }));
  return { ...bare, objects, findings: fresh.content.problems.map((problem) => problemFinding(problem, bare)) };
}

function problemFinding(problem: Problem, document: Pick<ManifestDocument, 'file' | 'index' | 'text'>): Finding {
  const place = 'from' in problem.at ? problem.at : locateInDocument(document.text, problem.at);
  return {
    code: problem.code,
    severity: problem.severity,
    message: problem.message,
    ranges: [{ file: document.file, document: document.index, from: place.from, to: place.to }],
    ...('from' in problem.at ? {} : { path: problem.at }),
    rules: ['S1.1'],
  };
}

function lineEnd(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  return newline === -1 ? text.length : newline;
}
