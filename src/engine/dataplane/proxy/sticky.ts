/** Affinity of a proxy (S10.19, S12.10): which endpoint a cookie or header names, and what a new client gets. */
import type { Endpoint } from '../../cluster/cluster.ts';
import type { Memory } from '../../trace/memory.ts';
import { readCookie } from './cookie.ts';
import { endpointKey, openEndpoints } from './dial.ts';
import type { Sticky, Upstream, Visit } from './proxy.ts';

/** `ip:port` of the endpoint that the client's cookie or header names, while it is still ready; null when a new one is picked. */
export function preferred(visit: Visit, { sticky, target }: Upstream): string | null {
  if (sticky === undefined || target.kind !== 'endpoints') return null;
  const value = held(visit, sticky);
  if (value === null) return null;
  const named = openEndpoints(target.endpoints, visit.state.carry.failed ?? []).find((endpoint) => cookieValue(endpoint) === value);
  return named === undefined ? null : endpointKey(named);
}

/** What to hand out with this endpoint; null when the client keeps the one it has. */
export function rememberCookie(
  visit: Visit,
  { sticky, target }: Upstream,
  endpoint: Endpoint | null,
): { readonly headers: Readonly<Record<string, string>>; readonly cookies?: Memory['cookies'] } | null {
  if (sticky === undefined || target.kind !== 'endpoints' || endpoint === null) return null;
  const value = cookieValue(endpoint);
  if (held(visit, sticky) === value) return null;
  if ('header' in sticky) return { headers: { [sticky.header.toLowerCase()]: value } };
  const { host } = visit.state.carry.flow;
  const cookies = { ...visit.memory.cookies, [host]: { ...visit.memory.cookies[host], [sticky.cookie]: value } };
  return { headers: { 'set-cookie': `${sticky.cookie}=${value}; Path=${sticky.path}; HttpOnly` }, cookies };
}

function held({ state, memory }: Visit, sticky: Sticky): string | null {
  if ('header' in sticky) return state.packet.http?.headers[sticky.header.toLowerCase()] ?? null;
  const { cookie } = sticky;
  return readCookie(state.packet.http?.headers['cookie'], cookie) ?? memory.cookies[state.carry.flow.host]?.[cookie] ?? null;
}

/** The proxy writes a hash; what matters is that it stands for one endpoint. */
function cookieValue(endpoint: Endpoint): string {
  let hash = 0x811c9dc5;
  for (const character of endpointKey(endpoint)) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}
