/** What an edit by hand looks at: the texts, the objects they give, and the cluster these would settle into. */
import { buildCluster } from '../cluster/build-cluster.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { admit } from '../kinds/admit.ts';
import type { ApiObject } from '../kinds/kind.ts';
import type { Service } from '../kinds/service/service-spec.ts';
import type { Workload } from '../kinds/workload/workload-spec.ts';
import type { ManifestObject, Manifests } from '../manifests/document.ts';
import { nameKey, type ObjectRef, refKey } from '../manifests/object-ref.ts';
import { parseManifests } from '../manifests/parse.ts';
import type { Workspace } from '../manifests/workspace.ts';

export interface Site {
  readonly workspace: Workspace;
  readonly manifests: Manifests;
  readonly cluster: Cluster;
  /** Objects that the API server would take, by `refKey`; none that an inference or a controller made. */
  readonly accepted: ReadonlyMap<string, ApiObject>;
  /** Every object of the texts by `refKey`; of two with one name the later, which holds. */
  readonly written: ReadonlyMap<string, ManifestObject>;
}

/** `known` only saves time: documents that did not change are not read again. */
export function surveySite(workspace: Workspace, known?: Manifests): Site {
  const manifests = parseManifests(workspace, known);
  return {
    workspace,
    manifests,
    cluster: buildCluster(manifests),
    accepted: new Map(admit(manifests).objects.map((object) => [refKey(object.ref), object])),
    written: new Map(manifests.objects.map((object) => [refKey(object.ref), object])),
  };
}

/** The object of the texts behind one on the map: a Pod that a workload made stands for the workload. */
export function behind(site: Site, ref: ObjectRef): ObjectRef {
  if (ref.kind !== 'Pod' || site.written.has(refKey(ref))) return ref;
  const workload = site.cluster.pods.get(nameKey(ref.namespace, ref.name))?.workload ?? null;
  return workload !== null && site.written.has(refKey(workload)) ? workload : ref;
}

export function serviceAt(site: Site, ref: ObjectRef): Service | null {
  const service = site.cluster.services.get(nameKey(ref.namespace, ref.name));
  return service !== undefined && service.manifest !== null ? service : null;
}

/** Workloads that keep Pods running and stand in the texts. */
export function workloadsIn(site: Site, namespace: string): readonly Workload[] {
  return [...site.cluster.workloads.values()].filter(({ ref, manifest }) => ref.namespace === namespace && manifest !== null && RUNNING.has(ref.kind));
}

const RUNNING: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController']);

export function servicesIn(site: Site, namespace: string): readonly Service[] {
  return [...site.cluster.services.values()].filter(({ ref, manifest }) => ref.namespace === namespace && manifest !== null);
}
