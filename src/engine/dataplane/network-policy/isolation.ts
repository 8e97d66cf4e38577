/** Which policies isolate a Pod, per direction (S13.1, S13.2, S13.14). Their order means nothing; they stand by name. */
import type { Cluster } from '../../cluster/cluster.ts';
import type { NetworkPolicy, PolicyRule } from '../../kinds/network-policy/network-policy-spec.ts';
import type { Pod } from '../../kinds/pod/pod-spec.ts';
import { selectorMatches } from '../../kinds/workload/label-selector.ts';
import type { Direction } from './connection.ts';

type Isolation = Readonly<Record<Direction, readonly NetworkPolicy[]>>;

/** Clusters never change, and every connection asks. */
const remembered = new WeakMap<Cluster, Map<Pod, Isolation>>();

/** Empty for a Pod that is not isolated in this direction: then everything may pass. */
export function isolatedBy(cluster: Cluster, pod: Pod, direction: Direction): readonly NetworkPolicy[] {
  let known = remembered.get(cluster);
  if (known === undefined) remembered.set(cluster, (known = new Map()));
  let isolation = known.get(pod);
  if (isolation === undefined) known.set(pod, (isolation = isolationOf(cluster, pod)));
  return isolation[direction];
}

function isolationOf(cluster: Cluster, pod: Pod): Isolation {
  const selecting = [...cluster.networkPolicies.values()].filter(
    ({ ref, podSelector }) => ref.namespace === pod.ref.namespace && selectorMatches(podSelector, pod.metadata.labels),
  );
  return {
    ingress: selecting.filter(({ policyTypes }) => policyTypes.includes('Ingress')),
    egress: selecting.filter(({ policyTypes }) => policyTypes.includes('Egress')),
  };
}

export function rulesOf(policy: NetworkPolicy, direction: Direction): readonly PolicyRule[] {
  return direction === 'ingress' ? policy.ingress : policy.egress;
}
