import { describe, expect, it } from 'vitest';
import { ask, atBackend, rules, verdict, worldOf } from '../test-world.ts';
import type { IngressLine } from '../test-world.ts';

const generic = (...ingresses: IngressLine[]) => worldOf({ implementation: 'generic', ingresses });

describe('the API’s table of path examples (S9.6)', () => {
  const rows: [configured: string, request: string, winner: string | null][] = [
    ['Prefix /', '/any/thing', '/'],
    ['Exact /foo', '/foo', '/foo'],
    ['Exact /foo', '/bar', null],
    ['Exact /foo', '/foo/', null],
    ['Exact /foo/', '/foo', null],
    ['Prefix /foo', '/foo', '/foo'],
    ['Prefix /foo', '/foo/', '/foo'],
    ['Prefix /foo/', '/foo', '/foo/'],
    ['Prefix /foo/', '/foo/', '/foo/'],
    ['Prefix /aaa/bb', '/aaa/bbb', null],
    ['Prefix /aaa/bbb', '/aaa/bbb', '/aaa/bbb'],
    ['Prefix /aaa/bbb/', '/aaa/bbb', '/aaa/bbb/'],
    ['Prefix /aaa/bbb', '/aaa/bbb/', '/aaa/bbb'],
    ['Prefix /aaa/bbb', '/aaa/bbb/ccc', '/aaa/bbb'],
    ['Prefix /aaa/bbb', '/aaa/bbbxyz', null],
    ['Prefix / Prefix /aaa', '/aaa/ccc', '/aaa'],
    ['Prefix / Prefix /aaa Prefix /aaa/bbb', '/aaa/bbb', '/aaa/bbb'],
    ['Prefix / Prefix /aaa Prefix /aaa/bbb', '/ccc', '/'],
    ['Prefix /aaa', '/ccc', null],
    ['Exact /foo', '/FOO', null],
    ['Prefix /foo', '/foo?x=/bar', '/foo'],
  ];
  it.each(rows)('%s, request %s: %s', (configured, request, winner) => {
    const paths = [...configured.matchAll(/(Prefix|Exact) (\S+)/g)];
    const line = rules('', ...paths.map(([, type, path], at) => `${type as 'Prefix'} ${path!} s${at}` as const));
    const expected = winner === null ? 'fallback' : `s${paths.findIndex(([, , path]) => path === winner)}`;
    expect(verdict(ask(generic({ ...line, defaultBackend: 'fallback' }), `http://any${request}`))).toBe(expected);
    if (winner === null) expect(verdict(ask(generic(line), `http://any${request}`))).toBe('404');
  });

  it('an Exact path goes before a Prefix of the same text, whatever stands first', () => {
    expect(verdict(ask(generic(rules('', 'Prefix /foo prefix', 'Exact /foo exact')), 'http://any/foo'))).toBe('exact');
  });
});

describe('hosts (S9.3)', () => {
  const world = generic(rules('foo.com', 'Prefix /a exact'), rules('*.foo.com', 'Prefix / wildcard'), rules('', 'Prefix / any'));
  it.each([
    ['foo.com/a', 'exact'],
    ['FOO.com/a', 'exact'],
    ['foo.com/b', 'any'],
    ['bar.foo.com/', 'wildcard'],
    ['bar.foo.com:8080/', 'wildcard'],
    ['baz.bar.foo.com/', 'any'],
    ['198.51.100.1/', 'any'],
  ])('%s goes to %s', (url, service) => expect(verdict(ask(world, `http://${url}`))).toBe(service));

  it('the precise host goes before the wildcard', () => {
    expect(verdict(ask(generic(rules('*.foo.com', 'Prefix / wildcard'), rules('a.foo.com', 'Prefix / precise')), 'http://a.foo.com/'))).toBe('precise');
  });
});

describe('backends (S9.9)', () => {
  it.each([
    ['a number is the Service’s port', 'api:80', 'api'],
    ['a name is the Service port’s name', 'api:http', 'api'],
    ['the number of the target port is no port of the Service', 'api:8080', '503'],
    ['a Service that does not exist', 'gone', '503'],
    ['a Service without ready endpoints', 'empty', '503'],
    ['a resource instead of a Service', 'bucket', '503'],
  ])('%s', (_, backend, expected) => {
    const world = worldOf({ implementation: 'generic', ingresses: [rules('', `Prefix / ${backend}`)], services: { api: 1, empty: 0 } });
    expect(verdict(ask(world, 'http://any/'))).toBe(expected);
  });

  it('every ready endpoint gets the same share, over a new connection from the controller’s Pod', () => {
    const hop = ask(worldOf({ implementation: 'generic', ingresses: [rules('', 'Prefix /api api')], services: { api: 4 } }), 'http://any/api');
    const to = hop.becomes.kind === 'forward' ? hop.becomes.to : [];
    expect(to.map((way) => way.probability)).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect(to[1]).toMatchObject({
      place: { kind: 'pod', pod: 'shop/api-1' },
      packet: { src: { ip: '10.244.0.2' }, dst: { ip: '10.244.1.3', port: 8080 }, tls: { mode: 'none' } },
      carry: { source: 'controller', service: { name: 'api' } },
    });
    expect(hop.consulted).toEqual([{ object: { kind: 'Service', namespace: 'shop', name: 'api' }, role: 'consulted', address: '10.96.0.10', label: '/api' }]);
    expect(hop.because).toContainEqual({ object: { kind: 'Ingress', namespace: 'shop', name: 'ingress-0' }, path: ['spec', 'rules', 0, 'http', 'paths', 0] });
  });

  it('a failed connection becomes the controller’s 502, a silent one 504', () => {
    const hop = ask(generic(rules('', 'Prefix / api')), 'http://any/');
    expect(hop.becomes.kind === 'forward' && hop.becomes.to[0]!.carry.proxied).toMatchObject({
      producer: 'controller',
      answers: { refused: 502, timeout: 504, slow: 504 },
    });
  });

  it('the request is handed on unchanged, with the client in X-Forwarded-For', () => {
    expect(atBackend(ask(generic(rules('', 'Prefix /a api')), 'http://any/a/b?x=1'))).toMatchObject({
      host: 'any',
      path: '/a/b?x=1',
      headers: { 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'http' },
    });
  });
});

describe('TLS (S9.8, S14)', () => {
  const facts = { commonName: null, names: ['foo.com'], notBefore: null, notAfter: null, selfSigned: false };
  const world = worldOf({
    implementation: 'generic',
    ingresses: [{ rules: { 'foo.com': ['Prefix / api'] }, tls: [{ hosts: ['foo.com', 'bar.com'], secretName: 'cert' }] }],
    secrets: { cert: facts },
  });
  it('the certificate of the entry that names the host is shown, and no redirect is added', () => {
    const hop = ask(world, 'https://foo.com/');
    expect(verdict(hop)).toBe('api');
    expect(hop.becomes.kind === 'forward' && hop.becomes.to[0]!.carry).toMatchObject({ certificateNames: ['foo.com'], terminatedAt: 'ingress' });
    expect(verdict(ask(world, 'http://foo.com/'))).toBe('api');
  });
  it.each([
    ['a name the certificate lacks', 'https://bar.com/', 'TLS name-mismatch'],
    ['a name no entry holds', 'https://other.com/', 'TLS untrusted'],
  ])('%s ends the handshake', (_, url, expected) => {
    expect(verdict(ask(world, url))).toBe(expected);
    expect(verdict(ask(world, url, { insecure: true }))).not.toContain('TLS');
  });
});

it('what the hop considered is listed in the order in which it goes', () => {
  const hop = ask(generic(rules('foo.com', 'Prefix / root', 'Prefix /a/b long', 'Prefix /a mid', 'Exact /a/b/c exact')), 'http://foo.com/a/b/d');
  expect(hop.considered!.map(({ what, result }) => `${String(what.args['path'] ?? what.args['endpoint'])} ${result}`)).toEqual([
    '/a/b/c excluded',
    '/a/b taken',
    '/a lost',
    '/ lost',
    '10.244.2.2:8080 taken',
  ]);
});
