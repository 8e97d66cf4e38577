/**
 * What MetalLB may give and announce, as its pasted objects say (S8.5.1, S8.5.2): IPAddressPools hold the addresses,
 * advertisements make them reachable. Without a pasted pool nothing is known, and the provider's default holds.
 */
import type { Json, JsonObject, Manifests } from '../../manifests/document.ts';
import { canonicalIp, type IpFamily, ipFromValue, parseCidr, parseIp } from '../../manifests/ip.ts';
import type { Service } from '../../kinds/service/service-spec.ts';

interface Range {
  readonly family: IpFamily;
  readonly first: bigint;
  readonly last: bigint;
}

interface Pool {
  readonly name: string;
  readonly ranges: readonly Range[];
  readonly autoAssign: boolean;
}

export interface MetallbPools {
  /** The address for a Service: the one it asks for, else the first free one; null when no pool has it (`AllocationFailed`). */
  readonly allocate: (service: Service, asked: string | null, family: IpFamily, taken: ReadonlySet<string>) => string | null;
  /** Whether an advertisement covers the pool of the address. A part of a cluster may leave them out. */
  readonly isAdvertised: (address: string) => boolean;
}

const POOL = ['metallb.io/address-pool', 'metallb.universe.tf/address-pool'];

/** Null when no IPAddressPool was pasted. */
export function metallbPools(manifests: Manifests, complete: boolean): MetallbPools | null {
  const ofKind = (...kinds: readonly string[]) =>
    manifests.objects.filter(({ ref, apiVersion }) => apiVersion.startsWith('metallb.io/') && kinds.includes(ref.kind));
  const pools = ofKind('IPAddressPool').map(({ ref, value }): Pool => {
    const spec = mapping(value['spec']);
    return { name: ref.name, ranges: texts(spec['addresses']).flatMap(rangeOf), autoAssign: spec['autoAssign'] !== false };
  });
  if (pools.length === 0) return null;
  const advertisements = ofKind('L2Advertisement', 'BGPAdvertisement').map(({ value }) => mapping(value['spec']));
  return {
    allocate: (service, asked, family, taken) => {
      const named = POOL.map((name) => service.metadata.annotations[name]).find((value) => value !== undefined);
      if (asked !== null) return pools.some((pool) => pool.ranges.some((range) => contains(range, asked))) ? asked : null;
      const eligible = named === undefined ? pools.filter(({ autoAssign }) => autoAssign) : pools.filter(({ name }) => name === named);
      for (const range of eligible.flatMap(({ ranges }) => ranges)) {
        if (range.family !== family) continue;
        for (let value = range.first; value <= range.last; value++) {
          const ip = ipFromValue(family, value)?.text;
          if (ip !== undefined && !taken.has(ip)) return ip;
        }
      }
      return null;
    },
    isAdvertised: (address) => {
      if (advertisements.length === 0) return !complete;
      const pool = pools.find(({ ranges }) => ranges.some((range) => contains(range, address)));
      // A selector of pools by labels is taken to match.
      return advertisements.some((spec) => {
        const names = texts(spec['ipAddressPools']);
        return names.length === 0 || 'ipAddressPoolSelectors' in spec || (pool !== undefined && names.includes(pool.name));
      });
    },
  };
}

function contains({ family, first, last }: Range, ip: string): boolean {
  const address = parseIp(ip);
  return address !== null && address.family === family && address.value >= first && address.value <= last;
}

/** `192.168.10.0/24` or `192.168.10.5-192.168.10.9`; nothing for other texts. */
function rangeOf(text: string): readonly Range[] {
  const [from, to] = text.split('-').map((part) => parseIp(canonicalIp(part.trim()) ?? ''));
  if (from != null && to != null) return from.family === to.family ? [{ family: from.family, first: from.value, last: to.value }] : [];
  const cidr = parseCidr(text.trim());
  if (cidr === null) return [];
  const [base, length] = cidr.text.split('/');
  const address = parseIp(base ?? '');
  if (address === null) return [];
  const size = 1n << BigInt((address.family === 'IPv4' ? 32 : 128) - Number(length));
  return [{ family: address.family, first: address.value, last: address.value + size - 1n }];
}

function texts(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

function mapping(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}
