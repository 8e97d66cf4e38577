/** A second object like the first: its text with its comments, under a free name, and with labels of its own where it runs Pods. */
import { msg } from '../../catalogue/message.ts';
import type { Json, JsonObject, ManifestObject } from '../manifests/document.ts';
import { applyEdits, setField, withValue } from '../manifests/edit.ts';
import { isObject } from '../manifests/json.ts';
import { type ObjectRef, refKey } from '../manifests/object-ref.ts';
import { parseValue } from '../manifests/parse.ts';
import type { FieldPath } from '../manifests/source.ts';
import { splitDocuments } from '../manifests/split-documents.ts';
import type { Workspace } from '../manifests/workspace.ts';
import { objectName, workloadName } from './names.ts';
import type { Renamed } from './rename.ts';
import { notWritten } from './rename.ts';
import type { Site } from './site.ts';
import { setObjectField, valueAt } from './text-edits.ts';

interface Change {
  readonly path: FieldPath;
  readonly value: Json | undefined;
}

export function duplicateObject(site: Site, ref: ObjectRef): Renamed {
  const object = site.written.get(refKey(ref));
  if (object === undefined) return { refused: notWritten(site, ref) };
  const stem = ref.name.replace(/-\d+$/, '');
  const runsPods = site.cluster.workloads.has(refKey(ref));
  const name = runsPods
    ? workloadName(site, ref.namespace, [`${stem}-2`, `${stem}-3`, stem])
    : objectName(site, ref.kind, ref.namespace, [`${stem}-2`, `${stem}-3`, stem]);
  const changes: readonly Change[] = [
    { path: ['metadata', 'name'], value: name },
    // What a running cluster wrote down is about the first one.
    ...['uid', 'resourceVersion', 'creationTimestamp'].map((field) => ({ path: ['metadata', field], value: undefined })),
    ...(runsPods ? labelsOf(object.value, ref.name, name) : []),
    ...portsOf(object.value),
  ];
  const to = { ...ref, name };
  return { workspace: withCopy(site.workspace, object, changes), object: to, said: msg('build.said.duplicated', { from: ref.name, to: name }) };
}

/** Labels that hold the name tell the Pods of the two apart. */
function labelsOf(value: JsonObject, from: string, to: string): readonly Change[] {
  const places: readonly FieldPath[] = [
    ['metadata', 'labels'],
    ['spec', 'selector', 'matchLabels'],
    ['spec', 'selector'],
    ['spec', 'template', 'metadata', 'labels'],
  ];
  return places.flatMap((path) => {
    const labels = valueAt(value, path);
    return isObject(labels) ? Object.entries(labels).flatMap(([key, label]) => (label === from ? [{ path: [...path, key], value: to }] : [])) : [];
  });
}

/** Node ports and addresses belong to one Service only. */
function portsOf(value: JsonObject): readonly Change[] {
  if (value['kind'] !== 'Service') return [];
  const ports = valueAt(value, ['spec', 'ports']);
  const count = Array.isArray(ports) ? ports.length : 0;
  const isHeadless = valueAt(value, ['spec', 'clusterIP']) === 'None';
  return [
    ...Array.from({ length: count }, (_, index) => ({ path: ['spec', 'ports', index, 'nodePort'], value: undefined })),
    ...(isHeadless ? [] : ['clusterIP', 'clusterIPs', 'loadBalancerIP'].map((field) => ({ path: ['spec', field], value: undefined }))),
  ];
}

function withCopy(workspace: Workspace, object: ManifestObject, changes: readonly Change[]): Workspace {
  if (object.root.length > 0) return withItem(workspace, object, changes);
  return workspace.map((file) => {
    if (file.name !== object.file) return file;
    const slice = splitDocuments(file.text)[object.document];
    if (slice === undefined) return file;
    const own = file.text.slice(slice.start, slice.end);
    const newline = own.includes('\r\n') ? '\r\n' : '\n';
    const closed = /[\r\n]$/.test(own) ? own : own + newline;
    const copy = changes.reduce((text, { path, value }) => applyEdits(text, setField(text, path, value)), own.replace(/[\r\n]*$/, newline));
    const isJson = /^\uFEFF?\s*\{/.test(own);
    const separator = isJson || copy.startsWith('---') ? '' : `---${newline}`;
    return { ...file, text: file.text.slice(0, slice.start) + closed + separator + copy + file.text.slice(slice.end) };
  });
}

/** Behind the last item of the List. The text is read again: an object's value does not hold what a Secret's text does. */
function withItem(workspace: Workspace, object: ManifestObject, changes: readonly Change[]): Workspace {
  const text = workspace.find(({ name }) => name === object.file)?.text ?? '';
  const slice = splitDocuments(text)[object.document];
  if (slice === undefined) return workspace;
  const item = valueAt(parseValue(text.slice(slice.start, slice.end)), object.root);
  const copy = changes.reduce<Json>((value, { path, value: field }) => withValue(value, path, field), item ?? {});
  const list: ManifestObject = { ...object, root: object.root.slice(0, -1) };
  return setObjectField(workspace, list, [Number.MAX_SAFE_INTEGER], copy);
}
