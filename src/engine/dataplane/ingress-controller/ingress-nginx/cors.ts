/** Cross-origin headers of ingress-nginx (`enable-cors` and its companions, S10.25). */
import { splitList } from './settings.ts';
import { compilePattern } from '../../proxy/regex/pattern.ts';

export interface CorsPolicy {
  /** Origins as written; `*` alone for any, empty when every one written was unusable. */
  readonly origins: readonly string[];
  /** Headers but for the origin itself, lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

const DEFAULT_METHODS = 'GET, PUT, POST, DELETE, PATCH, OPTIONS';
const DEFAULT_HEADERS = 'DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Range,Authorization';
const DEFAULT_MAX_AGE = '1728000';
/** What the whole annotation may hold; anything else counts as not written. */
const ORIGINS = /^(?:[a-z]+:\/\/)?[-A-Za-z0-9.*:,/]*$/;
const ORIGIN = /^(?:[a-z]+:\/\/(?:\*\.)?[-A-Za-z0-9.]*(?::\d+)?|null)$/;

type ReadText = (short: string, allowed: RegExp | null, spaces?: boolean) => string | null;

export function readCors(text: ReadText, raw: (short: string) => string | undefined): CorsPolicy {
  const written = text('cors-allow-origin', ORIGINS, true);
  const origins = written === null ? ['*'] : splitList(written);
  const maxAge = raw('cors-max-age') ?? '';
  const expose = text('cors-expose-headers', /^(?:(?:[-A-Za-z0-9_]+|\*),?\s?)+$/, true);
  return {
    origins: origins.includes('*') ? ['*'] : origins.filter((origin) => ORIGIN.test(origin)),
    headers: {
      ...(['false', '0', 'f', 'F', 'FALSE', 'False'].includes(raw('cors-allow-credentials') ?? '') ? {} : { 'access-control-allow-credentials': 'true' }),
      'access-control-allow-methods': text('cors-allow-methods', /^(?:[A-Za-z]+,?\s?)+$/) ?? DEFAULT_METHODS,
      'access-control-allow-headers': text('cors-allow-headers', /^[-A-Za-z0-9_, ]*$/) ?? DEFAULT_HEADERS,
      ...(expose === null ? {} : { 'access-control-expose-headers': expose }),
      'access-control-max-age': /^[+-]?\d+$/.test(maxAge) ? maxAge : DEFAULT_MAX_AGE,
    },
  };
}

/** Response headers for a request with this Origin; null when the origin is not among those allowed. */
export function corsHeaders({ origins, headers }: CorsPolicy, origin: string): Readonly<Record<string, string>> | null {
  if (origins.length === 1 && origins[0] === '*') return { 'access-control-allow-origin': '*', ...headers };
  if (origins.length === 0) return null;
  const pattern = compilePattern(`(${origins.map(originPattern).join('|')})$`, { ignoreCase: true });
  return pattern.search(origin).kind === 'match' ? { 'access-control-allow-origin': origin, ...headers } : null;
}

/** `http://*.foo.com` stands for exactly one label before `.foo.com`. */
function originPattern(origin: string): string {
  return `(${origin.replace(/[.+?^${}()|[\]\\*]/g, String.raw`\$&`).replace(String.raw`\*`, '[A-Za-z0-9-]+')})`;
}
