/** From templates to Pods that run somewhere: made, placed, addressed, then switched as a person said. */
import { type Message, msg } from '../../catalogue/message.ts';
import type { Node } from '../kinds/node/node-spec.ts';
import type { Pod } from '../kinds/pod/pod-spec.ts';
import type { Workload } from '../kinds/workload/workload-spec.ts';
import { nameKey, refKey } from '../manifests/object-ref.ts';
import { podAddresses, withPodRanges } from './addresses.ts';
import type { Provenance } from './cluster.ts';
import type { Environment } from './environment.ts';
import { type Ledger, recordFinding } from './ledger.ts';
import { byNamespaceAndName } from './name-order.ts';
import type { Nodes } from './nodes.ts';
import { applyOverrides } from './pod-overrides.ts';
import { schedule } from './scheduling.ts';
import { podsOf } from './workloads.ts';

export interface RunningPods {
  readonly pods: ReadonlyMap<string, Pod>;
  /** Keys of Pods that a person deleted. */
  readonly gone: ReadonlySet<string>;
  /** With the Pod ranges that addresses were given from. */
  readonly nodes: ReadonlyMap<string, Node>;
}

export function runPods(
  written: ReadonlyMap<string, Pod>,
  workloads: ReadonlyMap<string, Workload>,
  { nodes, down }: Nodes,
  environment: Environment,
  ledger: Ledger,
): RunningPods {
  const all = [...podsOf([...written.values()], workloads, nodes, ledger)].sort(byNamespaceAndName);
  const areReady = environment.assume['pods-ready'] !== false;
  const placements = schedule(all, nodes, down);
  const perNode = new Map<string, number>();
  const { scheduledTo, addressFrom } = reasons();
  const placed = all.map((pod, index): Pod => {
    const placement = placements[index]!;
    if (placement.node !== null) {
      if (!pod.spec.hostNetwork) perNode.set(placement.node, (perNode.get(placement.node) ?? 0) + 1);
      if (pod.spec.nodeName === null) ledger.provenance.set(`${refKey(pod.ref)}#spec.nodeName`, scheduledTo(placement.node));
      return { ...pod, node: placement.node };
    }
    // A Pod that no node takes waits: it has no address and serves nothing.
    const waits = pod.status.from === 'synthesized' && pod.spec.nodeName === null;
    return waits ? { ...pod, node: null, status: { ...pod.status, phase: 'Pending', ready: false } } : { ...pod, node: null };
  });
  reportUnplaced(placed, placements, workloads, ledger);
  const ranged = new Map(withPodRanges(nodes, environment, perNode).map((node) => [node.ref.name, node]));
  const addresses = podAddresses(placed, ranged);
  const pods = new Map<string, Pod>();
  const gone = new Set<string>();
  for (const [index, pod] of placed.entries()) {
    const podIPs = addresses[index]!;
    if (pod.status.podIPs.length === 0 && podIPs.length > 0) ledger.provenance.set(`${refKey(pod.ref)}#status.podIP`, addressFrom(pod, ranged));
    // Nobody saw this Pod: it is as ready as its node, and as a person says all such Pods are.
    const ready = pod.status.ready && (pod.status.from !== 'synthesized' || (areReady && (pod.node === null || ranged.get(pod.node)!.ready)));
    const addressed = { ...pod, status: { ...pod.status, podIPs, ready } };
    const switched = applyOverrides(environment, addressed, pod.node !== null && down.has(pod.node));
    const key = nameKey(pod.ref.namespace, pod.ref.name);
    if (switched === null) gone.add(key);
    else pods.set(key, switched);
  }
  return { pods, gone, nodes: ranged };
}

/** Why a Pod has its node and its address: one record per node, shared by its Pods. */
function reasons(): { readonly scheduledTo: (node: string) => Provenance; readonly addressFrom: (pod: Pod, nodes: ReadonlyMap<string, Node>) => Provenance } {
  const byKey = new Map<string, Provenance>();
  const once = (key: string, by: string, why: () => Message): Provenance => {
    let known = byKey.get(key);
    if (known === undefined) byKey.set(key, (known = { by, from: null, why: why(), assumption: null }));
    return known;
  };
  return {
    scheduledTo: (node) => once(`node ${node}`, 'Scheduler', () => msg('provenance.scheduler', { node })),
    addressFrom: (pod, nodes) =>
      pod.spec.hostNetwork
        ? once('host', 'kubelet', () => msg('provenance.host-network'))
        : once(`ip ${pod.node}`, 'kubelet', () => msg('provenance.pod-ip', { node: pod.node ?? '', range: nodes.get(pod.node ?? '')?.podCIDRs ?? [] })),
  };
}

/** One finding per workload, or per Pod that stands alone. */
function reportUnplaced(pods: readonly Pod[], placements: ReturnType<typeof schedule>, workloads: ReadonlyMap<string, Workload>, ledger: Ledger): void {
  const told = new Set<string>();
  for (const [index, pod] of pods.entries()) {
    const placement = placements[index]!;
    if (placement.node !== null || (pod.status.from === 'status' && pod.status.phase === 'Pending')) continue;
    if (pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed') continue;
    const workload = pod.manifest === null && pod.workload !== null ? workloads.get(refKey(pod.workload)) : undefined;
    const object = workload ?? pod;
    if (told.has(refKey(object.ref))) continue;
    told.add(refKey(object.ref));
    const path = workload === undefined ? ['spec'] : ['spec', 'template', 'spec'];
    recordFinding(ledger, 'pod-unschedulable', 'warning', { object, path }, placement.why, ['S1.4.3', 'S4.3.3']);
  }
}
