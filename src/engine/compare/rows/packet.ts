/** What happens to the packet on its way: who decides at which layer, what the Pod sees, where TLS ends. */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { RuleId } from '../../manifests/finding.ts';
import type { Hop, Layer } from '../../trace/hop.ts';
import type { SourceAddressKind, Trace } from '../../trace/trace.ts';
import { arrives, bestOf, type Trial } from '../column.ts';
import type { Cell, Part, WayId } from '../comparison.ts';
import { serviceIn, takenHops } from '../ways/reading.ts';
import { byRule, byTrace, type RowKind } from './row.ts';

const DECIDING = new Set<Hop['kind']>(['dns', 'load-balancer', 'kube-proxy', 'ingress-controller', 'gateway']);
const HEIGHT: Readonly<Record<Layer, number>> = { DNS: 0, L3: 1, L4: 2, L7: 3 };

export const layer: RowKind = {
  id: 'layer',
  label: () => msg('compare.row.layer'),
  cell: (trial) => {
    const { trace } = bestOf(trial);
    const deciding = takenHops(trace).filter(({ kind }) => DECIDING.has(kind));
    const highest = deciding.toSorted((a, b) => HEIGHT[b.layer] - HEIGHT[a.layer])[0];
    if (highest === undefined) return [byTrace(msg('compare.layer.none'), trial.best)];
    const names = deciding.filter((hop) => hop.layer === highest.layer).map(({ actor }) => actor.component);
    const args = { who: [...new Set(names)] };
    const message =
      highest.layer === 'DNS'
        ? msg('compare.layer.dns')
        : highest.layer === 'L7'
          ? msg('compare.layer.l7', args)
          : highest.layer === 'L4'
            ? msg('compare.layer.l4', args)
            : msg('compare.layer.l3', args);
    return [byTrace(message, trial.best, highest.id)];
  },
};

/** Addresses that one cell spells out. */
const SPELT = 2;

export const source: RowKind = {
  id: 'source',
  label: () => msg('compare.row.source'),
  cell: (trial) => {
    const { trace } = bestOf(trial);
    const reached = trace.branches.filter(({ backend }) => backend !== null);
    const hop = reached[0]?.hops.at(-1) ?? null;
    if (reached.length === 0) return [byTrace(msg('compare.source.none'), trial.best, takenHops(trace).at(-1)?.id ?? null, 'bad')];
    const byKind = new Map<SourceAddressKind, Set<string>>();
    for (const { backend } of reached) {
      const { kind, ip } = backend!.source;
      byKind.set(kind, (byKind.get(kind) ?? new Set()).add(ip));
    }
    const parts: Part[] = [...byKind].map(([kind, ips]) => byTrace(sourceText(kind, [...ips]), trial.best, hop, kind === 'preserved' ? 'good' : 'plain'));
    const forwarded = reached[0]!.backend!.request?.headers['x-forwarded-for'];
    if (forwarded !== undefined) parts.push(byTrace(msg('compare.source.forwarded', { address: forwarded }), trial.best, hop));
    const service = serviceIn(trial.cluster, trial.standing.service);
    if (byKind.has('node') && isFrontend(trial) && service?.externalTrafficPolicy === 'Cluster') parts.push(byRule(msg('compare.source.local'), 'S7.5.5'));
    return parts;
  },
};

/** Whether clients come straight to the ports that `externalTrafficPolicy` is about. */
const isFrontend = ({ way }: Trial): boolean => !way.insideOnly && !way.hasController;

function sourceText(kind: SourceAddressKind, ips: readonly string[]): Message {
  const address = ips.length > SPELT ? `${ips.slice(0, SPELT).join(', ')}, …` : ips.join(', ');
  switch (kind) {
    case 'preserved':
      return msg('compare.source.client', { address });
    case 'node':
      return msg('compare.source.node', { address });
    case 'controller':
      return msg('compare.source.controller', { address });
    case 'load-balancer':
      return msg('compare.source.load-balancer', { address });
  }
}

export const tls: RowKind = {
  id: 'tls',
  label: () => msg('compare.row.tls'),
  cell: (trial) => [where(trial), capability(trial)],
};

/** Where the encrypted part of the way ends. */
function where(trial: Trial): Part {
  const { trace } = bestOf(trial);
  const ends = tlsEnds(trace);
  if (ends === null) return byTrace(msg('compare.tls.none'), trial.best);
  if (ends.kind === 'pod' || ends.kind === 'external')
    return byTrace(arrives(trace) ? msg('compare.tls.pod') : msg('compare.tls.broken'), trial.best, ends.id, arrives(trace) ? 'plain' : 'bad');
  return byTrace(
    arrives(trace) ? msg('compare.tls.at', { who: ends.actor.component }) : msg('compare.tls.broken'),
    trial.best,
    ends.id,
    arrives(trace) ? 'plain' : 'bad',
  );
}

/** The last hop to which the client’s own session comes; null for a request without TLS. */
export function tlsEnds(trace: Trace): Hop | null {
  const carried = takenHops(trace).filter(({ kind }) => kind !== 'dns');
  if (carried[0]?.before.tls.mode !== 'tls') return null;
  const plainFrom = carried.findIndex(({ before }) => before.tls.mode === 'none');
  // A proxy that encrypts again opens a session of its own: the client’s ended there.
  const proxy = carried.findIndex(({ kind }) => kind === 'ingress-controller' || kind === 'gateway');
  const ends = [plainFrom - 1, proxy, carried.length - 1].filter((index) => index >= 0);
  return carried[Math.min(...ends)] ?? null;
}

function capability({ way }: Trial): Part {
  if (way.hasController) return byRule(msg('compare.tls.can-controller'), 'S9.8');
  if (way.id === 'load-balancer' || way.id === 'load-balancer-ip') return byRule(msg('compare.tls.can-load-balancer'), 'S8.7');
  return byRule(msg('compare.tls.can-not'), 'S14.2');
}

const ROUTING: Readonly<Record<WayId, readonly [Message, RuleId]>> = {
  'cluster-ip': [msg('compare.routing.port'), 'S7.1.3'],
  headless: [msg('compare.routing.name'), 'S6.1'],
  'node-port': [msg('compare.routing.port'), 'S7.1.3'],
  'load-balancer': [msg('compare.routing.port'), 'S8.1.3'],
  'load-balancer-ip': [msg('compare.routing.port'), 'S8.1.3'],
  'external-name': [msg('compare.routing.name'), 'S6.11'],
  ingress: [msg('compare.routing.host-path'), 'S9.5'],
  gateway: [msg('compare.routing.gateway'), 'S12.5'],
  'own-proxy': [msg('compare.routing.proxy'), 'S8.5.6'],
  metallb: [msg('compare.routing.port'), 'S8.5.5'],
  'ingress-metallb': [msg('compare.routing.host-path'), 'S9.5'],
};

export const routing: RowKind = {
  id: 'routing',
  label: () => msg('compare.row.routing'),
  cell: (trial): Cell => {
    const hop = takenHops(bestOf(trial).trace).find(({ kind }) => kind === 'ingress-controller' || kind === 'gateway');
    // A route of TCP or UDP looks at nothing inside the stream.
    if (hop?.kind === 'gateway' && hop.layer !== 'L7') return [byRule(msg('compare.routing.listener'), 'S12.12.4')];
    const [message, rule] = ROUTING[trial.way.id];
    const path = hop?.consulted.find(({ label }) => label !== undefined)?.label;
    return hop === undefined || path === undefined
      ? [byRule(message, rule)]
      : [byRule(message, rule), byTrace(msg('compare.routing.here', { path }), trial.best, hop.id)];
  },
};
