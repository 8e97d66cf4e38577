import { describe, expect, it } from 'vitest';
import type { IngressLine, World } from '../test-world.ts';
import { ask, get, nginx, rules, verdict } from '../test-world.ts';

describe('HTTPS redirect (S10.13, S10.14)', () => {
  const tls = [{ hosts: ['foo.com'], secretName: 'cert' }];
  const secured = (annotations: Record<string, string> = {}, config: Record<string, string> = {}) =>
    nginx([{ ...rules('foo.com', 'Prefix / api'), tls, annotations }], { config });
  it.each([
    ['a host with TLS, even without its Secret', secured(), 'http://foo.com/a/?x', '308 https://foo.com/a/?x'],
    ['the slash at the end is cut', secured(), 'http://foo.com/a/', '308 https://foo.com/a'],
    ['unless it is to be preserved', secured({ 'preserve-trailing-slash': 'true' }), 'http://foo.com/a/', '308 https://foo.com/a/'],
    ['ssl-redirect "false" turns it off', secured({ 'ssl-redirect': 'false' }), 'http://foo.com/', 'api'],
    ['the ConfigMap turns it off', secured({}, { 'ssl-redirect': 'false' }), 'http://foo.com/', 'api'],
    ['another code', secured({}, { 'http-redirect-code': '301' }), 'http://foo.com/', '301 https://foo.com'],
    [
      'the ACME challenge stays plain',
      nginx([{ ...rules('foo.com', 'Prefix /.well-known/acme-challenge/ api'), tls }]),
      'http://foo.com/.well-known/acme-challenge/x',
      'api',
    ],
    ['no TLS, no redirect', nginx([rules('foo.com', 'Prefix / api')]), 'http://foo.com/', 'api'],
    [
      'force-ssl-redirect needs no TLS',
      nginx([{ ...rules('foo.com', 'Prefix / api'), annotations: { 'force-ssl-redirect': 'true' } }]),
      'http://foo.com/',
      '308 https://foo.com',
    ],
    [
      'a wildcard’s TLS covers a host of its own',
      nginx([{ ...rules('*.foo.com', 'Prefix / wild'), tls: [{ hosts: ['*.foo.com'], secretName: 'cert' }] }, rules('a.foo.com', 'Prefix / api')]),
      'http://a.foo.com/',
      '308 https://a.foo.com',
    ],
    ['rules for all hosts are not redirected', nginx([{ ...rules('', 'Prefix / api'), tls: [{ hosts: [], secretName: 'cert' }] }]), 'http://any/', 'api'],
  ])('%s', (_, world, url, expected) => expect(get(world, url)).toBe(expected));

  it('X-Forwarded-Proto counts only with use-forwarded-headers, and the loop is explained', () => {
    const headers = { 'x-forwarded-proto': 'https' };
    expect(get(secured({}, { 'use-forwarded-headers': 'true' }), 'http://foo.com/', { headers })).toBe('api');
    const hop = ask(secured(), 'http://foo.com/', { headers });
    expect(verdict(hop)).toBe('308 https://foo.com');
    expect(hop.why.map(({ id }) => id)).toContain('ingress.nginx.https.unheard');
  });
  it('a redirect to the URL that was asked for is called a loop (F-27)', () => {
    const force = nginx([{ ...rules('foo.com', 'Prefix / api'), annotations: { 'permanent-redirect': 'http://foo.com/' } }]);
    const loop = ask(force, 'http://foo.com/');
    expect([loop.title.id, loop.why[0]!.id, loop.rules.includes('F-27')]).toEqual(['proxy.title.redirect-loop', 'proxy.why.redirect-loop', true]);
    expect(ask(secured(), 'http://foo.com/').title.id).toBe('ingress.nginx.title.redirect');
  });
  it('the reason says whether the tls section names the host', () => {
    const why = (host: string) =>
      ask(nginx([{ rules: { 'foo.com': ['Prefix / api'], 'bar.com': ['Prefix / api'] }, tls }]), `http://${host}/`).why.map(({ id }) => id);
    expect(why('foo.com')).toContain('ingress.nginx.https.tls');
    expect(why('bar.com')).toContain('ingress.nginx.https.tls-unnamed');
  });
  it('a client outside the allowlist is redirected first', () => {
    expect(get(secured({ 'whitelist-source-range': '10.0.0.0/8' }), 'http://foo.com/')).toBe('308 https://foo.com');
    expect(get(secured({ 'whitelist-source-range': '10.0.0.0/8' }), 'https://foo.com/', { insecure: true })).toBe('403');
  });
});

describe('certificates (S10.15)', () => {
  const facts = (...names: string[]) => ({ commonName: null, names, notBefore: null, notAfter: null, selfSigned: false });
  const world = (tls: IngressLine['tls'] = [], secrets: NonNullable<World['secrets']> = { cert: facts('foo.com', '*.foo.com') }, more: Partial<World> = {}) =>
    nginx([{ rules: { 'foo.com': ['Prefix / api'], 'a.foo.com': ['Prefix / api'], 'bar.com': ['Prefix / api'] }, tls: tls! }], {
      secrets,
      services: { api: 1 },
      ...more,
    });
  it.each([
    ['the Secret of the entry that names the host', [{ hosts: ['foo.com'], secretName: 'cert' }], 'foo.com', 'api'],
    ['an entry whose certificate covers the host', [{ hosts: ['x.com'], secretName: 'cert' }], 'a.foo.com', 'api'],
    ['a certificate that does not cover the host', [{ hosts: ['bar.com'], secretName: 'cert' }], 'bar.com', 'TLS untrusted'],
    ['a Secret that does not exist', [{ hosts: ['foo.com'], secretName: 'gone' }], 'foo.com', 'TLS untrusted'],
    ['no tls at all', [], 'foo.com', 'TLS untrusted'],
  ] as [string, IngressLine['tls'], string, string][])('%s', (_, tls, host, expected) => {
    expect(get(world(tls), `https://${host}/`)).toBe(expected);
    expect(get(world(tls), `https://${host}/`, { insecure: true })).toBe('api');
  });
  it('the tls of an Ingress that is left out shows no certificate, and the reason says why it is left out', () => {
    const line = { ...rules('foo.com', 'Prefix /api(/|$) api'), tls: [{ hosts: ['foo.com'], secretName: 'cert' }] };
    const hop = ask(nginx([line], { secrets: { cert: facts('foo.com') }, services: { api: 1 } }), 'https://foo.com/api');
    expect(verdict(hop)).toBe('TLS untrusted');
    const said = hop.why.map(({ id }) => id);
    expect(said).toContain('ingress.nginx.strict-path');
    expect(said).not.toContain('ingress.tls.none');
  });
  it('an unknown server name gets the fake certificate, then 404', () => {
    expect(get(world(), 'https://other.com/')).toBe('TLS untrusted');
    expect(get(world(), 'https://other.com/', { insecure: true })).toBe('404');
    expect(get(world([], {}, { config: { 'ssl-reject-handshake': 'true' } }), 'https://other.com/', { insecure: true })).toBe('TLS unrecognized-name');
  });
  it('a Secret that was not pasted is not said to hold a valid certificate', () => {
    const pasted = world([{ hosts: ['foo.com'], secretName: 'cert' }]);
    const assumed = {
      ...pasted,
      provenance: new Map([['Secret/shop/cert', { origin: 'inferred', assumption: 'secret:shop/cert' }]]),
    } as unknown as typeof pasted;
    const said = (cluster: typeof pasted) => ask(cluster, 'https://foo.com/').why.map(({ id }) => id);
    expect(said(pasted)).toContain('ingress.tls.secret');
    expect(said(assumed)).toContain('proxy.tls.assumed');
  });
  it('--default-ssl-certificate stands in for every name without one', () => {
    const more = { args: ['--default-ssl-certificate=shop/cert'] };
    expect(get(world([], undefined, more), 'https://foo.com/')).toBe('api');
    expect(get(world([], undefined, more), 'https://bar.com/')).toBe('TLS name-mismatch');
  });
  it('answers over HTTPS carry the HSTS header', () => {
    const hop = ask(world(), 'https://foo.com/', { insecure: true });
    expect(hop.becomes.kind === 'forward' && hop.becomes.to[0]!.carry.responseHeaders).toEqual({
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
    });
  });
  it('plain HTTP on the TLS port is 400, TLS on the plain port a handshake that fails', () => {
    const cluster = world();
    const swapped = {
      ...cluster,
      controllers: cluster.controllers.map((controller) => ({
        ...controller,
        listens: [
          { containerPort: 443, scheme: 'http' as const },
          { containerPort: 80, scheme: 'https' as const },
        ],
      })),
    };
    expect(get(swapped, 'http://foo.com/')).toBe('400');
    expect(get(swapped, 'https://foo.com/')).toBe('TLS wrong-version-number');
  });
  it('ssl-passthrough hands the connection to the ClusterIP, TLS and all', () => {
    const hop = ask(
      nginx([{ ...rules('foo.com', 'Prefix / api'), annotations: { 'ssl-passthrough': 'true' } }], { args: ['--enable-ssl-passthrough'] }),
      'https://foo.com/',
    );
    expect(hop.becomes).toMatchObject({
      kind: 'forward',
      to: [{ place: { kind: 'node', node: 'node-a', entered: 'pod' }, packet: { dst: { ip: '10.96.0.10', port: 80 }, tls: { mode: 'tls', sni: 'foo.com' } } }],
    });
  });
});

describe('redirects by annotation (S10.12, S10.25)', () => {
  it.each([
    ['permanent-redirect', { 'permanent-redirect': 'https://x.com/y' }, '/a', '301 https://x.com/y'],
    ['its code', { 'permanent-redirect': 'https://x.com', 'permanent-redirect-code': '302' }, '/a', '302 https://x.com'],
    ['a code that is no redirect', { 'permanent-redirect': 'https://x.com', 'permanent-redirect-code': '200' }, '/a', '301 https://x.com'],
    ['temporal-redirect goes first', { 'temporal-redirect': 'https://x.com', 'permanent-redirect': 'https://y.com' }, '/a', '302 https://x.com'],
    ['a path is completed to a URL', { 'permanent-redirect': '/new' }, '/a', '301 http://foo.com/new'],
    ['unless redirects are relative', { 'permanent-redirect': '/new', 'relative-redirects': 'true' }, '/a', '301 /new'],
    ['app-root, for / only', { 'app-root': '/app' }, '/', '302 http://foo.com/app'],
    ['app-root elsewhere', { 'app-root': '/app' }, '/a', 'api'],
    ['every path of the host, configured or not', { 'permanent-redirect': 'https://x.com' }, '/other', '301 https://x.com'],
  ])('%s', (_, annotations, path, expected) =>
    expect(get(nginx([{ ...rules('foo.com', 'Prefix /a api'), annotations: annotations as Record<string, string> }]), `http://foo.com${path}`)).toBe(expected),
  );

  it('from-to-www-redirect works in both directions and keeps the port', () => {
    const world = (host: string) => nginx([{ ...rules(host, 'Prefix / api'), annotations: { 'from-to-www-redirect': 'true' } }]);
    expect(get(world('foo.com'), 'http://www.foo.com/a/')).toBe('308 http://foo.com:80/a');
    expect(get(world('www.foo.com'), 'http://foo.com/a')).toBe('308 http://www.foo.com:80/a');
  });
});
