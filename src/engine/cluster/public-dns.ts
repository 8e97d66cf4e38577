/**
 * Public names of the cluster (S6.9): Kubernetes makes none itself. There are those that a person stated, the names of
 * load balancers, and, where the world is open, the hosts of Ingresses and of external-dns annotations (S1.3a).
 * What has no address yet has no record.
 */
import { msg, type Message } from '../../catalogue/message.ts';
import type { EndpointSlice } from '../kinds/endpoint-slice/endpoint-slice-spec.ts';
import type { Ingress } from '../kinds/ingress/ingress-spec.ts';
import type { Node } from '../kinds/node/node-spec.ts';
import type { PublicRecord } from '../kinds/scenario/scenario-spec.ts';
import type { LoadBalancerIngress, Service } from '../kinds/service/service-spec.ts';
import { canonicalIp } from '../manifests/ip.ts';
import { nameKey, type ObjectRef } from '../manifests/object-ref.ts';
import { answerTo, infer } from './assumptions.ts';
import type { Controller, LoadBalancer, PublicDnsRecord } from './cluster.ts';
import type { Environment } from './environment.ts';
import { annotated, annotation, isForAnother, leftOut, type ExternalDnsSource } from './external-dns.ts';
import type { SettledGatewayApi } from './gateways/settled.ts';
import type { Ledger } from './ledger.ts';
import type { LocalEndpoints } from './local-endpoints.ts';
import { byAge } from './name-order.ts';

interface Published {
  readonly nodes: ReadonlyMap<string, Node>;
  readonly services: ReadonlyMap<string, Service>;
  readonly ingresses: ReadonlyMap<string, Ingress>;
  readonly controllers: readonly Controller[];
  readonly gatewayApi: SettledGatewayApi;
  readonly loadBalancers: ReadonlyMap<string, LoadBalancer>;
  readonly local: LocalEndpoints;
  readonly slices: ReadonlyMap<string, readonly EndpointSlice[]>;
}

interface Target {
  readonly addresses: readonly string[];
  readonly cname: string | null;
}

export function publicRecords(published: Published, environment: Environment, ledger: Ledger): ReadonlyMap<string, PublicDnsRecord> {
  const records = new Map<string, PublicDnsRecord>();
  const blocked = new Set<string>();
  const add = (name: string, target: Target | null, from: ObjectRef | null, why: Message, assumption: string | null): void => {
    const key = name.toLowerCase().replace(/\.$/, '');
    if (key === '' || target === null || records.has(key) || blocked.has(key)) return;
    records.set(key, { name: key, ...target, from, why, assumption });
  };
  const balancerNames = new Map<string, readonly string[]>();
  for (const balancer of published.loadBalancers.values()) {
    for (const { hostname } of balancer.ingress) if (hostname !== null) balancerNames.set(hostname.toLowerCase(), balancer.addresses);
  }
  for (const { balancer, publishes } of published.controllers) {
    for (const { hostname } of publishes) if (hostname !== null && balancer !== null) balancerNames.set(hostname.toLowerCase(), balancer.addresses);
  }
  const resolve = (ingress: readonly LoadBalancerIngress[]): Target | null => targetOf(ingress, balancerNames);

  for (const [name, record] of Object.entries(environment.publicDNS)) {
    if ('none' in record) blocked.add(name.toLowerCase());
    const { target, from } = statedTarget(record, published, balancerNames, resolve, environment);
    add(name, target, from, msg('cluster.dns.stated', { name }), null);
    // A stated record that has no address yet still keeps others from making one up.
    if (target === null) blocked.add(name.toLowerCase());
  }
  for (const [key, balancer] of published.loadBalancers) {
    const from = published.services.get(key)?.ref ?? null;
    for (const { hostname } of balancer.ingress) {
      if (hostname !== null)
        add(
          hostname,
          { addresses: balancer.addresses, cname: null },
          from,
          msg('cluster.dns.load-balancer', { product: balancer.product }),
          balancer.assumption,
        );
    }
  }
  for (const { balancer, claims, publishes, assumption } of published.controllers) {
    const from = published.ingresses.get(claims[0] ?? '')?.ref ?? null;
    for (const { hostname } of publishes) {
      if (balancer === null || hostname === null) continue;
      add(hostname, { addresses: balancer.addresses, cname: null }, from, msg('cluster.dns.load-balancer', { product: balancer.product }), assumption);
    }
  }
  const claimedBy = new Map<string, Controller>();
  for (const controller of published.controllers) for (const key of controller.claims) if (!claimedBy.has(key)) claimedBy.set(key, controller);
  const { externalDNS } = environment;
  const presume = (source: ExternalDnsSource, host: string, target: Target | null, from: ObjectRef, why: Message, message: Message): void => {
    const name = host.toLowerCase();
    if (target === null || records.has(name) || blocked.has(name)) return;
    // Who publishes names is known: what it makes is a fact, and nobody makes the others.
    if (externalDNS !== null) {
      if (leftOut(externalDNS, source, name) === null)
        add(name, target, from, msg('cluster.dns.published', { object: nameKey(from.namespace, from.name), source }), null);
      return;
    }
    const id = `dns:${name}`;
    const answer = answerTo(environment, id);
    if (answer === 'refused') return;
    const value = environment.assume[id];
    const stated = typeof value === 'string' ? canonicalIp(value) : null;
    add(name, stated === null ? target : { addresses: [stated], cname: null }, from, why, infer(ledger, answer, id, message));
  };
  for (const service of [...published.services.values()].sort(byAge)) {
    const key = nameKey(service.ref.namespace, service.ref.name);
    if (isForAnother(service)) continue;
    for (const host of annotated(service, 'hostname')) {
      presume(
        'service',
        host,
        statedByAnnotation(service) ?? serviceTarget(key, service, published, resolve, environment),
        service.ref,
        msg('cluster.dns.external-dns', { object: key }),
        msg('assume.dns-annotation', { host, object: key }),
      );
    }
  }
  for (const ingress of [...published.ingresses.values()].sort(byAge)) {
    const key = nameKey(ingress.ref.namespace, ingress.ref.name);
    if (isForAnother(ingress)) continue;
    const target = statedByAnnotation(ingress) ?? ingressTarget(ingress, claimedBy.get(key), resolve);
    for (const host of new Set(ingressHosts(ingress))) {
      presume('ingress', host, target, ingress.ref, msg('cluster.dns.ingress', { ingress: key }), msg('assume.dns', { host, ingress: key }));
    }
  }
  for (const { gateway, addresses, listeners } of published.gatewayApi.gateways.values()) {
    const target = resolve(addresses);
    for (const { owner, hostname, attached } of listeners) {
      const hosts = attached.length === 0 ? [hostname ?? ''] : attached.flatMap(({ hostnames }) => hostnames);
      for (const host of new Set(hosts)) {
        const object = `Gateway/${gateway}`;
        if (host !== '') presume('gateway', host, target, owner, msg('cluster.dns.gateway', { gateway }), msg('assume.dns', { host, ingress: object }));
      }
    }
  }
  return records;
}

/** Hosts of an Ingress, from the rules, `tls` and the annotation, as `ingress-hostname-source` limits them. */
function ingressHosts(ingress: Ingress): readonly string[] {
  const from = annotation(ingress, 'ingress-hostname-source');
  const defined = [...ingress.rules.map(({ host }) => host), ...ingress.tls.flatMap((entry) => entry.hosts)].filter((host) => host !== '');
  const named = annotated(ingress, 'hostname');
  return from === 'annotation-only' ? named : from === 'defined-hosts-only' ? defined : [...defined, ...named];
}

/** What the annotation `target` says instead of the object's own address. */
function statedByAnnotation(object: Service | Ingress): Target | null {
  const targets = annotated(object, 'target');
  const addresses = targets.flatMap((target) => canonicalIp(target) ?? []);
  return targets.length === 0 ? null : { addresses, cname: addresses.length > 0 ? null : targets[0]! };
}

function targetOf(ingress: readonly LoadBalancerIngress[], balancerNames: ReadonlyMap<string, readonly string[]>): Target | null {
  const addresses = ingress.flatMap(({ ip }) => ip ?? []);
  if (addresses.length > 0) return { addresses, cname: null };
  const name = ingress.find(({ hostname }) => hostname !== null)?.hostname ?? null;
  if (name === null) return null;
  return { addresses: balancerNames.get(name.toLowerCase()) ?? [], cname: name };
}

type Resolve = (ingress: readonly LoadBalancerIngress[]) => Target | null;

function statedTarget(
  record: PublicRecord,
  published: Published,
  balancerNames: ReadonlyMap<string, readonly string[]>,
  resolve: Resolve,
  environment: Environment,
): { readonly target: Target | null; readonly from: ObjectRef | null } {
  if ('address' in record) return { target: { addresses: [canonicalIp(record.address) ?? record.address], cname: null }, from: null };
  if ('cname' in record) return { target: { addresses: balancerNames.get(record.cname.toLowerCase()) ?? [], cname: record.cname }, from: null };
  if ('ingress' in record) {
    const ingress = published.ingresses.get(record.ingress);
    return {
      target:
        ingress === undefined
          ? null
          : ingressTarget(
              ingress,
              published.controllers.find(({ claims }) => claims.includes(record.ingress)),
              resolve,
            ),
      from: ingress?.ref ?? null,
    };
  }
  if ('gateway' in record) {
    const settled = published.gatewayApi.gateways.get(record.gateway);
    const [namespace = '', name = ''] = record.gateway.split('/');
    return { target: settled === undefined ? null : resolve(settled.addresses), from: { kind: 'Gateway', namespace, name } };
  }
  if ('service' in record) {
    const service = published.services.get(record.service);
    return { target: service === undefined ? null : serviceTarget(record.service, service, published, resolve, environment), from: service?.ref ?? null };
  }
  if ('nodes' in record) return { target: nodesTarget([...published.nodes.values()]), from: null };
  return { target: null, from: null };
}

/** The status that was pasted, else what the claiming controller publishes (S9.11). */
function ingressTarget(ingress: Ingress, controller: Controller | undefined, resolve: Resolve): Target | null {
  if (ingress.statusIngress !== null && ingress.statusIngress.length > 0) return resolve(ingress.statusIngress.map((entry) => ({ ...entry, ipMode: 'VIP' })));
  return controller === undefined ? null : resolve(controller.publishes);
}

/**
 * A load balancer's address; node addresses for node ports, with policy Local only of nodes with an endpoint; the Pods of
 * a headless Service; a ClusterIP only with `--publish-internal-services`.
 */
function serviceTarget(
  key: string,
  service: Service,
  { nodes, loadBalancers, local, slices }: Published,
  resolve: Resolve,
  { externalDNS }: Environment,
): Target | null {
  const balancer = loadBalancers.get(key);
  if (balancer !== undefined) return balancer.state === 'active' ? resolve(balancer.ingress) : null;
  if (service.externalIPs.length > 0 && service.type !== 'NodePort') return { addresses: service.externalIPs, cname: null };
  if (service.type === 'ExternalName') return service.externalName === null ? null : { addresses: [], cname: service.externalName };
  if (service.headless)
    return addressesTarget((slices.get(key) ?? []).flatMap(({ endpoints }) => endpoints.filter(({ ready }) => ready).flatMap((each) => each.addresses)));
  if (service.type !== 'NodePort') return externalDNS?.publishInternalServices === true ? addressesTarget(service.clusterIPs) : null;
  const holding = local(key).nodes;
  const serving = [...nodes.values()].filter((node) => service.externalTrafficPolicy !== 'Local' || holding.has(node.ref.name));
  const access = annotation(service, 'access');
  return access === 'public' || access === 'private'
    ? addressesTarget(nodeAddresses(serving, access === 'public' ? 'ExternalIP' : 'InternalIP'))
    : nodesTarget(serving);
}

function addressesTarget(addresses: readonly string[]): Target | null {
  return addresses.length === 0 ? null : { addresses: [...new Set(addresses)], cname: null };
}

function nodeAddresses(nodes: readonly Node[], kind: 'ExternalIP' | 'InternalIP'): readonly string[] {
  return nodes.flatMap((node) => node.addresses.filter(({ type }) => type === kind).map(({ address }) => address));
}

function nodesTarget(nodes: readonly Node[]): Target | null {
  const external = nodeAddresses(nodes, 'ExternalIP');
  return addressesTarget(external.length > 0 ? external : nodeAddresses(nodes, 'InternalIP'));
}
