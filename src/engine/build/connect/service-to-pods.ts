/** A Service selects the Pods of a workload: its selector and, where they would not fit, its ports are written. */
import { msg } from '../../../catalogue/message.ts';
import type { ContainerPort } from '../../kinds/pod/pod-spec.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import type { Labels } from '../../cluster/selectors.ts';
import { matchesLabels } from '../../cluster/selectors.ts';
import type { ManifestObject } from '../../manifests/document.ts';
import { nameKey, type ObjectRef, refKey } from '../../manifests/object-ref.ts';
import type { Workspace } from '../../manifests/workspace.ts';
import { podLabelsOf } from '../pod-labels.ts';
import { portsFor, reaches } from '../ports.ts';
import { serviceAt, type Site } from '../site.ts';
import { setObjectField } from '../text-edits.ts';
import { type Connected, type Connection, isSameNamespace, RUNS_PODS } from './connection.ts';

export const serviceToPods: Connection = { from: ['Service'], to: RUNS_PODS, connect };

function connect(site: Site, from: ObjectRef, to: ObjectRef): Connected {
  const service = serviceAt(site, from);
  const target = targetOf(site, to);
  if (service?.manifest == null || target === null) return { refused: msg('build.refused.unknown', { object: to.name }) };
  if (!isSameNamespace(from, to)) return { refused: msg('build.refused.selector-namespace', { service: from.name, target: to.name }) };
  if (service.type === 'ExternalName') return { refused: msg('build.refused.external-name-selects', { service: from.name }) };
  if (target.labels === null) return { refused: msg('build.refused.no-labels', { target: to.name }) };
  const isSelected = service.selector !== null && matchesLabels(target.podLabels, service.selector);
  let workspace = isSelected ? site.workspace : withSelector(site.workspace, service.manifest, service.selector ?? {}, target.labels);
  workspace = withPorts(workspace, service, service.manifest, target.ports);
  const set = site.written.get(refKey(to));
  if (service.headless && to.kind === 'StatefulSet' && set !== undefined && target.serviceName === null) {
    workspace = setObjectField(workspace, set, ['spec', 'serviceName'], from.name);
  }
  if (workspace === site.workspace) return { refused: msg('build.refused.connected', { from: from.name, to: to.name }) };
  return { workspace, said: msg('build.said.selects', { service: from.name, target: to.name }) };
}

interface Target {
  /** The labels that tell its Pods from others; null where it has none. */
  readonly labels: Labels | null;
  readonly podLabels: Labels;
  readonly ports: readonly ContainerPort[];
  readonly serviceName: string | null;
}

function targetOf(site: Site, to: ObjectRef): Target | null {
  if (to.kind === 'Pod') {
    const pod = site.cluster.pods.get(nameKey(to.namespace, to.name));
    if (pod === undefined) return null;
    const { labels } = pod.metadata;
    return { labels: podLabelsOf(site, to), podLabels: labels, ports: pod.spec.containers.flatMap(({ ports }) => ports), serviceName: null };
  }
  const workload = site.cluster.workloads.get(refKey(to));
  if (workload === undefined) return null;
  const { template, serviceName } = workload;
  return { labels: podLabelsOf(site, to), podLabels: template.labels, ports: template.spec.containers.flatMap(({ ports }) => ports), serviceName };
}

const isEmpty = (labels: Labels) => Object.keys(labels).length === 0;

/** Label by label where some stand already, so that those that fit stay untouched. */
function withSelector(workspace: Workspace, service: ManifestObject, before: Labels, labels: Labels): Workspace {
  if (isEmpty(before)) return setObjectField(workspace, service, ['spec', 'selector'], { ...labels });
  let out = workspace;
  for (const [key, value] of Object.entries(labels)) if (before[key] !== value) out = setObjectField(out, service, ['spec', 'selector', key], value);
  for (const key of Object.keys(before)) if (!Object.hasOwn(labels, key)) out = setObjectField(out, service, ['spec', 'selector', key], undefined);
  return out;
}

/** Ports that a person wrote stay; only a single one that ends nowhere is pointed at what the containers declare. */
function withPorts(workspace: Workspace, service: Service, manifest: ManifestObject, declared: readonly ContainerPort[]): Workspace {
  if (declared.length === 0 || service.ports.some((port) => reaches(port, declared))) return workspace;
  const [only] = service.ports;
  if (only === undefined || service.ports.length > 1)
    return only === undefined ? setObjectField(workspace, manifest, ['spec', 'ports'], [...portsFor(declared, service.headless)]) : workspace;
  const [entry] = portsFor(declared.slice(0, 1), service.headless);
  let out = workspace;
  for (const field of ['port', 'protocol', 'targetPort']) {
    // A port that was placed and never changed takes the usual one of what it stands for.
    if (field === 'port' && only.port !== 80) continue;
    const value = entry?.[field];
    if (value !== undefined) out = setObjectField(out, manifest, ['spec', 'ports', 0, field], value);
  }
  return out;
}
