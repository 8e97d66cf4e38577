/** Whether one entry matches a request, or the first part of it that does not (S12.5, S12.11). */
import type { ValueMatch } from '../../kinds/http-route/http-route-spec.ts';
import type { FieldPath } from '../../manifests/source.ts';
import type { HttpRequest } from '../../trace/packet.ts';
import { hostOf } from '../proxy/host.ts';
import { prefixKey, splitTarget } from '../proxy/path.ts';
import { compilePattern, type Pattern } from '../proxy/regex/pattern.ts';
import type { Entry } from './entry.ts';

/** A request as routes look at it. */
export interface Asked {
  /** Lower case, no port. */
  readonly host: string;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** First value of each name. */
  readonly query: ReadonlyMap<string, string>;
  /** Lower-case names; several values are one text, joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly isGrpc: boolean;
}

export type Misfit =
  | { readonly part: 'host' }
  | { readonly part: 'path' }
  | { readonly part: 'not-grpc' }
  | { readonly part: 'call' }
  | { readonly part: 'method'; readonly wanted: string }
  | { readonly part: 'header' | 'query'; readonly wanted: ValueMatch; readonly has: string | null; readonly at: FieldPath };

export function askedOf(http: HttpRequest): Asked {
  const { path, query } = splitTarget(http.path);
  return {
    host: hostOf(http.host),
    method: http.method,
    path,
    query: firstValues(query),
    headers: http.headers,
    isGrpc: http.headers['content-type']?.startsWith('application/grpc') === true,
  };
}

/** Null when the entry matches. */
export function misfitOf(entry: Entry, asked: Asked): Misfit | null {
  if (entry.hostname !== null && !routeHostMatches(entry.hostname, asked.host)) return { part: 'host' };
  if (entry.route.protocol === 'grpc' && !asked.isGrpc) return { part: 'not-grpc' };
  if (entry.path !== null && !pathMatches(entry.path, asked.path)) return { part: 'path' };
  if (entry.grpc !== null && !callMatches(entry.grpc, asked.path)) return { part: 'call' };
  if (entry.method !== null && entry.method !== asked.method) return { part: 'method', wanted: entry.method };
  for (const [index, wanted] of entry.headers.entries()) {
    // Of entries for one name, in any case, the first counts.
    if (entry.headers.findIndex(({ name }) => sameName(name, wanted.name)) !== index) continue;
    const has = asked.headers[wanted.name.toLowerCase()] ?? null;
    if (has === null || !valueMatches(wanted, has)) return { part: 'header', wanted, has, at: ['headers', index] };
  }
  for (const [index, wanted] of entry.queryParams.entries()) {
    if (entry.queryParams.findIndex(({ name }) => name === wanted.name) !== index) continue;
    const has = asked.query.get(wanted.name) ?? null;
    if (has === null || !valueMatches(wanted, has)) return { part: 'query', wanted, has, at: ['queryParams', index] };
  }
  return null;
}

/** Exact, or a wildcard that stands for one label or more (S12.2): `*.a.com` covers `x.a.com` and `y.x.a.com`, not `a.com`. */
export function routeHostMatches(pattern: string, host: string): boolean {
  const wanted = pattern.toLowerCase();
  return wanted.startsWith('*.') ? host.length > wanted.length - 1 && host.endsWith(wanted.slice(1)) : wanted === host;
}

export function pathMatches(wanted: NonNullable<Entry['path']>, path: string): boolean {
  switch (wanted.type) {
    case 'Exact':
      return path === wanted.value;
    case 'PathPrefix': {
      const key = prefixKey(wanted.value);
      return path === key || path.startsWith(`${key}/`);
    }
    case 'RegularExpression':
      return wholeMatch(wanted.value, path);
  }
}

function callMatches({ type, service, method }: NonNullable<Entry['grpc']>, path: string): boolean {
  const [, askedService = '', askedMethod = ''] = /^\/([^/]*)\/([^/]*)$/.exec(path) ?? [];
  const fits = (wanted: string | null, has: string) => wanted === null || (type === 'Exact' ? wanted === has : wholeMatch(wanted, has));
  return fits(service, askedService) && fits(method, askedMethod);
}

function valueMatches({ type, value }: ValueMatch, has: string): boolean {
  return type === 'Exact' ? value === has : wholeMatch(value, has);
}

const patterns = new Map<string, Pattern>();
const MOST_PATTERNS = 1000;

/** The whole text, as RE2 matches it in the proxies of note; the API leaves the dialect open (S12.5). */
function wholeMatch(pattern: string, text: string): boolean {
  let compiled = patterns.get(pattern);
  if (compiled === undefined) {
    if (patterns.size >= MOST_PATTERNS) patterns.clear();
    patterns.set(pattern, (compiled = compilePattern(`^(?:${pattern})$`, { ignoreCase: false })));
  }
  return compiled.search(text).kind === 'match';
}

const sameName = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

function firstValues(query: string): ReadonlyMap<string, string> {
  const out = new Map<string, string>();
  for (const part of query.replace(/^\?/, '').split('&')) {
    const equals = part.indexOf('=');
    const [name, value] = equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
    const key = decoded(name);
    if (key !== '' && !out.has(key)) out.set(key, decoded(value));
  }
  return out;
}

/** As a form writes it; text that no decoder takes stays as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
