/**
 * What the workload controllers make of templates (S1.4.1, S1.4.2): Deployment, ReplicaSet, StatefulSet, DaemonSet and
 * Job become Pods named `<workload>-<index>`. Pods that were pasted suppress the synthesis of their owner's.
 * https://kubernetes.io/docs/concepts/workloads/controllers/
 */
import { msg } from '../../catalogue/message.ts';
import type { Node } from '../kinds/node/node-spec.ts';
import type { Pod, PodSpec, PodStatus } from '../kinds/pod/pod-spec.ts';
import type { Workload, WorkloadKind } from '../kinds/workload/workload-spec.ts';
import { nameKey, type ObjectRef, refKey } from '../manifests/object-ref.ts';
import { type Ledger, recordFinding } from './ledger.ts';
import { isEligible } from './scheduling.ts';

/** More Pods of one workload than this are not made: a stray zero in `replicas` must not stop the page. */
const MOST_PODS = 20_000;

/** What a Pod that nobody has seen is assumed to be (S1.4.5). */
export const ASSUMED_STATUS: PodStatus = {
  phase: 'Running',
  podIPs: [],
  ready: true,
  terminating: false,
  listensOnLocalhostOnly: false,
  from: 'synthesized',
};

/** Pasted Pods with their owner as a person knows it, then the Pods that controllers would make. */
export function podsOf(pasted: readonly Pod[], workloads: ReadonlyMap<string, Workload>, nodes: readonly Node[], ledger: Ledger): readonly Pod[] {
  const suppressed = new Set<string>();
  const taken = new Set<string>();
  const seen = new Map<string, Pod[]>();
  const pods: Pod[] = [];
  for (const pod of pasted) {
    const owners = ownersOf(pod, workloads);
    // Pods that kubectl only printed are some of those that the controller makes, not all of them.
    if (!standsInTemplate(pod)) for (const owner of owners) suppressed.add(refKey(owner));
    else for (const owner of owners) seen.set(refKey(owner), [...(seen.get(refKey(owner)) ?? []), pod]);
    taken.add(nameKey(pod.ref.namespace, pod.ref.name));
    pods.push({ ...pod, workload: owners.at(-1) ?? pod.workload });
  }
  for (const workload of workloads.values()) {
    if (workload.ref.kind === 'CronJob' || suppressed.has(refKey(workload.ref))) continue;
    // A ReplicaSet whose Deployment was pasted beside it: the Deployment's template speaks for both.
    const owner = controllerOf(workload);
    if (owner !== null && workloads.has(refKey(owner)) && owner.kind !== 'CronJob') continue;
    const top = owner ?? workload.ref;
    for (const pod of withoutSeen(synthesize(workload, top, nodes, ledger), seen.get(refKey(workload.ref)) ?? [])) {
      const key = nameKey(pod.ref.namespace, pod.ref.name);
      if (taken.has(key)) continue;
      taken.add(key);
      pods.push(pod);
    }
  }
  return pods;
}

/** Its fields stand in the template of its workload, for no text of its own holds it (`sighted-pods.ts`). */
const standsInTemplate = ({ manifest }: Pod) => manifest?.root.at(-1) === 'template';

/** One Pod less for each that was seen: that of its name, else on its node, else the last. */
function withoutSeen(made: readonly Pod[], seen: readonly Pod[]): readonly Pod[] {
  const left = [...made];
  for (const { ref, spec } of seen) {
    const byName = left.findIndex((pod) => pod.ref.name === ref.name);
    const byNode = spec.nodeName === null ? -1 : left.findIndex((pod) => pod.spec.nodeName === spec.nodeName);
    left.splice(byName !== -1 ? byName : byNode !== -1 ? byNode : left.length - 1, 1);
  }
  return left;
}

/** The Pod's owners from the nearest to the workload that a person wrote: ReplicaSet, then Deployment. */
function ownersOf(pod: Pod, workloads: ReadonlyMap<string, Workload>): readonly ObjectRef[] {
  const nearest = controllerOf(pod);
  if (nearest === null) return [];
  const above = workloads.get(refKey(nearest));
  if (above !== undefined) {
    const top = controllerOf(above);
    return top === null ? [nearest] : [nearest, top];
  }
  // The ReplicaSet was not pasted: its name is the Deployment's and the hash that the Pod carries as a label.
  const hash = pod.metadata.labels['pod-template-hash'];
  if (nearest.kind === 'ReplicaSet' && hash !== undefined && nearest.name.endsWith(`-${hash}`)) {
    return [nearest, { kind: 'Deployment', namespace: nearest.namespace, name: nearest.name.slice(0, -hash.length - 1) }];
  }
  return [nearest];
}

function controllerOf(object: Pod | Workload): ObjectRef | null {
  const { owners, namespace } = object.metadata;
  const owner = owners.find(({ controller }) => controller) ?? owners[0];
  return owner === undefined ? null : { kind: owner.kind, namespace, name: owner.name };
}

const MAKER: Readonly<Record<Exclude<WorkloadKind, 'CronJob'>, string>> = {
  // The Deployment controller makes a ReplicaSet, whose controller makes the Pods.
  Deployment: 'ReplicaSet controller',
  ReplicaSet: 'ReplicaSet controller',
  ReplicationController: 'ReplicationController controller',
  StatefulSet: 'StatefulSet controller',
  DaemonSet: 'DaemonSet controller',
  Job: 'Job controller',
};

function synthesize(workload: Workload, top: ObjectRef, nodes: readonly Node[], ledger: Ledger): readonly Pod[] {
  const { kind, namespace, name } = workload.ref;
  if (kind === 'CronJob') return [];
  const { template } = workload;
  const placed = kind === 'DaemonSet' ? nodes.filter((node) => isEligible(node, template.spec)).map((node) => node.ref.name) : null;
  const wanted = placed === null ? Math.max(0, Math.trunc(workload.replicas)) : placed.length;
  if (wanted > MOST_PODS) {
    const message = msg('cluster.too-many-pods', { workload: refKey(workload.ref), wanted, made: MOST_PODS });
    recordFinding(ledger, 'too-many-pods', 'info', { object: workload, path: ['spec', 'replicas'] }, message, ['S1.4.1']);
  }
  const from = { object: workload.ref, path: workload.manifest === null ? [] : ['spec', 'template'] };
  const why =
    kind === 'StatefulSet'
      ? msg('provenance.stateful-set', { owner: refKey(top) })
      : kind === 'DaemonSet'
        ? msg('provenance.daemon-set', { owner: refKey(top) })
        : msg('provenance.template', { owner: refKey(top) });
  // Pods of a workload that was only inferred rest on the same assumption.
  const assumption = ledger.provenance.get(refKey(workload.ref))?.assumption ?? null;
  const provenance = { by: MAKER[kind], from, why, assumption };
  const owners = [{ kind, name, controller: true }];
  const pods: Pod[] = [];
  for (let index = 0; index < Math.min(wanted, MOST_PODS); index++) {
    const ordinal = kind === 'StatefulSet' ? workload.ordinalsStart + index : index;
    const podName = `${name}-${ordinal}`;
    const ref = { kind: 'Pod', namespace, name: podName };
    const pod: Pod = {
      ref,
      metadata: {
        name: podName,
        namespace,
        labels: labelsOf(workload, podName, ordinal),
        annotations: template.annotations,
        creationTimestamp: workload.metadata.creationTimestamp,
        deletionTimestamp: null,
        owners,
      },
      manifest: null,
      order: workload.order,
      spec: specOf(workload, podName, placed?.[index] ?? null),
      status: ASSUMED_STATUS,
      synthesized: true,
      workload: top,
      node: null,
    };
    pods.push(pod);
    ledger.provenance.set(refKey(ref), provenance);
  }
  return pods;
}

/** Controllers add labels of their own, by which some Services select single Pods. */
function labelsOf(workload: Workload, podName: string, ordinal: number): Readonly<Record<string, string>> {
  const { labels } = workload.template;
  switch (workload.ref.kind) {
    case 'StatefulSet':
      return { ...labels, 'statefulset.kubernetes.io/pod-name': podName, 'apps.kubernetes.io/pod-index': String(ordinal) };
    case 'Job':
      return { ...labels, 'batch.kubernetes.io/job-name': workload.ref.name, 'job-name': workload.ref.name };
    case 'Deployment':
    case 'ReplicaSet':
    case 'ReplicationController':
    case 'DaemonSet':
    case 'CronJob':
      return labels;
  }
}

function specOf(workload: Workload, podName: string, nodeName: string | null): PodSpec {
  const { spec } = workload.template;
  // S5.9: the StatefulSet controller gives every Pod its own name in the domain of the governing Service.
  if (workload.ref.kind === 'StatefulSet') return { ...spec, hostname: podName, subdomain: workload.serviceName };
  return nodeName === null ? spec : { ...spec, nodeName };
}
