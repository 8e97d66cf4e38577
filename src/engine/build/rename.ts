/** Another name, or another namespace, for an object: everything that names it follows. */
import { msg, type Message } from '../../catalogue/message.ts';
import { kinds } from '../kinds/index.ts';
import { matchesLabels } from '../cluster/selectors.ts';
import type { ManifestObject } from '../manifests/document.ts';
import { type ObjectRef, refKey } from '../manifests/object-ref.ts';
import { formatFieldPath } from '../manifests/source.ts';
import type { Workspace } from '../manifests/workspace.ts';
import { mentionsOf, renameMentions } from './references.ts';
import { behind, serviceAt, servicesIn, type Site, surveySite } from './site.ts';
import { setObjectField } from './text-edits.ts';

export type Renamed = { readonly workspace: Workspace; readonly object: ObjectRef; readonly said: Message } | { readonly refused: Message };

export function renameObject(site: Site, ref: ObjectRef, name: string): Renamed {
  const object = site.written.get(refKey(ref));
  if (object === undefined) return { refused: notWritten(site, ref) };
  if (name === ref.name) return { refused: msg('build.refused.same-name', { object: name }) };
  const to = { ...ref, name };
  if (site.written.has(refKey(to))) return { refused: msg('build.refused.name-taken', { kind: ref.kind, name }) };
  let workspace = setObjectField(site.workspace, object, ['metadata', 'name'], name);
  const why = whyNotNamed(surveySite(workspace, site.manifests), to);
  if (why !== null) return { refused: why };
  workspace = renameMentions(site, workspace, ref, to);
  if (ref.kind === 'Namespace') workspace = moveAllOf(site, workspace, ref.name, name);
  return { workspace, object: to, said: msg('build.said.renamed', { from: ref.name, to: name }) };
}

/** What the API server says of a name. */
function whyNotNamed(site: Site, ref: ObjectRef): Message | null {
  const isOfName = (path: readonly (string | number)[]) => ['metadata.name', 'metadata.namespace'].includes(formatFieldPath(path));
  return site.cluster.rejections.find(({ object, path }) => refKey(object) === refKey(ref) && isOfName(path))?.message ?? null;
}

export function notWritten(site: Site, ref: ObjectRef): Message {
  const made = behind(site, ref);
  return refKey(made) === refKey(ref)
    ? msg('build.refused.not-written', { kind: ref.kind, object: ref.name })
    : msg('build.refused.made-by', { object: ref.name, kind: made.kind, maker: made.name });
}

function moveAllOf(site: Site, workspace: Workspace, from: string, to: string): Workspace {
  let out = workspace;
  for (const object of site.manifests.objects) {
    if (object.ref.namespace !== from) continue;
    out = setObjectField(out, object, ['metadata', 'namespace'], to);
    out = renameMentions(site, out, object.ref, { ...object.ref, namespace: to });
  }
  return out;
}

const NAMESPACED = new Set(kinds.filter(({ namespaced }) => namespaced).map(({ kind }) => kind));

/** Into another namespace. What cannot follow, because its kind knows no other namespace than its own, is told. */
export function moveObject(site: Site, ref: ObjectRef, namespace: string): Renamed {
  const object = site.written.get(refKey(ref));
  if (object === undefined) return { refused: notWritten(site, ref) };
  if (!NAMESPACED.has(ref.kind)) return { refused: msg('build.refused.no-namespace', { kind: ref.kind }) };
  if (namespace === ref.namespace) return { refused: msg('build.refused.same-namespace', { object: ref.name, namespace }) };
  const to = { ...ref, namespace };
  if (site.written.has(refKey(to))) return { refused: msg('build.refused.name-taken', { kind: ref.kind, name: ref.name }) };
  const left = leftBehind(site, object);
  let workspace = setObjectField(site.workspace, object, ['metadata', 'namespace'], namespace === 'default' ? undefined : namespace);
  const why = whyNotNamed(surveySite(workspace, site.manifests), to);
  if (why !== null) return { refused: why };
  workspace = renameMentions(site, workspace, ref, to);
  return {
    workspace,
    object: to,
    said: left.length === 0 ? msg('build.said.moved', { object: ref.name, namespace }) : msg('build.said.moved-breaks', { object: ref.name, namespace, left }),
  };
}

/** Objects that are joined with this one and can be only within one namespace. */
function leftBehind(site: Site, object: ManifestObject): readonly string[] {
  const { ref } = object;
  const joined = new Set<string>();
  for (const { by, namespace } of mentionsOf(site, ref)) if (namespace === null && by.ref.namespace === ref.namespace) joined.add(refKey(by.ref));
  for (const other of site.written.values()) {
    if (other.ref.namespace !== ref.namespace || refKey(other.ref) === refKey(ref)) continue;
    if (mentionsOf(site, other.ref).some(({ by, namespace }) => namespace === null && refKey(by.ref) === refKey(ref))) joined.add(refKey(other.ref));
  }
  const labels = site.cluster.workloads.get(refKey(ref))?.template.labels;
  if (labels !== undefined) {
    for (const service of servicesIn(site, ref.namespace))
      if (service.selector !== null && matchesLabels(labels, service.selector)) joined.add(refKey(service.ref));
  }
  const selector = ref.kind === 'Service' ? (serviceAt(site, ref)?.selector ?? null) : null;
  if (selector !== null) {
    for (const workload of site.cluster.workloads.values()) {
      if (workload.ref.namespace === ref.namespace && workload.manifest !== null && matchesLabels(workload.template.labels, selector))
        joined.add(refKey(workload.ref));
    }
  }
  return [...joined];
}
