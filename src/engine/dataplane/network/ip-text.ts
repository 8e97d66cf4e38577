/** Questions about addresses as text, asked on the way of a packet. False for what cannot be read. */
import * as ip from '../../manifests/ip.ts';

/** Blanks around the range are ignored, as load balancer source ranges are read. */
export function isInCidr(text: string, range: string): boolean {
  const cidr = ip.parseCidr(range.trim());
  return cidr !== null && ip.cidrContains(cidr, text);
}

export function isLoopback(text: string): boolean {
  const address = ip.parseIp(text);
  return address !== null && ip.isLoopback(address);
}

/** An address that no Internet route leads to: a client that has one stands in the same private network. */
export function isPrivate(text: string): boolean {
  const address = ip.parseIp(text);
  return address !== null && (ip.isPrivate(address) || ip.isLinkLocal(address));
}
