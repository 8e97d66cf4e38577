/**
 * Building by hand: every action on the map or in a form becomes edits of the texts, which stay the only document. An
 * action that is not possible says why. Pure; nothing throws on what a person wrote.
 */
import { build as words } from '../../catalogue/en/build.ts';
import { learnWords } from '../../catalogue/known-words.ts';
import { msg, type Message } from '../../catalogue/message.ts';
import type { Json, Manifests } from '../manifests/document.ts';
import { type ObjectRef, refKey } from '../manifests/object-ref.ts';
import { setScenarioField } from '../manifests/scenario-text.ts';
import type { FieldPath } from '../manifests/source.ts';
import type { Workspace } from '../manifests/workspace.ts';
import type { RequestDraft } from '../trace/request-draft.ts';
import { components } from './components/index.ts';
import { CLIENT } from './connect/connection.ts';
import { connect, connectionTargets, servedByPod, standsFor, type Target } from './connect/index.ts';
import { type Form, formOf } from './form/form.ts';
import { duplicateObject } from './duplicate.ts';
import { moveObject, notWritten, renameObject } from './rename.ts';
import { forgetInScenario } from './references.ts';
import { type Site, surveySite } from './site.ts';
import { SWITCH_SAID, type Switch, switchOver, type Toggle, togglesOf } from './toggles.ts';
import { appendDocuments, removeObject, setObjectField } from './text-edits.ts';

learnWords(words);

export type BuildAction =
  /** `file` is the one that is open; `onto` what the component was dropped on, `beside` what is selected. */
  | { readonly kind: 'add'; readonly component: string; readonly file: string; readonly onto: ObjectRef | null; readonly beside: ObjectRef | null }
  | { readonly kind: 'connect'; readonly from: ObjectRef; readonly to: ObjectRef }
  | { readonly kind: 'delete'; readonly object: ObjectRef }
  | { readonly kind: 'rename'; readonly object: ObjectRef; readonly name: string }
  | { readonly kind: 'move'; readonly object: ObjectRef; readonly namespace: string }
  | { readonly kind: 'duplicate'; readonly object: ObjectRef }
  /** `undefined` takes the field away. */
  | { readonly kind: 'set'; readonly object: ObjectRef; readonly path: FieldPath; readonly value: Json | undefined }
  /** Puts a box of the map so far below its computed place, in px; `null` for all boxes returns to the computed map. */
  | { readonly kind: 'arrange'; readonly boxes: Readonly<Record<string, number>> | null }
  | { readonly kind: 'switch'; readonly object: ObjectRef; readonly switch: Switch; readonly isOn: boolean };

export type Built =
  | {
      readonly workspace: Workspace;
      /** What it is about afterwards: selected on the map, its form open. */
      readonly object: ObjectRef | null;
      /** A request that it stands for; the request bar takes it over. */
      readonly request: RequestDraft | null;
      readonly said: Message;
    }
  | { readonly refused: Message };

/** `known` only saves time: documents that did not change are not read again. */
export function build(workspace: Workspace, action: BuildAction, known?: Manifests): Built {
  const site = surveySite(workspace, known);
  switch (action.kind) {
    case 'add':
      return add(site, action);
    case 'connect': {
      const connected = connect(site, action.from, action.to);
      if ('refused' in connected) return connected;
      return { object: null, request: null, ...connected };
    }
    case 'delete':
      return remove(site, action.object);
    case 'rename':
      return about(renameObject(site, standsFor(site, action.object), action.name.trim()));
    case 'move':
      return about(moveObject(site, standsFor(site, action.object), action.namespace.trim()));
    case 'duplicate':
      return about(duplicateObject(site, standsFor(site, action.object)));
    case 'set':
      return set(site, standsFor(site, action.object), action.path, action.value);
    case 'arrange':
      return arrange(workspace, action.boxes);
    case 'switch':
      return {
        workspace: switchOver(site, action.object, action.switch, action.isOn),
        object: action.object,
        request: null,
        said: action.isOn ? SWITCH_SAID[action.switch] : msg('build.switch.off', { object: action.object.name }),
      };
  }
}

function about(renamed: ReturnType<typeof renameObject>): Built {
  return 'refused' in renamed ? renamed : { request: null, ...renamed };
}

function add(site: Site, { component: id, file, onto, beside }: Extract<BuildAction, { kind: 'add' }>): Built {
  const component = components.find((one) => one.id === id);
  if (component === undefined) return { refused: msg('build.refused.unknown', { object: id }) };
  const spot = { namespace: namespaceFor(site, file, onto ?? beside), onto };
  const { documents = [], scenario = [], object, request = null } = component.place(site, spot);
  let workspace = documents.length === 0 ? site.workspace : appendDocuments(site.workspace, file, documents);
  for (const { path, value } of scenario) workspace = setScenarioField(workspace, path, value);
  const said = object === null ? msg('build.said.stated') : msg('build.said.added', { kind: object.kind, name: object.name });
  // Dropped on something it can be joined to, it is joined at once, in whichever direction makes sense.
  if (onto !== null && object !== null) {
    const grown = surveySite(workspace, site.manifests);
    for (const [from, to] of [
      [object, onto],
      [onto, object],
    ] as const) {
      const joined = connect(grown, from, to);
      if (!('refused' in joined) && joined.request === undefined) return { workspace: joined.workspace, object, request, said: joined.said };
    }
  }
  return { workspace, object, request: request ?? invited(workspace, object, site.manifests), said };
}

const INVITING: ReadonlySet<string> = new Set(['Ingress', 'Service', 'Gateway', 'HTTPRoute', 'GRPCRoute', 'TLSRoute']);

/** The request from outside that a new object invites, if it invites one. */
function invited(workspace: Workspace, object: ObjectRef | null, known: Manifests): RequestDraft | null {
  if (object === null || !INVITING.has(object.kind)) return null;
  const asked = connect(surveySite(workspace, known), CLIENT, object);
  return 'refused' in asked ? null : (asked.request ?? null);
}

/** Beside what it belongs to; else where the objects of the open file are, and of the other files. */
function namespaceFor(site: Site, file: string, near: ObjectRef | null): string {
  if (near?.kind === 'Namespace') return near.name;
  if (near !== null && near.namespace !== '') return near.namespace;
  const namespaced = site.manifests.objects.filter(({ ref }) => ref.namespace !== '');
  const own = namespaced.findLast((object) => object.file === file) ?? namespaced.at(-1);
  const declared = site.manifests.objects.findLast(({ ref }) => ref.kind === 'Namespace');
  return own?.ref.namespace ?? declared?.ref.name ?? 'default';
}

function remove(site: Site, ref: ObjectRef): Built {
  const object = site.written.get(refKey(ref));
  if (object === undefined) return { refused: notWritten(site, ref) };
  const workspace = forgetInScenario(site, removeObject(site.workspace, object), ref);
  return { workspace, object: null, request: null, said: msg('build.said.deleted', { kind: ref.kind, name: ref.name }) };
}

function set(site: Site, ref: ObjectRef, path: FieldPath, value: Json | undefined): Built {
  const object = site.written.get(refKey(ref));
  if (object === undefined) return { refused: notWritten(site, ref) };
  return { workspace: setObjectField(site.workspace, object, path, value), object: ref, request: null, said: msg('build.said.set', { object: ref.name }) };
}

function arrange(workspace: Workspace, boxes: Readonly<Record<string, number>> | null): Built {
  const path = ['spec', 'arrangement'];
  const arranged =
    boxes === null
      ? setScenarioField(workspace, path, undefined)
      : Object.entries(boxes).reduce((texts, [box, down]) => setScenarioField(texts, [...path, box], down === 0 ? undefined : Math.round(down)), workspace);
  return { workspace: arranged, object: null, request: null, said: boxes === null ? msg('build.said.tidied') : msg('build.said.arranged') };
}

export interface PaletteEntry {
  readonly id: string;
  readonly section: (typeof components)[number]['section'];
  readonly picture: string;
  readonly title: Message;
  readonly about: Message;
}

/** What can be placed, in the order in which it is shown. */
export function palette(): readonly PaletteEntry[] {
  return components.map(({ id, section, picture, title, about }) => ({ id, section, picture, title, about }));
}

/** What can be done with one object of the map. */
export interface InHand {
  /** The object of the texts that stands for it: of a Pod that a workload made, the workload. */
  readonly object: ObjectRef;
  readonly isWritten: boolean;
  /** Of a Pod of an Ingress controller: the Ingresses whose rules it follows. */
  readonly serves: readonly ObjectRef[];
  /** Null where it is not written, or not read field by field. */
  readonly form: Form | null;
  readonly toggles: readonly Toggle[];
  readonly targets: readonly Target[];
}

export function takeInHand(workspace: Workspace, ref: ObjectRef, known?: Manifests): InHand {
  const site = surveySite(workspace, known);
  const object = standsFor(site, ref);
  return {
    object,
    isWritten: site.written.has(refKey(object)),
    serves: servedByPod(site, ref),
    form: formOf(site, object),
    toggles: togglesOf(site, ref),
    targets: connectionTargets(site, ref),
  };
}
