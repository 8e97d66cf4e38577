/**
 * What becomes of Services of type LoadBalancer (S8.1): which product of which provider, in which delivery mode, at
 * which address, over which nodes; or why nobody provides one. A published address in the status outweighs the cloud.
 */
import { msg } from '../../catalogue/message.ts';
import type { Node } from '../kinds/node/node-spec.ts';
import type { Cloud } from '../kinds/scenario/scenario-spec.ts';
import type { LoadBalancerIngress, Service } from '../kinds/service/service-spec.ts';
import { canonicalIp } from '../manifests/ip.ts';
import type { LoadBalancer } from './cluster.ts';
import type { Environment } from './environment.ts';
import { hexHash } from './hash.ts';
import { type Ledger, recordProvenance } from './ledger.ts';
import { type AddressPool, addressPool } from './load-balancers/address-pool.ts';
import { addressBook, type AnnouncedPools, familiesOf } from './load-balancers/announced.ts';
import { awsInTree } from './load-balancers/aws-intree.ts';
import { awsLbc } from './load-balancers/aws-lbc.ts';
import { azure } from './load-balancers/azure.ts';
import { proxyByHand } from './load-balancers/by-hand.ts';
import { eligibleNodes } from './load-balancers/eligible-nodes.ts';
import { gcp } from './load-balancers/gcp.ts';
import { generic, nobody } from './load-balancers/generic.ts';
import { KUBE_VIP_ELECTION, kubeVip, kubeVipPools } from './load-balancers/kube-vip.ts';
import { metallbPools, type MetallbWorld } from './load-balancers/metallb-pools.ts';
import { metallb, metallbAnnotation } from './load-balancers/metallb.ts';
import type { Offer, Refusal } from './load-balancers/provider.ts';
import { withArpOf } from './load-balancers/strict-arp.ts';
import type { LocalEndpoints } from './local-endpoints.ts';
import { byAge } from './name-order.ts';
import { BALANCER_PATH, type SeenBalancer } from './sighted-services.ts';

/** Id of the assumption about the cloud; load balancers that only exist because of it carry it. */
export const CLOUD_ASSUMPTION = 'cloud';

/** What a provider may look at beside the Service. */
interface World {
  readonly nodes: ReadonlyMap<string, Node>;
  readonly local: LocalEndpoints;
  readonly environment: Environment;
  readonly pool: AddressPool;
  /** Pools that were pasted; null where nothing is known of them. */
  readonly pools: AnnouncedPools | null;
  /** Load balancers that somebody saw missing, by Service key. */
  readonly missing: ReadonlyMap<string, SeenBalancer>;
  readonly ledger: Ledger;
}

export function loadBalancers(
  services: ReadonlyMap<string, Service>,
  nodes: ReadonlyMap<string, Node>,
  namespaces: MetallbWorld['namespaces'],
  local: LocalEndpoints,
  missing: ReadonlyMap<string, SeenBalancer>,
  environment: Environment,
  ledger: Ledger,
): ReadonlyMap<string, LoadBalancer> {
  const pools = pastedPools(services, nodes, namespaces, environment, ledger);
  const world: World = { nodes, local, environment, pool: addressPool(takenAddresses(services, nodes)), pools, missing, ledger };
  const asking = [...services].filter(([, service]) => service.type === 'LoadBalancer');
  // Who came first has the first choice of a pool (S1.4.7).
  const made = new Map((pools === null ? asking : asking.toSorted(([, a], [, b]) => byAge(a, b))).map(([key, service]) => [key, balance(key, service, world)]));
  const out = new Map(asking.flatMap(([key]) => [[key, made.get(key)!] as const]));
  for (const proxy of environment.proxies) {
    const service = services.get(proxy.service);
    if (service !== undefined && out.get(proxy.service)?.state !== 'active') out.set(proxy.service, proxyByHand(proxy, service, nodes));
  }
  return out;
}

/** The pools of MetalLB or kube-vip. What a status shows is given already. */
function pastedPools(
  services: ReadonlyMap<string, Service>,
  nodes: ReadonlyMap<string, Node>,
  namespaces: MetallbWorld['namespaces'],
  { cloud, complete }: Environment,
  { manifests }: Ledger,
): AnnouncedPools | null {
  const book = addressBook([...nodes.values()].flatMap(({ addresses }) => addresses.map(({ address }) => address)));
  for (const [key, service] of services) {
    for (const { ip } of service.statusIngress ?? []) if (ip !== null) book.give(ip, key, service, metallbAnnotation(service, 'allow-shared-ip')?.value ?? '');
  }
  const mode = cloud.endsWith('bgp') ? 'bgp' : 'l2';
  if (cloud.startsWith('metallb')) return metallbPools({ manifests, complete, mode, namespaces }, book);
  return cloud.startsWith('kube-vip') ? kubeVipPools(manifests, mode, book) : null;
}

function balance(key: string, service: Service, world: World): LoadBalancer {
  const { nodes, environment, pool, pools, missing, ledger } = world;
  const published = service.statusIngress !== null && service.statusIngress.length > 0 ? service.statusIngress : null;
  const offered = offerFor(service, environment);
  const known = offered.kind === 'pending' && published !== null ? unknownProvider(service, published) : offered;
  const isOff = environment.loadBalancers[key]?.pending === true;
  const seen = published === null && !isOff ? missing.get(key) : undefined;
  if (seen !== undefined) return { ...pending(key, known, false), ...seen, decidedBy: BALANCER_PATH };
  if (known.kind === 'pending' || isOff) return pending(key, known, isOff);
  const isAssumed = published === null && !environment.complete && !environment.stated.includes('cloud');
  const families = familiesOf(service);
  const own = pool.internal(families[0]!);
  const given = published !== null || pools === null ? null : pools.allocate(key, service);
  if (given?.kind === 'pending') return pending(key, given, false);
  const ingress =
    published ?? given?.addresses.map((ip) => ({ ip, hostname: null, ipMode: 'VIP' as const })) ?? newAddress(key, service, known, nodes, pool, own);
  const addresses = ingress.flatMap(({ ip }) => (ip === null ? [] : [ip]));
  // A published name resolves to an address outside the manifests; one is made up for it.
  if (addresses.length === 0) addresses.push(known.scheme === 'internal' ? own : pool.external(families[0]!));
  const announcement = given === null || pools === null ? undefined : pools.announcement(service, addresses);
  // The kind of an advertisement says how the address is announced, whatever is taken for the cluster.
  const again = announcement == null || !environment.cloud.startsWith('metallb') ? known : metallb(service, announcement.mode);
  const offer = withArpOf(environment, again.kind === 'offer' ? again : known);
  const { eligible, excluded } =
    announcement === null
      ? { eligible: [], excluded: [...nodes.keys()].map((what) => ({ what, why: msg('cluster.lb.metallb-not-advertised', { address: addresses[0]! }) })) }
      : eligibleNodes(key, service, offer, nodes, world.local(key), announcement ?? null, addresses[0]!);
  if (published === null) {
    const from = { object: service.ref, path: ['spec', 'type'] };
    const made = { object: service.ref, path: ['status', 'loadBalancer', 'ingress', 0] };
    const why = msg('provenance.load-balancer', { product: offer.product });
    recordProvenance(ledger, made, controllerOf(environment.cloud), why, from, isAssumed ? CLOUD_ASSUMPTION : null);
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
    announced: offer.announced !== null,
    heedsLocal: offer.announced?.perService !== false,
    sourceFilter: offer.sourceFilter,
    hashesSource: offer.hashesSource,
    notes: offer.notes,
    nodes: offer.mode === 'ipTarget' ? [] : eligible,
    excluded,
    assumption: isAssumed ? CLOUD_ASSUMPTION : null,
  };
}

/** Who writes the address into the status. */
function controllerOf(cloud: Cloud): string {
  switch (cloud) {
    case 'metallb-l2':
    case 'metallb-bgp':
      return 'MetalLB';
    case 'kube-vip-arp':
    case 'kube-vip-bgp':
      return 'kube-vip';
    case 'aws-lbc':
      return 'AWS Load Balancer Controller';
    case 'none':
    case 'aws-intree':
    case 'gcp':
    case 'azure':
    case 'generic-proxy':
    case 'generic-passthrough':
      return 'cloud-controller-manager';
  }
}

function offerFor(service: Service, { cloud, stated, assume }: Environment): Offer | Refusal {
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
    case 'kube-vip-arp':
      return kubeVip(service, 'l2', assume[KUBE_VIP_ELECTION] !== false);
    case 'kube-vip-bgp':
      return kubeVip(service, 'bgp', true);
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
  return familiesOf(service).map((family) => ({ ip: pool.external(family), hostname: null, ipMode }));
}

/** Of the nodes, by their labels or the names of their zones. */
export function regionOf(nodes: ReadonlyMap<string, Node>): string {
  for (const { region, zone } of nodes.values()) {
    if (region !== null) return region;
    if (zone !== null && /^[a-z]+-[a-z]+-\d[a-z]$/.test(zone)) return zone.slice(0, -1);
  }
  return 'us-east-1';
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
    announced: offer.kind === 'offer' && offer.announced !== null,
    heedsLocal: true,
    sourceFilter: offer.kind === 'offer' ? offer.sourceFilter : 'own',
    hashesSource: offer.kind === 'offer' && offer.hashesSource,
    notes: [],
    nodes: [],
    excluded: [],
    assumption: null,
  };
}

/** Addresses that no load balancer may get. */
export function takenAddresses(services: ReadonlyMap<string, Service>, nodes: ReadonlyMap<string, Node>): ReadonlySet<string> {
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
