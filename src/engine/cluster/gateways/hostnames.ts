/** Hostnames of listeners and routes, where a star stands for one or more labels, unlike in an Ingress (S12.2). */

/** Whether a host, in lower case, is one that the pattern means; null means every host. */
export function matchesHostname(pattern: string | null, host: string): boolean {
  if (pattern === null) return true;
  const wanted = pattern.toLowerCase();
  return wanted.startsWith('*.') ? host.length > wanted.length - 1 && host.endsWith(wanted.slice(1)) : host === wanted;
}

/**
 * The hosts that a route serves on a listener: of each pair that meets, the more specific. Empty: all hosts, where
 * neither names one. Null: none meet, so the route does not attach.
 */
export function intersectHostnames(listener: string | null, route: readonly string[]): readonly string[] | null {
  if (route.length === 0) return listener === null ? [] : [listener.toLowerCase()];
  const met = route.flatMap((hostname) => moreSpecific(listener, hostname) ?? []);
  return met.length === 0 ? null : [...new Set(met)];
}

/** Null where no host is meant by both. */
function moreSpecific(listener: string | null, route: string): string | null {
  const [a, b] = [listener?.toLowerCase() ?? null, route.toLowerCase()];
  if (a === null || a === b) return b;
  if (covers(a, b)) return b;
  return covers(b, a) ? a : null;
}

/** Every host that `narrow` means is also meant by `wide`, and not the reverse. */
function covers(wide: string, narrow: string): boolean {
  if (!wide.startsWith('*.')) return false;
  const suffix = wide.slice(1);
  return narrow.startsWith('*.') ? narrow.length > wide.length && narrow.slice(1).endsWith(suffix) : matchesHostname(wide, narrow);
}

/** Whether some host is meant by both; null means every host. */
export function hostnamesOverlap(a: string | null, b: string | null): boolean {
  return a === null || b === null || moreSpecific(a, b) !== null;
}
