/** Hands out the node ports of the whole cluster: one number once, whatever the protocol (S4.6.2). */
export interface NodePortAllocator {
  /** Null when it could be had, else who holds it. */
  readonly take: (port: number, holder: string) => string | null;
  /** True in the upper band, from which automatic numbers come first. */
  readonly isAutomatic: (port: number) => boolean;
  /** The next of the upper band, then of the lower one; null when all are held. */
  readonly next: (holder: string) => number | null;
}

export function nodePortAllocator([from, to]: readonly [number, number]): NodePortAllocator {
  const holders = new Map<number, string>();
  const size = to - from + 1;
  // S4.6.3: the lower band, kept for stated numbers, is min(max(16, size/32), 128).
  const lower = size <= 16 ? 0 : Math.min(Math.max(16, Math.floor(size / 32)), 128);
  let cursor = from + lower;
  return {
    take: (port, holder) => {
      const other = holders.get(port);
      if (other !== undefined) return other;
      holders.set(port, holder);
      return null;
    },
    isAutomatic: (port) => port >= from + lower && port <= to,
    next: (holder) => {
      for (let tried = 0; tried < size; tried++) {
        const port = cursor;
        cursor = port === to ? from : port + 1;
        if (holders.has(port)) continue;
        holders.set(port, holder);
        return port;
      }
      return null;
    },
  };
}
