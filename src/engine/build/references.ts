/** Where the texts name an object: fields of other objects, names inside the cluster's DNS, and keys of our own document. */
import { kinds } from '../kinds/index.ts';
import type { Json, ManifestObject } from '../manifests/document.ts';
import { isList, isObject } from '../manifests/json.ts';
import { nameKey, type ObjectRef, refKey } from '../manifests/object-ref.ts';
import { parseManifests } from '../manifests/parse.ts';
import type { FieldPath } from '../manifests/source.ts';
import { setScenarioField } from '../manifests/scenario-text.ts';
import type { Workspace } from '../manifests/workspace.ts';
import { scenarioValue } from './scenario.ts';
import type { Site } from './site.ts';
import { setObjectField, valueAt } from './text-edits.ts';

export interface Mention {
  readonly by: ManifestObject;
  /** The field that holds the name. */
  readonly name: FieldPath;
  /** The field that holds the namespace, where the reference can state one. */
  readonly namespace: FieldPath | null;
}

const byKind = new Map(kinds.map((kind) => [kind.kind, kind]));

/** Fields of accepted objects that name this one. */
export function mentionsOf(site: Site, ref: ObjectRef): readonly Mention[] {
  const key = refKey(ref);
  return [...site.accepted.values()].flatMap((object) => {
    const by = object.manifest;
    if (by === null) return [];
    const references = byKind.get(object.ref.kind)?.references(object) ?? [];
    return references.filter(({ to }) => refKey(to) === key).map(({ path }) => mentionAt(by, path));
  });
}

/** A reference ends at the name, or at the mapping that holds it. */
function mentionAt(by: ManifestObject, path: FieldPath): Mention {
  const holder = isObject(valueAt(by.value, path)) ? path : path.slice(0, -1);
  const name = holder === path ? [...path, 'name'] : path;
  const namespace = [...holder, 'namespace'];
  const canBeElsewhere = valueAt(by.value, namespace) !== undefined || /Refs?$/.test(holder.findLast((step) => typeof step === 'string') ?? '');
  return { by, name, namespace: canBeElsewhere && holder.length > 1 ? namespace : null };
}

/** The workspace in which every place that named one object names the other. Fields of the object itself are not looked at. */
export function renameMentions(site: Site, workspace: Workspace, from: ObjectRef, to: ObjectRef): Workspace {
  let out = workspace;
  for (const { by, name, namespace } of mentionsOf(site, from)) {
    if (from.name !== to.name) out = setObjectField(out, by, name, to.name);
    const stated = namespace === null ? undefined : valueAt(by.value, namespace);
    if (namespace !== null && from.namespace !== to.namespace && (stated !== undefined || by.ref.namespace !== to.namespace)) {
      out = setObjectField(out, by, namespace, to.namespace);
    }
  }
  if (from.kind === 'Service') out = renameInDns(site, out, from, to);
  return renameInScenario(site, out, from, to);
}

/** ExternalName Services may stand for it by its name in the cluster's DNS. */
function renameInDns(site: Site, workspace: Workspace, from: ObjectRef, to: ObjectRef): Workspace {
  let out = workspace;
  const suffix = new RegExp(`(^|\\.)${from.name}\\.${from.namespace}(?=\\.svc(?:\\.|$))`);
  for (const { externalName, manifest } of site.cluster.services.values()) {
    if (manifest === null || externalName === null || !suffix.test(externalName)) continue;
    out = setObjectField(out, manifest, ['spec', 'externalName'], externalName.replace(suffix, `$1${to.name}.${to.namespace}`));
  }
  return out;
}

/** Every key and text of our own document that names the object, its Pods, or the box it is on the map. */
function renameInScenario(site: Site, workspace: Workspace, from: ObjectRef, to: ObjectRef): Workspace {
  const spec = scenarioValue(site, ['spec']);
  if (!isObject(spec)) return workspace;
  let out = workspace;
  for (const change of changesIn(spec, ['spec'], renamer(from, to))) {
    // A key moves by being taken away and set anew; both are small edits.
    if (change.key !== null) out = setScenarioField(out, change.path, undefined);
    out = setScenarioField(out, change.key === null ? change.path : [...change.path.slice(0, -1), change.key], change.value);
  }
  return out;
}

/** What our own document says of an object that is deleted goes with it: its place on the map, its switches, names that lead to it. */
export function forgetInScenario(site: Site, workspace: Workspace, ref: ObjectRef): Workspace {
  const spec = scenarioValue(site, ['spec']);
  if (!isObject(spec)) return workspace;
  // No object can have this name, so every word that would change is about the one that goes.
  const gone = changesIn(spec, ['spec'], renamer(ref, { ...ref, name: '' })).flatMap(({ path, key }) => {
    // What is assumed of a name may be about another object of that name.
    if (key !== null) return path[2] === 'assume' ? [] : [path];
    return path[2] === 'publicDNS' ? [path.slice(0, 4)] : [];
  });
  return gone.reduce((texts, path) => {
    const own = parseManifests(texts).objects.find(({ apiVersion, ref: { kind } }) => kind === 'Scenario' && apiVersion === 'podpath.dev/v1');
    return own === undefined ? texts : setObjectField(texts, own, path, undefined);
  }, workspace);
}

interface Change {
  readonly path: FieldPath;
  /** The new key; null where only the value is another. */
  readonly key: string | null;
  readonly value: Json;
}

type Renamer = (word: string, path: FieldPath) => string;

function changesIn(value: Json, path: FieldPath, rename: Renamer): readonly Change[] {
  if (typeof value === 'string') {
    const renamed = rename(value, path);
    return renamed === value ? [] : [{ path, key: null, value: renamed }];
  }
  if (isList(value)) return value.flatMap((item, index) => changesIn(item, [...path, index], rename));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const renamed = rename(key, path);
    return renamed === key ? changesIn(inner, [...path, key], rename) : [{ path: [...path, key], key: renamed, value: inner }];
  });
}

const RUNS_PODS: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job', 'CronJob', 'Pod']);

/** What a word of our own document becomes, by where it stands. */
function renamer(from: ObjectRef, to: ObjectRef): Renamer {
  const [before, after] = [nameKey(from.namespace, from.name), nameKey(to.namespace, to.name)];
  const isWorkload = RUNS_PODS.has(from.kind);
  return (word, path) => {
    const places = path.map(String);
    const last = places.at(-1) ?? '';
    if (last === 'arrangement') return renameBox(word, from.kind, before, after);
    if (last === 'assume') return word.replace(/^(?:pods|service|secret|namespace|controller):/, '') === before ? word.replace(before, after) : word;
    if (last === 'url' && from.kind === 'Service') return renameHost(word, from, to);
    if (from.kind === 'Node') return (places[2] === 'nodes' && last === 'name') || last === 'node' ? (word === from.name ? to.name : word) : word;
    if (isWorkload && (last === 'pods' || last === 'pod')) return renamePod(word, before, after);
    if (isWorkload && (last === 'deployment' || last === 'workload')) return word === before ? after : word;
    if (from.kind === 'Service' && (last === 'service' || last === 'loadBalancers')) return word === before ? after : word;
    if (from.kind === 'Gateway' && last === 'gateway') return word === before ? after : word;
    if (from.kind === 'Ingress' && last === 'ingress') return word === before ? after : word;
    return word;
  };
}

/** Boxes of the map are called by what they are and the name of their object: `service:shop/api`. */
function renameBox(box: string, kind: string, before: string, after: string): string {
  const [, what = '', key = ''] = /^([a-z-]+:)(.*)$/s.exec(box) ?? [];
  const isItsOwn = { Service: ['service:', 'lb:'], Ingress: ['ingress:'], Node: ['node:'] }[kind]?.includes(what) ?? (RUNS_PODS.has(kind) && what === 'pod:');
  return isItsOwn ? what + renamePod(key, before, after) : box;
}

/** The Pods of a workload are numbered. */
function renamePod(word: string, before: string, after: string): string {
  if (word === before) return after;
  return word.startsWith(`${before}-`) && /^(?:\d+|\*)$/.test(word.slice(before.length + 1)) ? after + word.slice(before.length) : word;
}

function renameHost(url: string, from: ObjectRef, to: ObjectRef): string {
  const [, scheme = '', host = '', rest = ''] = /^([a-z]+:\/\/)?([^/:?#]*)(.*)$/s.exec(url) ?? [];
  const qualified = new RegExp(`(^|\\.)${from.name}\\.${from.namespace}(?=$|\\.svc(?:\\.|$))`);
  if (qualified.test(host)) return scheme + host.replace(qualified, `$1${to.name}.${to.namespace}`) + rest;
  return host === from.name ? scheme + (from.namespace === to.namespace ? to.name : `${to.name}.${to.namespace}`) + rest : url;
}
