/** The Location of a RequestRedirect filter (S12.7): scheme, host, port and path, each the request's unless stated. */
import type { RouteFilter } from '../../kinds/gateway-api/filter-spec.ts';
import type { HttpRequest } from '../../trace/packet.ts';
import type { Entry } from './entry.ts';
import { rewrittenPath } from './rewrite.ts';
import type { GatewayVisit } from './visit.ts';

const WELL_KNOWN = { http: 80, https: 443 } as const;

/** The port is the one stated, else that of a stated scheme, else the listener's; the usual one of a scheme is left out. */
export function redirectLocation(
  { scheme, hostname, port, path }: Extract<RouteFilter, { type: 'RequestRedirect' }>,
  request: HttpRequest,
  visit: Pick<GatewayVisit, 'port'>,
  entry: Pick<Entry, 'path'>,
): string {
  const to = scheme ?? request.scheme;
  const at = port ?? (scheme === null ? visit.port : WELL_KNOWN[scheme]);
  const host = hostname ?? request.host.replace(/:\d+$/, '');
  return `${to}://${host}${at === WELL_KNOWN[to] ? '' : `:${at}`}${rewrittenPath(path, request.path, entry)}`;
}
