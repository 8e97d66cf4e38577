/**
 * What policies say of a whole request in one word: of every connection of its way, and of the connection that it asks
 * for where something else ends the way before a policy could (a Pod address that no route from outside leads to).
 */
import type { Cluster } from '../../cluster/cluster.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import type { Flow } from '../../trace/flow.ts';
import type { PolicyPassage } from '../../trace/hop.ts';
import type { Trace } from '../../trace/trace.ts';
import { dialOf } from '../client/dial.ts';
import { firstPacket } from '../client/first-packet.ts';
import { senderOf } from '../client/origin.ts';
import { NO_MEMORY } from '../../trace/memory.ts';
import { endAt, podEnd, type End } from './connection.ts';
import { evaluate, isDenied } from './evaluate.ts';
import { passageOf } from './policy-hop.ts';

export interface PolicySummary {
  readonly verdict: 'allowed' | 'denied';
  /** Sides that policies isolate, in the order in which the request meets them. */
  readonly egress: readonly PolicyPassage[];
  readonly ingress: readonly PolicyPassage[];
}

export function policySummary(cluster: Cluster, trace: Trace): PolicySummary {
  const met = trace.hops.flatMap(({ policies }) => policies);
  const isBlocked = trace.branches.some(({ blockedBy }) => blockedBy.length > 0);
  const passages = met.length > 0 ? met : passagesOfDirect(cluster, trace.flow);
  const isDeniedUnmet = met.length === 0 && passages.some(({ verdict }) => verdict === 'denied');
  return {
    verdict: isBlocked || isDeniedUnmet ? 'denied' : 'allowed',
    egress: passages.filter(({ direction }) => direction === 'egress'),
    ingress: passages.filter(({ direction }) => direction === 'ingress'),
  };
}

/** The connection from the client straight to the address it dials, whether or not anything carries it there. */
function passagesOfDirect(cluster: Cluster, flow: Flow): readonly PolicyPassage[] {
  const sender = senderOf(cluster, flow.from);
  const dial = dialOf(cluster, flow);
  if (!('client' in sender) || dial.kind === 'nothing') return [];
  const { client } = sender;
  const { src, dst, protocol } = firstPacket(flow, client, NO_MEMORY, dial);
  const to: End = flow.connectTo?.kind === 'pod' ? podAt(cluster, nameKey(flow.connectTo.namespace, flow.connectTo.name), dst.ip) : endAt(cluster, dst.ip);
  const from: End = client.pod === null ? endAt(cluster, src.ip) : podEnd(client.pod, src.ip);
  const { egress, ingress } = evaluate(cluster, { from, to, protocol, port: Number(dst.port), masqueraded: false });
  return [egress, ingress].filter((side) => side.isolatedBy.length > 0 || isDenied(side)).map(passageOf);
}

function podAt(cluster: Cluster, key: string, ip: string): End {
  const pod = cluster.pods.get(key);
  return pod === undefined ? endAt(cluster, ip) : podEnd(pod, ip);
}
