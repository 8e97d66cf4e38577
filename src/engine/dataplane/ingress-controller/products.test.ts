/** How Traefik, HAProxy, Contour and Istio differ, row by row (S11). */
import { describe, expect, it } from 'vitest';
import { type Ask, ask, atBackend, rules, verdict, worldOf, type IngressLine, type World } from './test-world.ts';

const PRODUCTS = ['traefik', 'haproxy', 'contour', 'istio'] as const;
type Product = (typeof PRODUCTS)[number];
type Expected = readonly [traefik: string, haproxy: string, contour: string, istio: string];

function each(expected: Expected): readonly (readonly [Product, string])[] {
  return PRODUCTS.map((product, index) => [product, expected[index]!]);
}

function same(title: string, ingresses: readonly IngressLine[], url: string, expected: Expected, more: Omit<World, 'ingresses'> = {}, how: Ask = {}): void {
  it.each(each(expected))(`${title}: %s gives %s`, (implementation, answer) => {
    expect(verdict(ask(worldOf({ ...more, implementation, ingresses }), url, how))).toBe(answer);
  });
}

const TRAEFIK = 'traefik.ingress.kubernetes.io/';

describe('Prefix: Traefik compares characters unless it is told to be strict, the others whole elements', () => {
  same('/foo and a request for /foobar', [rules('a.com', 'Prefix /foo api')], 'http://a.com/foobar', ['api', '404', '404', '404']);
  same('/foo/ and a request for /foo', [rules('a.com', 'Prefix /foo/ api')], 'http://a.com/foo', ['404', 'api', 'api', 'api']);
  it('traefik with strictPrefixMatching compares whole elements', () => {
    const strict = worldOf({
      implementation: 'traefik',
      args: ['--providers.kubernetesIngress.strictPrefixMatching=true'],
      ingresses: [rules('a.com', 'Prefix /foo/ api')],
    });
    expect([verdict(ask(strict, 'http://a.com/foobar')), verdict(ask(strict, 'http://a.com/foo'))]).toEqual(['404', 'api']);
  });
});

describe('ImplementationSpecific is each controller’s own', () => {
  same('/foo and a request for /foobar', [rules('a.com', 'Impl /foo api')], 'http://a.com/foobar', ['api', 'api', 'api', '404']);
  same('/v[12] is a regular expression to Contour alone', [rules('a.com', 'Impl /v[12] api')], 'http://a.com/v2', ['404', '404', 'api', '404']);
  same('/foo/* is a beginning to Istio alone', [rules('a.com', 'Impl /foo/* api')], 'http://a.com/foo/x', ['404', '404', '404', 'api']);
  it('annotation router.pathmatcher chooses what Traefik makes of it', () => {
    const world = worldOf({
      implementation: 'traefik',
      ingresses: [{ ...rules('a.com', 'Impl /foo api'), annotations: { [`${TRAEFIK}router.pathmatcher`]: 'Path' } }],
    });
    expect([verdict(ask(world, 'http://a.com/foo')), verdict(ask(world, 'http://a.com/foo/x'))]).toEqual(['api', '404']);
  });
});

describe('priority', () => {
  same('the longest path goes first', [rules('a.com', 'Prefix / web', 'Prefix /api api')], 'http://a.com/api/x', ['api', 'api', 'api', 'api']);
  same('Exact against Prefix of one path: the longer rule text wins in Traefik', [rules('a.com', 'Exact /foo one', 'Prefix /foo two')], 'http://a.com/foo', [
    'two',
    'one',
    'one',
    'one',
  ]);
  same('a regular expression against a longer prefix', [rules('a.com', 'Impl /v[0-9]+/.* one', 'Prefix /v2/long/path two')], 'http://a.com/v2/long/path', [
    'two',
    'two',
    'one',
    'two',
  ]);
  same(
    'a wildcard host against the exact one: its text is longer',
    [rules('*.a.com', 'Prefix / wild'), rules('b.a.com', 'Prefix / exact')],
    'http://b.a.com/',
    ['wild', 'exact', 'exact', 'exact'],
  );
  it('annotation router.priority goes before every length', () => {
    const ingresses = [{ ...rules('a.com', 'Prefix / web'), annotations: { [`${TRAEFIK}router.priority`]: '1000' } }, rules('a.com', 'Prefix /api api')];
    expect(verdict(ask(worldOf({ implementation: 'traefik', ingresses }), 'http://a.com/api'))).toBe('web');
  });
});

describe('hosts', () => {
  same('a wildcard and one label', [rules('*.a.com', 'Prefix / api')], 'http://x.a.com/', ['api', 'api', 'api', 'api']);
  same('a wildcard and two labels', [rules('*.a.com', 'Prefix / api')], 'http://y.x.a.com/', ['404', '404', '404', 'api']);
  same(
    'a host whose own rules do not match leaves the rest to Traefik alone',
    [rules('a.com', 'Prefix /api api'), rules('', 'Prefix / any')],
    'http://a.com/x',
    ['any', '404', '404', '404'],
  );
  same(
    'a host of two labels under a wildcard, beside rules for all hosts',
    [rules('*.a.com', 'Prefix / api'), rules('', 'Prefix / any')],
    'http://y.x.a.com/',
    ['any', 'any', '404', 'api'],
  );
});

describe('a backend that leads nowhere', () => {
  same('a missing Service', [rules('a.com', 'Prefix /api gone', 'Prefix / web')], 'http://a.com/api', ['web', 'web', 'web', '503'], { services: { web: 1 } });
  same('a missing port', [rules('a.com', 'Prefix /api api:9999', 'Prefix / web')], 'http://a.com/api', ['web', '503', 'web', '503'], {
    services: { web: 1, api: 1 },
  });
  same('a port name that is missing', [rules('a.com', 'Prefix /api api:nope', 'Prefix / web')], 'http://a.com/api', ['web', '503', 'web', 'web'], {
    services: { web: 1, api: 1 },
  });
  same('no ready endpoint', [rules('a.com', 'Prefix /api empty', 'Prefix / web')], 'http://a.com/api', ['web', '503', '503', '503'], {
    services: { web: 1, empty: 0 },
  });
  same('a backend that is no Service', [rules('a.com', 'Prefix /api bucket', 'Prefix / web')], 'http://a.com/api', ['web', 'web', 'web', 'web']);
  it('Traefik says that it makes no rule of a backend that is no Service', () => {
    const { considered = [] } = ask(worldOf({ implementation: 'traefik', ingresses: [rules('a.com', 'Prefix /api bucket')] }), 'http://a.com/api');
    expect(considered.map(({ why }) => why)).toContainEqual({ id: 'ingress.ranked.resource', args: { what: 'Bucket/bucket', product: 'Traefik' } });
  });
  same('a default backend that is no Service', [rules('a.com', 'Prefix /api api'), { defaultBackend: 'bucket' }], 'http://b.com/', [
    '404',
    '404',
    '404',
    '404',
  ]);
  it('allowEmptyServices makes Traefik keep the rule and answer 503', () => {
    const args = ['--providers.kubernetesingress.allowemptyservices'];
    expect(
      verdict(ask(worldOf({ implementation: 'traefik', args, ingresses: [rules('a.com', 'Prefix / empty')], services: { empty: 0 } }), 'http://a.com/')),
    ).toBe('503');
  });
  same('nothing matches', [rules('a.com', 'Prefix /api api')], 'http://b.com/', ['404', '404', '404', '404']);
});

describe('the default backend', () => {
  const fallback = { defaultBackend: 'fallback' };
  same('of an Ingress without rules', [rules('a.com', 'Prefix /api api'), fallback], 'http://b.com/', ['fallback', 'fallback', 'fallback', '404']);
  same('of an Ingress with rules', [{ ...rules('a.com', 'Prefix /api api'), ...fallback }], 'http://b.com/', ['404', 'fallback', 'fallback', '404']);
  same('for a host that has rules', [rules('a.com', 'Prefix /api api'), fallback], 'http://a.com/x', ['fallback', 'fallback', '404', '404']);
});

describe('where the connection goes', () => {
  it.each(PRODUCTS)('%s connects to the Pods themselves', (implementation) => {
    const hop = ask(worldOf({ implementation, ingresses: [rules('a.com', 'Prefix / api')], services: { api: 2 } }), 'http://a.com/');
    expect(hop.becomes.kind === 'forward' && hop.becomes.to.map(({ place, probability }) => [place, probability])).toEqual([
      [{ kind: 'pod', pod: 'shop/api-0' }, 0.5],
      [{ kind: 'pod', pod: 'shop/api-1' }, 0.5],
    ]);
  });
  it('Traefik with nativeLB connects to the ClusterIP', () => {
    const api = {
      metadata: {
        name: 'api',
        namespace: 'shop',
        labels: {},
        annotations: { [`${TRAEFIK}service.nativelb`]: 'true' },
        creationTimestamp: null,
        deletionTimestamp: null,
        owners: [],
      },
    };
    const hop = ask(worldOf({ implementation: 'traefik', ingresses: [rules('a.com', 'Prefix / api')], services: { api } }), 'http://a.com/');
    expect(hop.becomes.kind === 'forward' && hop.becomes.to[0]!.packet.dst).toEqual({ ip: '10.96.0.10', port: 80 });
  });
  const alias: World['services'] = { other: { type: 'ExternalName', externalName: 'example.org', clusterIPs: [], selector: null } };
  same('an ExternalName Service', [rules('a.com', 'Prefix / other')], 'http://a.com/', ['404', 'other', '404', 'other'], { services: alias });
  it('Traefik follows one where a flag allows it', () => {
    const args = ['--providers.kubernetesingress.allowexternalnameservices=true'];
    expect(verdict(ask(worldOf({ implementation: 'traefik', args, ingresses: [rules('a.com', 'Prefix / other')], services: alias }), 'http://a.com/'))).toBe(
      'other',
    );
  });
  it('Traefik speaks TLS to port 443 of a Service', () => {
    const ports = [{ name: 'web', protocol: 'TCP' as const, appProtocol: null, port: 443, targetPort: 8443, nodePort: 0 }];
    const hop = ask(worldOf({ implementation: 'traefik', ingresses: [rules('a.com', 'Prefix / api:443')], services: { api: { ports } } }), 'http://a.com/');
    expect(hop.becomes.kind === 'forward' && hop.becomes.to[0]!.packet.tls.mode).toBe('tls');
  });
});

describe('HTTPS', () => {
  const tls = [{ hosts: ['a.com'], secretName: 'cert' }];
  const secrets = { cert: { commonName: null, names: ['a.com'], notBefore: null, notAfter: null, selfSigned: false } };
  const one = { ...rules('a.com', 'Prefix / api'), tls };
  same('a tls section redirects plain HTTP in HAProxy alone', [one], 'http://a.com/x?y=1', ['api', '302 https://a.com/x?y=1', 'api', 'api'], { secrets });
  same('a covered host over HTTPS', [one], 'https://a.com/', ['api', 'api', 'api', 'api'], { secrets });
  same(
    'a host that no certificate has',
    [one, rules('b.com', 'Prefix / api')],
    'https://b.com/',
    ['TLS untrusted', 'TLS name-mismatch', 'TLS handshake-failure', 'TLS handshake-failure'],
    { secrets },
  );
  same(
    'a rule for a host without tls, asked for over HTTPS without checking',
    [one, rules('b.com', 'Prefix / api')],
    'https://b.com/',
    ['api', 'api', 'TLS handshake-failure', 'TLS handshake-failure'],
    { secrets },
    { insecure: true },
  );

  it.each([
    ['haproxy', { 'haproxy.org/ssl-redirect': 'false' }, 'api'],
    ['haproxy', { 'haproxy.org/ssl-redirect-code': '301' }, '301 https://a.com/'],
    ['haproxy', { 'haproxy.org/ssl-redirect-port': '8443' }, '302 https://a.com:8443/'],
    ['contour', { 'ingress.kubernetes.io/force-ssl-redirect': 'true' }, '301 https://a.com/'],
    ['contour', { 'kubernetes.io/ingress.allow-http': 'false' }, '404'],
    ['traefik', { [`${TRAEFIK}router.tls`]: 'true' }, '404'],
    ['traefik', { [`${TRAEFIK}router.entrypoints`]: 'websecure' }, '404'],
    ['traefik', { [`${TRAEFIK}router.entrypoints`]: 'web, websecure' }, 'api'],
  ] as const)('%s with %o answers plain HTTP with %s', (implementation, annotations, expected) => {
    expect(verdict(ask(worldOf({ implementation, secrets, ingresses: [{ ...one, annotations }] }), 'http://a.com/'))).toBe(expected);
  });
  it.each([
    ['contour', { 'kubernetes.io/ingress.allow-http': 'false' }],
    ['traefik', { [`${TRAEFIK}router.tls`]: 'true' }],
    ['traefik', { [`${TRAEFIK}router.entrypoints`]: 'websecure' }],
  ] as const)('%s with %o does not say that no rule is for the host, but why it is not on this port', (implementation, annotations) => {
    const hop = ask(worldOf({ implementation, secrets, ingresses: [{ ...one, annotations }] }), 'http://a.com/');
    expect(hop.why.map(({ id }) => id)).not.toContain('ingress.why.no-host');
    expect(hop.rules).not.toContain('F-54');
    expect(hop.because.length).toBeGreaterThan(0);
  });
  it('an entry point of Traefik redirects before any rule is looked at', () => {
    const args = ['--entrypoints.web.http.redirections.entrypoint.to=:443'];
    const world = worldOf({ implementation: 'traefik', args, ingresses: [one] });
    expect([verdict(ask(world, 'http://nobody.com/')), verdict(ask(world, 'http://a.com/', { method: 'POST' }))]).toEqual([
      '301 https://nobody.com/',
      '308 https://a.com/',
    ]);
  });
  it('Traefik serves no rule over HTTPS where its flags give the entry point no TLS', () => {
    const args = ['--entrypoints.websecure.address=:443'];
    expect(verdict(ask(worldOf({ implementation: 'traefik', args, secrets, ingresses: [one] }), 'https://a.com/'))).toBe('404');
  });
});

describe('what the backend gets', () => {
  const headers = { 'x-forwarded-for': '198.51.100.9', 'x-forwarded-proto': 'https' };
  it.each([
    [
      'traefik',
      { 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'http', 'x-forwarded-host': 'a.com', 'x-forwarded-port': '80', 'x-real-ip': '203.0.113.7' },
    ],
    ['haproxy', { 'x-forwarded-for': '198.51.100.9, 203.0.113.7', 'x-forwarded-proto': 'https' }],
    ['contour', { 'x-forwarded-for': '198.51.100.9,203.0.113.7', 'x-forwarded-proto': 'http' }],
    ['istio', { 'x-forwarded-for': '198.51.100.9,203.0.113.7', 'x-forwarded-proto': 'http' }],
  ] as const)('%s and the X-Forwarded headers of its client', (implementation, expected) => {
    expect(atBackend(ask(worldOf({ implementation, ingresses: [rules('a.com', 'Prefix / api')] }), 'http://a.com/', { headers })).headers).toEqual(expected);
  });
  it.each([
    ['/new', '/new?x=1'],
    [String.raw`/api/(.*) /\1`, '/a/b?x=1'],
    ['/other/(.*) /no', '/api/a/b?x=1'],
  ])('HAProxy with path-rewrite %s sends %s', (value, expected) => {
    const ingresses = [{ ...rules('a.com', 'Prefix / api'), annotations: { 'haproxy.org/path-rewrite': value } }];
    expect(atBackend(ask(worldOf({ implementation: 'haproxy', ingresses }), 'http://a.com/api/a/b?x=1')).path).toBe(expected);
  });
});

describe('a connection that fails', () => {
  it.each([
    ['traefik', 502, false],
    ['haproxy', 503, true],
    ['contour', 503, false],
    ['istio', 503, true],
  ] as const)('%s answers %i, and tries another Pod first: %s', (implementation, refused, retries) => {
    const hop = ask(worldOf({ implementation, ingresses: [rules('a.com', 'Prefix / api')], services: { api: 2 } }), 'http://a.com/');
    const proxied = hop.becomes.kind === 'forward' ? hop.becomes.to[0]!.carry.proxied : undefined;
    expect([proxied?.answers.refused, proxied?.again !== undefined]).toEqual([refused, retries]);
  });
  it.each([
    ['traefik', 504, 504, undefined],
    ['haproxy', 503, 504, 50_000],
    ['contour', 503, 504, 15_000],
    ['istio', 503, 504, undefined],
  ] as const)('%s answers %i where nobody takes the connection, and %i where an answer takes too long', (implementation, timeout, slow, waits) => {
    const hop = ask(worldOf({ implementation, ingresses: [rules('a.com', 'Prefix / api')] }), 'http://a.com/');
    const proxied = hop.becomes.kind === 'forward' ? hop.becomes.to[0]!.carry.proxied : undefined;
    expect([proxied?.answers.timeout, proxied?.answers.slow, proxied?.waits]).toEqual([timeout, slow, waits]);
  });
  it.each([
    ['1m30s', 90_000],
    ['infinity', undefined],
    ['soon', 15_000],
  ])('Contour with response-timeout %s waits %s ms', (value, waits) => {
    const ingresses = [{ ...rules('a.com', 'Prefix / api'), annotations: { 'projectcontour.io/response-timeout': value } }];
    const hop = ask(worldOf({ implementation: 'contour', ingresses }), 'http://a.com/');
    expect(hop.becomes.kind === 'forward' && hop.becomes.to[0]!.carry.proxied?.waits).toBe(waits);
  });
});

it('an annotation that is not simulated is said', () => {
  const ingresses = [{ ...rules('a.com', 'Prefix / api'), annotations: { 'haproxy.org/allow-list': '10.0.0.0/8' } }];
  expect(ask(worldOf({ implementation: 'haproxy', ingresses }), 'http://a.com/').why).toContainEqual({
    id: 'ingress.ranked.unfollowed',
    args: { annotation: 'haproxy.org/allow-list' },
  });
});
