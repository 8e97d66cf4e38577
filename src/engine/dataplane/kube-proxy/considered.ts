/** Every endpoint of the Service port, with its share or with why it gets nothing. */
import type { Message } from '../../../catalogue/message.ts';
import { msg } from '../../../catalogue/message.ts';
import type { Cluster, Endpoint } from '../../cluster/cluster.ts';
import type { RuleId } from '../../manifests/finding.ts';
import { formatSocket } from '../../trace/packet.ts';
import type { ConsideredChoice } from '../component.ts';
import type { EndpointSets } from './endpoint-selection.ts';
import { readinessOf } from '../readiness.ts';
import { isUsable } from './endpoint-selection.ts';
import type { Frontend } from './frontends.ts';
import { keyOf } from './service-hop.ts';
import type { PolicyDecision } from './traffic-policy.ts';

/** Endpoints left out are told up to this number; possible ones always all. */
const MOST_EXCLUDED = 50;

export function considerEndpoints(
  cluster: Cluster,
  frontend: Frontend,
  decision: PolicyDecision,
  sets: EndpointSets,
  endpoints: readonly Endpoint[],
  remembered: Endpoint | null,
): readonly ConsideredChoice[] {
  const possible = new Set(sets[decision.set]);
  const taken: ConsideredChoice[] = [];
  const excluded: ConsideredChoice[] = [];
  for (const endpoint of endpoints) {
    const what = describe(endpoint);
    if (!possible.has(endpoint)) excluded.push({ what, result: 'excluded', ...exclusion(endpoint, decision, sets), ...readinessOf(cluster, endpoint) });
    else if (remembered === null) taken.push({ what, ...share(possible.size) });
    else if (remembered === endpoint) taken.push({ what, result: 'taken', why: msg('kube-proxy.considered.remembered'), probability: 1, rules: ['S7.7.1'] });
    else taken.push({ what, result: 'lost', why: msg('kube-proxy.considered.not-remembered'), rules: ['S7.7.1'] });
  }
  const inSlices = new Set(endpoints.map(({ pod }) => pod));
  for (const { pod, why, rule } of cluster.excludedPods.get(keyOf(frontend.service)) ?? []) {
    if (!inSlices.has(pod)) excluded.push({ what: msg('kube-proxy.considered.excluded-pod', { pod }), result: 'excluded', why, rules: [rule] });
  }
  return [...taken, ...excluded.slice(0, MOST_EXCLUDED)];
}

function share(count: number): Pick<ConsideredChoice, 'result' | 'why' | 'probability' | 'rules'> {
  return count === 1
    ? { result: 'taken', why: msg('kube-proxy.considered.only'), probability: 1, rules: ['S7.6.1'] }
    : { result: 'possible', why: msg('kube-proxy.considered.share', { count }), probability: 1 / count, rules: ['S7.6.1'] };
}

/** `shop/api-0` at `10.244.1.7:8080` on `node-a`. */
function describe(found: Endpoint): Message {
  const endpoint = formatSocket(found);
  const { pod, node } = found;
  if (pod === null) return node === null ? msg('kube-proxy.considered.endpoint', { endpoint }) : msg('kube-proxy.considered.endpoint-on', { endpoint, node });
  return node === null ? msg('kube-proxy.considered.pod', { pod, endpoint }) : msg('kube-proxy.considered.pod-on', { pod, endpoint, node });
}

function exclusion(endpoint: Endpoint, decision: PolicyDecision, sets: EndpointSets): { readonly why: Message; readonly rules: readonly RuleId[] } {
  if (!isUsable(endpoint)) return { why: msg(endpoint.terminating ? 'kube-proxy.considered.stopped' : 'kube-proxy.considered.not-ready'), rules: ['S7.2.5'] };
  const { field } = decision;
  // A local endpoint that serves while it terminates loses against ready local ones, like any of the cluster set.
  const isLocal = sets.local.some(({ node }) => node === endpoint.node);
  if (decision.set === 'local' && !isLocal) {
    if (endpoint.node === null) return { why: msg('kube-proxy.considered.no-node', { field }), rules: ['S7.2.2'] };
    return { why: msg('kube-proxy.considered.other-node', { field }), rules: ['S7.2.2'] };
  }
  if (!endpoint.ready) return { why: msg('kube-proxy.considered.terminating'), rules: ['S7.2.1'] };
  return sets.topology === 'node'
    ? { why: msg('kube-proxy.considered.other-hint', { nodes: endpoint.hints.forNodes }), rules: ['S7.2.4'] }
    : { why: msg('kube-proxy.considered.other-zone', { zones: endpoint.hints.forZones }), rules: ['S7.2.4'] };
}
