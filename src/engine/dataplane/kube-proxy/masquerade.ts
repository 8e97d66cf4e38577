/**
 * Whether kube-proxy replaces the source address, and by what (S7.5). The node that translates puts its own address
 * there, so that replies return to it and can be translated back.
 */
import type { Cluster } from '../../cluster/cluster.ts';
import { nodeAddress } from '../../cluster/nodes.ts';
import type { Node } from '../../kinds/node/node-spec.ts';
import type { RuleId } from '../../manifests/finding.ts';
import type { SocketAddress } from '../../trace/packet.ts';
import type { IpFamily } from '../../manifests/ip.ts';
import type { Frontend } from './frontends.ts';
import { nodeAddresses } from './node-address.ts';
import type { PolicyDecision } from './traffic-policy.ts';

type MasqueradeReason = 'external' | 'node-source' | 'not-a-pod' | 'masquerade-all' | 'hairpin';

/** Why packets of this frontend and source are masqueraded, whichever endpoint is chosen; null: the source stays. */
export function masqueradeReason(cluster: Cluster, frontend: Frontend, decision: PolicyDecision): Exclude<MasqueradeReason, 'hairpin'> | null {
  const { masqueradeAll, detectLocal } = cluster.environment;
  if (frontend.kind === 'cluster-ip') {
    if (masqueradeAll) return 'masquerade-all';
    // Without a way to tell Pods from others, kube-proxy leaves every source as it is.
    if (!detectLocal || decision.source === 'pod') return null;
    return decision.source === 'node' ? 'node-source' : 'not-a-pod';
  }
  if (decision.policy === 'Cluster') return 'external';
  return decision.shortCircuit === 'node' ? 'node-source' : null;
}

/** The node's InternalIP of the family (S7.5.14); the kernel may choose any source port (S7.5.17). */
export function masqueraded(node: Node, family: IpFamily): SocketAddress | null {
  const ip = nodeAddress(node, family) ?? nodeAddresses(node)[0]?.ip;
  return ip === undefined ? null : { ip, port: '*' };
}

/** The row of S7.5 that applies. */
export function masqueradeRule(frontend: Frontend, decision: PolicyDecision, reason: MasqueradeReason | null): RuleId {
  switch (reason) {
    case 'hairpin':
      return 'S7.5.2';
    case 'masquerade-all':
      return 'S7.5.16';
    case 'not-a-pod':
      return 'S7.5.13';
    case 'node-source':
      return frontend.kind === 'cluster-ip' ? 'S7.5.3' : 'S7.5.8';
    case 'external':
      if (decision.source === 'pod') return 'S7.5.6';
      if (decision.source === 'node') return 'S7.5.8';
      return frontend.kind === 'node-port' ? 'S7.5.4' : 'S7.5.9';
    case null:
      if (frontend.kind === 'cluster-ip') return 'S7.5.1';
      if (decision.source === 'pod') return 'S7.5.7';
      if (decision.source === 'node') return 'S7.5.8';
      return frontend.kind === 'node-port' ? 'S7.5.5' : 'S7.5.9';
  }
}
