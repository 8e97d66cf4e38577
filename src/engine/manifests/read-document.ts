/** What one document says: its value taken apart into objects, and what is wrong when it says none. */
import type { FailureCode } from '../../catalogue/meaning.ts';
import { msg, type Message } from '../../catalogue/message.ts';
import { findBareLetter } from './bare-letters.ts';
import { CLUSTER_SCOPED } from './cluster-scoped.ts';
import type { Json, JsonObject, ManifestObject } from './document.ts';
import type { Finding } from './finding.ts';
import { isList, isObject } from './json.ts';
import { tableOf } from './printed/table.ts';
import { withoutPayloads } from './secret-facts.ts';
import { formatFieldPath, type FieldPath } from './source.ts';
import { findPlaceholder, recogniseToolFile } from './unrendered-template.ts';

/** Objects and findings of a document before their place in the file and the age order are known. */
export interface DocumentContent {
  readonly objects: readonly ObjectContent[];
  readonly problems: readonly Problem[];
}

export type ObjectContent = Pick<ManifestObject, 'ref' | 'apiVersion' | 'value' | 'root'>;

export interface Problem {
  readonly code: FailureCode;
  readonly severity: Finding['severity'];
  readonly message: Message;
  /** Where it stands, as a path from the document's root, or as offsets into the document's text. */
  readonly at: FieldPath | { readonly from: number; readonly to: number };
}

interface Writable {
  objects: ObjectContent[];
  problems: Problem[];
}

export function readDocumentValue(value: Json, text: string, file: string): DocumentContent {
  const out: Writable = { objects: [], problems: [] };
  if (value === null) return out;
  readValue(value, [], null, { text, file }, out);
  const letter = out.objects.length > 0 ? findBareLetter(text) : null;
  if (letter !== null) {
    const message = msg('manifests.bare-letter', { letter: letter.text, value: /y/i.test(letter.text) ? 'true' : 'false' });
    out.problems.push({ code: 'yaml-boolean', severity: 'warning', message, at: letter });
  }
  return out;
}

interface Source {
  readonly text: string;
  readonly file: string;
}

/** `inList` gives the kind and version that a typed list's items leave out. */
function readValue(value: Json, root: FieldPath, inList: { kind: string; apiVersion: string } | null, source: Source, out: Writable): void {
  const report: Report = (message, path, code = 'not-an-object', severity = 'error') => out.problems.push({ code, severity, message, at: [...root, ...path] });

  if (!isObject(value)) {
    if (root.length > 0) report(msg('manifests.not-an-object.mapping-expected', { path: formatFieldPath(root) }), []);
    else if (isList(value)) report(msg('manifests.not-an-object.list'), []);
    else out.problems.push(proseProblem(source.text));
    return;
  }
  const toolFile = root.length === 0 ? recogniseToolFile(value, source.file) : null;
  if (toolFile !== null) {
    report(toolFile, [], 'template-not-rendered');
    return;
  }
  const prose = root.length === 0 && value['kind'] === undefined ? recogniseMapping(value, source.text) : null;
  if (prose !== null) {
    report(prose, []);
    return;
  }
  const kind = value['kind'] ?? inList?.kind;
  const apiVersion = value['apiVersion'] ?? inList?.apiVersion;
  const items = value['items'];
  if (typeof kind === 'string' && kind.endsWith('List') && (isList(items) || items === null)) {
    const typed = kind === 'List' || typeof apiVersion !== 'string' ? null : { kind: kind.slice(0, -4), apiVersion };
    for (const [index, item] of (items ?? []).entries()) readValue(item, [...root, 'items', index], typed, source, out);
    return;
  }
  if (!isFilled(apiVersion)) report(wrongText(apiVersion, 'apiVersion'), apiVersion === undefined ? [] : ['apiVersion']);
  else if (!isFilled(kind)) report(wrongText(kind, 'kind'), kind === undefined ? [] : ['kind']);
  else {
    // Items of a typed list get what the list said for them.
    const object = readObject({ ...(value['kind'] === undefined ? { apiVersion, kind } : {}), ...value }, kind, apiVersion, source, report);
    if (object !== null) out.objects.push({ ...object, root });
  }
}

type Report = (message: Message, path: FieldPath, code?: FailureCode, severity?: Finding['severity']) => void;

function readObject(value: JsonObject, kind: string, apiVersion: string, source: Source, report: Report): Omit<ObjectContent, 'root'> | null {
  const metadata = value['metadata'] ?? {};
  if (!isObject(metadata)) {
    report(msg('manifests.not-an-object.mapping-expected', { path: 'metadata' }), ['metadata']);
    return null;
  }
  const name = nameOf(metadata);
  if (!isFilled(name)) {
    report(wrongText(name, 'metadata.name'), name === undefined ? ['metadata'] : ['metadata', 'name']);
    return null;
  }
  const written = metadata['namespace'] ?? '';
  const namespace = written === '' ? 'default' : written;
  if (typeof namespace !== 'string') {
    report(wrongText(namespace, 'metadata.namespace'), ['metadata', 'namespace']);
    return null;
  }
  const unrendered = /\{\{|\$/.test(source.text) ? findPlaceholder(value) : null;
  if (unrendered !== null) {
    report(unrendered.message, unrendered.path, 'template-not-rendered', unrendered.fatal ? 'error' : 'warning');
    if (unrendered.fatal) return null;
  }
  return { ref: { kind, namespace: CLUSTER_SCOPED.has(kind) ? '' : namespace, name }, apiVersion, value: keptValue(value, source.text) };
}

/** `kubectl create` turns `generateName` into a name with five random characters; here they are always the same. */
function nameOf(metadata: JsonObject): Json | undefined {
  const { name, generateName } = metadata;
  if (name !== undefined && name !== null && name !== '') return name;
  return typeof generateName === 'string' && generateName !== '' ? `${generateName}00000` : undefined;
}

function isFilled(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== '';
}

/** What is wrong with a value that should be a text that says something. */
function wrongText(value: Json | undefined, path: string): Message {
  if (value === undefined || value === null || value === '') return msg('manifests.not-an-object.required', { path });
  if (typeof value === 'number') return msg('manifests.not-an-object.number', { path, value });
  if (typeof value === 'boolean') return msg('manifests.not-an-object.boolean', { path, value: String(value) });
  return msg('manifests.not-an-object.text-expected', { path });
}

/** Copies of the object that the API server keeps for itself say nothing new and may hold a Secret's payload. */
const BOOKKEEPING = 'kubectl.kubernetes.io/last-applied-configuration';

function keptValue(value: JsonObject, text: string): JsonObject {
  const kept = text.includes('Secret') ? withoutPayloads(value) : value;
  const metadata = kept['metadata'];
  if (!isObject(metadata)) return kept;
  const annotations = metadata['annotations'];
  const copied = isObject(annotations) && BOOKKEEPING in annotations;
  if (!('managedFields' in metadata) && !copied) return kept;
  const { managedFields: _managed, ...rest } = metadata;
  if (!copied) return { ...kept, metadata: rest };
  const { [BOOKKEEPING]: _copy, ...others } = annotations;
  return { ...kept, metadata: { ...rest, annotations: others } };
}

/** Why a text that is one scalar, or not YAML at all, is no object. */
export function recogniseProse(text: string): Problem | null {
  const fence = /^[ \t]*(?:```|~~~)[^\n]*/m.exec(text);
  if (fence !== null) return proseAt(msg('manifests.not-an-object.fence'), fence.index, fence[0].length);
  const table = /^[ \t]*(?:NAMESPACE|NAME|LAST SEEN)[ \t]{2,}[A-Z][^\n]*/m.exec(text);
  if (table !== null) {
    const isRead = tableOf({ text: table[0], from: 0 }) !== null;
    const message = isRead ? msg('manifests.not-an-object.printed') : msg('manifests.not-an-object.table', { command: 'kubectl get … -o yaml' });
    return proseAt(message, table.index, table[0].length);
  }
  const described = /^Name:[ \t]+\S[^\n]*\n(?:Namespace|Labels|Roles):/m.exec(text);
  if (described !== null) return proseAt(msg('manifests.not-an-object.printed'), described.index, described[0].length);
  const failed = /^(?:Error from server|error:|No resources found|The connection to the server)[^\n]*/m.exec(text);
  if (failed !== null) return proseAt(msg('manifests.not-an-object.error'), failed.index, failed[0].length);
  return null;
}

function proseProblem(text: string): Problem {
  const known = recogniseProse(text);
  if (known !== null) return known;
  const line = /^(?!---|[ \t]*#)[ \t]*\S[^\n]*/m.exec(text);
  return proseAt(msg('manifests.not-an-object.text'), line?.index ?? 0, line?.[0].length ?? text.length);
}

function proseAt(message: Message, from: number, length: number): Problem {
  return { code: 'not-an-object', severity: 'error', message, at: { from, to: from + length } };
}

/** A mapping that is no object, but something well known. */
function recogniseMapping(value: JsonObject, text: string): Message | null {
  if (value['apiVersion'] !== undefined) return null;
  if (isObject(value['services'])) return msg('manifests.not-an-object.compose');
  return recogniseProse(text)?.message ?? null;
}
