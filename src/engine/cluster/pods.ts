/** From templates to Pods that run somewhere: made, placed, addressed, then switched as a person said. */
import { msg } from '../../catalogue/message.ts';
import type { Node } from '../kinds/node/node-spec.ts';
import type { Pod } from '../kinds/pod/pod-spec.ts';
import type { Workload } from '../kinds/workload/workload-spec.ts';
import { nameKey, refKey } from '../manifests/object-ref.ts';
import { podAddresses, withPodRanges } from './addresses.ts';
import type { Environment } from './environment.ts';
import { type Ledger, recordFinding, recordProvenance } from './ledger.ts';
import { byNamespaceAndName } from './name-order.ts';
import type { Nodes } from './nodes.ts';
import { applyOverrides } from './pod-overrides.ts';
import { schedule } from './scheduling.ts';
import { podsOf } from './workloads.ts';

export interface RunningPods {
  readonly pods: ReadonlyMap<string, Pod>;
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
  const placed = all.map((pod, index): Pod => {
    const placement = placements[index]!;
    if (placement.node !== null) {
      if (!pod.spec.hostNetwork) perNode.set(placement.node, (perNode.get(placement.node) ?? 0) + 1);
      if (pod.spec.nodeName === null) {
        const why = msg('provenance.scheduler', { node: placement.node });
        recordProvenance(
          ledger,
          { object: pod.ref, path: ['spec', 'nodeName'] },
          'Scheduler',
          why,
          pod.workload === null ? null : { object: pod.workload, path: [] },
        );
      }
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
  for (const [index, pod] of placed.entries()) {
    const podIPs = addresses[index]!;
    if (pod.status.podIPs.length === 0 && podIPs.length > 0) {
      const why = pod.spec.hostNetwork
        ? msg('provenance.host-network')
        : msg('provenance.pod-ip', { node: pod.node ?? '', range: ranged.get(pod.node ?? '')?.podCIDRs ?? [] });
      recordProvenance(ledger, { object: pod.ref, path: ['status', 'podIP'] }, 'kubelet', why);
    }
    const ready = pod.status.ready && (areReady || pod.status.from !== 'synthesized');
    const addressed = { ...pod, status: { ...pod.status, podIPs, ready } };
    const switched = applyOverrides(environment, addressed, pod.node !== null && down.has(pod.node));
    if (switched !== null) pods.set(nameKey(pod.ref.namespace, pod.ref.name), switched);
  }
  return { pods, nodes: ranged };
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
