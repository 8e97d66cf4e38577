/** Ranges of addresses as pools of bare-metal load balancers write them: `192.168.10.0/24`, `192.168.10.5-192.168.10.9`. */
import { canonicalIp, type IpFamily, ipFromValue, parseCidr, parseIp } from '../../manifests/ip.ts';

export interface IpRange {
  readonly family: IpFamily;
  readonly first: bigint;
  readonly last: bigint;
}

/** Nothing for a text that is no range. */
export function ipRange(text: string): readonly IpRange[] {
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

export function contains(ranges: readonly IpRange[], ip: string): boolean {
  const address = parseIp(ip);
  return address !== null && ranges.some(({ family, first, last }) => address.family === family && address.value >= first && address.value <= last);
}

/** A pool may hold 2^64 addresses; nobody gives out more than these before one is free. */
const MOST = 65_536n;

/** The first address of the family that may be given; null when none is left. */
export function firstFree(ranges: readonly IpRange[], family: IpFamily, isFree: (ip: string) => boolean): string | null {
  for (const range of ranges) {
    if (range.family !== family) continue;
    const last = range.last - range.first < MOST ? range.last : range.first + MOST;
    for (let value = range.first; value <= last; value++) {
      const ip = ipFromValue(family, value)?.text;
      if (ip !== undefined && isFree(ip)) return ip;
    }
  }
  return null;
}
