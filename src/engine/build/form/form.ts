/**
 * The form of an object: every field that its kind reads, found by listening while it is read. So a form shows what
 * decides about requests, with the default and the validity that the reader itself gives, and cannot drift from it.
 */
import type { Message } from '../../../catalogue/message.ts';
import { type Asked, type AskedAs, watchFields } from '../../kinds/field.ts';
import { findKind } from '../../kinds/find-kind.ts';
import type { Admission, Kind } from '../../kinds/kind.ts';
import type { Json, JsonObject, ManifestObject } from '../../manifests/document.ts';
import { withValue } from '../../manifests/edit.ts';
import { isList, isObject } from '../../manifests/json.ts';
import { type ObjectRef, refKey } from '../../manifests/object-ref.ts';
import { formatFieldPath, type FieldPath } from '../../manifests/source.ts';
import type { Site } from '../site.ts';
import { valueAt } from '../text-edits.ts';
import { freshFor } from './fresh.ts';
import { meaningOf } from './meaning.ts';
import { patternOf } from './pattern.ts';

/** `texts`: a list of texts. `mapping`: a part that is there or not, with fields of its own. */
export type FieldType = Exclude<AskedAs, 'any' | 'list'> | 'choice' | 'texts' | 'list' | 'mapping';

export interface FormField {
  readonly path: FieldPath;
  readonly type: FieldType;
  readonly meaning: Message;
  /** The words it takes; empty where any may stand. */
  readonly choices: readonly string[];
  /** As written; null where it is not. */
  readonly value: Json;
  /** What it is while nothing is written, as things are now; null where that is nothing. */
  readonly default: string | null;
  /** Why the API server would not take what is written, and what else is to say about it. */
  readonly problems: readonly Message[];
  /** What is written first when a list gets another item, or a missing part is added. */
  readonly fresh: Json;
}

export interface Form {
  readonly object: ObjectRef;
  readonly docs: string;
  /** Problems of the object that belong to no field shown here. */
  readonly problems: readonly Message[];
  readonly fields: readonly FormField[];
}

/** Null for an object that does not stand in the texts or whose kind is not read field by field. */
export function formOf(site: Site, ref: ObjectRef): Form | null {
  const manifest = site.written.get(refKey(ref));
  const found = manifest === undefined ? null : findKind(manifest.apiVersion, ref.kind);
  if (manifest === undefined || found === null || !found.served) return null;
  const { asked, admission } = listen(found.kind, manifest);
  const told = [...admission.rejections, ...admission.findings].map(({ path, message }) => ({ path: path ?? [], message }));
  const others = site.cluster.findings
    .filter(({ object, severity, code }) => severity !== 'info' && code !== 'rejected' && object !== undefined && refKey(object) === refKey(ref))
    .map(({ path, message }) => ({ path: path ?? [], message }));
  const problems = distinct([...told, ...others]);
  const shown = inTreeOrder(asked.filter((one) => !isWithinWhole(one, asked))).flatMap((one) => fieldFor(found.kind, manifest, one, admission) ?? []);
  const owner = (path: FieldPath) => shown.findLast((field) => field.path.every((step, index) => step === path[index]));
  const fields = shown.map((field) => ({ ...field, problems: problems.filter(({ path }) => owner(path) === field).map(({ message }) => message) }));
  return {
    object: ref,
    docs: found.kind.docs,
    problems: problems.filter(({ path }) => owner(path) === undefined).map(({ message }) => message),
    fields,
  };
}

function distinct(problems: readonly { readonly path: FieldPath; readonly message: Message }[]): typeof problems {
  const seen = new Set<string>();
  return problems.filter(({ path, message }) => {
    const key = JSON.stringify([path, message]);
    return !seen.has(key) && seen.add(key);
  });
}

function listen(kind: Kind, manifest: ManifestObject): { readonly asked: readonly Asked[]; readonly admission: Admission } {
  const byPath = new Map<string, Asked>();
  const admission = watchFields(
    () => kind.read(manifest),
    (one) => {
      const key = formatFieldPath(one.path);
      const known = byPath.get(key);
      // The most telling way in which it was asked for.
      if (known === undefined || (known.as === 'any' && one.as !== 'any') || one.choices.length > known.choices.length) byPath.set(key, one);
    },
  );
  return { asked: [...byPath.values()], admission };
}

/** A label of a map, or a text of a list of texts: shown with the whole. */
function isWithinWhole({ path }: Asked, asked: readonly Asked[]): boolean {
  return asked.some((other) => other.as === 'map' && other.path.length < path.length && other.path.every((step, index) => step === path[index]));
}

/** Below each field what is inside it, in the order in which it is read. */
function inTreeOrder(asked: readonly Asked[]): readonly Asked[] {
  interface Branch {
    own: Asked | null;
    readonly inner: Map<string | number, Branch>;
  }
  const root: Branch = { own: null, inner: new Map() };
  for (const one of asked) {
    let branch = root;
    for (const step of one.path) {
      let next = branch.inner.get(step);
      if (next === undefined) branch.inner.set(step, (next = { own: null, inner: new Map() }));
      branch = next;
    }
    branch.own = one;
  }
  const walk = ({ own, inner }: Branch): readonly Asked[] => [...(own === null ? [] : [own]), ...[...inner.values()].flatMap(walk)];
  return walk(root);
}

function fieldFor(kind: Kind, manifest: ManifestObject, { path, as, choices }: Asked, admission: Admission): FormField | null {
  const pattern = patternOf(path);
  const meaning = meaningOf(kind.kind, pattern);
  if (meaning === null) return null;
  const fresh = freshFor(kind.kind, pattern);
  const written = valueAt(manifest.value, path);
  const type = typeOf(as, choices, fresh);
  return {
    path,
    type,
    meaning,
    choices,
    value: written ?? null,
    default:
      (admission.defaults[formatFieldPath(path)]?.value ?? (written === undefined || type === 'list' ? null : defaultWithout(kind, manifest, path))) || null,
    problems: [],
    fresh,
  };
}

function typeOf(as: AskedAs, choices: readonly string[], fresh: Json): FieldType {
  switch (as) {
    case 'text':
      return choices.length > 0 ? 'choice' : 'text';
    case 'list':
      return typeof fresh === 'string' ? 'texts' : 'list';
    case 'any':
      return typeof fresh === 'number' ? 'number' : 'mapping';
    case 'number':
    case 'number-or-text':
    case 'boolean':
    case 'map':
      return as;
  }
}

/** What the API server would write if nothing stood here: found by reading the object without it. */
function defaultWithout(kind: Kind, manifest: ManifestObject, path: FieldPath): string | null {
  const value = withValue(manifest.value, path, undefined);
  if (!isObject(value) || isList(value)) return null;
  return kind.read({ ...manifest, value: value satisfies JsonObject }).defaults[formatFieldPath(path)]?.value ?? null;
}
