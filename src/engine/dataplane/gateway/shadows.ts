/** Entries that no request can reach, because an earlier one takes every request from them. */
import { prefixKey } from '../proxy/path.ts';
import type { Entry } from './entry.ts';
import { decidedBy } from './precedence.ts';
import { isSame } from './same-requests.ts';

/**
 * Each with the first entry that takes its requests; `entries` are in the order in which they go. Quadratic in the
 * worst case, so it looks only among the entries that could be alike.
 */
export function shadowsOf(entries: readonly Entry[]): ReadonlyMap<Entry, Entry> {
  const groups = new Map<string, Entry[]>();
  const found = new Map<Entry, Entry>();
  for (const entry of entries) {
    const key = JSON.stringify([entry.hostname, pathKey(entry), entry.grpc, entry.method]);
    const before = groups.get(key) ?? [];
    const first = before.find((earlier) => isSame(earlier, entry));
    if (first === undefined) groups.set(key, [...before, entry]);
    // Matches of one rule lead to the same place: none of them is out of reach for a person.
    else if (decidedBy(first, entry)?.by !== 'match') found.set(entry, first);
  }
  return found;
}

/** Prefixes `/foo` and `/foo/` take the same paths (S12.5). */
function pathKey({ path }: Entry): Entry['path'] {
  return path?.type === 'PathPrefix' ? { ...path, value: prefixKey(path.value) } : path;
}
