import { type Cidr, cidrContains, cidrSize, type IpFamily, ipFromValue, parseCidr } from '../manifests/ip.ts';

/** Hands out the addresses of the Service ranges, one band pair per family (S4.6.3). */
export interface IpAllocator {
  readonly isInRange: (ip: string) => boolean;
  /** The family's range as written, for messages. */
  readonly rangeText: (family: IpFamily) => string;
  /** False when another holds it. */
  readonly take: (ip: string, holder: string) => boolean;
  /** The next of the upper band, then of the lower one; null when all are held. */
  readonly next: (family: IpFamily, holder: string) => string | null;
}

interface Band {
  readonly range: Cidr;
  /** Usable addresses. */
  readonly size: bigint;
  /** Offset to try next, from the first usable address. */
  next: bigint;
}

/** `isCertain`: the ranges are stated or the default, not read off addresses in use. */
export function ipAllocator(serviceCIDR: readonly string[], isCertain: boolean): IpAllocator {
  const ranges = serviceCIDR.flatMap((text) => parseCidr(text) ?? []);
  const bands = new Map<IpFamily, Band>();
  const holders = new Map<string, string>();
  for (const range of ranges) {
    if (bands.has(range.family)) continue;
    const band = bandOf(range);
    // `kubernetes` in `default` holds the first address of the first range in every cluster.
    if (isCertain && bands.size === 0 && band.size > 0n) holders.set(addressIn(band, 0n), 'default/kubernetes');
    bands.set(range.family, band);
  }
  return {
    isInRange: (ip) => ranges.some((range) => cidrContains(range, ip)),
    rangeText: (family) => bands.get(family)?.range.text ?? family,
    take: (ip, holder) => {
      const other = holders.get(ip);
      if (other !== undefined && other !== holder) return false;
      holders.set(ip, holder);
      return true;
    },
    next: (family, holder) => {
      const band = bands.get(family);
      if (band === undefined) return null;
      for (let tried = 0n; tried < band.size; tried++) {
        const ip = addressIn(band, band.next);
        band.next = (band.next + 1n) % band.size;
        if (holders.has(ip)) continue;
        holders.set(ip, holder);
        return ip;
      }
      return null;
    },
  };
}

/** The first address names the network, and IPv4 keeps the last for broadcast. The lower band is min(max(16, size/16), 256). */
function bandOf(range: Cidr): Band {
  const whole = cidrSize(range);
  const size = whole - (range.family === 'IPv4' ? 2n : 1n);
  const sixteenth = whole / 16n;
  const lower = whole <= 16n ? 0n : sixteenth < 16n ? 16n : sixteenth > 256n ? 256n : sixteenth;
  return { range, size: size > 0n ? size : 0n, next: lower };
}

function addressIn({ range }: Band, offset: bigint): string {
  return ipFromValue(range.family, range.base + 1n + offset)!.text;
}
