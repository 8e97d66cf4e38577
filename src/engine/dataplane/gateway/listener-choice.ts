/** Which listener of a port a connection or a request belongs to (S12.3). */
import type { SettledListener } from '../../cluster/gateways/settled.ts';
import { routeHostMatches } from './match.ts';

/** The most specific listener for a name: exact, then the longest wildcard, then the one for all hosts; null for none. */
export function bestListener(listeners: readonly SettledListener[], name: string | null): SettledListener | null {
  const covering = listeners.filter((listener) => covers(listener, name));
  return covering.reduce<SettledListener | null>((best, listener) => (best === null || isMoreSpecific(listener, best) ? listener : best), null);
}

/** Every listener that covers a name, most specific first. */
export function coveringListeners(listeners: readonly SettledListener[], name: string): readonly SettledListener[] {
  return listeners.filter((listener) => covers(listener, name)).toSorted((a, b) => (isMoreSpecific(a, b) ? -1 : isMoreSpecific(b, a) ? 1 : 0));
}

export function covers({ hostname }: SettledListener, name: string | null): boolean {
  return hostname === null || (name !== null && routeHostMatches(hostname, name));
}

/** More dots to the right of a wildcard are more specific (S12.4.5). */
export function isMoreSpecific(a: SettledListener, b: SettledListener): boolean {
  const [x, y] = [rank(a), rank(b)];
  return x.exact !== y.exact ? x.exact > y.exact : x.dots !== y.dots ? x.dots > y.dots : x.length > y.length;
}

function rank({ hostname }: SettledListener) {
  if (hostname === null) return { exact: 0, dots: 0, length: 0 };
  if (!hostname.startsWith('*.')) return { exact: 1, dots: 0, length: hostname.length };
  return { exact: 0, dots: hostname.split('.').length - 1, length: hostname.length };
}

/**
 * A request whose Host is not the name its session was opened for. `misdirected`: another listener would have been its
 * own, so 421; `unknown`: no listener is for the host; `served`: the session's listener takes it.
 */
export function hostOverSession(listeners: readonly SettledListener[], session: SettledListener, host: string): 'served' | 'misdirected' | 'unknown' {
  const best = bestListener(listeners, host);
  if (best === null) return 'unknown';
  if (covers(session, host)) return best === session || !isMoreSpecific(best, session) ? 'served' : 'misdirected';
  return 'misdirected';
}
