/** Addresses for load balancers, by turn from the documentation ranges (S1.4.6). */
import { canonicalIp, type IpFamily, ipFromValue, parseIp } from '../../manifests/ip.ts';

export interface AddressPool {
  /** An address that clients can reach from the Internet. */
  readonly external: (family: IpFamily) => string;
  /** An address inside the network of the nodes: what a proxy's connections come from. */
  readonly internal: (family: IpFamily) => string;
}

export function addressPool(taken: ReadonlySet<string>): AddressPool {
  const next = { external: 10, internal: 201 };
  const draw = (kind: keyof typeof next, family: IpFamily): string => {
    for (;;) {
      const n = next[kind]++;
      const ip = canonicalIp(family === 'IPv4' ? v4(kind, n) : v6(kind, n))!;
      if (!taken.has(ip)) return ip;
    }
  };
  return { external: (family) => draw('external', family), internal: (family) => draw('internal', family) };
}

const SPARE = { external: parseIp('198.18.0.0')!.value, internal: parseIp('198.19.0.0')!.value };

/** 203.0.113.10 and on; when the small ranges are used up, the benchmark range 198.18.0.0/15 has room. */
function v4(kind: 'external' | 'internal', n: number): string {
  if (n < 255) return kind === 'external' ? `203.0.113.${n}` : `192.0.2.${n}`;
  return ipFromValue('IPv4', SPARE[kind] + BigInt(n))!.text;
}

function v6(kind: 'external' | 'internal', n: number): string {
  return `2001:db8:${kind === 'external' ? '113' : '2'}::${n.toString(16)}`;
}
