/** The CORS filter (S12.7): the answer to a preflight request, and what other answers say to a browser. */
import type { RouteFilter } from '../../kinds/gateway-api/filter-spec.ts';
import type { HttpRequest } from '../../trace/packet.ts';
import type { HeaderEdit } from '../header-edits.ts';

type Cors = Extract<RouteFilter, { type: 'CORS' }>;
type Headers = Readonly<Record<string, string>>;

/** A browser asks whether it may send: OPTIONS with an origin and the method it has in mind (Fetch standard). */
export function isPreflight({ method, headers }: HttpRequest): boolean {
  return method === 'OPTIONS' && headers['origin'] !== undefined && headers['access-control-request-method'] !== undefined;
}

/** Without an allowed origin there is no header, and so no permission. */
export function preflightHeaders(cors: Cors, headers: Headers): Headers {
  const origin = allowedOrigin(cors, headers);
  if (origin === null) return {};
  const methods = listed(cors.allowMethods, cors, headers['access-control-request-method']);
  const names = listed(cors.allowHeaders, cors, headers['access-control-request-headers']);
  return {
    ...common(cors, origin),
    ...(methods !== null && { 'access-control-allow-methods': methods }),
    ...(names !== null && { 'access-control-allow-headers': names }),
    'access-control-max-age': String(cors.maxAge),
  };
}

export function corsEdits(cors: Cors, headers: Headers): readonly HeaderEdit[] {
  const origin = allowedOrigin(cors, headers);
  if (origin === null) return [];
  return Object.entries(common(cors, origin)).map(([name, value]): HeaderEdit => ({ kind: 'set', name, value }));
}

function common({ allowCredentials, exposeHeaders }: Cors, origin: string): Headers {
  return {
    'access-control-allow-origin': origin,
    ...(allowCredentials && { 'access-control-allow-credentials': 'true' }),
    ...(exposeHeaders.length > 0 && { 'access-control-expose-headers': exposeHeaders.join(', ') }),
  };
}

/** The origin that is allowed, as the answer names it; null when it is not. A star alone may stand for all without credentials. */
function allowedOrigin({ allowOrigins, allowCredentials }: Cors, { origin }: Headers): string | null {
  if (origin === undefined) return null;
  if (!allowOrigins.some((pattern) => originMatches(pattern, origin))) return null;
  return allowOrigins.includes('*') && !allowCredentials ? '*' : origin;
}

/** `https://*.bar.com` covers one label or more in place of the star, and neither another scheme nor another port. */
function originMatches(pattern: string, origin: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern.toLowerCase() === origin.toLowerCase();
  if (pattern === '*') return true;
  const [before, after] = [pattern.slice(0, star).toLowerCase(), pattern.slice(star + 1).toLowerCase()];
  const asked = origin.toLowerCase();
  const covered = asked.slice(before.length, asked.length - after.length);
  return asked.length > before.length + after.length && asked.startsWith(before) && asked.endsWith(after) && /^[a-z0-9.-]+$/.test(covered);
}

/** A star is answered with what was asked for where credentials are allowed: browsers do not take a star then. */
function listed(allowed: readonly string[], { allowCredentials }: Cors, asked: string | undefined): string | null {
  if (allowed.length === 0) return null;
  if (!allowed.includes('*')) return allowed.join(', ');
  return allowCredentials ? (asked ?? null) : '*';
}
