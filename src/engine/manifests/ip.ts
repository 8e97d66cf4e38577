/**
 * IP addresses and CIDR ranges as Kubernetes reads and prints them.
 *
 * Reading follows Go's net package with the tolerance that Kubernetes keeps for old objects: an IPv4 octet may have
 * leading zeros and is decimal (`010.020.030.040` is `10.20.30.40`), and `::ffff:10.0.0.1` is the IPv4 address.
 * Printing is canonical: IPv4 without leading zeros, IPv6 by RFC 5952.
 */
export type IpFamily = 'IPv4' | 'IPv6';

export interface IpAddress {
  readonly family: IpFamily;
  readonly value: bigint;
  /** Canonical form: equal addresses have equal text. */
  readonly text: string;
}

export interface Cidr {
  readonly family: IpFamily;
  /** First address: the bits behind the prefix are zero. */
  readonly base: bigint;
  /** Length in bits: 0–32 or 0–128. */
  readonly prefix: number;
  /** Canonical form, `10.96.0.0/12`. */
  readonly text: string;
}

const BITS = { IPv4: 32, IPv6: 128 } as const;
const MAPPED = 0xffff_0000_0000n;

/** Null when the text is no address: a name, a port behind it, a zone (`fe80::1%eth0`). */
export function parseIp(text: string): IpAddress | null {
  const v4 = text.includes(':') ? null : parseV4(text);
  if (v4 !== null) return ipOf('IPv4', v4);
  const v6 = text.includes(':') ? parseV6(text) : null;
  if (v6 === null) return null;
  return v6 >> 32n === MAPPED >> 32n ? ipOf('IPv4', v6 & 0xffff_ffffn) : ipOf('IPv6', v6);
}

/** The canonical text of an address; null when the text is none. */
export function canonicalIp(text: string): string | null {
  return parseIp(text)?.text ?? null;
}

/** The address with this number. Out of the family's range: null. */
export function ipFromValue(family: IpFamily, value: bigint): IpAddress | null {
  return value < 0n || value >> BigInt(BITS[family]) !== 0n ? null : ipOf(family, value);
}

/** `10.0.0.5/8` is read as `10.0.0.0/8`. Null when the text is no range. */
export function parseCidr(text: string): Cidr | null {
  const slash = text.indexOf('/');
  if (slash < 0) return null;
  const ip = parseIp(text.slice(0, slash));
  const length = text.slice(slash + 1);
  if (ip === null || !/^\d{1,4}$/.test(length)) return null;
  const prefix = Number(length);
  if (prefix > BITS[ip.family]) return null;
  const hostBits = BigInt(BITS[ip.family] - prefix);
  const base = (ip.value >> hostBits) << hostBits;
  return { family: ip.family, base, prefix, text: `${ipOf(ip.family, base).text}/${prefix}` };
}

/** False across families, and for a text that is no address. */
export function cidrContains(cidr: Cidr, ip: IpAddress | string): boolean {
  const address = typeof ip === 'string' ? parseIp(ip) : ip;
  return address !== null && address.family === cidr.family && isWithin(address.value, cidr);
}

/** Number of addresses, the first and the last included. */
export function cidrSize(cidr: Cidr): bigint {
  return 1n << BigInt(BITS[cidr.family] - cidr.prefix);
}

/** The address `n` behind the first (0 is the first); null when the range is shorter. */
export function nthAddress(cidr: Cidr, n: number | bigint): IpAddress | null {
  const offset = BigInt(n);
  return offset < 0n || offset >= cidrSize(cidr) ? null : ipOf(cidr.family, cidr.base + offset);
}

/** Whether two ranges have an address in common. */
export function cidrsOverlap(a: Cidr, b: Cidr): boolean {
  return a.family === b.family && (a.prefix <= b.prefix ? isWithin(b.base, a) : isWithin(a.base, b));
}

const inAny = (...ranges: readonly string[]) => {
  const cidrs = ranges.map((range) => parseCidr(range)!);
  return (ip: IpAddress): boolean => cidrs.some((cidr) => cidrContains(cidr, ip));
};

/** RFC 1918 and RFC 4193: addresses that no Internet route leads to. */
export const isPrivate = inAny('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7');
export const isLoopback = inAny('127.0.0.0/8', '::1/128');
export const isUnspecified = inAny('0.0.0.0/32', '::/128');
/** Unicast only; link-local multicast is multicast. */
export const isLinkLocal = inAny('169.254.0.0/16', 'fe80::/10');
export const isMulticast = inAny('224.0.0.0/4', 'ff00::/8');
export const isLinkLocalMulticast = inAny('224.0.0.0/24', 'ff02::/16');

function isWithin(value: bigint, cidr: Cidr): boolean {
  const hostBits = BigInt(BITS[cidr.family] - cidr.prefix);
  return value >> hostBits === cidr.base >> hostBits;
}

function ipOf(family: IpFamily, value: bigint): IpAddress {
  return { family, value, text: family === 'IPv4' ? printV4(value) : printV6(value) };
}

function parseV4(text: string): bigint | null {
  const match = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})\.(\d{1,9})$/.exec(text);
  if (match === null) return null;
  let value = 0n;
  for (const octet of match.slice(1)) {
    if (Number(octet) > 255) return null;
    value = (value << 8n) | BigInt(Number(octet));
  }
  return value;
}

function parseV6(text: string): bigint | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const head = parseGroups(halves[0]!, halves.length === 1);
  if (head === null || halves.length === 1) return head !== null && head.length === 8 ? joinGroups(head) : null;
  const tail = parseGroups(halves[1]!, true);
  // `::` stands for at least one group.
  if (tail === null || head.length + tail.length > 7) return null;
  return joinGroups([...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail]);
}

/** 16-bit groups of one side of `::`. The very last may be an IPv4 address, which makes two groups. */
function parseGroups(text: string, isLast: boolean): number[] | null {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (/^[0-9a-fA-F]{1,4}$/.test(part)) {
      groups.push(Number.parseInt(part, 16));
    } else {
      const v4 = isLast && index === parts.length - 1 ? parseV4(part) : null;
      if (v4 === null) return null;
      groups.push(Number(v4 >> 16n), Number(v4 & 0xffffn));
    }
  }
  return groups;
}

function joinGroups(groups: readonly number[]): bigint {
  return groups.reduce((value, group) => (value << 16n) | BigInt(group), 0n);
}

function printV4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join('.');
}

/** RFC 5952: lower case, no leading zeros, the first longest run of at least two zero groups is `::`. */
function printV6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => Number((value >> BigInt(112 - 16 * index)) & 0xffffn));
  let best = { at: -1, length: 1 };
  for (let at = 0; at < 8; at++) {
    let length = 0;
    while (at + length < 8 && groups[at + length] === 0) length++;
    if (length > best.length) best = { at, length };
  }
  const hex = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':');
  return best.at < 0 ? hex(groups) : `${hex(groups.slice(0, best.at))}::${hex(groups.slice(best.at + best.length))}`;
}
