/**
 * A client's resolver: which names it asks for, whom, and what it makes of the answers (S6.7, S6.10, S6.11).
 * It follows aliases and chooses the address family; what a zone holds stands in `cluster-dns.ts` and `public-dns.ts`.
 */
import { msg, type Message } from '../../../catalogue/message.ts';
import { yesOrNo } from '../../cluster/assumptions.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { Pod } from '../../kinds/pod/pod-spec.ts';
import type { Assumption } from '../../trace/assumption.ts';
import type { RecordType } from '../../trace/flow.ts';
import { answer, type DnsAnswer } from './answer.ts';
import { clusterAnswer } from './cluster-dns.ts';
import { clusterDnsIsDown } from './cluster-dns-address.ts';
import { readsLikePublicName } from './public-name.ts';
import { publicAnswer } from './public-dns.ts';
import { clusterRecords, recordsOf } from './records.ts';
import { queriesFor, resolvConfOf, type ResolvConf } from './resolv-conf.ts';
import { libraryOf, type ResolverLibrary } from './resolver-library.ts';

export interface Query {
  readonly name: string;
  readonly answer: DnsAnswer;
}

export interface Resolved {
  /** `public` for clients outside the cluster. */
  readonly server: ResolvConf['server'] | 'public';
  /** Null for clients outside the cluster and nodes: their own resolver configuration is not known here. */
  readonly conf: ResolvConf | null;
  readonly rcode: 'NOERROR' | 'NODATA' | 'NXDOMAIN' | 'TIMEOUT';
  /** In the order asked; the last one is the answer that counts. */
  readonly queries: readonly Query[];
  /** The answer that counts, its chain of aliases followed; its addresses are of the client's family. */
  readonly final: DnsAnswer;
  /** Names on the way from the name asked to the last alias. */
  readonly chain: readonly string[];
  /** The name of the search list that a wildcard record answered in the place of the public name that was meant (F-13). */
  readonly hijack: string | null;
  /** Set where another C library would come to something else (S6.7). */
  readonly library?: ResolverLibrary;
}

export interface Asker {
  readonly kind: 'external' | 'pod' | 'node';
  readonly pod: Pod | null;
  /** Addresses of the client: only families it has are asked for. */
  readonly ips: readonly string[];
}

const MAX_ALIASES = 8;

/** Resolves a host name as this client would, to addresses that it can use, or to the records of one type (S6.1). Names are compared in lower case (S6.2). */
export function resolve(cluster: Cluster, asker: Asker, name: string, type: RecordType | null = null): Resolved {
  const conf = asker.pod === null ? null : resolvConfOf(cluster, asker.pod);
  const server = conf?.server ?? (asker.kind === 'node' ? 'node' : 'public');
  if (server === 'cluster' && clusterDnsIsDown(cluster)) {
    const final = answer({ rcode: 'NXDOMAIN', why: msg('dns.server-down'), rules: ['S6.13'] });
    return { server, conf, rcode: 'TIMEOUT', queries: [], final, chain: [], hijack: null };
  }
  const resolver: Resolver = { cluster, asker, server, conf, type };
  if (asker.pod === null) return resolveWith(resolver, name, 'glibc');
  const { library, assumption } = libraryOf(cluster, asker.pod);
  const resolved = resolveWith(resolver, name, library);
  // Which one it is matters only where another comes to something else.
  const others = library === 'glibc' ? (['musl'] as const) : (['glibc'] as const);
  const matters = others.some((other) => resultOf(resolveWith(resolver, name, other)) !== resultOf(resolved));
  if (!matters) return resolved;
  const { final } = resolved;
  return {
    ...resolved,
    final: { ...final, rules: [...new Set([...final.rules, 'S6.7' as const])], assumes: assumption === null ? final.assumes : [...final.assumes, assumption] },
    library,
  };
}

interface Resolver {
  readonly cluster: Cluster;
  readonly asker: Asker;
  readonly server: Resolved['server'];
  readonly conf: ResolvConf | null;
  readonly type: RecordType | null;
}

const resultOf = ({ rcode, final }: Resolved): string => JSON.stringify([rcode, final.addresses, final.cname, final.external]);

function resolveWith({ cluster, asker, server, conf, type }: Resolver, name: string, library: ResolverLibrary): Resolved {
  const ask = (query: string) =>
    server === 'cluster' ? (clusterAnswer(cluster, query) ?? publicAnswer(cluster, query, 'inside')) : publicAnswer(cluster, query, 'outside');
  const asTyped = name.toLowerCase().replace(/\.$/, '');
  const look = (query: string) => {
    if (type !== null) {
      const own = server === 'cluster' ? clusterRecords(cluster, type, query) : null;
      return { chain: [], result: own ?? recordsOf(cluster, type, query, publicAnswer(cluster, query, server === 'cluster' ? 'inside' : 'outside')) };
    }
    const followed = follow(cluster, ask, query);
    const found = server === 'public' ? null : assumedHost(cluster, query, name, followed.answer);
    return { chain: followed.chain, result: ofFamily(found ?? followed.answer, asker.ips) };
  };

  const queries: Query[] = [];
  let chain: readonly string[] = [];
  for (const query of queriesFor(name, conf ?? { search: [], ndots: 1 }, library)) {
    const { chain: links, result } = look(query);
    queries.push({ name: query, answer: result });
    if (result.rcode === 'NOERROR') {
      const isOther = query !== asTyped && result.wildcard !== null && (readsLikePublicName(cluster, asTyped) || look(asTyped).result.rcode === 'NOERROR');
      return { server, conf, rcode: 'NOERROR', queries, final: result, chain: links, hijack: isOther ? query : null };
    }
    if (chain.length === 0) chain = links;
    // musl takes a name without data for an answer.
    if (library === 'musl' && result.rcode === 'NODATA') break;
  }
  // Nothing came back. The most telling answer is the one that a Service or record of that name gave.
  const telling =
    queries.find(({ answer }) => answer.object !== null) ??
    queries.find(({ answer }) => answer.rcode === 'NODATA') ??
    // A public name is no slip in the name of a Service: its own query tells.
    (readsLikePublicName(cluster, name) ? queries.find(({ answer }) => answer.why.id === PUBLIC_UNKNOWN) : undefined) ??
    mostTelling(queries, server);
  const rcode = queries.some((query) => query.answer.rcode === 'NODATA') ? 'NODATA' : 'NXDOMAIN';
  return { server, conf, rcode, queries, final: telling.answer, chain, hijack: null };
}

const PUBLIC_UNKNOWN = 'dns.no-public-record';

/**
 * CoreDNS and nodes forward what they do not know (S6.8). In a part of a cluster the public host is taken to exist, as
 * one that an alias names (S1.3a). Null where nothing is assumed.
 */
function assumedHost(cluster: Cluster, query: string, name: string, found: DnsAnswer): DnsAnswer | null {
  const { complete, assume } = cluster.environment;
  if (found.rcode !== 'NXDOMAIN' || found.why.id !== PUBLIC_UNKNOWN || found.cname !== null) return null;
  if (query !== name.toLowerCase().replace(/\.$/, '') || !readsLikePublicName(cluster, query)) return null;
  if (complete && assume[`external:${query}`] !== true) return null;
  const exists = externalHost(cluster, query);
  if (exists === null) return null;
  return answer({ rcode: 'NOERROR', external: query, assumes: exists, why: msg('dns.forwarded', { name: query }), rules: ['S6.8', 'S6.9'] });
}

/** Reasons worth more than that a name is missing, the best first. */
const TELLING = ['dns.service-rejected', 'dns.no-service-elsewhere', 'dns.no-service-near'];

/** In the cluster the first query names the Service in the client's own namespace; outside, the name as typed counts. */
function mostTelling(queries: readonly Query[], server: Resolved['server']): Query {
  const first = queries[0];
  if (first === undefined) return { name: '', answer: answer({ rcode: 'NXDOMAIN', why: msg('dns.no-query'), rules: ['S6.7'] }) };
  for (const id of TELLING) {
    const telling = queries.find(({ answer }) => answer.why.id === id);
    if (telling !== undefined) return telling;
  }
  return server === 'cluster' ? first : (queries.at(-1) ?? first);
}

/** Follows aliases. An alias to a name nobody here knows leads to a host outside (S6.11). */
function follow(cluster: Cluster, ask: (name: string) => DnsAnswer, name: string): { readonly answer: DnsAnswer; readonly chain: readonly string[] } {
  const first = ask(name);
  const chain: string[] = [];
  let link = first;
  while (link.rcode === 'NOERROR' && link.cname !== null) {
    const target = link.cname;
    if (chain.includes(target) || chain.length >= MAX_ALIASES) {
      return { answer: { ...first, rcode: deadEnd(first), why: msg('dns.alias-loop', { name }), rules: ['S6.11'] }, chain };
    }
    chain.push(target);
    const next = ask(target);
    if (next.rcode === 'NXDOMAIN' && next.object === null && isPublicName(target) && next.why.id === 'dns.no-public-record') {
      const exists = externalHost(cluster, target);
      if (exists === null)
        return { answer: { ...first, rcode: deadEnd(first), cname: target, why: msg('dns.external-missing', { target }), rules: ['S6.11', 'F-14'] }, chain };
      return { answer: { ...first, cname: target, external: target, assumes: exists }, chain };
    }
    link = next;
  }
  if (chain.length === 0) return { answer: first, chain };
  const cname = chain.at(-1) ?? null;
  const whys = { object: first.object ?? link.object, because: [...first.because, ...link.because], assumptions: [...first.assumptions, ...link.assumptions] };
  if (link.rcode === 'NOERROR') return { answer: { ...link, ...whys, cname, why: first.why, rules: [...first.rules, ...link.rules] }, chain };
  return {
    answer: {
      ...link,
      ...whys,
      rcode: link.rcode === 'NXDOMAIN' ? deadEnd(first) : link.rcode,
      cname,
      rules: [...new Set([...first.rules, ...link.rules, 'F-14' as const])],
    },
    chain,
  };
}

/**
 * What an alias without end comes to. CoreDNS leaves a record out that it cannot follow, so the name of an ExternalName
 * Service exists and has no data (plugin/backend_lookup.go); a resolver of public names tells that the end does not exist.
 */
function deadEnd({ rules }: DnsAnswer): 'NODATA' | 'NXDOMAIN' {
  return rules.includes('S6.11') ? 'NODATA' : 'NXDOMAIN';
}

/** A host that only an alias names: taken to exist unless a person refused; null when refused (S1.3a). */
function externalHost({ environment }: Cluster, host: string): readonly Assumption[] | null {
  const id = `external:${host}`;
  const answered = environment.assume[id];
  if (answered === false) return null;
  if (answered !== undefined) return [];
  return [{ id, origin: environment.complete ? 'default' : 'inferred', message: msg('dns.assume-external', { host }), choices: yesOrNo(id) }];
}

const isPublicName = (name: string) => name.includes('.');

/** Leaves the addresses that this client can use; without any the name exists but has no data for it (S6.1, S7.5.18). */
function ofFamily(found: DnsAnswer, ips: readonly string[]): DnsAnswer {
  if (found.rcode !== 'NOERROR' || found.external !== null) return found;
  const primary = familyOf(ips[0] ?? '');
  const families = ips.length === 0 ? [4, 6] : [primary, ...ips.map(familyOf).filter((family) => family !== primary)];
  for (const family of families) {
    const addresses = found.addresses.filter((ip) => familyOf(ip) === family);
    if (addresses.length > 0) return { ...found, addresses };
  }
  return {
    ...found,
    rcode: 'NODATA',
    addresses: [],
    why: msg('dns.other-family', { family: primary === 6 ? 'IPv6' : 'IPv4', ip: found.addresses }),
    rules: ['S6.1'],
  };
}

const familyOf = (ip: string): 4 | 6 => (ip.includes(':') ? 6 : 4);

/** What one query came to, for the list of queries. */
export function queryWhy(query: Query): Message {
  const { answer } = query;
  if (answer.external !== null && answer.cname === null) return answer.why;
  return answer.rcode === 'NOERROR' ? msg('dns.query-answered', { ip: [...(answer.cname === null ? [] : [answer.cname]), ...answer.addresses] }) : answer.why;
}
