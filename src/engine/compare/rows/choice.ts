/** What a way needs, what it cannot do, what speaks for it and against it, and when to use it. */
import { msg, type Message } from '../../../catalogue/message.ts';
import { arrives, bestOf, type Trial } from '../column.ts';
import type { Cell, Part, WayId } from '../comparison.ts';
import { balancerOf, serviceIn, takenHops } from '../ways/reading.ts';
import { balancersFor } from './money.ts';
import { tlsEnds } from './packet.ts';
import { advice, byRule, byTrace, type Circumstances, type RowKind } from './row.ts';

export const needs: RowKind = {
  id: 'needs',
  label: () => msg('compare.row.needs'),
  cell: (trial): Cell => {
    const { way, cluster, standing, column } = trial;
    const stated = column.world.length > 0 ? [byRule(msg('compare.needs.what-if', { count: column.world.length }), 'S1.3')] : [];
    switch (way.id) {
      case 'cluster-ip':
        return [byRule(msg('compare.needs.nothing'), 'S17.1')];
      case 'headless':
        return [byRule(msg('compare.needs.headless'), 'S17.1')];
      case 'external-name':
        return [byRule(msg('compare.needs.dns'), 'S6.11')];
      case 'node-port':
        return [
          byRule(
            msg('compare.needs.open-port', { ports: (serviceIn(cluster, standing.service)?.ports ?? []).map(({ nodePort }) => String(nodePort)) }),
            'S7.4.2',
          ),
        ];
      case 'own-proxy':
        return [byRule(msg('compare.needs.own-proxy'), 'S8.5.6'), ...stated];
      case 'load-balancer':
      case 'load-balancer-ip':
      case 'metallb':
        return [provider(trial), ...(way.id === 'load-balancer-ip' ? [byRule(msg('compare.needs.routable-pods'), 'S8.2.7')] : []), ...stated];
      case 'ingress':
      case 'ingress-metallb':
      case 'gateway': {
        const rule = way.id === 'gateway' ? 'S12.1.1' : 'S9.1';
        const carrier = way.carrier(standing, cluster);
        const claimed =
          carrier === null
            ? byRule(msg('compare.needs.no-controller'), rule, 'bad')
            : byRule(msg('compare.needs.controller', { controller: carrier.name }), rule, 'good');
        const types = way.id === 'gateway' ? [byRule(msg('compare.needs.gateway'), rule)] : [];
        return [claimed, ...types, byRule(msg('compare.needs.entry'), 'S17.1'), ...stated];
      }
    }
  },
};

function provider({ cluster, standing }: Trial): Part {
  const balancer = balancerOf(cluster, standing.service);
  return balancer?.state === 'active'
    ? byRule(msg('compare.needs.provider', { product: balancer.product }), 'S8.1.1', 'good')
    : byRule(msg('compare.needs.no-provider'), 'S8.1.1', 'bad');
}

export const cannot: RowKind = {
  id: 'cannot',
  label: () => msg('compare.row.cannot'),
  cell: ({ way }) => {
    if (way.id === 'gateway') return [byRule(msg('compare.cannot.gateway'), 'S17.7')];
    return way.hasController ? [byRule(msg('compare.cannot.ingress'), 'S9.5')] : [byRule(msg('compare.cannot.service'), 'S17.7')];
  },
};

/** Facts of this comparison that a person would want, in the order of weight. */
export const pros: RowKind = {
  id: 'pros',
  label: () => msg('compare.row.pros'),
  cell: (trial, circumstances) => judged(trial, circumstances, 'pro'),
};

export const cons: RowKind = {
  id: 'cons',
  label: () => msg('compare.row.cons'),
  cell: (trial, circumstances) => judged(trial, circumstances, 'con'),
};

function judged(trial: Trial, circumstances: Circumstances, side: 'pro' | 'con'): Cell {
  const found = [...fromTraces(trial), ...fromRules(trial, circumstances)].filter((entry) => entry.side === side).map(({ part }) => part);
  return found.length > 0 ? found : [byRule(msg('compare.judged.nothing'), 'S17.1')];
}

interface Judged {
  readonly side: 'pro' | 'con';
  readonly part: Part;
}

const pro = (part: Part): Judged => ({ side: 'pro', part });
const con = (part: Part): Judged => ({ side: 'con', part });

/** Ways whose clients dial an address of a node; the other addresses outlive every node. */
const DIALS_NODE: ReadonlySet<WayId> = new Set(['node-port', 'own-proxy']);

function fromTraces(trial: Trial): readonly Judged[] {
  const { seen, best, way } = trial;
  const { trace } = bestOf(trial);
  const hops = takenHops(trace);
  const out: Judged[] = [];
  if (arrives(seen.called.trace)) out.push(pro(byTrace(msg('compare.pro.reached'), 'called')));
  else out.push(con(byTrace(msg('compare.con.not-reached'), 'called', takenHops(seen.called.trace).at(-1)?.id ?? null)));
  const sources = trace.branches.flatMap(({ backend }) => backend?.source.kind ?? []);
  if (sources.length > 0) {
    const isKept = sources.every((kind) => kind === 'preserved');
    out.push(
      isKept
        ? pro(byTrace(msg('compare.pro.client-address'), best, hops.at(-1)?.id ?? null))
        : con(byTrace(msg('compare.con.client-address'), best, hops.at(-1)?.id ?? null)),
    );
  }
  const ends = tlsEnds(trace);
  if (ends !== null && ends.kind !== 'pod' && arrives(trace)) out.push(pro(byTrace(msg('compare.pro.tls', { who: ends.actor.component }), best, ends.id)));
  if (seen['node-down'] !== undefined && !arrives(seen['node-down'].trace))
    out.push(con(byTrace(DIALS_NODE.has(way.id) ? msg('compare.con.node') : msg('compare.con.node-pods'), 'node-down')));
  return out;
}

function fromRules(trial: Trial, circumstances: Circumstances): readonly Judged[] {
  const { way, cluster, standing } = trial;
  const out: Judged[] = [];
  const count = balancersFor(trial, circumstances.services);
  if (way.hasController) {
    const isGateway = way.id === 'gateway';
    out.push(
      pro(byRule(isGateway ? msg('compare.pro.gateway') : msg('compare.pro.host-path'), isGateway ? 'S12.5' : 'S9.5')),
      con(byRule(msg('compare.con.controller'), 'S9.1')),
    );
    if (!isGateway) out.push(con(byRule(msg('compare.con.http-only'), 'S9.12')));
    if (circumstances.services > 1) out.push(pro(byRule(msg('compare.pro.shared', { count: circumstances.services }), 'S17.1')));
  } else if (count > 1) out.push(con(byRule(msg('compare.con.each', { count }), 'S8.1.3')));
  if (!way.hasController && count === 0 && way.id !== 'own-proxy') out.push(pro(byRule(msg('compare.pro.free'), 'S17.5')));
  if (way.id === 'node-port') {
    const ports = (serviceIn(cluster, standing.service)?.ports ?? []).map(({ nodePort }) => String(nodePort));
    out.push(pro(byRule(msg('compare.pro.no-cloud'), 'S7.4.1')), con(byRule(msg('compare.con.high-port', { ports }), 'S4.6.1')));
  }
  if (way.id === 'load-balancer-ip') out.push(pro(byRule(msg('compare.pro.one-hop-less'), 'S8.2.7')));
  if (way.id === 'headless') out.push(pro(byRule(msg('compare.pro.each-pod'), 'S6.1')), con(byRule(msg('compare.con.client-balances'), 'S6.2')));
  if (way.id === 'external-name') out.push(con(byRule(msg('compare.con.host-header'), 'S6.11')));
  if (!way.hasController && !way.insideOnly) out.push(con(byRule(msg('compare.con.no-routing'), 'S17.1')));
  return out;
}

const USE: Readonly<Record<WayId, Message>> = {
  'cluster-ip': msg('compare.use.cluster-ip'),
  headless: msg('compare.use.headless'),
  'node-port': msg('compare.use.node-port'),
  'load-balancer': msg('compare.use.load-balancer'),
  'load-balancer-ip': msg('compare.use.load-balancer-ip'),
  'external-name': msg('compare.use.external-name'),
  ingress: msg('compare.use.ingress'),
  gateway: msg('compare.use.gateway'),
  'own-proxy': msg('compare.use.own-proxy'),
  metallb: msg('compare.use.metallb'),
  'ingress-metallb': msg('compare.use.ingress-metallb'),
};

export const use: RowKind = { id: 'use', label: () => msg('compare.row.use'), cell: ({ way }) => [advice(USE[way.id])] };

const AVOID: Readonly<Record<WayId, Message>> = {
  'cluster-ip': msg('compare.avoid.cluster-ip'),
  headless: msg('compare.avoid.headless'),
  'node-port': msg('compare.avoid.node-port'),
  'load-balancer': msg('compare.avoid.load-balancer'),
  'load-balancer-ip': msg('compare.avoid.load-balancer-ip'),
  'external-name': msg('compare.avoid.external-name'),
  ingress: msg('compare.avoid.ingress'),
  gateway: msg('compare.avoid.gateway'),
  'own-proxy': msg('compare.avoid.own-proxy'),
  metallb: msg('compare.avoid.metallb'),
  'ingress-metallb': msg('compare.avoid.ingress'),
};

export const avoid: RowKind = { id: 'avoid', label: () => msg('compare.row.avoid'), cell: ({ way }) => [advice(AVOID[way.id])] };
