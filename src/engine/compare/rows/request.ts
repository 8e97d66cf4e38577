/** What becomes of the request as it stands, and what the client has to call to take a way. */
import { msg, type Message } from '../../../catalogue/message.ts';
import { formatSocket } from '../../trace/packet.ts';
import { readRequest } from '../../trace/request.ts';
import type { Trace } from '../../trace/trace.ts';
import { arrives, bestOf, type Trial } from '../column.ts';
import type { Cell, Part, WayId } from '../comparison.ts';
import { reaches, type Target } from '../target.ts';
import { balancerOf, dialled, takenHops } from '../ways/reading.ts';
import { byRule, byTrace, endOf, lastHop, type RowKind } from './row.ts';

export const asked: RowKind = {
  id: 'asked',
  label: () => msg('compare.row.asked'),
  cell: ({ seen, way, standing, situation, cluster }) => {
    const { trace } = seen.asked;
    const end = endOf('asked', seen.asked);
    const notes: Part[] = [];
    if (!way.takes(trace, standing, cluster) && arrives(trace))
      notes.push(byTrace(msg('compare.asked.elsewhere', { object: standing.object.name }), 'asked', null));
    else notes.push(...fromOthers(trace, situation.target));
    const inferred = trace.assumptions.filter(({ origin }) => origin === 'inferred').length;
    if (inferred > 0) notes.push(byTrace(msg('compare.asked.rests', { count: inferred }), 'asked', null));
    return [end, ...notes];
  },
};

/** Answers of workloads that the comparison is not about, as where a route shares out by weight. */
function fromOthers({ branches }: Trace, target: Target): readonly Part[] {
  const answers = branches.filter(({ backend }) => backend !== null);
  const others = answers.filter(({ backend }) => !reaches(target, backend!));
  if (others.length === 0) return [];
  const share = others.reduce((sum, { probability }) => sum + probability, 0);
  const message =
    others.length === answers.length
      ? msg('compare.asked.other-workload')
      : msg('compare.asked.other-share', { percent: Math.max(1, Math.round(share * 100)) });
  return [byTrace(message, 'asked', null)];
}

export const called: RowKind = {
  id: 'called',
  label: () => msg('compare.row.called'),
  cell: ({ seen }) => {
    const { request, trace } = seen.called;
    const isSame = request === seen.asked.request;
    const url = byTrace(isSame ? msg('compare.called.same', { url: request.url }) : msg('compare.called', { url: request.url }), 'called');
    if (arrives(trace) && endOf('called', seen.called).tone === 'good') return [url];
    // What nobody outside can call, somebody inside can.
    if (seen.inside !== undefined && arrives(seen.inside.trace))
      return [
        byTrace(msg('compare.called.inside', { url: seen.inside.request.url }), 'inside'),
        byTrace(msg('compare.called.not-here'), 'called', lastHop(trace), 'bad'),
      ];
    return [url, endOf('called', seen.called)];
  },
};

const REACH: Readonly<Record<WayId, Message>> = {
  'cluster-ip': msg('compare.reach.cluster'),
  headless: msg('compare.reach.pods'),
  'node-port': msg('compare.reach.nodes'),
  'load-balancer': msg('compare.reach.internet'),
  'load-balancer-ip': msg('compare.reach.internet'),
  'external-name': msg('compare.reach.pods'),
  ingress: msg('compare.reach.controller'),
  gateway: msg('compare.reach.gateway'),
  'own-proxy': msg('compare.reach.proxy'),
  metallb: msg('compare.reach.network'),
  'ingress-metallb': msg('compare.reach.controller'),
};

export const reach: RowKind = {
  id: 'reach',
  label: () => msg('compare.row.reach'),
  cell: ({ way, seen, cluster, standing }) => {
    const isInternal = (way.id === 'load-balancer' || way.id === 'load-balancer-ip') && balancerOf(cluster, standing.service)?.scheme === 'internal';
    const from = isInternal ? msg('compare.reach.private') : REACH[way.id];
    const does = arrives(seen.called.trace);
    const client = byTrace(does ? msg('compare.reach.yes') : msg('compare.reach.no'), 'called', null, does ? 'good' : 'bad');
    return [byRule(from, 'S17.1'), client];
  },
};

export const address: RowKind = {
  id: 'address',
  label: () => msg('compare.row.address'),
  cell: (trial) => {
    const { trace } = bestOf(trial);
    const to = dialled(trace);
    const first = takenHops(trace).find(({ kind }) => kind !== 'dns')?.id ?? null;
    return [
      to === null
        ? byTrace(msg('compare.address.none'), trial.best, takenHops(trace).at(-1)?.id ?? null, 'bad')
        : byTrace(msg('compare.address', { address: formatSocket(to) }), trial.best, first),
    ];
  },
};

const RECORDS: Readonly<Record<WayId, Message>> = {
  'cluster-ip': msg('compare.dns.cluster-ip'),
  headless: msg('compare.dns.headless'),
  'node-port': msg('compare.dns.node-port'),
  'load-balancer': msg('compare.dns.load-balancer'),
  'load-balancer-ip': msg('compare.dns.load-balancer'),
  'external-name': msg('compare.dns.external-name'),
  ingress: msg('compare.dns.ingress'),
  gateway: msg('compare.dns.gateway'),
  'own-proxy': msg('compare.dns.own-proxy'),
  metallb: msg('compare.dns.load-balancer'),
  'ingress-metallb': msg('compare.dns.ingress'),
};

export const dns: RowKind = {
  id: 'dns',
  label: () => msg('compare.row.dns'),
  cell: (trial) => [answered(trial), byRule(RECORDS[trial.way.id], trial.way.insideOnly ? 'S6.1' : 'S6.9')],
};

function answered(trial: Trial): Part {
  const { trace } = bestOf(trial);
  const { resolution } = trace;
  const hop = takenHops(trace).findLast(({ kind }) => kind === 'dns')?.id ?? null;
  switch (resolution.rcode) {
    case 'NONE':
      return byTrace(msg('compare.dns.none'), trial.best, null);
    case 'NOERROR':
      return byTrace(resolves(trace), trial.best, hop);
    case 'NXDOMAIN':
    case 'NODATA':
    case 'TIMEOUT':
      return byTrace(msg('compare.dns.fails', { name: trace.flow.host }), trial.best, hop, 'bad');
  }
}

function resolves({ resolution, flow }: Trace): Message {
  const { addresses, cname } = resolution;
  const name = flow.host;
  if (cname !== null) return msg('compare.dns.alias', { name, cname });
  return addresses.length > 2 ? msg('compare.dns.many', { name, count: addresses.length }) : msg('compare.dns.to', { name, addresses });
}

export const hops: RowKind = {
  id: 'hops',
  label: () => msg('compare.row.hops'),
  cell: (trial): Cell => {
    const { trace, request } = bestOf(trial);
    const all = takenHops(trace);
    const last = all.at(-1)?.id ?? null;
    if (!arrives(trace)) return [byTrace(msg('compare.hops.ends', { count: all.length }), trial.best, last, 'bad')];
    const count = byTrace(msg('compare.hops', { count: all.length }), trial.best, last);
    const dnsHops = all.filter(({ kind }) => kind === 'dns').length;
    const isName = readRequest(request).flow !== null && dnsHops > 0;
    return isName ? [count, byTrace(msg('compare.hops.with-dns', { count: dnsHops }), trial.best, null)] : [count];
  },
};
