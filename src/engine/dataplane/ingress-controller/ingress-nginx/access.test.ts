import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../../cluster/cluster.ts';
import type { IngressLine, World } from '../test-world.ts';
import { ask, get, nginx, rules, verdict } from '../test-world.ts';

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

describe('limits (S10.20)', () => {
  const limited = (annotations: Record<string, string>, world: Partial<World> = {}, peer = '203.0.113.7') =>
    ask(nginx([{ ...rules('foo.com', 'Prefix / api'), annotations }], world), 'http://foo.com/', { peer });
  const over = { assume: { 'limit:shop/ingress-0': false } };
  it('one request stays within them, and the verdict stands with that', () => {
    const hop = limited({ 'limit-rps': '5' }, { complete: false });
    expect([verdict(hop), hop.assumes]).toMatchObject(['api', [{ id: 'limit:shop/ingress-0', origin: 'default' }]]);
    expect(hop.why.find(({ id }) => id === 'ingress.nginx.limit.second')?.args).toEqual({ rate: 5, burst: 25 });
  });
  it.each([
    ['over the rate', { 'limit-rps': '5' }, {}, '503'],
    ['with a status of the ConfigMap', { 'limit-rpm': '5' }, { 'limit-req-status-code': '429' }, '429'],
    ['connections have a status of their own', { 'limit-connections': '5' }, { 'limit-req-status-code': '429' }, '503'],
    ['an address that is not counted', { 'limit-rps': '5', 'limit-whitelist': '203.0.113.0/24' }, {}, 'api'],
    ['nothing is limited', { 'limit-rps': '0' }, {}, 'api'],
    ['a value that is no number leaves the Ingress out', { 'limit-rps': 'many' }, {}, '404'],
  ])('%s: %s', (_, annotations, config, expected) =>
    expect(verdict(limited(annotations as Record<string, string>, { ...over, config: config as Record<string, string> }))).toBe(expected),
  );
});

describe('another service that is asked (S10.25)', () => {
  const gated = (annotations: Record<string, string>, world: Partial<World> = {}) =>
    get(nginx([{ ...rules('foo.com', 'Prefix / api'), annotations }], { services: { api: 1, gate: 1, asleep: 0 }, ...world }), 'http://foo.com/');
  const url = (service: string) => ({ 'auth-url': `http://${service}.shop.svc.cluster.local/check` });
  it('must be there and answer; else the answer is 500', () => {
    expect(['gate', 'asleep', 'gone'].map((service) => gated(url(service)))).toEqual(['api', '500', '500']);
    expect(gated(url('gone'), { complete: false })).toBe('api');
  });
  it('may stand in the ConfigMap for all, unless an Ingress wants none', () => {
    const config = { 'global-auth-url': 'http://gone.shop.svc.cluster.local/' };
    expect([gated({}, { config }), gated({ 'enable-global-auth': 'false' }, { config })]).toEqual(['500', 'api']);
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

describe('what is taken for granted (S1.3a)', () => {
  const basic: IngressLine = { ...rules('foo.com', 'Prefix / api'), annotations: { 'auth-type': 'basic', 'auth-secret': 'users' } };
  const external: IngressLine = {
    ...rules('foo.com', 'Prefix / api'),
    annotations: { 'auth-url': 'http://auth.shop/check', 'auth-signin': 'https://login.com/start' },
  };
  const ids = (world: Cluster, more?: Parameters<typeof ask>[2]) =>
    (ask(world, 'http://foo.com/a?b', more).assumes ?? []).map(({ id, origin }) => `${origin} ${id}`);
  const password = { headers: { authorization: 'Basic x' } };

  it('users that were not pasted exist in a pasted part, and not in a closed world', () => {
    expect(get(nginx([basic], { complete: false }), 'http://foo.com/', password)).toBe('api');
    expect(ids(nginx([basic], { complete: false }), password)).toEqual(['inferred secret:shop/users', 'inferred auth:shop/ingress-0']);
    expect(get(nginx([basic]), 'http://foo.com/', password)).toBe('503');
    expect(get(nginx([basic], { complete: false, assume: { 'secret:shop/users': false } }), 'http://foo.com/', password)).toBe('503');
  });
  it('whoever nginx asks agrees, unless a person says no', () => {
    expect(get(nginx([external]), 'http://foo.com/')).toBe('api');
    expect(ids(nginx([external]))).toEqual(['default auth:shop/ingress-0']);
    const refused = { assume: { 'auth:shop/ingress-0': false } };
    expect(get(nginx([external], refused), 'http://foo.com/a?b')).toBe('302 https://login.com/start?rd=http://foo.com%2Fa%3Fb');
  });
  it('the webhook that keeps an Ingress out is an assumption, and no matter for an Ingress that a cluster holds', () => {
    const strict: IngressLine = { ...rules('foo.com', 'Prefix /a(.*) api'), annotations: { 'use-regex': 'true' } };
    expect(get(nginx([strict], { complete: false }), 'http://foo.com/a')).toBe('404');
    expect(ids(nginx([strict], { complete: false }))).toEqual(['inferred path-webhook:nginx']);
    expect(get(nginx([strict], { assume: { 'path-webhook:nginx': false } }), 'http://foo.com/a')).toBe('api');
    expect(get(nginx([{ ...strict, created: '2026-01-01T00:00:00Z' }]), 'http://foo.com/a')).toBe('api');
    expect(ids(nginx([strict], { config: { 'strict-validate-path-type': 'true' } }))).toEqual([]);
  });
  it('the webhook refuses a host and path twice, in an open world or where a flag states it (S10.3)', () => {
    const first: IngressLine = { ...rules('foo.com', 'Prefix /a one'), name: 'first' };
    const second: IngressLine = { ...rules('foo.com', 'Exact /a two', 'Prefix /b two'), name: 'second' };
    const third: IngressLine = { ...rules('foo.com', 'Prefix /b three'), name: 'third' };
    const b = (world: Partial<World>, lines = [first, second]) => get(nginx(lines, world), 'http://foo.com/b');
    expect(b({ complete: false })).toBe('404');
    expect(ids(nginx([first, second], { complete: false })).sort()).toEqual(['inferred overlap-webhook:nginx', 'inferred path-webhook:nginx']);
    expect(b({ complete: false, assume: { 'overlap-webhook:nginx': false } })).toBe('two');
    // A closed world shows a cluster as it is.
    expect(b({})).toBe('two');
    expect(b({ args: ['--validating-webhook=:8443'] })).toBe('404');
    expect(b({ complete: false }, [first, second, third])).toBe('three');
    expect(b({ complete: false }, [first, { ...second, created: '2026-01-01T00:00:00Z' }])).toBe('two');
    expect(b({ complete: false }, [first, { ...second, annotations: { canary: 'false' } }])).toBe('two');
  });
  it('a snippet keeps an Ingress out: by the webhook, and by the level of risk (S10.25)', () => {
    const snippet: IngressLine = { ...rules('foo.com', 'Prefix / api'), annotations: { 'configuration-snippet': 'return 418;' } };
    const withConfig = (config: Record<string, string>) => get(nginx([snippet], { config }), 'http://foo.com/');
    expect(withConfig({})).toBe('404');
    expect(withConfig({ 'allow-snippet-annotations': 'true' })).toBe('404');
    expect(withConfig({ 'annotations-risk-level': 'Critical' })).toBe('404');
    expect(withConfig({ 'allow-snippet-annotations': 'true', 'annotations-risk-level': 'critical' })).toBe('api');
    expect(
      get(
        nginx([{ ...rules('foo.com', 'Prefix / api'), annotations: { 'server-alias': 'a.com' } }], { config: { 'annotations-risk-level': 'Medium' } }),
        'http://foo.com/',
      ),
    ).toBe('404');
  });
  it('a certificate that cannot be read is taken as the right one', () => {
    const world = (assume?: World['assume']) =>
      nginx([{ ...rules('foo.com', 'Prefix / api'), tls: [{ hosts: ['foo.com'], secretName: 'cert' }] }], {
        secrets: { cert: null },
        ...(assume === undefined ? {} : { assume }),
      });
    expect(get(world(), 'https://foo.com/')).toBe('api');
    expect(get(world({ 'certificate:shop/cert': false }), 'https://foo.com/')).toBe('TLS untrusted');
  });
});
