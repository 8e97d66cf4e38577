/** The taken way in a few words: who the request meets, one stop per hop. */
import { msg, type Message } from '../../catalogue/message.ts';
import type { Hop } from '../trace/hop.ts';
import { isDelivered } from '../trace/outcome.ts';
import type { Trace } from '../trace/trace.ts';
import type { MiniPath, Tone } from './comparison.ts';
import { takenHops } from './ways/reading.ts';

export function miniPath(trace: Trace): MiniPath {
  const hops = takenHops(trace);
  const outcome = trace.branches[trace.taken]?.outcome;
  return {
    stops: [{ hop: null, label: clientLabel(trace) }, ...hops.map((hop) => ({ hop: hop.id, label: labelOf(hop) }))],
    arrives: outcome !== undefined && isDelivered(outcome),
  };
}

/** How a request ends as a whole; `bad` where any of its ways fails. */
export function resultOf(trace: Trace): Tone {
  return trace.branches.every(({ outcome }) => isDelivered(outcome)) ? 'good' : 'bad';
}

function clientLabel({ flow }: Trace): Message {
  switch (flow.from.kind) {
    case 'external':
      return msg('compare.stop.user');
    case 'pod':
    case 'workload':
      return msg('compare.stop.client-pod');
    case 'node':
      return msg('compare.stop.client-node');
  }
}

function labelOf({ kind, object }: Hop): Message {
  switch (kind) {
    case 'dns':
      return msg('compare.stop.dns');
    case 'load-balancer':
      return msg('compare.stop.load-balancer');
    case 'kube-proxy':
      return msg('compare.stop.node');
    case 'ingress-controller':
    case 'gateway':
      // Of a cloud's own, the load balancer is the proxy.
      return object?.kind === 'Ingress' ? msg('compare.stop.load-balancer') : msg('compare.stop.proxy');
    case 'pod':
      return msg('compare.stop.pod');
    case 'node':
      return msg('compare.stop.node');
    case 'network':
      return msg('compare.stop.network');
    case 'network-policy':
      return msg('compare.stop.policy');
    case 'external':
      return msg('compare.stop.outside');
  }
}
