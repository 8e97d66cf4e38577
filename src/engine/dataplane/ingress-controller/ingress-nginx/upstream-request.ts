/** The request as ingress-nginx sends it on: headers it sets, and the path a rewrite leaves (S10.17, S10.23). */
import type { HttpRequest } from '../../../trace/packet.ts';
import type { Annotations } from './annotations.ts';
import type { Handling } from './handling.ts';
import type { Match } from '../../proxy/regex/pattern.ts';
import { compilePattern } from '../../proxy/regex/pattern.ts';
import { escapePath } from './uri.ts';

/** Headers nginx keeps to its own side of a connection. */
const OWN_SIDE = new Set(['connection', 'keep-alive', 'te', 'transfer-encoding', 'expect', 'upgrade', 'proxy', 'host']);

/** `path` is what stands on the wire, query included. */
export function upstreamRequest(handling: Handling, annotations: Annotations | null, path: string, extra: Readonly<Record<string, string>>): HttpRequest {
  const { request, settings, forwarded, client } = handling;
  const received = request.http.headers;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(received)) {
    // nginx drops names with an underscore as invalid unless told otherwise.
    if (!OWN_SIDE.has(name) && (settings.underscoresInHeaders || !name.includes('_'))) headers[name] = value;
  }
  const chain = received['x-forwarded-for'];
  const set: Readonly<Record<string, string | undefined>> = {
    upgrade: received['upgrade'],
    connection: received['upgrade'] === undefined ? undefined : 'upgrade',
    'x-request-id': received['x-request-id'] ?? (settings.generateRequestId ? requestId(request.http) : undefined),
    'x-real-ip': client,
    'x-forwarded-for':
      settings.useForwardedHeaders && settings.computeFullForwardedFor
        ? [...(chain === undefined ? [] : [chain]), request.proxyProtocol ?? request.peer].join(', ')
        : client,
    'x-forwarded-host': forwarded.host,
    'x-forwarded-port': forwarded.port,
    'x-forwarded-proto': forwarded.scheme,
    'x-forwarded-scheme': forwarded.scheme,
    'x-scheme': forwarded.scheme,
    'x-original-forwarded-for': received[settings.forwardedForHeader],
    'x-original-forwarded-host': received['x-forwarded-host'],
    ...handling.proxyHeaders,
    ...extra,
  };
  for (const [name, value] of Object.entries(set)) {
    delete headers[name];
    if (value !== undefined && value !== '') headers[name] = value;
  }
  const vhost = annotations?.upstreamVhost ?? '';
  return { method: request.http.method, scheme: 'http', host: vhost === '' ? forwarded.host : expand(vhost, handling, null), path, headers };
}

export type Rewritten =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'empty' };

/** `rewrite "(?i)<path>" <target> break`: the whole path is replaced, the query stays (S10.17). */
export function rewritePath(handling: Handling, annotations: Annotations, pattern: string): Rewritten {
  const { uri, query } = handling;
  const match = compilePattern(pattern, { ignoreCase: true }).search(uri);
  if (match.kind !== 'match') return { kind: 'path', path: handling.request.http.path };
  const target = expand(annotations.rewriteTarget, handling, match);
  if (/^https?:\/\//.test(target)) return { kind: 'redirect', location: `${target}${query}` };
  return target === '' ? { kind: 'empty' } : { kind: 'path', path: `${escapePath(target)}${query}` };
}

/** nginx variables in an annotation's value. A group that took no part, and a variable not known here, is empty. */
function expand(template: string, { uri, request, host, query }: Handling, match: Extract<Match, { kind: 'match' }> | null): string {
  const variables: Readonly<Record<string, string>> = {
    uri,
    host,
    http_host: request.http.host,
    scheme: request.scheme,
    request_uri: request.http.path,
    args: query.slice(1),
    request_method: request.http.method,
  };
  return template.replace(/\$(?:([1-9])|([A-Za-z_]\w*))/g, (_, group?: string, name?: string) =>
    group === undefined ? (variables[name ?? ''] ?? '') : (match?.groups[Number(group)] ?? ''),
  );
}

/** nginx draws 32 random digits; here equal requests have equal ones. */
function requestId({ method, host, path }: HttpRequest): string {
  let id = '';
  for (let seed = 0x811c9dc5, round = 0; round < 4; round++) {
    for (const character of `${round}${method}${host}${path}`) seed = Math.imul(seed ^ character.charCodeAt(0), 0x01000193) >>> 0;
    id += seed.toString(16).padStart(8, '0');
  }
  return id;
}
