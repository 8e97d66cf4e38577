/**
 * What becomes of Services of type LoadBalancer (S8.1): which product of which provider, in which delivery mode, at
 * which address, over which nodes; or why nobody provides one. A published address in the status outweighs the cloud.
 */
import { msg } from '../../catalogue/message.ts';
import type { Node } from '../kinds/node/node-spec.ts';
import type { LoadBalancerIngress, Service } from '../kinds/service/service-spec.ts';
import { canonicalIp, type IpFamily } from '../manifests/ip.ts';
import type { LoadBalancer } from './cluster.ts';
import type { Environment } from './environment.ts';
import { hash, hexHash } from './hash.ts';
import { type Ledger, recordProvenance } from './ledger.ts';
import { type AddressPool, addressPool } from './load-balancers/address-pool.ts';
import { awsInTree } from './load-balancers/aws-intree.ts';
import { awsLbc } from './load-balancers/aws-lbc.ts';
import { azure } from './load-balancers/azure.ts';
import { proxyByHand } from './load-balancers/by-hand.ts';
import { gcp } from './load-balancers/gcp.ts';
import { generic, nobody } from './load-balancers/generic.ts';
import { type MetallbPools, metallbPools } from './load-balancers/metallb-pools.ts';
import { metallb } from './load-balancers/metallb.ts';
import { type Offer, type Refusal, refuse } from './load-balancers/provider.ts';
import type { LocalEndpoints } from './local-endpoints.ts';

/** Id of the assumption about the cloud; load balancers that only exist because of it carry it. */
export const CLOUD_ASSUMPTION = 'cloud';

export function loadBalancers(
  services: ReadonlyMap<string, Service>,
  nodes: ReadonlyMap<string, Node>,
  local: LocalEndpoints,
  environment: Environment,
  ledger: Ledger,
): ReadonlyMap<string, LoadBalancer> {
  const taken = takenAddresses(services, nodes);
  const pool = addressPool(taken);
  const pools = environment.cloud.startsWith('metallb') ? metallbPools(ledger.manifests, environment.complete) : null;
  const given = new Set(taken);
  const out = new Map<string, LoadBalancer>();
  for (const [key, service] of services) {
    if (service.type !== 'LoadBalancer') continue;
    const made = balance(key, service, nodes, local, environment, pool, pools === null ? null : { pools, given }, ledger);
    for (const address of made.addresses) given.add(address);
    out.set(key, made);
  }
  for (const proxy of environment.proxies) {
    const service = services.get(proxy.service);
    if (service !== undefined && out.get(proxy.service)?.state !== 'active') out.set(proxy.service, proxyByHand(proxy, service, nodes));
  }
  return out;
}

function balance(
  key: string,
  service: Service,
  nodes: ReadonlyMap<string, Node>,
  local: LocalEndpoints,
  environment: Environment,
  pool: AddressPool,
  announced: { readonly pools: MetallbPools; readonly given: ReadonlySet<string> } | null,
  ledger: Ledger,
): LoadBalancer {
  const published = service.statusIngress !== null && service.statusIngress.length > 0 ? service.statusIngress : null;
  const offered = offerFor(service, environment);
  const offer = offered.kind === 'pending' && published !== null ? unknownProvider(service, published) : offered;
  const isOff = environment.loadBalancers[key]?.pending === true;
  if (offer.kind === 'pending' || isOff) return pending(key, offer, isOff);
  const isAssumed = published === null && !environment.complete && !environment.stated.includes('cloud');
  const families = service.ipFamilies.length === 0 ? (['IPv4'] as const) : service.ipFamilies;
  const own = pool.internal(families[0]!);
  const fromPool = published !== null || announced === null ? null : families.flatMap((family) => pooledAddress(service, offer, family, announced) ?? []);
  if (fromPool?.length === 0) {
    const why = offer.requestedIP === null ? msg('cluster.lb.metallb-no-pool') : msg('cluster.lb.metallb-outside-pools', { address: offer.requestedIP });
    return pending(key, refuse(why, ['S8.5.1', 'S8.5.2', 'F-47'], offer.decidedBy), false);
  }
  const ingress = published ?? fromPool?.map((ip) => ({ ip, hostname: null, ipMode: 'VIP' as const })) ?? newAddress(key, service, offer, nodes, pool, own);
  const addresses = ingress.flatMap(({ ip }) => (ip === null ? [] : [ip]));
  // A published name resolves to an address outside the manifests; one is made up for it.
  if (addresses.length === 0) addresses.push(offer.scheme === 'internal' ? own : pool.external(families[0]!));
  const isAdvertised = fromPool === null || announced === null || fromPool.every((ip) => announced.pools.isAdvertised(ip));
  const { eligible, excluded } = isAdvertised
    ? eligibleNodes(key, service, offer, nodes, local, addresses[0]!)
    : { eligible: [], excluded: [...nodes.keys()].map((what) => ({ what, why: msg('cluster.lb.metallb-not-advertised', { address: addresses[0]! }) })) };
  if (published === null) {
    const by = environment.cloud.startsWith('metallb')
      ? 'MetalLB'
      : environment.cloud === 'aws-lbc'
        ? 'AWS Load Balancer Controller'
        : 'cloud-controller-manager';
    const from = { object: service.ref, path: ['spec', 'type'] };
    const made = { object: service.ref, path: ['status', 'loadBalancer', 'ingress', 0] };
    recordProvenance(ledger, made, by, msg('provenance.load-balancer', { product: offer.product }), from, isAssumed ? CLOUD_ASSUMPTION : null);
  }
  return {
    service: key,
    product: offer.product,
    state: 'active',
    why: offer.why,
    rules: offer.rules,
    decidedBy: offer.decidedBy,
    mode: offer.mode,
    ingress,
    addresses,
    ownAddress: own,
    scheme: offer.scheme,
    preservesClientIP: offer.preservesClientIP,
    proxyProtocol: offer.proxyProtocol,
    tls: offer.tls,
    http: offer.http,
    nodes: offer.mode === 'ipTarget' ? [] : eligible,
    excluded,
    assumption: isAssumed ? CLOUD_ASSUMPTION : null,
  };
}

function offerFor(service: Service, { cloud, stated }: Environment): Offer | Refusal {
  switch (cloud) {
    case 'none':
      return nobody();
    case 'aws-intree':
      return awsInTree(service);
    case 'aws-lbc':
      return awsLbc(service);
    case 'gcp':
      return gcp(service);
    case 'azure':
      return azure(service);
    case 'metallb-l2':
      return metallb(service, 'l2');
    case 'metallb-bgp':
      return metallb(service, 'bgp');
    case 'generic-proxy':
      return generic(service, 'proxy', stated.includes('cloud'));
    case 'generic-passthrough':
      return generic(service, 'passthrough', stated.includes('cloud'));
  }
}

/** Somebody provided what the status shows; its form tells the delivery mode (S7.9, S8.2.13). */
function unknownProvider(service: Service, published: readonly LoadBalancerIngress[]): Offer | Refusal {
  const decidedBy = ['status', 'loadBalancer', 'ingress', 0];
  const name = published.find(({ hostname }) => hostname !== null)?.hostname ?? null;
  if (name?.endsWith('.amazonaws.com') === true) return awsInTree({ ...service, loadBalancerClass: null });
  const isProxy = name !== null || published.some(({ ipMode }) => ipMode === 'Proxy');
  const offer = generic(service, isProxy && service.ports.every(({ nodePort }) => nodePort !== 0) ? 'proxy' : 'passthrough', false);
  return offer.kind === 'pending' ? offer : { ...offer, why: msg('cluster.lb.published'), rules: ['S1.4.6', 'S8.1.5'], decidedBy };
}

function pooledAddress(
  service: Service,
  offer: Offer,
  family: IpFamily,
  { pools, given }: { readonly pools: MetallbPools; readonly given: ReadonlySet<string> },
): string | null {
  const asked = offer.requestedIP === null ? null : (canonicalIp(offer.requestedIP) ?? offer.requestedIP);
  return pools.allocate(service, asked, family, given);
}

function newAddress(
  key: string,
  service: Service,
  offer: Offer,
  nodes: ReadonlyMap<string, Node>,
  pool: AddressPool,
  own: string,
): readonly LoadBalancerIngress[] {
  if (offer.named)
    return [{ ip: null, hostname: `${offer.scheme === 'internal' ? 'internal-' : ''}${hexHash(key)}.elb.${regionOf(nodes)}.amazonaws.com`, ipMode: 'VIP' }];
  const asked = offer.requestedIP === null ? null : canonicalIp(offer.requestedIP);
  const ipMode = offer.mode === 'proxy' ? 'Proxy' : 'VIP';
  if (asked !== null) return [{ ip: asked, hostname: null, ipMode }];
  if (offer.scheme === 'internal') return [{ ip: own, hostname: null, ipMode }];
  const families = service.ipFamilies.length === 0 ? (['IPv4'] as const) : service.ipFamilies;
  return families.map((family) => ({ ip: pool.external(family), hostname: null, ipMode }));
}

function regionOf(nodes: ReadonlyMap<string, Node>): string {
  for (const { region, zone } of nodes.values()) {
    if (region !== null) return region;
    if (zone !== null && /^[a-z]+-[a-z]+-\d[a-z]$/.test(zone)) return zone.slice(0, -1);
  }
  return 'us-east-1';
}

/** S8.1.4; with policy Local only nodes whose health check answers 200 (S7.10.1). MetalLB L2: one of them (S8.5.3). */
function eligibleNodes(
  key: string,
  service: Service,
  offer: Offer,
  nodes: ReadonlyMap<string, Node>,
  local: LocalEndpoints,
  address: string,
): { readonly eligible: readonly string[]; readonly excluded: LoadBalancer['excluded'] } {
  const excluded: { what: string; why: LoadBalancer['why'] }[] = [];
  if (offer.mode === 'ipTarget') return { eligible: [], excluded };
  const withEndpoints = local(key);
  const candidates: string[] = [];
  for (const [name, node] of nodes) {
    const why = node.excludedFromLoadBalancers
      ? msg('cluster.lb.node-excluded', { node: name })
      : !node.ready
        ? msg('cluster.lb.node-not-ready', { node: name })
        : service.externalTrafficPolicy === 'Local' && !withEndpoints.nodes.has(name)
          ? offer.product === 'MetalLB'
            ? msg('cluster.lb.speaker-without-endpoint', { node: name })
            : msg('cluster.lb.node-without-endpoint', { node: name, port: service.healthCheckNodePort })
          : null;
    if (why === null) candidates.push(name);
    else excluded.push({ what: name, why });
  }
  if (offer.spread === 'all-nodes') return { eligible: candidates, excluded };
  // An address without a ready endpoint is announced by nobody.
  if (!withEndpoints.any) {
    for (const name of candidates) excluded.push({ what: name, why: msg('cluster.lb.not-announced', { service: key }) });
    return { eligible: [], excluded };
  }
  const chosen = candidates.toSorted((a, b) => hash(`${a}#${address}`) - hash(`${b}#${address}`))[0];
  for (const name of candidates)
    if (name !== chosen) excluded.push({ what: name, why: msg('cluster.lb.not-announcing', { node: name, address, chosen: chosen! }) });
  return { eligible: chosen === undefined ? [] : [chosen], excluded };
}

function pending(key: string, offer: Offer | Refusal, isOff: boolean): LoadBalancer {
  return {
    service: key,
    product: offer.kind === 'offer' ? offer.product : 'Load balancer',
    state: 'pending',
    why: offer.kind === 'pending' && !isOff ? offer.why : msg('cluster.lb.switched-off'),
    rules: isOff ? ['S8.1.1'] : offer.rules,
    decidedBy: offer.decidedBy,
    mode: offer.kind === 'offer' ? offer.mode : 'passthroughVip',
    ingress: [],
    addresses: [],
    ownAddress: '',
    scheme: offer.kind === 'offer' ? offer.scheme : 'internet-facing',
    preservesClientIP: offer.kind === 'offer' && offer.preservesClientIP,
    proxyProtocol: offer.kind === 'offer' && offer.proxyProtocol,
    tls: offer.kind === 'offer' ? offer.tls : null,
    http: offer.kind === 'offer' && offer.http,
    nodes: [],
    excluded: [],
    assumption: null,
  };
}

function takenAddresses(services: ReadonlyMap<string, Service>, nodes: ReadonlyMap<string, Node>): ReadonlySet<string> {
  const taken = new Set<string>();
  for (const service of services.values()) {
    for (const { ip } of service.statusIngress ?? []) if (ip !== null) taken.add(ip);
    for (const ip of service.externalIPs) taken.add(ip);
    const asked = service.loadBalancerIP === null ? null : canonicalIp(service.loadBalancerIP);
    if (asked !== null) taken.add(asked);
  }
  for (const node of nodes.values()) for (const { address } of node.addresses) taken.add(address);
  return taken;
}
