/**
 * What a resolver is told when it is asked for one type of record, as `dig` and `nslookup -type` ask (S6.1). Addresses
 * are only one of the types; which port a Service has, and which name an address has, stand in others.
 * https://github.com/kubernetes/dns/blob/master/docs/specification.md
 */
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import { canonicalIp } from '../../manifests/ip.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import type { RecordType } from '../../trace/flow.ts';
import { answer, type DnsAnswer } from './answer.ts';
import { clusterAnswer, namedEndpoints } from './cluster-dns.ts';

/** The version of the specification that every cluster's DNS serves. */
const VERSION = '"1.1.0"';

/**
 * Turns what a name is into what it has of one type: the records stand in the place of addresses, as `dig +short`
 * prints them. `found` is the answer for the name, its aliases not followed.
 */
export function recordsOf(cluster: Cluster, type: RecordType, name: string, found: DnsAnswer): DnsAnswer {
  const zone = cluster.environment.clusterDomain.toLowerCase();
  if (type === 'PTR')
    return pointer(cluster, name, zone) ?? { ...found, rcode: found.rcode === 'NXDOMAIN' ? 'NXDOMAIN' : 'NODATA', addresses: [], cname: null };
  if (type === 'TXT' && name === `dns-version.${zone}`) return records(found, [VERSION]);
  if (found.rcode !== 'NOERROR') return found;
  // An alias answers for every type.
  if (found.cname !== null) return records(found, type === 'SRV' ? [] : [`${found.cname}.`], type, name);
  switch (type) {
    case 'A':
    case 'AAAA':
      return records(
        found,
        found.addresses.filter((ip) => ip.includes(':') === (type === 'AAAA')),
        type,
        name,
      );
    case 'SRV':
      return records(found, serviceRecords(cluster, name, zone), type, name);
    case 'CNAME':
    case 'TXT':
      return records(found, [], type, name);
  }
}

function records(found: DnsAnswer, lines: readonly string[], type = 'TXT', name = ''): DnsAnswer {
  const common = { ...found, addresses: lines, cname: null, external: null, ofEndpoints: false };
  if (lines.length > 0) return { ...common, rcode: 'NOERROR', why: msg('dns.records', { records: lines }), rules: ['S6.1'] };
  return { ...common, rcode: 'NODATA', why: msg('dns.no-such-record', { name, type }), rules: ['S6.1'] };
}

/** `0 WEIGHT PORT TARGET`: of a ClusterIP the port of the Service and its own name, of a headless one each endpoint. */
function serviceRecords(cluster: Cluster, name: string, zone: string): readonly string[] {
  const labels = name.slice(0, -`.svc.${zone}`.length).split('.');
  const [serviceName, namespace] = labels.slice(-2);
  const [port, protocol] = labels.length === 4 ? [labels[0]!.replace(/^_/, ''), labels[1]!.replace(/^_/, '')] : [null, null];
  const service = cluster.services.get(nameKey(namespace ?? '', serviceName ?? ''));
  if (service === undefined || labels.length === 3) return [];
  const own = `${service.ref.name}.${service.ref.namespace}.svc.${zone}.`;
  const isAsked = (each: { readonly name: string; readonly protocol: string }) =>
    port === null || (each.name === port && each.protocol.toLowerCase() === protocol);
  const found = service.headless ? endpointTargets(cluster, service, own, isAsked) : service.ports.filter(isAsked).map((each) => `${each.port} ${own}`);
  return found.map((each) => `0 ${Math.floor(100 / found.length)} ${each}`);
}

function endpointTargets(
  cluster: Cluster,
  service: Service,
  own: string,
  isAsked: (port: { readonly name: string; readonly protocol: string }) => boolean,
): readonly string[] {
  const ports = (cluster.endpointSlices.get(nameKey(service.ref.namespace, service.ref.name)) ?? []).flatMap((slice) => slice.ports).filter(isAsked);
  const numbers = [...new Set(ports.flatMap(({ port }) => port ?? []))];
  return namedEndpoints(cluster, service).flatMap(({ label }) => numbers.map((number) => `${number} ${label}.${own}`));
}

/** The name of an address: a Service for its ClusterIP, else the endpoint that has it. Null for what is no reverse name. */
function pointer(cluster: Cluster, name: string, zone: string): DnsAnswer | null {
  const ip = reversed(name);
  if (ip === null) return null;
  for (const service of cluster.services.values()) {
    const own = `${service.ref.name}.${service.ref.namespace}.svc.${zone}.`;
    const target = service.clusterIPs.includes(ip) ? own : endpointName(cluster, service, ip, own);
    if (target !== undefined) {
      return answer({ rcode: 'NOERROR', addresses: [target], object: service.ref, why: msg('dns.pointer', { ip, name: target }), rules: ['S6.1'] });
    }
  }
  return answer({ rcode: 'NXDOMAIN', why: msg('dns.no-pointer', { ip }), rules: ['S6.1'] });
}

function endpointName(cluster: Cluster, service: Service, ip: string, own: string): string | undefined {
  const endpoint = namedEndpoints(cluster, service).find(({ address }) => address === ip);
  return endpoint && `${endpoint.label}.${own}`;
}

/** `40.0.96.10.in-addr.arpa` is `10.96.0.40`; null for any other name. */
function reversed(name: string): string | null {
  const four = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\.in-addr\.arpa$/.exec(name);
  if (four !== null) return canonicalIp(four.slice(1).toReversed().join('.'));
  const six = /^((?:[0-9a-f]\.){32})ip6\.arpa$/.exec(name)?.[1];
  if (six === undefined) return null;
  const digits = six.split('.').join('').split('').toReversed().join('');
  return canonicalIp(digits.match(/.{4}/g)!.join(':'));
}

/** The answer for a name in the cluster's zone; null outside of it. A reverse name is nobody's but the cluster's. */
export function clusterRecords(cluster: Cluster, type: RecordType, name: string): DnsAnswer | null {
  const found = clusterAnswer(cluster, name);
  if (found !== null) return recordsOf(cluster, type, name, found);
  return type === 'PTR' ? pointer(cluster, name, cluster.environment.clusterDomain.toLowerCase()) : null;
}
