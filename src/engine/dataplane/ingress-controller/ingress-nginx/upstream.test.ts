import { describe, expect, it } from 'vitest';
import type { IngressLine, World } from '../test-world.ts';
import { ask, atBackend, get, nginx, rules, verdict } from '../test-world.ts';

describe('empty backends (S10.10, S10.11)', () => {
  const services = { api: 1, empty: 0, page: 1 };
  it.each([
    ['the target port counts as the port', 'api:8080', 'api'],
    ['a port that does not exist', 'api:81', '503'],
    ['a missing Service', 'gone', '503'],
    ['no ready endpoint', 'empty', '503'],
    ['a resource', 'bucket', '404'],
  ])('%s', (_, backend, expected) => expect(get(nginx([rules('foo.com', `Prefix /a ${backend}`)], { services }), 'http://foo.com/a')).toBe(expected));

  it('the hop says when only the target port matched', () => {
    const said = (backend: string) => ask(nginx([rules('foo.com', `Prefix /a ${backend}`)], { services }), 'http://foo.com/a').why.map(({ id }) => id);
    expect(said('api:8080')).toContain('ingress.nginx.target-port');
    expect(said('api:80')).not.toContain('ingress.nginx.target-port');
  });

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
  it('Pods that are not ready are listed, with the rule that leaves them out', () => {
    const world = nginx([rules('foo.com', 'Prefix /a api')]);
    const slices = [...world.endpointSlices].map(
      ([key, list]) => [key, list.map((slice) => ({ ...slice, endpoints: slice.endpoints.map((entry) => ({ ...entry, ready: false })) }))] as const,
    );
    const hop = ask({ ...world, endpointSlices: new Map(slices) }, 'http://foo.com/a');
    expect(verdict(hop)).toBe('503');
    expect(hop.considered).toContainEqual({
      what: { id: 'proxy.pod', args: { pod: 'shop/api-0' } },
      result: 'excluded',
      why: { id: 'proxy.endpoint.not-ready', args: {} },
      rules: ['S5.3'],
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
  it('a client that is kept by a cookie stays where it is, whatever the canary says', () => {
    const sticky = (annotations: Record<string, string>) =>
      nginx(
        [
          { ...main, annotations: { affinity: 'cookie' } },
          { ...rules('foo.com', 'Prefix /a new'), annotations: { canary: 'true', ...annotations }, name: 'canary' },
        ],
        { services: { main: 1, new: 1 } },
      );
    const cookieOf = (hop: ReturnType<typeof ask>, at = 0) =>
      hop.becomes.kind === 'forward' ? hop.becomes.to[at]!.carry.responseHeaders['set-cookie']?.split(';')[0] : undefined;
    const half = sticky({ 'canary-weight': '50' });
    const all = sticky({ 'canary-weight': '100' });
    const [ofMain, ofCanary] = [0, 1].map((at) => ({ headers: { cookie: cookieOf(ask(half, 'http://foo.com/a'), at)! } }));
    expect([get(all, 'http://foo.com/a'), get(all, 'http://foo.com/a', ofMain), get(half, 'http://foo.com/a', ofCanary)]).toEqual(['new', 'main', 'new']);
    const legacy = sticky({ 'canary-weight': '100', 'affinity-canary-behavior': 'legacy' });
    expect(cookieOf(ask(legacy, 'http://foo.com/a'))).toBeUndefined();
    expect(get(legacy, 'http://foo.com/a', ofMain)).toBe('main');
  });
  it('a canary joins a Service, so it shares what other rules send there', () => {
    const hop = ask(
      nginx([
        main,
        { ...rules('foo.com', 'Prefix /b main'), name: 'other' },
        { ...rules('foo.com', 'Prefix /a new'), annotations: { canary: 'true', 'canary-weight': '50' }, name: 'canary' },
      ]),
      'http://foo.com/b',
    );
    expect(verdict(hop)).toBe('main 0.5 + new 0.5');
    expect(hop.why.map(({ id }) => id)).toContain('ingress.nginx.canary.shared');
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
  it('a request of gRPC needs a backend that is spoken to in HTTP/2 (F-61)', () => {
    const speaks = (protocol: string) => {
      const { becomes } = ask(nginx([{ ...rules('foo.com', 'Prefix / api'), annotations: { 'backend-protocol': protocol } }]), 'http://foo.com/');
      return becomes.kind === 'forward' ? becomes.to[0]!.carry.proxied?.speaks : null;
    };
    expect(['HTTP', 'HTTPS', 'AUTO_HTTP', 'GRPC', 'GRPCS', 'FCGI'].map(speaks)).toEqual(['HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', undefined, undefined, undefined]);
  });
  it('mirror-target copies the request to a Service of the cluster', () => {
    const mirrors = (target: string) => {
      const { becomes } = ask(
        nginx([{ ...rules('foo.com', 'Prefix / api'), annotations: { 'mirror-target': target } }], { services: { api: 1, copy: 1 } }),
        'http://foo.com/',
      );
      return becomes.kind === 'forward' ? becomes.to[0]!.carry.mirrors?.map(({ service, percent }) => [service.name, percent]) : null;
    };
    expect(mirrors('http://copy.shop.svc.cluster.local/$request_uri')).toEqual([['copy', 100]]);
    expect(mirrors('https://copies.example.com/$request_uri')).toBeUndefined();
  });
  it('custom-http-errors gives an answer of nginx to the default backend', () => {
    const world = (annotations: Record<string, string>, more: Partial<World> = {}) =>
      nginx([{ ...rules('foo.com', 'Prefix / empty'), annotations }], { services: { empty: 0, page: 1 }, ...more });
    expect(get(world({ 'custom-http-errors': '404,503' }), 'http://foo.com/')).toBe('404');
    expect(get(world({ 'custom-http-errors': '404' }), 'http://foo.com/')).toBe('503');
    expect(get(world({}, { config: { 'custom-http-errors': '503' } }), 'http://foo.com/')).toBe('404');
    const hop = ask(world({ 'custom-http-errors': '503' }, { args: ['--default-backend-service=shop/page'] }), 'http://foo.com/x');
    expect([verdict(hop), atBackend(hop).path, atBackend(hop).headers['x-code']]).toEqual(['page', '/', '503']);
  });
  it('an ExternalName Service is looked up by the controller, the host stays', () => {
    const world = nginx([rules('foo.com', 'Prefix / api:80')], {
      services: { api: { type: 'ExternalName', externalName: 'example.org', ports: [], clusterIPs: [] } },
    });
    const hop = ask(world, 'http://foo.com/');
    expect(hop.becomes).toMatchObject({ to: [{ place: { kind: 'external', name: 'example.org' }, packet: { dst: { port: 80 }, http: { host: 'foo.com' } } }] });
    expect([hop.title.id, hop.title.args?.['name']]).toEqual(['ingress.title.rule.external', 'example.org']);
    expect(hop.why).toContainEqual({ id: 'ingress.pick.external', args: { service: 'shop/api', name: 'example.org', host: 'foo.com' } });
    expect(hop.commands!.map(({ line }) => line)).toContain('kubectl get service -n shop api');
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
