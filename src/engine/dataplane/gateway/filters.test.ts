import { describe, expect, it } from 'vitest';
import { replacePrefix } from './rewrite.ts';
import { redirectLocation } from './redirect.ts';
import { ends, rule, through } from './test-gateway.ts';

describe('ReplacePrefixMatch (S12.8)', () => {
  it.each([
    ['/foo/bar', '/foo', '/xyz', '/xyz/bar'],
    ['/foo/bar', '/foo', '/xyz/', '/xyz/bar'],
    ['/foo/bar', '/foo/', '/xyz', '/xyz/bar'],
    ['/foo/bar', '/foo/', '/xyz/', '/xyz/bar'],
    ['/foo', '/foo', '/xyz', '/xyz'],
    ['/foo/', '/foo', '/xyz', '/xyz/'],
    ['/foo/bar', '/foo', '', '/bar'],
    ['/foo/', '/foo', '', '/'],
    ['/foo', '/foo', '', '/'],
    ['/foo/', '/foo', '/', '/'],
    ['/foo', '/foo', '/', '/'],
  ])('%s with prefix %s replaced by %s becomes %s', (path, prefix, replacement, becomes) => expect(replacePrefix(path, prefix, replacement)).toBe(becomes));
});

describe('the Location of a redirect (S12.7)', () => {
  const request = (scheme: 'http' | 'https') => ({ method: 'GET', scheme, host: 'a.com:1', path: '/p?q=1', headers: {} });
  const filter = (scheme: 'http' | 'https' | null, port: number | null) => ({
    type: 'RequestRedirect' as const,
    scheme,
    hostname: null,
    path: null,
    port,
    statusCode: 302,
  });
  it.each([
    ['http', 80, null, null, 'http://a.com/p?q=1'],
    ['http', 8080, null, null, 'http://a.com:8080/p?q=1'],
    ['http', 8080, null, 80, 'http://a.com/p?q=1'],
    ['http', 80, 'https', null, 'https://a.com/p?q=1'],
    ['http', 8080, 'https', null, 'https://a.com/p?q=1'],
    ['http', 80, 'https', 8443, 'https://a.com:8443/p?q=1'],
    ['https', 443, null, null, 'https://a.com/p?q=1'],
    ['https', 443, 'http', null, 'http://a.com/p?q=1'],
    ['https', 8443, null, null, 'https://a.com:8443/p?q=1'],
  ] as const)('%s at %s with scheme %s and port %s: %s', (arrived, listener, scheme, port, location) => {
    expect(redirectLocation(filter(scheme, port), request(arrived), { port: listener }, { path: null })).toBe(location);
  });
});

describe('what a filter leaves of a request and its answer (S12.7)', () => {
  const world = (filters: string, more = {}) => ({ rules: [rule('', 'api', `filters: [${filters}]`)], services: ['api', 'copy'], ...more });
  const first = (filters: string, request: Parameters<typeof through>[1], more = {}) => through(world(filters, more), request).branches[0]!;
  it('sets, adds and removes headers, names in any case', () => {
    const filter =
      '{ type: RequestHeaderModifier, requestHeaderModifier: { set: [{ name: X-A, value: new }], add: [{ name: X-B, value: more }], remove: [X-C] } }';
    const { backend } = first(filter, {
      url: 'http://x/',
      headers: [
        ['x-a', 'old'],
        ['x-b', 'some'],
        ['x-c', 'gone'],
      ],
    });
    expect(backend?.request?.headers).toMatchObject({ 'x-a': 'new', 'x-b': 'some,more' });
    expect(backend?.request?.headers).not.toHaveProperty('x-c');
  });
  it('changes the headers of the answer, those of the backend before those of the rule', () => {
    const filter = '{ type: ResponseHeaderModifier, responseHeaderModifier: { set: [{ name: X-A, value: rule }], remove: [Server] } }';
    const { outcome } = first(filter, { url: 'http://x/', flow: { backend: { responseHeaders: { 'x-a': 'app', server: 'echo', 'x-b': 'kept' } } } });
    expect(outcome).toMatchObject({ headers: { 'x-a': 'rule', 'x-b': 'kept' } });
    expect(outcome).not.toHaveProperty('headers.server');
  });
  it('mirrors a share, and a copy that goes nowhere harms nobody', () => {
    const mirror = (name: string) =>
      `{ type: RequestMirror, requestMirror: { backendRef: { name: ${name}, port: 80 }, fraction: { numerator: 1, denominator: 4 } } }`;
    expect(first(mirror('copy'), 'http://x/').mirrors).toEqual([{ service: { kind: 'Service', namespace: 'shop', name: 'copy' }, percent: 25 }]);
    expect(first(mirror('gone'), 'http://x/')).toMatchObject({ mirrors: [], outcome: { status: 200 } });
  });
  it('answers a preflight request itself', () => {
    const cors = "{ type: CORS, cors: { allowOrigins: ['https://*.a.com'], allowMethods: ['*'], allowCredentials: true, maxAge: 60 } }";
    const ask = (origin: string) =>
      first(cors, {
        url: 'http://x/',
        method: 'OPTIONS',
        headers: [
          ['origin', origin],
          ['access-control-request-method', 'PUT'],
        ],
      }).outcome;
    expect(ask('https://b.a.com')).toMatchObject({
      producer: 'gateway',
      headers: { 'access-control-allow-origin': 'https://b.a.com', 'access-control-allow-methods': 'PUT', 'access-control-max-age': '60' },
    });
    expect(ask('http://b.a.com')).not.toHaveProperty('headers');
    expect(ask('https://a.com')).not.toHaveProperty('headers');
  });
  it('fails the request where a filter cannot be applied', () => {
    expect(ends(through(world('{ type: ExtensionRef, extensionRef: { group: a.com, kind: B, name: c } }'), 'http://x/'))).toBe('500');
  });
  it('a filter of one backend holds for its share', () => {
    const filters = (value: string) => `filters: [{ type: RequestHeaderModifier, requestHeaderModifier: { set: [{ name: who, value: ${value} }] } }]`;
    const refs = `{ name: api, port: 80, ${filters('api')} }, { name: copy, port: 80, ${filters('copy')} }`;
    const trace = through({ rules: [rule('', refs)], services: ['api', 'copy'] }, 'http://x/');
    for (const { backend } of trace.branches) expect(backend?.request?.headers['who']).toBe(backend?.service?.name);
  });
});
