/**
 * Names outside the cluster's zone: what a resolver on the Internet, on a node, or upstream of the cluster's DNS knows.
 * Kubernetes makes none of these records (S6.9); they are what the environment states or what was inferred.
 */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { Cluster, LoadBalancer, PublicDnsRecord } from '../../cluster/cluster.ts';
import { annotated, leftOut, type ExternalDnsSource } from '../../cluster/external-dns.ts';
import type { Ingress } from '../../kinds/ingress/ingress-spec.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import type { RuleId } from '../../manifests/finding.ts';
import { nearest } from '../../manifests/near-miss.ts';
import { nameKey, refKey, type ObjectRef } from '../../manifests/object-ref.ts';
import { hostsOf } from '../rejected.ts';
import type { Reason } from '../component.ts';
import { answer, type DnsAnswer } from './answer.ts';

/**
 * One query to public DNS; never the end of an alias chain, which `resolve.ts` follows. `name` in lower case, no
 * trailing dot. `asker` only decides how a missing name is explained: Pods have asked the cluster's DNS already.
 */
export function publicAnswer(cluster: Cluster, name: string, asker: 'inside' | 'outside'): DnsAnswer {
  const record = publicRecord(cluster, name);
  if (record !== null) return { ...fromRecord(cluster, name, record), wildcard: record.name.startsWith('*.') ? record.name : null };
  const balancer = [...cluster.loadBalancers.values()].find(({ ingress }) => ingress.some(({ hostname }) => hostname?.toLowerCase() === name));
  if (balancer !== undefined) {
    return answer({
      rcode: balancer.addresses.length > 0 ? 'NOERROR' : 'NODATA',
      addresses: balancer.addresses,
      object: serviceRef(balancer.service),
      why: msg('dns.load-balancer-name', { name, product: balancer.product, ip: balancer.addresses }),
      rules: ['S1.4'],
      assumptions: balancer.assumption === null ? [] : [balancer.assumption],
    });
  }
  return unknown(cluster, name, asker);
}

function publicRecord(cluster: Cluster, name: string): PublicDnsRecord | null {
  const exact = cluster.publicRecords.get(name);
  if (exact) return exact;
  // A DNS wildcard covers any number of labels, the closest one first.
  const labels = name.split('.');
  for (let at = 1; at < labels.length; at += 1) {
    const wildcard = cluster.publicRecords.get(`*.${labels.slice(at).join('.')}`);
    if (wildcard) return wildcard;
  }
  return null;
}

function fromRecord(cluster: Cluster, name: string, record: PublicDnsRecord): DnsAnswer {
  const nothing = record.addresses.length === 0 && record.cname === null;
  return answer({
    rcode: nothing ? 'NXDOMAIN' : 'NOERROR',
    addresses: record.addresses,
    cname: record.addresses.length > 0 ? null : (record.cname?.toLowerCase().replace(/\.$/, '') ?? null),
    object: record.from,
    why: record.why,
    rules: nothing ? ['S6.9', 'F-16'] : record.from?.kind === 'Ingress' ? ['S6.9', 'S9.11'] : ['S6.9'],
    because: record.from === null ? [] : reasonOf(cluster, record.from, name),
    assumptions: record.assumption === null ? [] : [record.assumption],
  });
}

/** The field that names the host. */
function reasonOf(cluster: Cluster, from: ObjectRef, name: string): readonly Reason[] {
  const key = nameKey(from.namespace, from.name);
  if (from.kind === 'Ingress') {
    const ingress = cluster.ingresses.get(key);
    const rule = ingress?.rules.findIndex(({ host }) => covers(host, name)) ?? -1;
    return rule < 0 ? [] : [{ object: from, path: ['spec', 'rules', rule, 'host'] }];
  }
  const annotations = Object.entries(cluster.services.get(key)?.metadata.annotations ?? {});
  const annotation = annotations.find(([field, value]) => /external-dns\..*\/hostname$/.test(field) && value.includes(name));
  return annotation === undefined ? [] : [{ object: from, path: ['metadata', 'annotations', annotation[0]] }];
}

const covers = (host: string, name: string) => host.toLowerCase() === name || (host.startsWith('*.') && name.endsWith(host.slice(1).toLowerCase()));

/** Why nobody knows this name: the most useful reason that the manifests give. */
function unknown(cluster: Cluster, name: string, asker: 'inside' | 'outside'): DnsAnswer {
  const zone = cluster.environment.clusterDomain.toLowerCase();
  if (name === zone || name.endsWith(`.${zone}`)) return answer({ rcode: 'NXDOMAIN', why: msg('dns.cluster-name-outside', { zone }), rules: ['S6.10'] });

  const pointer = waitingPointer(cluster, name);
  if (pointer !== null) return pointer;

  const ingress = [...cluster.ingresses.values()].find(({ rules }) => rules.some(({ host }) => host !== '' && covers(host, name)));
  if (ingress !== undefined) return unpublished(cluster, ingress, name);
  const annotation = annotatedService(cluster, name);
  if (annotation !== null) return annotation;
  const rejected = rejectedIngress(cluster, name);
  if (rejected !== null) {
    return answer({
      rcode: 'NXDOMAIN',
      object: rejected,
      why: msg('dns.ingress-rejected', { name, ingress: nameKey(rejected.namespace, rejected.name) }),
      rules: ['S1.5', 'S6.9'],
      because: [{ object: rejected, path: [] }],
    });
  }
  const near = nearest(name, hostsIn(cluster))?.word;
  const why = near === undefined ? msg('dns.no-public-record', { name }) : msg('dns.no-public-record-near', { name, near });
  const nothing = answer({ rcode: 'NXDOMAIN', why, rules: ['S6.9', 'F-16', 'F-54'] });
  const node = cluster.nodes.get(name);
  const address = node?.addresses.find(({ type }) => type === 'InternalIP' || type === 'ExternalIP')?.address;
  if (address !== undefined) return answer({ rcode: 'NXDOMAIN', why: msg('dns.node-name', { name, ip: address }), rules: ['S6.9'] });

  if (asker === 'inside') return nothing;
  const [first = '', second] = name.split('.');
  const service = [...cluster.services.values()].find(({ ref }) => ref.name === first && (second === undefined || ref.namespace === second));
  if (service !== undefined) {
    return answer({
      rcode: 'NXDOMAIN',
      why: msg('dns.service-name-outside', { name, service: nameKey(service.ref.namespace, service.ref.name) }),
      rules: ['S6.10'],
    });
  }
  return nothing;
}

/** A rule names the host, and still no record leads there: because nobody serves the Ingress, or nobody made one (S9.1, S6.9). */
function unpublished(cluster: Cluster, ingress: Ingress, name: string): DnsAnswer {
  const key = nameKey(ingress.ref.namespace, ingress.ref.name);
  const rule = ingress.rules.findIndex(({ host }) => host !== '' && covers(host, name));
  const server = cluster.controllers.find(({ claims }) => claims.includes(key));
  const trouble = server?.balancer?.trouble;
  if (trouble != null) {
    const rules: readonly RuleId[] = [...trouble.rules, 'S6.9', 'F-16'];
    return answer({ rcode: 'NXDOMAIN', object: ingress.ref, why: trouble.why, rules, because: trouble.because });
  }
  const isServed = server !== undefined;
  const named = ingress.ingressClassName ?? ingress.metadata.annotations['kubernetes.io/ingress.class'] ?? '';
  const unserved = named === '' ? msg('dns.ingress-without-class', { name, ingress: key }) : msg('dns.class-not-served', { name, ingress: key, class: named });
  return answer({
    rcode: 'NXDOMAIN',
    object: ingress.ref,
    why: isServed ? (leftOutWhy(cluster, 'ingress', name, key) ?? msg('dns.host-not-published', { name, ingress: key })) : unserved,
    rules: isServed ? ['S6.9', 'F-16'] : ['S9.1', 'S9.2', 'F-53', 'S6.9'],
    because: [
      ...(isServed ? [] : [{ object: ingress.ref, path: ['spec', 'ingressClassName'] }]),
      { object: ingress.ref, path: ['spec', 'rules', rule, 'host'] },
    ],
  });
}

/** What external-dns is told keeps it from publishing the name (S6.9). */
function leftOutWhy({ environment: { externalDNS } }: Cluster, source: ExternalDnsSource, name: string, object: string): Message | null {
  if (externalDNS === null) return null;
  switch (leftOut(externalDNS, source, name)) {
    case 'source':
      return msg('dns.external-dns-source', { name, object, sources: externalDNS.sources });
    case 'domain':
      return msg('dns.external-dns-domain', { name, object, domains: externalDNS.domainFilters ?? [] });
    case null:
      return null;
  }
}

/** A Service whose annotation names the host, and still no record leads there (S6.9). */
function annotatedService(cluster: Cluster, name: string): DnsAnswer | null {
  const service = [...cluster.services.values()].find((each) => annotated(each, 'hostname').some((host) => host.toLowerCase() === name));
  if (service === undefined) return null;
  const key = nameKey(service.ref.namespace, service.ref.name);
  const pending = cluster.loadBalancers.get(key)?.state === 'pending';
  const why =
    leftOutWhy(cluster, 'service', name, key) ??
    (pending ? msg('dns.waits-for-load-balancer', { name, service: key }) : isInternal(service) ? msg('dns.waits-for-service', { name, service: key }) : null);
  if (why === null) return null;
  const path = Object.keys(service.metadata.annotations).find((field) => /external-dns\..*\/hostname$/.test(field)) ?? '';
  return answer({
    rcode: 'NXDOMAIN',
    object: service.ref,
    why,
    rules: pending ? ['S6.9', 'S8.1.1', 'F-40'] : ['S6.9', 'F-16'],
    because: [{ object: service.ref, path: ['metadata', 'annotations', path] }, ...seenPending(service.ref, cluster.loadBalancers.get(key))],
  });
}

/** The line of an event or a table that says that the load balancer is not there. */
function seenPending(object: ObjectRef, balancer: LoadBalancer | undefined): readonly Reason[] {
  return balancer?.state === 'pending' && balancer.decidedBy?.[0] === 'status' ? [{ object, path: balancer.decidedBy }] : [];
}

const isInternal = ({ type, externalIPs }: Service) => type === 'ClusterIP' && externalIPs.length === 0;

/** An Ingress that names the host and that the API server would not take. */
function rejectedIngress(cluster: Cluster, name: string): ObjectRef | null {
  const found = cluster.rejections.find(({ object }) => {
    if (object.kind !== 'Ingress') return false;
    const written = cluster.manifests.objects.find(({ ref }) => refKey(ref) === refKey(object));
    return written !== undefined && hostsOf(written).some((host) => host !== '' && covers(host, name));
  });
  return found?.object ?? null;
}

/** A stated record whose Service or Ingress has no address: nothing was published, and here is why (S6.9, S8.1.1). */
function waitingPointer(cluster: Cluster, name: string): DnsAnswer | null {
  const record = Object.entries(cluster.environment.publicDNS).find(([host]) => host.toLowerCase().replace(/\.$/, '') === name)?.[1];
  if (record === undefined) return null;
  if ('service' in record) {
    const balancer = cluster.loadBalancers.get(record.service);
    const ref = cluster.services.get(record.service)?.ref ?? null;
    return answer({
      rcode: 'NXDOMAIN',
      object: ref,
      why:
        balancer?.state === 'pending'
          ? msg('dns.waits-for-load-balancer', { name, service: record.service })
          : msg('dns.waits-for-service', { name, service: record.service }),
      rules: ['S6.9', 'S8.1.1', 'F-40'],
      because: ref === null ? [] : [{ object: ref, path: ['spec', 'type'] }, ...seenPending(ref, balancer)],
    });
  }
  if ('ingress' in record) {
    const ref = cluster.ingresses.get(record.ingress)?.ref ?? null;
    const trouble = cluster.controllers.find(({ claims }) => claims.includes(record.ingress))?.balancer?.trouble;
    if (trouble != null) return answer({ rcode: 'NXDOMAIN', object: ref, why: trouble.why, rules: [...trouble.rules, 'S6.9'], because: trouble.because });
    return answer({
      rcode: 'NXDOMAIN',
      object: ref,
      why: msg('dns.waits-for-ingress', { name, ingress: record.ingress }),
      rules: ['S6.9', 'S9.1', 'F-52'],
      because: ref === null ? [] : [{ object: ref, path: ['spec', 'ingressClassName'] }],
    });
  }
  return null;
}

/** Every name that these manifests give to the outside. */
function hostsIn(cluster: Cluster): readonly string[] {
  const hosts = [...cluster.ingresses.values()].flatMap(({ rules, tls }) => [...rules.map(({ host }) => host), ...tls.flatMap((entry) => entry.hosts)]);
  return [...new Set([...hosts.filter((host) => host !== ''), ...cluster.publicRecords.keys()])];
}

function serviceRef(key: string): ObjectRef {
  const [namespace = '', name = ''] = key.split('/');
  return { kind: 'Service', namespace, name };
}
