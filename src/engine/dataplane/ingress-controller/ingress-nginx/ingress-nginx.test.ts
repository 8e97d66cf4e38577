import { describe, expect, it } from 'vitest';
import type { IngressLine, World } from '../test-world.ts';
import { ask, atBackend, verdict, worldOf } from '../test-world.ts';

const nginx = (ingresses: IngressLine[], more: Omit<World, 'ingresses'> = {}) => worldOf({ ...more, ingresses });
const rules = (host: string, ...lines: NonNullable<IngressLine['rules']>[string]): IngressLine => ({ rules: { [host]: lines } });
const get = (world: ReturnType<typeof worldOf>, url: string, ...more: Parameters<typeof ask> extends [unknown, unknown, ...infer R] ? R : never) =>
  verdict(ask(world, url, ...more));

describe('servers (S10.4, S10.5)', () => {
  const world = nginx([rules('foo.com', 'Prefix /a exact'), rules('*.foo.com', 'Prefix / wildcard'), rules('', 'Prefix /any any')]);
  it.each([
    ['foo.com/a', 'exact'],
    ['FOO.com:8080/a', 'exact'],
    ['x.foo.com/', 'wildcard'],
    ['y.x.foo.com/any', 'any'],
    ['foo.com/any', '404'],
    ['other.com/any', 'any'],
    ['other.com/', '404'],
    ['other.com/healthz', '200'],
  ])('%s: %s', (url, expected) => expect(get(world, `http://${url}`)).toBe(expected));

  it('an Ingress with a default backend and no rules takes every other host', () => {
    expect(get(nginx([{ defaultBackend: 'all' }, rules('foo.com', 'Prefix /a api')]), 'http://other.com/x')).toBe('all');
  });
  it('a default backend beside rules is for the hosts of those rules only', () => {
    const only = nginx([{ ...rules('foo.com', 'Prefix /a api'), defaultBackend: 'rest' }]);
    expect(get(only, 'http://foo.com/b')).toBe('rest');
    expect(get(only, 'http://other.com/b')).toBe('404');
  });
  it('a host rule without paths leads to the default backend of its Ingress', () => {
    expect(get(nginx([{ ...rules('foo.com'), defaultBackend: 'rest' }]), 'http://foo.com/')).toBe('rest');
  });
  it('--default-backend-service answers what no rule takes', () => {
    expect(get(nginx([], { args: ['--default-backend-service=shop/page'], services: { page: 1 } }), 'http://any/')).toBe('page');
  });
  it('an alias is served like the host, and loses to a real server of its name', () => {
    const aliased = nginx([
      { ...rules('foo.com', 'Prefix / foo'), annotations: { 'server-alias': 'bar.com, baz.com, ~^x\\d+\\.com$' } },
      rules('baz.com', 'Prefix / baz'),
    ]);
    expect(['bar.com', 'baz.com', 'x12.com', 'xy.com'].map((host) => get(aliased, `http://${host}/`))).toEqual(['foo', 'baz', 'foo', '404']);
  });
});

describe('locations without regular expressions (S10.6)', () => {
  it.each([
    ['/', 'Exact / exact', 'Prefix / prefix', 'exact'],
    ['/x', 'Exact / exact', 'Prefix / prefix', 'prefix'],
    ['/foo', 'Exact /foo exact', 'Prefix /foo prefix', 'exact'],
    ['/foo/', 'Exact /foo exact', 'Prefix /foo prefix', 'prefix'],
    ['/foo/bar', 'Exact /foo exact', 'Prefix /foo prefix', 'prefix'],
    ['/foobar', 'Prefix /foo prefix', 'Prefix / root', 'root'],
    ['/aaa/bbb/ccc', 'Prefix /aaa short', 'Prefix /aaa/bbb long', 'long'],
    ['/foo', 'Prefix /foo/ slash', 'Exact /bar bar', '301 http://foo.com/foo/'],
    ['/foo?x=1', 'Prefix /foo/ slash', 'Exact /bar bar', '301 http://foo.com/foo/?x=1'],
    ['/foo/', 'Prefix /foo/ slash', 'Exact /bar bar', 'slash'],
    ['/foobar', 'Impl /foo impl', 'Exact /bar bar', '404'],
    ['/foo/bar', 'Impl /foo impl', 'Exact /bar bar', 'impl'],
    ['//foo/./x/../', 'Prefix /foo prefix', 'Exact /bar bar', 'prefix'],
    ['/f%6Fo', 'Exact /foo exact', 'Prefix / root', 'exact'],
    ['/FOO', 'Exact /foo exact', 'Prefix / root', 'root'],
    ['/../x', 'Prefix / root', 'Exact /bar bar', '400'],
    ['/%zz', 'Prefix / root', 'Exact /bar bar', '400'],
  ] as const)('%s with %s and %s: %s', (path, one, two, expected) => expect(get(nginx([rules('foo.com', one, two)]), `http://foo.com${path}`)).toBe(expected));
});

describe('locations as regular expressions (S10.7)', () => {
  const regex = (...lines: NonNullable<IngressLine['rules']>[string]): IngressLine => ({ ...rules('foo.com', ...lines), annotations: { 'use-regex': 'true' } });
  it.each([
    ['/id/12a', 'id'],
    ['/ID/1', 'id'],
    ['/id/a', '404'],
    ['/end/1', 'end'],
    ['/end/1a', '404'],
    ['/pre/x/id/1', '404'],
  ])('%s: %s', (path, expected) => expect(get(nginx([regex('Impl /id/[0-9]+ id', 'Impl /end/[0-9]+$ end')]), `http://foo.com${path}`)).toBe(expected));

  it('the longest text is tried first, even where a shorter path is equal to the request', () => {
    expect(get(nginx([regex('Prefix /foo/bar/bar exact', 'Impl /foo/bar/[A-Z0-9]{3} regex')]), 'http://foo.com/foo/bar/bar')).toBe('regex');
  });
  it('paths of other Ingresses of the host become regular expressions too, and Exact is exact no more', () => {
    const world = nginx([regex('Impl /x.* x'), { ...rules('foo.com', 'Exact /foo other'), name: 'other' }]);
    expect(get(world, 'http://foo.com/foobar')).toBe('other');
    expect(get(world, 'http://foo.com/FOO/bar')).toBe('other');
    expect(get(nginx([{ ...rules('foo.com', 'Exact /foo other') }]), 'http://foo.com/foobar')).toBe('404');
  });
  it('a rewrite makes regular expressions of all paths, one that changes nothing does not', () => {
    const world = (target: string) =>
      nginx([
        { ...rules('foo.com', 'Prefix / root'), annotations: { 'rewrite-target': target } },
        { ...rules('foo.com', 'Prefix /foo api'), name: 'other' },
      ]);
    expect(get(world('/x'), 'http://foo.com/foobar')).toBe('api');
    expect(get(world('/'), 'http://foo.com/foobar')).toBe('root');
  });
  it('a pattern that cannot be read never matches, and says so', () => {
    const hop = ask(nginx([regex('Impl /(a broken', 'Prefix /b api')]), 'http://foo.com/(a');
    expect(verdict(hop)).toBe('404');
    expect(hop.considered!.map(({ why }) => why.id)).toContain('ingress.nginx.regex.broken');
  });
});

describe('rewrite (S10.17)', () => {
  it.each([
    ['/something(/|$)(.*)', '/$2', '/something', '/'],
    ['/something(/|$)(.*)', '/$2', '/something/', '/'],
    ['/something(/|$)(.*)', '/$2', '/something/new', '/new'],
    ['/something(/|$)(.*)', '/$2', '/something/a%20b', '/a%20b'],
    ['/users', '/', '/users/7?x=1', '/?x=1'],
    ['/api', '/$2', '/api/v1', '/'],
    ['/foo/bar/(.+)', '/new/$1', '/foo/bar/x/y?z', '/new/x/y?z'],
    ['/Foo', '/bar', '/foo', '/bar'],
  ])('path %s, target %s: %s becomes %s', (path, target, request, expected) => {
    const hop = ask(nginx([{ ...rules('foo.com', `Impl ${path} api`), annotations: { 'rewrite-target': target } }]), `http://foo.com${request}`);
    expect(atBackend(hop).path).toBe(expected);
    expect(hop.because).toContainEqual({
      object: hop.considered![0]!.because![0]!.object,
      path: ['metadata', 'annotations', 'nginx.ingress.kubernetes.io/rewrite-target'],
    });
  });
  it('without a rewrite the path goes on as it was written', () => {
    expect(atBackend(ask(nginx([rules('foo.com', 'Prefix / api')]), 'http://foo.com//a%2fb?q')).path).toBe('//a%2fb?q');
  });
  it('a target that is a URL sends the client there', () => {
    expect(get(nginx([{ ...rules('foo.com', 'Impl /a api'), annotations: { 'rewrite-target': 'https://bar.com/x' } }]), 'http://foo.com/a?b')).toBe(
      '302 https://bar.com/x?b',
    );
  });
  it('X-Forwarded-Prefix is sent only beside a rewrite', () => {
    const headers = (annotations: Record<string, string>) =>
      atBackend(ask(nginx([{ ...rules('foo.com', 'Prefix / api'), annotations }]), 'http://foo.com/')).headers['x-forwarded-prefix'];
    expect(headers({ 'x-forwarded-prefix': '/p', 'rewrite-target': '/x' })).toBe('/p');
    expect(headers({ 'x-forwarded-prefix': '', 'rewrite-target': '/x' })).toBeUndefined();
    expect(headers({ 'x-forwarded-prefix': '/p' })).toBeUndefined();
  });
});

describe('which Ingress holds a path (S10.3)', () => {
  const twice = (a: Partial<IngressLine>, b: Partial<IngressLine>) =>
    nginx([
      { ...rules('foo.com', 'Prefix /a one'), ...a },
      { ...rules('foo.com', 'Prefix /a two'), ...b },
    ]);
  it('the older one, and the other is listed as ignored', () => {
    const hop = ask(twice({ created: '2026-01-01T00:00:00Z' }, { created: '2026-01-01T00:00:10Z' }), 'http://foo.com/a');
    expect(verdict(hop)).toBe('one');
    expect(hop.considered).toContainEqual(expect.objectContaining({ result: 'lost', why: expect.objectContaining({ id: 'ingress.nginx.duplicate' }) }));
  });
  it('of the same second, the one whose name is later in the alphabet', () => {
    const created = '2026-01-01T00:00:00Z';
    expect(get(twice({ name: 'a', created }, { name: 'b', created }), 'http://foo.com/a')).toBe('two');
  });
  it('the same path with another type stands beside it', () => {
    expect(get(nginx([rules('foo.com', 'Prefix /a prefix'), { ...rules('foo.com', 'Exact /a exact'), name: 'x' }]), 'http://foo.com/a')).toBe('exact');
  });
});

describe('Ingresses that are left out (S10.8)', () => {
  it.each([
    ['regular expression characters in a Prefix path', { rules: { 'foo.com': ['Prefix /a[0-9] api'] } }, {}],
    ['nginx configuration in a path', { rules: { 'foo.com': ['Impl /a;alias /x; api'] } }, {}],
    ['a default backend with --disable-catch-all', { rules: { 'foo.com': ['Prefix / api'] }, defaultBackend: 'api' }, { args: ['--disable-catch-all'] }],
    [
      'an annotation whose value is not allowed',
      { rules: { 'foo.com': ['Prefix / api'] }, annotations: { 'permanent-redirect': 'https://x.com/$request_uri' } },
      {},
    ],
  ] as [string, IngressLine, Partial<World>][])('%s', (_, ingress, more) => {
    const hop = ask(nginx([ingress, rules('bar.com', 'Prefix / api')], more), 'http://foo.com/a1');
    expect(verdict(hop)).toBe('404');
    expect(hop.considered).toContainEqual(
      expect.objectContaining({ result: 'excluded', what: expect.objectContaining({ args: { ingress: 'shop/ingress-0' } }) }),
    );
  });
  it('without strict path validation the regular expression is taken as written', () => {
    const world = nginx([{ ...rules('foo.com', 'Prefix /a[0-9] api'), annotations: { 'use-regex': 'true' } }], {
      config: { 'strict-validate-path-type': 'false' },
    });
    expect(get(world, 'http://foo.com/a1')).toBe('api');
  });
});

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
  it('an unknown server name gets the fake certificate, then 404', () => {
    expect(get(world(), 'https://other.com/')).toBe('TLS untrusted');
    expect(get(world(), 'https://other.com/', { insecure: true })).toBe('404');
    expect(get(world([], {}, { config: { 'ssl-reject-handshake': 'true' } }), 'https://other.com/', { insecure: true })).toBe('TLS unrecognized-name');
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

describe('empty backends (S10.10, S10.11)', () => {
  const services = { api: 1, empty: 0, page: 1 };
  it.each([
    ['the target port counts as the port', 'api:8080', 'api'],
    ['a port that does not exist', 'api:81', '503'],
    ['a missing Service', 'gone', '503'],
    ['no ready endpoint', 'empty', '503'],
    ['a resource', 'bucket', '404'],
  ])('%s', (_, backend, expected) => expect(get(nginx([rules('foo.com', `Prefix /a ${backend}`)], { services }), 'http://foo.com/a')).toBe(expected));

  it('the default-backend annotation stands in, and is told why', () => {
    const hop = ask(nginx([{ ...rules('foo.com', 'Prefix /a empty'), annotations: { 'default-backend': 'page' } }], { services }), 'http://foo.com/a', {
      headers: { 'x-request-id': 'mine' },
    });
    expect(verdict(hop)).toBe('page');
    expect(atBackend(hop).headers).toMatchObject({
      'x-code': '503',
      'x-ingress-name': 'ingress-0',
      'x-service-name': 'empty',
      'x-service-port': '80',
      'x-request-id': 'mine',
    });
  });
  it('an empty backend is noticed before the allowlist is asked', () => {
    expect(
      get(nginx([{ ...rules('foo.com', 'Prefix / empty'), annotations: { 'whitelist-source-range': '10.0.0.0/8' } }], { services }), 'http://foo.com/'),
    ).toBe('503');
  });
});

describe('canary (S10.18)', () => {
  const main: IngressLine = { ...rules('foo.com', 'Prefix /a main'), name: 'main' };
  const world = (annotations: Record<string, string>, more: Partial<World> = {}, canary: Partial<IngressLine> = {}) =>
    nginx([{ ...rules('foo.com', 'Prefix /a new'), annotations: { canary: 'true', ...annotations }, name: 'canary', ...canary }, main], {
      services: { main: 2, new: 1 },
      ...more,
    });
  const header = (value: string) => ({ headers: { 'x-canary': value } });
  const cookie = (value: string) => ({ headers: { cookie: `a=b; try=${value}` } });
  it.each([
    ['header always', { 'canary-by-header': 'X-Canary' }, header('always'), 'new'],
    ['header never, whatever the weight', { 'canary-by-header': 'X-Canary', 'canary-weight': '100' }, header('never'), 'main'],
    ['another value leaves it to the weight', { 'canary-by-header': 'X-Canary', 'canary-weight': '100' }, header('x'), 'new'],
    ['header value', { 'canary-by-header': 'X-Canary', 'canary-by-header-value': 'yes' }, header('yes'), 'new'],
    ['with a header value, always is a value like any', { 'canary-by-header': 'X-Canary', 'canary-by-header-value': 'yes' }, header('always'), 'main'],
    ['header pattern', { 'canary-by-header': 'X-Canary', 'canary-by-header-pattern': '^y.s$' }, header('yes'), 'new'],
    [
      'the value goes before the pattern',
      { 'canary-by-header': 'X-Canary', 'canary-by-header-value': 'no', 'canary-by-header-pattern': '^y.s$' },
      header('yes'),
      'main',
    ],
    ['a broken pattern ends it', { 'canary-by-header': 'X-Canary', 'canary-by-header-pattern': '[', 'canary-weight': '100' }, header('yes'), 'main'],
    ['cookie always', { 'canary-by-cookie': 'try' }, cookie('always'), 'new'],
    ['cookie never', { 'canary-by-cookie': 'try', 'canary-weight': '100' }, cookie('never'), 'main'],
    ['weight', { 'canary-weight': '25' }, {}, 'main 0.75 + new 0.25'],
    ['weight of a total', { 'canary-weight': '25', 'canary-weight-total': '1000' }, {}, 'main 0.975 + new 0.025'],
    ['weight 0', { 'canary-weight': '0' }, {}, 'main'],
  ])('%s', (_, annotations, more, expected) => expect(get(world(annotations as Record<string, string>), 'http://foo.com/a', more)).toBe(expected));

  it('a canary with another path, or alone, takes nothing', () => {
    expect(get(world({ 'canary-weight': '100' }, {}, rules('foo.com', 'Prefix /b new')), 'http://foo.com/a')).toBe('main');
    expect(get(nginx([{ ...rules('foo.com', 'Prefix /a new'), annotations: { canary: 'true', 'canary-weight': '100' } }]), 'http://foo.com/a')).toBe('404');
  });
  it('a canary without endpoints leaves all to the main Service', () => {
    expect(get(world({ 'canary-weight': '100' }, { services: { main: 1, new: 0 } }), 'http://foo.com/a')).toBe('main');
  });
  it('a main Service without endpoints is 503, canary or not', () => {
    expect(get(world({ 'canary-weight': '100' }, { services: { main: 0, new: 1 } }), 'http://foo.com/a')).toBe('503');
  });
});

describe('the request at the backend (S10.9, S10.22, S10.23)', () => {
  const at = (annotations: Record<string, string> = {}, more: Parameters<typeof ask>[2] = {}, config: Record<string, string> = {}) =>
    atBackend(ask(nginx([{ ...rules('foo.com', 'Prefix / api'), annotations }], { config }), 'http://foo.com/', more));
  it('forwarded headers are overwritten, what they were is kept apart', () => {
    const { headers } = at({}, { headers: { 'x-forwarded-for': '1.2.3.4', 'x-forwarded-proto': 'https', proxy: 'x', a_b: 'x', connection: 'close' } });
    expect(headers).toMatchObject({
      'x-forwarded-for': '203.0.113.7',
      'x-real-ip': '203.0.113.7',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'foo.com',
      'x-forwarded-port': '80',
      'x-original-forwarded-for': '1.2.3.4',
    });
    expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['proxy', 'a_b', 'connection']));
  });
  it('with use-forwarded-headers the leftmost address is the client', () => {
    expect(at({}, { headers: { 'x-forwarded-for': '1.2.3.4, 5.6.7.8' } }, { 'use-forwarded-headers': 'true' }).headers['x-real-ip']).toBe('1.2.3.4');
    expect(
      at({}, { headers: { 'x-forwarded-for': '1.2.3.4, 5.6.7.8' } }, { 'use-forwarded-headers': 'true', 'compute-full-forwarded-for': 'true' }).headers[
        'x-forwarded-for'
      ],
    ).toBe('1.2.3.4, 5.6.7.8, 203.0.113.7');
    expect(
      at({}, { headers: { 'x-forwarded-for': '1.2.3.4, 5.6.7.8' } }, { 'use-forwarded-headers': 'true', 'proxy-real-ip-cidr': '203.0.113.0/24' }).headers[
        'x-real-ip'
      ],
    ).toBe('5.6.7.8');
  });
  it('upstream-vhost replaces the host', () => expect(at({ 'upstream-vhost': 'internal' }).host).toBe('internal'));
  it('the PROXY protocol gives the client’s address, and missing or unexpected headers break the connection', () => {
    const world = (config: Record<string, string>) => nginx([rules('foo.com', 'Prefix / api')], { config });
    const proxy = { 'use-proxy-protocol': 'true' };
    expect(atBackend(ask(world(proxy), 'http://foo.com/', { proxyProtocol: '9.9.9.9' })).headers['x-real-ip']).toBe('9.9.9.9');
    expect(get(world(proxy), 'http://foo.com/')).toBe('CONN_RESET');
    expect(get(world({}), 'http://foo.com/', { proxyProtocol: '9.9.9.9' })).toBe('400');
  });
  it('service-upstream sends the packet to the ClusterIP, through the kernel of the controller’s node', () => {
    const hop = ask(nginx([{ ...rules('foo.com', 'Prefix / api'), annotations: { 'service-upstream': 'true' } }]), 'http://foo.com/');
    expect(hop.becomes).toMatchObject({ to: [{ place: { kind: 'node', entered: 'pod' }, packet: { dst: { ip: '10.96.0.10', port: 80 } } }] });
    expect(hop.consulted).toMatchObject([{ role: 'addressed', address: '10.96.0.10' }]);
  });
  it('backend-protocol HTTPS encrypts the new connection', () => {
    const hop = ask(nginx([{ ...rules('foo.com', 'Prefix / api'), annotations: { 'backend-protocol': 'HTTPS' } }]), 'http://foo.com/');
    expect(hop.becomes).toMatchObject({ to: [{ packet: { tls: { mode: 'tls', sni: null }, http: { scheme: 'https' } } }] });
  });
  it('an ExternalName Service is looked up by the controller, the host stays', () => {
    const world = nginx([rules('foo.com', 'Prefix / api:80')], {
      services: { api: { type: 'ExternalName', externalName: 'example.org', ports: [], clusterIPs: [] } },
    });
    const hop = ask(world, 'http://foo.com/');
    expect(hop.becomes).toMatchObject({ to: [{ place: { kind: 'external', name: 'example.org' }, packet: { dst: { port: 80 }, http: { host: 'foo.com' } } }] });
  });
  it('a connection that fails is tried at two more endpoints', () => {
    const world = nginx([rules('foo.com', 'Prefix / api')], { services: { api: 4 } });
    const again = (failed?: string[]) => {
      const { becomes } = ask(world, 'http://foo.com/', failed === undefined ? {} : { failed });
      return becomes.kind === 'forward' ? [becomes.to.length, becomes.to[0]!.carry.proxied?.again !== undefined, 'failed' in becomes.to[0]!.carry] : [];
    };
    expect(again()).toEqual([4, true, false]);
    expect(again(['10.244.1.2:8080'])).toEqual([3, true, false]);
    expect(again(['10.244.1.2:8080', '10.244.1.3:8080'])).toEqual([2, false, false]);
  });
  it('cookie affinity keeps a client at one endpoint', () => {
    const world = nginx([{ ...rules('foo.com', 'Prefix / api'), annotations: { affinity: 'cookie' } }], { services: { api: 3 } });
    const first = ask(world, 'http://foo.com/');
    const way = first.becomes.kind === 'forward' ? first.becomes.to[1]! : null;
    const set = way!.carry.responseHeaders['set-cookie']!;
    expect(way!.remember?.cookies).toEqual({ 'foo.com': { INGRESSCOOKIE: /INGRESSCOOKIE=([^;]+)/.exec(set)![1] } });
    const second = ask(world, 'http://foo.com/', { headers: { cookie: set.split(';')[0]! } });
    expect(second.becomes).toMatchObject({ to: [{ place: way!.place, probability: 1 }] });
  });
});

describe('access (S10.12 step 7)', () => {
  const from = (annotations: Record<string, string>, more: Parameters<typeof ask>[2] = {}, world: Partial<World> = {}) =>
    get(nginx([{ ...rules('foo.com', 'Prefix / api'), annotations }], world), 'http://foo.com/', more);
  it.each([
    ['outside the allowlist', { 'allowlist-source-range': '10.0.0.0/8, 18.0.0.0/8' }, '203.0.113.7', '403'],
    ['inside the allowlist', { 'whitelist-source-range': '18.0.0.0/8' }, '18.1.2.3', 'api'],
    ['the denylist goes first', { 'whitelist-source-range': '18.0.0.0/8', 'denylist-source-range': '18.1.0.0/16' }, '18.1.2.3', '403'],
    ['a single address', { 'denylist-source-range': '203.0.113.7' }, '203.0.113.7', '403'],
    ['ranges that cannot be read close the path', { 'whitelist-source-range': 'office' }, '203.0.113.7', '503'],
  ])('%s', (_, annotations, peer, expected) => expect(from(annotations as Record<string, string>, { peer })).toBe(expected));
  it('basic authentication asks for a password, and needs its Secret', () => {
    const annotations = { 'auth-type': 'basic', 'auth-secret': 'users' };
    expect(from(annotations, {}, { secrets: { users: 'empty' } })).toBe('401');
    expect(from(annotations, { headers: { authorization: 'Basic x' } }, { secrets: { users: 'empty' } })).toBe('api');
    expect(from(annotations)).toBe('503');
  });
  it('satisfy any: the right address or a password is enough', () => {
    const annotations = { 'auth-type': 'basic', 'auth-secret': 'users', 'whitelist-source-range': '10.0.0.0/8', satisfy: 'any' };
    const world = { secrets: { users: 'empty' } } as const;
    expect([
      from(annotations, { peer: '10.1.1.1' }, world),
      from(annotations, { headers: { authorization: 'Basic x' } }, world),
      from(annotations, {}, world),
    ]).toEqual(['api', 'api', '401']);
    expect(from({ satisfy: 'any' })).toBe('api');
  });
  it.each([
    [{ 'block-user-agents': '~*bot/\\d+,Evil' }, { 'user-agent': 'GoogleBot/2' }, '403'],
    [{ 'block-user-agents': '~*bot/\\d+,Evil' }, { 'user-agent': 'evil' }, '403'],
    [{ 'block-user-agents': '~*bot/\\d+,Evil' }, { 'user-agent': 'Evil2' }, 'api'],
    [{ 'block-referers': 'spam.com' }, { referer: 'spam.com' }, '403'],
  ])('%j and %j: %s', (config, headers, expected) =>
    expect(from({}, { headers: headers as Record<string, string> }, { config: config as Record<string, string> })).toBe(expected),
  );
  it('a body larger than proxy-body-size is 413', () => {
    expect(from({}, { headers: { 'content-length': '1048577' } })).toBe('413');
    expect(from({ 'proxy-body-size': '0' }, { headers: { 'content-length': '1048577' } })).toBe('api');
  });
});

describe('headers of the answer', () => {
  const answered = (annotations: Record<string, string>, origin: string, method = 'GET', world: Partial<World> = {}) => {
    const { becomes } = ask(nginx([{ ...rules('foo.com', 'Prefix / api'), annotations }], world), 'http://foo.com/', { method, headers: { origin } });
    return becomes.kind === 'forward'
      ? becomes.to[0]!.carry.responseHeaders
      : becomes.outcome.code === 'HTTP'
        ? { status: becomes.outcome.status, ...becomes.outcome.headers }
        : {};
  };
  const cors = (origins: string) => ({ 'enable-cors': 'true', 'cors-allow-origin': origins });
  it.each([
    ['any origin', { 'enable-cors': 'true' }, 'http://a.com', '*'],
    ['one of a list', cors('https://a.com:8080, https://b.com'), 'https://b.com', 'https://b.com'],
    ['another port is another origin', cors('https://a.com:8080'), 'https://a.com', undefined],
    ['an entry without a scheme is skipped', cors('a.com, https://b.com'), 'a.com', undefined],
    ['a wildcard stands for one label', cors('http://*.a.com'), 'http://x-1.a.com', 'http://x-1.a.com'],
    ['and not for two', cors('http://*.a.com'), 'http://y.x.a.com', undefined],
    ['blank means any', cors('   '), 'http://a.com', '*'],
  ])('CORS: %s', (_, annotations, origin, expected) =>
    expect(answered(annotations as Record<string, string>, origin)['access-control-allow-origin' as never]).toBe(expected),
  );
  it('a preflight request of an allowed origin is answered with 204', () => {
    expect(answered(cors('http://a.com'), 'http://a.com', 'OPTIONS')).toMatchObject({
      status: 204,
      'access-control-allow-methods': 'GET, PUT, POST, DELETE, PATCH, OPTIONS',
    });
    expect(answered(cors('http://a.com'), 'http://b.com', 'OPTIONS')).not.toHaveProperty('status');
  });
  it('custom-headers come from a ConfigMap, as far as they are allowed; else the path is closed', () => {
    const annotations = { 'custom-headers': 'shop/headers' };
    const configMaps = { headers: { 'X-Team': 'blue' } };
    expect(answered(annotations, '', 'GET', { configMaps, config: { 'global-allowed-response-headers': 'X-Team' } })).toEqual({ 'x-team': 'blue' });
    expect(answered(annotations, '', 'GET', { configMaps })).toMatchObject({ status: 503 });
    expect(answered(annotations, '')).toMatchObject({ status: 503 });
  });
});

it('a hop says what was taken, why, and by which fields, with commands ready to run', () => {
  const hop = ask(
    nginx([{ ...rules('foo.com', 'Prefix / root', 'Prefix /api api', 'Exact /x x'), name: 'web' }], { services: { api: 2, root: 1, x: 1 } }),
    'http://foo.com/api/1',
  );
  expect(hop).toMatchObject({
    hop: 'ingress-controller',
    layer: 'L7',
    actor: { component: 'ingress-nginx', instance: 'shop/controller', node: 'node-a' },
    title: { args: { path: '/api', ingress: 'shop/web' } },
  });
  expect(hop.considered!.map(({ what, result, probability }) => [what.args['path'] ?? what.args['endpoint'] ?? 'host', result, probability])).toEqual([
    ['/api', 'taken', undefined],
    ['/x', 'excluded', undefined],
    ['/', 'lost', undefined],
    ['10.244.1.2:8080', 'possible', 0.5],
    ['10.244.1.3:8080', 'possible', 0.5],
  ]);
  expect(hop.because[0]).toEqual({ object: { kind: 'Ingress', namespace: 'shop', name: 'web' }, path: ['spec', 'rules', 0, 'http', 'paths', 1] });
  expect(hop.commands!.map(({ line }) => line)).toEqual([
    'kubectl describe ingress -n shop web',
    'kubectl get endpointslices -n shop -l kubernetes.io/service-name=api',
    'curl -v --resolve foo.com:80:203.0.113.10 http://foo.com/api/1',
  ]);
});

it('a thousand hosts and paths cost no more than one, and the list stays short', () => {
  const many = nginx([
    {
      rules: Object.fromEntries(
        Array.from({ length: 300 }, (_, host) => [
          `h${host}.com`,
          Array.from({ length: host === 7 ? 3000 : 3 }, (__, path) => `Prefix /p${path} api` as const),
        ]),
      ),
    },
  ]);
  const hop = ask(many, 'http://h7.com/p2999/x');
  expect(verdict(hop)).toBe('api');
  expect(hop.considered!.length).toBeLessThanOrEqual(60);
  expect(hop.considered!.filter(({ result }) => result === 'taken').length).toBeGreaterThan(0);
});
