/**
 * A connection as a network plugin sees it where a policy applies: after Services were translated, with the source
 * address that is on the packet there (S13.8).
 */
import type { Cluster } from '../../cluster/cluster.ts';
import { NAME_LABEL } from '../../kinds/namespace/namespace.ts';
import type { Pod } from '../../kinds/pod/pod-spec.ts';
import type { Protocol } from '../../trace/packet.ts';

export type Direction = 'ingress' | 'egress';

export type End =
  | { readonly kind: 'pod'; readonly pod: Pod; readonly ip: string }
  /** `node`: whose address it is, if it is a node's. */
  | { readonly kind: 'address'; readonly ip: string; readonly node: string | null };

export interface Connection {
  readonly from: End;
  readonly to: End;
  readonly protocol: Protocol;
  /** On the destination: the Pod's own port. 0 for ICMP. */
  readonly port: number;
  /** The source is the address of a node that put its own there (S7.5), not of who sent. */
  readonly masqueraded: boolean;
}

/** Who stands behind an address. A Pod on the host network has its node's: seen from outside it is the node. */
export function endAt(cluster: Cluster, ip: string): End {
  const owner = cluster.addressOwners.get(ip);
  const pod = owner?.kind === 'pod' ? cluster.pods.get(owner.pod) : undefined;
  if (pod !== undefined) return { kind: 'pod', pod, ip };
  return { kind: 'address', ip, node: owner?.kind === 'node' ? owner.node : null };
}

export function podEnd(pod: Pod, ip: string): End {
  return { kind: 'pod', pod, ip };
}

export function podKey({ ref }: Pod): string {
  return `${ref.namespace}/${ref.name}`;
}

/** As written, with the label that every namespace carries (S2.10). */
export function namespaceLabels(cluster: Cluster, name: string): Readonly<Record<string, string>> {
  return cluster.namespaces.get(name)?.metadata.labels ?? { [NAME_LABEL]: name };
}
