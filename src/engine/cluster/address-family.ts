import type { IpFamily } from '../manifests/ip.ts';

/** Of a canonical address. */
export function familyOf(ip: string): IpFamily {
  return ip.includes(':') ? 'IPv6' : 'IPv4';
}
