import type { HttpRequest } from '../../trace/packet.ts';

/** What every reverse proxy of note tells its backend: the client it saw is added to the chain (S14.5). */
export function forwardedHeaders(request: {
  readonly http: HttpRequest;
  readonly scheme: 'http' | 'https';
  /** Source address of the connection. */
  readonly peer: string;
}): Readonly<Record<string, string>> {
  const chain = request.http.headers['x-forwarded-for'];
  return {
    ...request.http.headers,
    'x-forwarded-for': chain === undefined || chain === '' ? request.peer : `${chain}, ${request.peer}`,
    'x-forwarded-proto': request.scheme,
    'x-forwarded-host': request.http.host,
  };
}
