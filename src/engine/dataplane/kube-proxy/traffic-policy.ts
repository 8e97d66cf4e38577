/**
 * Whether the cluster set or the local set applies, after `internalTrafficPolicy`, `externalTrafficPolicy` and the
 * short-circuits for traffic from Pods and from the node itself (S7.2.3, S7.3).
 */
import type { Cluster } from '../../cluster/cluster.ts';
import { chosen, IPVS_NO_LOCAL, type OpenPoint, POD_FROM_ELSEWHERE } from '../../cluster/open-points.ts';
import type { Node } from '../../kinds/node/node-spec.ts';
import { isInCidr, isLoopback } from '../network/ip-text.ts';
import type { EndpointSets } from './endpoint-selection.ts';
import type { Frontend } from './frontends.ts';
import { isAddressOf } from './node-address.ts';

/** What the rules can tell about a sender from its address alone. */
type SourceClass = 'pod' | 'node' | 'other';

export interface PolicyDecision {
  readonly set: 'cluster' | 'local';
  readonly policy: 'Cluster' | 'Local';
  /** The field that holds the policy. */
  readonly field: 'internalTrafficPolicy' | 'externalTrafficPolicy';
  /** Why `Local` does not bind this packet. */
  readonly shortCircuit: 'pod' | 'node' | 'ipvs' | null;
  readonly source: SourceClass;
  /** What upstream leaves open and acted here. */
  readonly open: readonly OpenPoint[];
}

type Entered = 'network' | 'pod' | 'local';

export function decidePolicy(cluster: Cluster, node: Node, frontend: Frontend, sourceIP: string, entered: Entered): PolicyDecision {
  const seen = classify(cluster, node, sourceIP);
  const isElsewhere = seen === 'pod' && entered === 'network' && frontend.kind !== 'cluster-ip';
  const source = isElsewhere && chosen(cluster.environment, POD_FROM_ELSEWHERE) === 'outside' ? 'other' : seen;
  const { internalTrafficPolicy, externalTrafficPolicy } = frontend.service;
  if (frontend.kind === 'cluster-ip') {
    const policy = internalTrafficPolicy ?? 'Cluster';
    return { set: policy === 'Local' ? 'local' : 'cluster', policy, field: 'internalTrafficPolicy', shortCircuit: null, source, open: [] };
  }
  const policy = externalTrafficPolicy ?? 'Cluster';
  const shortCircuit = policy === 'Local' ? shortCircuitFor(cluster, source) : null;
  const set = policy === 'Local' && shortCircuit === null ? 'local' : 'cluster';
  const open = isElsewhere && policy === 'Local' ? [POD_FROM_ELSEWHERE] : [];
  return { set, policy, field: 'externalTrafficPolicy', shortCircuit, source, open };
}

/**
 * IPVS gives a virtual server without a local endpoint those of other nodes, and leaves the source as it is. What sets
 * out on this node gets its replies back here; what came in from the network does not (S7.3, U7).
 */
export function withIpvsFallback(cluster: Cluster, decision: PolicyDecision, { local }: EndpointSets, entered: Entered): PolicyDecision {
  const falls = cluster.environment.proxyMode === 'ipvs' && decision.field === 'externalTrafficPolicy' && decision.set === 'local' && local.length === 0;
  if (!falls) return decision;
  if (entered !== 'network') return { ...decision, set: 'cluster', shortCircuit: 'ipvs' };
  const forwards = chosen(cluster.environment, IPVS_NO_LOCAL) === 'forwarded';
  return { ...decision, ...(forwards && { set: 'cluster', shortCircuit: 'ipvs' }), open: [...decision.open, IPVS_NO_LOCAL] };
}

/** Traffic that starts inside would otherwise depend on where its own node's Pods are. IPVS has no rule for that. */
function shortCircuitFor(cluster: Cluster, source: SourceClass): PolicyDecision['shortCircuit'] {
  const { detectLocal, proxyMode } = cluster.environment;
  if (proxyMode === 'ipvs') return null;
  if (source === 'pod') return detectLocal ? 'pod' : null;
  return source === 'node' ? 'node' : null;
}

/** A Pod is told by the Pod CIDRs of the cluster, or by owning the address. */
function classify(cluster: Cluster, node: Node, ip: string): SourceClass {
  if (isLoopback(ip) || isAddressOf(node, ip)) return 'node';
  if (cluster.addressOwners.get(ip)?.kind === 'pod') return 'pod';
  return cluster.environment.podCIDR.some((cidr) => isInCidr(ip, cidr)) ? 'pod' : 'other';
}
