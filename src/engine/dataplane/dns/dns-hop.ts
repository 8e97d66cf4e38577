/**
 * The hops that name resolution makes, one per name asked (S6.7): who answered what. The last one is the answer that
 * counts, and lists every name that was asked.
 */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { RuleId } from '../../manifests/finding.ts';
import type { Actor, Command } from '../../trace/hop.ts';
import type { Outcome } from '../../trace/outcome.ts';
import type { Resolution } from '../../trace/trace.ts';
import type { Client } from '../client/origin.ts';
import type { ConsideredChoice, HopDecision, Reason, State } from '../component.ts';
import { clusterDnsService } from './cluster-dns-address.ts';
import { clusterCache } from './node-cache.ts';
import { queryWhy, type Resolved } from './resolve.ts';
import type { ResolverLibrary } from './resolver-library.ts';
import { resolverQueries } from './resolver-queries.ts';

/** A name of the search list that gives nothing: the resolver asks for the next one. `asked`: its place in the queries. */
export function askedInVain(cluster: Cluster, state: State, client: Client, resolved: Resolved, asked: number): HopDecision {
  const typed = state.packet.dst.ip;
  const query = resolved.queries[asked]!;
  const next = resolved.queries[asked + 1]!;
  const { rcode, object, because, assumptions, assumes } = query.answer;
  return {
    kind: 'hop',
    hop: 'dns',
    actor: actorOf(cluster, resolved, client),
    layer: 'DNS',
    verb: msg('dns.verb'),
    title: rcode === 'NODATA' ? msg('dns.title.nodata', { name: query.name }) : msg('dns.title.nxdomain', { name: query.name }),
    why: [whyAsked(typed, query.name, resolved), query.answer.why, msg('dns.asks-next', { name: next.name })],
    rules: query.name === typed.toLowerCase().replace(/\.$/, '') ? ['S6.7'] : ['S6.6', 'S6.7'],
    because: [...because, ...(asked === 0 ? configured(client, resolved) : [])],
    object,
    assumptions,
    assumes,
    commands: commandsOf(query.name, client),
    ...(asked === 0 && { queries: resolverQueries(cluster, client, resolved) }),
    query: { name: query.name, rcode, answers: [] },
    becomes: { kind: 'forward', to: [{ ...state, place: { kind: 'client', asked: asked + 1 }, probability: 1 }] },
  };
}

/** Why the resolver asks for this name: it is the one typed, or the typed one with a search domain at its end. */
function whyAsked(typed: string, name: string, { conf }: Resolved): Message {
  const asTyped = typed.toLowerCase().replace(/\.$/, '');
  const ndots = conf?.ndots ?? 1;
  if (name === asTyped) return msg('dns.asks-as-typed', { name, ndots });
  return msg('dns.asks-search', { typed, domain: name.slice(asTyped.length + 1), ndots });
}

/** What of the Pod's `dnsConfig` made the resolver ask for more than it would. */
function configured({ pod }: Client, { conf }: Resolved): readonly Reason[] {
  if (pod === null || conf === null) return [];
  const { searches, ndots } = pod.spec.dnsConfig;
  return searches.length === 0 && ndots === null ? [] : [{ object: pod.ref, path: ['spec', 'dnsConfig'] }];
}

/** `onward`: one state per address, none when nothing was found. Each address is as likely as the others (U19). */
export function resolutionHop(cluster: Cluster, state: State, client: Client, resolved: Resolved, onward: readonly State[]): HopDecision {
  const name = state.packet.dst.ip;
  const { final } = resolved;
  const resolution: Resolution = {
    name,
    rcode: resolved.rcode,
    addresses: resolved.rcode === 'NOERROR' ? final.addresses : [],
    cname: final.cname ?? resolved.chain.at(-1) ?? null,
  };
  const service = final.object?.kind === 'Service' && (final.ofEndpoints || final.external !== null) ? final.object : null;
  return {
    kind: 'hop',
    hop: 'dns',
    actor: actorOf(cluster, resolved, client),
    layer: 'DNS',
    verb: msg('dns.verb'),
    title: titleOf(name, resolved),
    why: whyOf(cluster, name, resolved, client, onward.length),
    rules: rulesOf(resolved, onward.length),
    because: becauseOf(resolved, client),
    considered: consideredOf(resolved),
    consulted: service === null ? [] : [{ object: service, role: 'consulted', address: final.serviceAddress }],
    object: final.object,
    assumptions: final.assumptions,
    assumes: final.assumes,
    commands: commandsOf(name, client),
    ...(resolved.queries.length < 2 && { queries: resolverQueries(cluster, client, resolved) }),
    query: {
      name: resolved.queries.at(-1)?.name ?? name,
      rcode: resolved.rcode,
      answers: [...(resolution.cname === null ? [] : [resolution.cname]), ...resolution.addresses],
    },
    becomes:
      onward.length === 0
        ? { kind: 'end', outcome: outcomeOf(resolved.rcode), stage: 'dns', carry: { resolution } }
        : {
            kind: 'forward',
            to: onward.map((to) => ({
              ...to,
              carry: { ...to.carry, resolution, service: service ?? to.carry.service },
              probability: 1 / onward.length,
            })),
          },
  };
}

/** The end of a request that only asks for records. */
export function lookupHop(cluster: Cluster, state: State, client: Client, resolved: Resolved, type: string): HopDecision {
  const hop = { ...resolutionHop(cluster, state, client, resolved, []), commands: commandsOf(state.packet.dst.ip, client, type) };
  const name = state.packet.dst.ip;
  const lines = resolved.final.addresses;
  if (resolved.rcode !== 'NOERROR') return { ...hop, ...(resolved.rcode === 'NODATA' && { title: msg('dns.title.no-record', { name, type }) }) };
  return {
    ...hop,
    title: msg('dns.title.records', { name, count: lines.length, type }),
    becomes: {
      kind: 'end',
      outcome: { code: 'ACCEPTED' },
      stage: null,
      ...(hop.becomes.kind === 'end' && hop.becomes.carry !== undefined && { carry: hop.becomes.carry }),
    },
  };
}

function outcomeOf(rcode: Resolved['rcode']): Outcome {
  switch (rcode) {
    case 'TIMEOUT':
      return { code: 'DNS_TIMEOUT' };
    case 'NXDOMAIN':
      return { code: 'DNS_NXDOMAIN' };
    case 'NODATA':
    case 'NOERROR':
      return { code: 'DNS_NODATA' };
  }
}

function actorOf(cluster: Cluster, { server, conf }: Resolved, client: Client): Actor {
  switch (server) {
    case 'cluster': {
      const cache = clusterCache(cluster, client, conf);
      if (cache !== null) return { component: 'NodeLocal DNSCache', instance: cache.pod.ref.name, node: client.node, namespace: 'kube-system' };
      return { component: 'CoreDNS', instance: clusterDnsService(cluster)?.ref.name ?? null, node: null, namespace: 'kube-system' };
    }
    case 'node':
      return { component: 'node resolver', instance: client.node, node: client.node, namespace: null };
    case 'public':
    case 'other':
      return { component: 'public DNS', instance: null, node: null, namespace: null };
  }
}

function titleOf(name: string, { rcode, final }: Resolved): Message {
  switch (rcode) {
    case 'TIMEOUT':
      return msg('dns.title.timeout', { name });
    case 'NXDOMAIN':
      return msg('dns.title.nxdomain', { name });
    case 'NODATA':
      return msg('dns.title.nodata', { name });
    case 'NOERROR':
      if (final.external !== null && final.cname === null) return msg('dns.title.forwarded', { name });
      if (final.external !== null) return msg('dns.title.alias', { name, target: final.external });
      return final.addresses.length === 1
        ? msg('dns.title.address', { name, ip: final.addresses })
        : msg('dns.title.addresses', { name, count: final.addresses.length });
  }
}

function whyOf(cluster: Cluster, typedName: string, resolved: Resolved, client: Client, addresses: number): readonly Message[] {
  const { conf, final, queries } = resolved;
  const why: Message[] = [final.why];
  const cache = resolved.server === 'cluster' ? clusterCache(cluster, client, conf) : null;
  if (cache !== null) why.push(msg('dns.node-cache', { pod: cache.pod.ref.name, node: client.node ?? '', ip: cache.addresses }));
  if (resolved.server === 'node' && conf !== null && resolved.rcode !== 'NOERROR') why.unshift(conf.why);
  // What helps a Pod that asks its node for a name of the cluster (F-11).
  if (resolved.server === 'node' && conf !== null && (final.why.id === 'dns.service-name-outside' || final.why.id === 'dns.cluster-name-outside'))
    why.push(msg(conf.why.id === 'dns.policy.host-network' ? 'dns.use-with-host-net' : 'dns.use-cluster-first'));
  if (resolved.server === 'other' && conf !== null) why.push(conf.why);
  if (final.cname !== null && final.external === null && final.why.id === 'dns.external-name')
    why.push(msg('dns.alias-chased', { target: final.cname, ip: final.addresses }));
  if (final.external !== null) why.push(msg('dns.external-unknown', { target: final.external }));
  if (queries.length > 1 && resolved.rcode === 'NOERROR') why.push(msg('dns.search-walk', { count: queries.length - 1, ndots: conf?.ndots ?? 1 }));
  if (queries.length > 1 && resolved.rcode !== 'NOERROR') why.push(msg('dns.search-exhausted', { count: queries.length }));
  if (resolved.hijack !== null && final.wildcard !== null) {
    why.push(msg('dns.search-hijack', { typed: typedName, name: resolved.hijack, wildcard: final.wildcard, ip: final.addresses }));
  }
  if (resolved.library !== undefined) why.push(LIBRARY[resolved.library]);
  if (final.ofEndpoints && resolved.rcode === 'NOERROR') why.push(msg('dns.kept', { seconds: cluster.environment.coreDNS.ttl }));
  if (addresses > 1) why.push(msg('dns.any-address', { count: addresses }));
  if (client.kind === 'node' && resolved.rcode !== 'NOERROR') why.push(msg('dns.node-asks'));
  return why;
}

/** What the library does that decided, where another would have come to something else. */
const LIBRARY: Readonly<Record<ResolverLibrary, Message>> = {
  glibc: msg('dns.library.glibc'),
  musl: msg('dns.library.musl'),
  windows: msg('dns.library.windows'),
};

function rulesOf({ final, queries, conf, server, hijack, rcode }: Resolved, addresses: number): readonly RuleId[] {
  const rules: RuleId[] = [...final.rules];
  if (queries.length > 1) rules.push('S6.7');
  if (queries.length > 2 && final.rcode === 'NOERROR' && server === 'cluster' && final.rules.includes('S6.9')) rules.push('F-13');
  if (conf !== null && server !== 'cluster') rules.push('S6.8');
  if (conf?.why.id === 'dns.policy.host-network' && final.rcode !== 'NOERROR') rules.push('F-11');
  if (hijack !== null) rules.push('F-13');
  if (final.ofEndpoints && rcode === 'NOERROR') rules.push('S6.2');
  if (addresses > 1) rules.push('U19');
  return [...new Set(rules)];
}

function becauseOf({ final, conf, server, hijack }: Resolved, client: Client): readonly Reason[] {
  if (hijack !== null && client.pod !== null) return [...final.because, { object: client.pod.ref, path: ['spec', 'dnsConfig'] }];
  if (client.pod === null || conf === null || server === 'cluster') return final.because;
  const policy: Reason = { object: client.pod.ref, path: conf.path };
  const hostNetwork: Reason = { object: client.pod.ref, path: ['spec', 'hostNetwork'] };
  return [...final.because, ...(conf.why.id === 'dns.policy.host-network' ? [hostNetwork, policy] : [policy])];
}

/** Each name the resolver asked for. With one query there was nothing to choose. */
function consideredOf({ queries, rcode }: Resolved): readonly ConsideredChoice[] {
  if (queries.length < 2) return [];
  return queries.map((query, at) => ({
    what: msg('dns.query', { name: query.name, rcode: query.answer.rcode }),
    result: rcode === 'NOERROR' && at === queries.length - 1 ? 'taken' : 'lost',
    why: queryWhy(query),
    rules: ['S6.7'],
  }));
}

/** `type` of record where one was asked for; addresses otherwise. */
function commandsOf(name: string, client: Client, type: string | null = null): readonly Command[] {
  const shows = msg('command.resolve');
  if (client.pod === null) return [{ line: `dig +short ${type === null ? '' : `-t ${type} `}${name}`, shows }];
  // The name of a Pod made from a template is invented (S1.4.1): kubectl finds one by its owner.
  const { ref, synthesized, workload } = client.pod;
  const { namespace } = ref;
  const pod = synthesized && workload !== null && workload.kind !== 'StatefulSet' ? `${workload.kind.toLowerCase()}/${workload.name}` : ref.name;
  return [
    { line: `kubectl exec -n ${namespace} ${pod} -- nslookup ${type === null ? '' : `-type=${type} `}${name}`, shows },
    { line: `kubectl exec -n ${namespace} ${pod} -- cat /etc/resolv.conf`, shows: msg('command.resolv-conf') },
  ];
}
