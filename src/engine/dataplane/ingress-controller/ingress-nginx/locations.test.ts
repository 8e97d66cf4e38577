import { describe, expect, it } from 'vitest';
import type { IngressLine, World } from '../test-world.ts';
import { ask, atBackend, get, nginx, rules, verdict } from '../test-world.ts';

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

describe('what is said of the paths that did not win', () => {
  const saidOf = (world: ReturnType<typeof nginx>, url: string) =>
    ask(world, url).considered!.map(({ result, why }) => [result, why.id, why.args?.['pattern']]);
  it('a redirect of the whole server comes before any path', () => {
    const world = (more: Record<string, string>) => nginx([{ ...rules('foo.com', 'Prefix / api'), annotations: { 'app-root': '/app', ...more } }]);
    expect(saidOf(world({}), 'http://foo.com/')).toEqual([['lost', 'ingress.nginx.not-asked', undefined]]);
    expect(saidOf(world({ 'use-regex': 'true' }), 'http://foo.com/')).toEqual([['lost', 'ingress.nginx.not-asked', undefined]]);
  });
  it('of a path that stands twice, with a slash and without, the expression that matches is shown', () => {
    const regex = { ...rules('foo.com', 'Impl /x/.* regex'), annotations: { 'use-regex': 'true' } };
    const world = nginx([regex, { ...rules('foo.com', 'Prefix /something api'), name: 'plain' }]);
    expect(saidOf(world, 'http://foo.com/somethingelse')[0]).toEqual(['taken', 'ingress.nginx.regex.taken', '^/something']);
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
    expect(hop.considered).toContainEqual(expect.objectContaining({ result: 'lost', why: expect.objectContaining({ id: 'ingress.lost.same' }) }));
  });
  it('without creation times the order of the manifests stands for age, and no Ingress is called older (S1.4.7)', () => {
    const hop = ask(twice({}, {}), 'http://foo.com/a');
    expect(verdict(hop)).toBe('one');
    expect(hop.considered).toContainEqual(expect.objectContaining({ result: 'lost', why: expect.objectContaining({ id: 'ingress.lost.same.undated' }) }));
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
