/**
 * The zone that the cluster's DNS serves: what CoreDNS answers for names of Services, endpoints and Pods (S6.1–S6.5).
 * It never decides who may ask; see `resolve.ts`.
 */
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { SliceEndpoint } from '../../kinds/endpoint-slice/endpoint-slice-spec.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import type { Reason } from '../component.ts';
import { answer, type DnsAnswer } from './answer.ts';
import { builtIns, type BuiltIn } from './built-in.ts';
import { nearService } from './near-name.ts';

/** Null when the name is outside the zone, so the query goes to the upstream resolver. `name` in lower case, no trailing dot. */
export function clusterAnswer(cluster: Cluster, name: string): DnsAnswer | null {
  const zone = cluster.environment.clusterDomain.toLowerCase();
  if (name !== zone && !name.endsWith(`.${zone}`)) return null;
  const labels = name === zone ? [] : name.slice(0, -zone.length - 1).split('.');
  const branch = labels.at(-1);
  const inside = labels.slice(0, -1);
  if (branch === 'svc') return serviceBranch(cluster, name, inside);
  if (branch === 'pod') return podBranch(cluster, name, inside);
  return answer({ rcode: labels.length === 0 ? 'NODATA' : 'NXDOMAIN', why: msg('dns.no-such-name', { name }), rules: ['S6.1'] });
}

/** Names below `svc`: `service.namespace`, or `endpoint.service.namespace`. */
function serviceBranch(cluster: Cluster, name: string, labels: readonly string[]): DnsAnswer {
  const namespace = labels.at(-1);
  const serviceName = labels.at(-2);
  const rest = labels.slice(0, -2);
  if (namespace === undefined || serviceName === undefined) {
    return answer({
      rcode: namespace === undefined || hasNamespace(cluster, namespace) ? 'NODATA' : 'NXDOMAIN',
      why: msg('dns.no-such-name', { name }),
      rules: ['S6.1'],
    });
  }
  const service = cluster.services.get(nameKey(namespace, serviceName));
  if (service === undefined) {
    const standing = builtIns(cluster).find(({ object }) => object.namespace === namespace && object.name === serviceName);
    return standing !== undefined && rest.length === 0 ? builtInAnswer(standing) : missingService(cluster, namespace, serviceName);
  }
  if (service.type === 'ExternalName') return externalName(service, rest, name);
  if (rest.length === 0) return service.headless ? headless(cluster, service) : clusterIP(cluster, service);
  if (rest.length === 1) return endpointName(cluster, service, rest[0] ?? '');
  return (
    (rest.length === 2 ? portName(cluster, service, rest) : null) ?? answer({ rcode: 'NXDOMAIN', why: msg('dns.no-such-name', { name }), rules: ['S6.1'] })
  );
}

/**
 * `_http._tcp.web.shop`: made for SRV records, and CoreDNS gives its addresses too, with the underscores or without
 * (plugin/kubernetes/parse.go). Null where no port has that name and protocol.
 */
function portName(cluster: Cluster, service: Service, [port = '', protocol = '']: readonly string[]): DnsAnswer | null {
  const name = port.replace(/^_/, '');
  const isNamed = service.ports.some((each) => each.name === name && each.protocol.toLowerCase() === protocol.replace(/^_/, ''));
  if (!isNamed || name === '') return null;
  const found = service.headless ? headless(cluster, service) : clusterIP(cluster, service);
  if (found.rcode !== 'NOERROR') return found;
  return { ...found, why: msg('dns.port-name', { port: name, service: nameKey(service.ref.namespace, service.ref.name), ip: found.addresses }) };
}

function builtInAnswer({ kind, object, address }: BuiltIn): DnsAnswer {
  const args = { service: nameKey(object.namespace, object.name), ip: address };
  return answer({
    rcode: 'NOERROR',
    addresses: [address],
    object,
    serviceAddress: address,
    why: kind === 'api-server' ? msg('dns.built-in.api-server', args) : msg('dns.built-in.dns', args),
    rules: ['S6.1'],
  });
}

function missingService(cluster: Cluster, namespace: string, name: string): DnsAnswer {
  const rejected = cluster.rejections.some(({ object }) => object.kind === 'Service' && object.namespace === namespace && object.name === name);
  if (rejected) return answer({ rcode: 'NXDOMAIN', why: msg('dns.service-rejected', { service: nameKey(namespace, name) }), rules: ['S1.5', 'S6.1'] });
  const near = nearService(cluster, namespace, name);
  const why =
    near === null
      ? msg('dns.no-service', { service: name, namespace })
      : near.namespace === namespace
        ? msg('dns.no-service-near', { service: name, namespace, near: near.name })
        : msg('dns.no-service-elsewhere', { service: name, namespace, near: `${near.name}.${near.namespace}` });
  return answer({ rcode: 'NXDOMAIN', why, rules: near !== null && near.namespace !== namespace ? ['S6.1', 'F-06'] : ['S6.1', 'F-08'] });
}

function clusterIP(cluster: Cluster, service: Service): DnsAnswer {
  const key = nameKey(service.ref.namespace, service.ref.name);
  const first = service.clusterIPs[0];
  const { ignoresEmptyServices, from } = cluster.environment.coreDNS;
  if (ignoresEmptyServices && namedEndpoints(cluster, service).length === 0) {
    return answer({
      rcode: 'NXDOMAIN',
      object: service.ref,
      why: msg('dns.empty-service', { service: key }),
      rules: ['S6.15'],
      because: [...(from === null ? [] : [{ object: from, path: ['data', 'Corefile'] }]), { object: service.ref, path: ['spec', 'selector'] }],
    });
  }
  return answer({
    rcode: service.clusterIPs.length > 0 ? 'NOERROR' : 'NODATA',
    addresses: service.clusterIPs,
    object: service.ref,
    serviceAddress: first ?? null,
    why: first === undefined ? msg('dns.no-address', { service: key }) : msg('dns.cluster-ip', { service: key, ip: service.clusterIPs }),
    rules: ['S6.1'],
    because: [{ object: service.ref, path: ['spec', 'clusterIP'] }],
    assumptions: assumptionOf(cluster, service),
  });
}

interface NamedEndpoint {
  readonly label: string;
  readonly address: string;
}

/** Ready endpoints with the name CoreDNS gives each: its hostname, else its address with dashes (S6.1, S5.9). */
export function namedEndpoints(cluster: Cluster, service: Service): readonly NamedEndpoint[] {
  const slices = cluster.endpointSlices.get(nameKey(service.ref.namespace, service.ref.name)) ?? [];
  return slices
    .filter((slice) => slice.addressType !== 'FQDN')
    .flatMap((slice) => slice.endpoints)
    .filter((endpoint) => endpoint.ready)
    .flatMap((endpoint) => endpoint.addresses.map((address) => ({ label: labelOf(cluster, endpoint, address), address })));
}

/** With `endpoint_pod_names` the name of its Pod stands before the address with dashes. */
function labelOf(cluster: Cluster, { hostname, targetRef }: SliceEndpoint, address: string): string {
  const pod = cluster.environment.coreDNS.namesPods ? (targetRef?.name ?? null) : null;
  return (hostname ?? pod ?? address.replaceAll(/[.:]/g, '-')).toLowerCase();
}

function headless(cluster: Cluster, service: Service): DnsAnswer {
  const key = nameKey(service.ref.namespace, service.ref.name);
  const addresses = unique(namedEndpoints(cluster, service).map(({ address }) => address));
  const common = {
    object: service.ref,
    serviceAddress: 'None',
    because: [{ object: service.ref, path: ['spec', 'clusterIP'] }],
    assumptions: assumptionOf(cluster, service),
  };
  if (addresses.length === 0) return answer({ ...common, rcode: 'NXDOMAIN', why: msg('dns.headless-empty', { service: key }), rules: ['S6.1', 'F-09'] });
  const published = service.publishNotReadyAddresses;
  const headlessWhy = addresses.every((ip) => cluster.addressOwners.get(ip)?.kind === 'pod') ? 'dns.headless' : 'dns.headless-endpoints';
  return answer({
    ...common,
    rcode: 'NOERROR',
    addresses,
    ofEndpoints: true,
    why: published ? msg('dns.headless-published', { service: key, count: addresses.length }) : msg(headlessWhy, { service: key, count: addresses.length }),
    rules: published ? ['S6.1', 'S6.3'] : ['S6.1'],
    because: published ? [...common.because, { object: service.ref, path: ['spec', 'publishNotReadyAddresses'] }] : common.because,
  });
}

function endpointName(cluster: Cluster, service: Service, label: string): DnsAnswer {
  const key = nameKey(service.ref.namespace, service.ref.name);
  const addresses = unique(
    namedEndpoints(cluster, service)
      .filter((endpoint) => endpoint.label === label)
      .map(({ address }) => address),
  );
  const common = {
    object: service.ref,
    serviceAddress: service.headless ? 'None' : (service.clusterIPs[0] ?? null),
    assumptions: assumptionOf(cluster, service),
  };
  if (addresses.length > 0) {
    return answer({
      ...common,
      rcode: 'NOERROR',
      addresses,
      ofEndpoints: true,
      why: msg('dns.endpoint-name', { label, service: key, ip: addresses }),
      rules: ['S6.1', 'S6.4'],
      because: nameOrigin(cluster, addresses[0] ?? ''),
    });
  }
  return answer({ ...common, ...missingEndpoint(cluster, service, label), rcode: 'NXDOMAIN' });
}

/** The fields that gave a Pod its host name (S5.9). */
function nameOrigin(cluster: Cluster, ip: string): readonly Reason[] {
  const owner = cluster.addressOwners.get(ip);
  const pod = owner?.kind === 'pod' ? cluster.pods.get(owner.pod) : undefined;
  if (pod === undefined || pod.spec.hostname === null) return [];
  if (pod.workload?.kind === 'StatefulSet') return [{ object: pod.workload, path: ['spec', 'serviceName'] }];
  return [
    { object: pod.ref, path: ['spec', 'hostname'] },
    { object: pod.ref, path: ['spec', 'subdomain'] },
  ];
}

/** Why a Pod that bears this name has no record: most people expect one (S5.9, S6.4, F-10). */
function missingEndpoint(cluster: Cluster, service: Service, label: string): Pick<DnsAnswer, 'why' | 'rules' | 'because'> {
  const pod = cluster.pods.get(nameKey(service.ref.namespace, label));
  const key = nameKey(service.ref.namespace, service.ref.name);
  if (pod === undefined) return { why: msg('dns.no-endpoint-name', { label, service: key }), rules: ['S6.1'], because: [] };
  const name = nameKey(pod.ref.namespace, pod.ref.name);
  if (pod.spec.hostname === null)
    return { why: msg('dns.pod-without-hostname', { pod: name }), rules: ['S5.9'], because: [{ object: pod.ref, path: ['spec', 'hostname'] }] };
  if (pod.spec.subdomain !== service.ref.name) {
    return {
      why: msg('dns.pod-other-subdomain', { pod: name, subdomain: pod.spec.subdomain ?? '""', service: service.ref.name }),
      rules: ['S5.9', 'S6.4', 'F-10'],
      because: [{ object: pod.ref, path: ['spec', 'subdomain'] }],
    };
  }
  return {
    why: msg('dns.pod-not-ready', { pod: name, service: key }),
    rules: ['S6.1', 'S6.4'],
    because: [{ object: service.ref, path: ['spec', 'selector'] }],
  };
}

const IP_LIKE = /^(\d{1,3}\.){3}\d{1,3}$|:/;

/** The first link of the chain only; `resolve.ts` follows it. */
function externalName(service: Service, rest: readonly string[], name: string): DnsAnswer {
  const key = nameKey(service.ref.namespace, service.ref.name);
  const target = (service.externalName ?? '').toLowerCase().replace(/\.$/, '');
  const common = { object: service.ref, because: [{ object: service.ref, path: ['spec', 'externalName'] }] };
  if (rest.length > 0) return answer({ ...common, rcode: 'NXDOMAIN', why: msg('dns.no-such-name', { name }), rules: ['S6.1'] });
  if (IP_LIKE.test(target))
    return answer({ ...common, rcode: 'NXDOMAIN', why: msg('dns.external-name-ip', { service: key, target }), rules: ['S6.11', 'F-14'] });
  return answer({ ...common, rcode: 'NOERROR', cname: target, why: msg('dns.external-name', { service: key, target }), rules: ['S6.1', 'S6.11'] });
}

/** `10-244-1-7.shop.pod.cluster.local` (S6.5). */
function podBranch(cluster: Cluster, name: string, labels: readonly string[]): DnsAnswer {
  const [dashed, namespace] = labels;
  const nothing = answer({ rcode: 'NXDOMAIN', why: msg('dns.no-such-name', { name }), rules: ['S6.5'] });
  if (dashed === undefined || namespace === undefined) return labels.length === 0 ? { ...nothing, rcode: 'NODATA' } : nothing;
  const mode = cluster.environment.podDnsMode;
  if (labels.length > 2 || mode === 'disabled' || !hasNamespace(cluster, namespace)) return nothing;
  const ip = /^\d+-\d+-\d+-\d+$/.test(dashed) ? dashed.replaceAll('-', '.') : dashed.replaceAll('-', ':');
  if (!IP_LIKE.test(ip)) {
    return cluster.pods.has(nameKey(namespace, dashed)) ? { ...nothing, why: msg('dns.no-pod-names', { pod: dashed }) } : nothing;
  }
  const owner = cluster.addressOwners.get(ip);
  const verified = owner?.kind === 'pod' && owner.pod.startsWith(`${namespace}/`);
  if (mode === 'verified' && !verified) return nothing;
  return answer({ rcode: 'NOERROR', addresses: [ip], why: msg('dns.pod-record', { name, ip }), rules: ['S6.5'] });
}

/** Declared, or the home of anything that was pasted: an object cannot exist without its namespace. */
function hasNamespace(cluster: Cluster, namespace: string): boolean {
  if (cluster.namespaces.has(namespace)) return true;
  return [...cluster.pods.values(), ...cluster.services.values()].some(({ ref }) => ref.namespace === namespace);
}

function assumptionOf(cluster: Cluster, service: Service): readonly string[] {
  const id = cluster.provenance.get(`Service/${service.ref.namespace}/${service.ref.name}`)?.assumption;
  return id === null || id === undefined ? [] : [id];
}

const unique = (values: readonly string[]) => [...new Set(values)];
