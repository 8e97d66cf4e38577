/**
 * What MetalLB gives and announces, as its pasted objects say (S8.5.1, S8.5.2). Without a pasted pool nothing is known,
 * and the provider's default holds.
 * https://metallb.io/usage/
 */
import { msg } from '../../../catalogue/message.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import type { Manifests } from '../../manifests/document.ts';
import { canonicalIp } from '../../manifests/ip.ts';
import { familyOf } from '../address-family.ts';
import type { Labels } from '../selectors.ts';
import { type AddressBook, type AnnouncedPools, type Announcement, familiesOf } from './announced.ts';
import { contains, firstFree } from './ip-ranges.ts';
import { metallbObjects, type MetallbObjects, type Pool } from './metallb-objects.ts';
import { metallbAnnotation, metallbPath } from './metallb.ts';
import { type Refusal, refuse } from './provider.ts';

export interface MetallbWorld {
  readonly manifests: Manifests;
  readonly complete: boolean;
  /** Which announcement is meant where an advertisement of either kind, or none, is known. */
  readonly mode: Announcement['mode'];
  readonly namespaces: ReadonlyMap<string, { readonly metadata: { readonly labels: Labels } }>;
}

/** Null when no IPAddressPool was pasted. */
export function metallbPools(world: MetallbWorld, book: AddressBook): AnnouncedPools | null {
  const objects = metallbObjects(world.manifests);
  if (objects.pools.length === 0) return null;
  const admits = (pool: Pool, service: Service) => isAdmitted(pool, service, world.namespaces);
  return {
    allocate: (key, service) => allocate(key, service, objects.pools, admits, book),
    announcement: (service, addresses) => announcementOf(service, addresses, objects, world),
  };
}

type Admits = (pool: Pool, service: Service) => boolean;
type Allocation = ReturnType<AnnouncedPools['allocate']>;

const RULES = ['S8.5.1', 'S8.5.2', 'F-47'] as const;

function allocate(key: string, service: Service, pools: readonly Pool[], admits: Admits, book: AddressBook): Allocation {
  const sharing = metallbAnnotation(service, 'allow-shared-ip')?.value ?? '';
  const asked = metallbAnnotation(service, 'loadBalancerIPs');
  const wanted = metallbAnnotation(service, 'address-pool');
  if (asked !== null && service.loadBalancerIP !== null) return refuse(msg('cluster.lb.metallb-asked-twice'), RULES, metallbPath(asked.name));
  const named = wanted === null ? null : pools.find(({ name }) => name === wanted.value);
  if (wanted !== null && named === undefined) return refuse(msg('cluster.lb.metallb-pool-unknown', { pool: wanted.value }), RULES, metallbPath(wanted.name));

  const texts = asked?.value.split(',') ?? (service.loadBalancerIP === null ? [] : [service.loadBalancerIP]);
  if (texts.length > 0) {
    const path = asked === null ? ['spec', 'loadBalancerIP'] : metallbPath(asked.name);
    const ips = texts.map((text) => canonicalIp(text.trim()) ?? text.trim());
    const refusal = askedFor(ips, service, named ?? null, pools, admits, book, sharing, path);
    if (refusal !== null) return refusal;
    for (const ip of ips) book.give(ip, key, service, sharing);
    return { kind: 'given', addresses: ips };
  }
  if (named != null && !admits(named, service)) return refuse(msg('cluster.lb.metallb-pool-closed', { pool: named.name }), RULES, metallbPath(wanted!.name));
  for (const pool of named == null ? poolsFor(service, pools, admits) : [named]) {
    const ips = fromPool(pool, service, book, sharing);
    if (ips === null) continue;
    for (const ip of ips) book.give(ip, key, service, sharing);
    return { kind: 'given', addresses: ips };
  }
  return refuse(msg('cluster.lb.metallb-no-pool'), RULES, ['spec', 'type']);
}

/** Why the addresses that a Service asks for cannot be its own; null: they can. */
function askedFor(
  ips: readonly string[],
  service: Service,
  named: Pool | null,
  pools: readonly Pool[],
  admits: Admits,
  book: AddressBook,
  sharing: string,
  path: Refusal['decidedBy'],
): Refusal | null {
  for (const ip of ips) {
    const pool = pools.find((one) => holds(one, ip));
    if (pool === undefined || (named !== null && pool !== named)) return refuse(msg('cluster.lb.metallb-outside-pools', { address: ip }), RULES, path);
    if (!admits(pool, service)) return refuse(msg('cluster.lb.metallb-pool-closed', { pool: pool.name }), RULES, path);
    const other = book.conflict(ip, service, sharing);
    if (other === '') return refuse(msg('cluster.lb.metallb-taken', { address: ip }), RULES, path);
    if (other !== null) return refuse(msg('cluster.lb.metallb-in-use', { address: ip, other }), RULES, path);
  }
  const families = familiesOf(service);
  const isWhole = ips.length === families.length && families.every((family) => ips.some((ip) => familyOf(ip) === family));
  return isWhole ? null : refuse(msg('cluster.lb.metallb-family', { families }), RULES, path);
}

/** Pools kept for the Service come first, in the order of their priority; then those for everybody (`autoAssign`). */
function poolsFor(service: Service, pools: readonly Pool[], admits: Admits): readonly Pool[] {
  const open = pools.filter(({ autoAssign }) => autoAssign);
  const rank = ({ allocation }: Pool) => (allocation === null || allocation.priority === 0 ? Infinity : allocation.priority);
  const kept = open.filter((pool) => pool.allocation !== null && admits(pool, service)).toSorted((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
  return [...kept, ...open.filter(({ allocation }) => allocation === null)];
}

/** An address per family. A Service that only prefers two families takes one where the pool has no more. */
function fromPool(pool: Pool, service: Service, book: AddressBook, sharing: string): readonly string[] | null {
  const families = familiesOf(service);
  const ips = families.flatMap((family) => firstFree(pool.ranges, family, (ip) => holds(pool, ip) && book.conflict(ip, service, sharing) === null) ?? []);
  return ips.length === families.length || (ips.length > 0 && service.ipFamilyPolicy === 'PreferDualStack') ? ips : null;
}

function holds({ ranges, avoidBuggyIPs }: Pool, ip: string): boolean {
  return contains(ranges, ip) && !(avoidBuggyIPs && /^\d+\.\d+\.\d+\.(0|255)$/.test(ip));
}

function isAdmitted({ allocation }: Pool, service: Service, namespaces: MetallbWorld['namespaces']): boolean {
  if (allocation === null) return true;
  const { namespace } = service.ref;
  const labels = { 'kubernetes.io/metadata.name': namespace, ...namespaces.get(namespace)?.metadata.labels };
  const isBound = allocation.namespaces.length > 0 || allocation.namespaceSelectors !== null;
  if (isBound && !allocation.namespaces.includes(namespace) && allocation.namespaceSelectors?.(labels) !== true) return false;
  return allocation.serviceSelectors === null || allocation.serviceSelectors(service.metadata.labels);
}

function announcementOf(
  service: Service,
  addresses: readonly string[],
  { pools, advertisements, peers }: MetallbObjects,
  world: MetallbWorld,
): Announcement | null {
  // A part of a cluster may leave the advertisements out.
  if (advertisements.length === 0) return world.complete ? null : { mode: world.mode, isFrom: () => true, preference: () => 0 };
  const pool = pools.find((one) => addresses.some((ip) => holds(one, ip)));
  const covering = advertisements.filter(({ covers, services }) => pool !== undefined && covers(pool) && services?.(service.metadata.labels) !== false);
  const [first] = covering;
  if (first === undefined) return null;
  const mode = covering.some((one) => one.mode === world.mode) ? world.mode : first.mode;
  const own = covering.filter((one) => one.mode === mode);
  const hasSession = (labels: Labels, names: readonly string[]) =>
    mode === 'l2' || peers.length === 0 || peers.some(({ name, nodes }) => (names.length === 0 || names.includes(name)) && nodes?.(labels) !== false);
  return {
    mode,
    isFrom: ({ metadata }) => own.some((one) => one.nodes?.(metadata.labels) !== false && hasSession(metadata.labels, one.peers)),
    preference: ({ metadata }) => own.reduce((sum, one) => sum + one.preference(metadata.labels), 0),
  };
}
