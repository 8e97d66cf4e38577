/** Addresses and CIDRs, as settings list whom a proxy trusts or lets pass. */
import { cidrContains, parseCidr } from '../../manifests/ip.ts';

/** The first range (an address or a CIDR) that holds the address; null when none does. */
export function inRanges(ranges: readonly string[], ip: string): string | null {
  return ranges.find((range) => contains(range, ip)) ?? null;
}

function contains(range: string, ip: string): boolean {
  const cidr = parseCidr(range.includes('/') ? range : `${range}/${range.includes(':') ? 128 : 32}`);
  return cidr !== null && cidrContains(cidr, ip);
}
