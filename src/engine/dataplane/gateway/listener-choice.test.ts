import { describe, expect, it } from 'vitest';
import { renderText } from '../../../catalogue/render.ts';
import { ends, route, rule, through, type GatewayWorld } from './test-gateway.ts';

const http = (name: string, hostname?: string) => `{ name: ${name}, port: 80, protocol: HTTP${hostname === undefined ? '' : `, hostname: '${hostname}'`} }`;
const on = (...sections: string[]) => `parentRefs: [${sections.map((section) => `{ name: edge, sectionName: ${section} }`).join(', ')}]`;

describe('the listener of a request (S12.3)', () => {
  const world: GatewayWorld = {
    listeners: [http('l1', 'bar.com'), http('l2', 'foo.bar.com'), http('l3', '*.bar.com'), http('l4', '*.foo.com')],
    routes: ['l1', 'l2', 'l3', 'l4'].map((name) => route(name, [rule('', name)], on(name))),
    services: ['l1', 'l2', 'l3', 'l4'],
  };
  it.each([
    ['bar.com', 'l1'],
    ['foo.bar.com', 'l2'],
    ['baz.bar.com', 'l3'],
    ['multiple.prefixes.bar.com', 'l3'],
    ['multiple.prefixes.foo.com', 'l4'],
    ['foo.com', '404'],
    ['no.matching.host', '404'],
  ])('%s: %s', (host, end) => expect(ends(through(world, `http://${host}/`))).toBe(end));

  const overlapping: GatewayWorld = {
    listeners: [http('all'), http('wild', '*.example.com'), http('exact', 'a.example.com')],
    routes: [route('all', [rule('', 'all')], on('all')), route('exact', [rule('{ path: { value: /a } }', 'exact')], on('exact'))],
    services: ['all', 'exact'],
  };
  it('only routes of the chosen listener take part', () => {
    expect(ends(through(overlapping, 'http://a.example.com/a'))).toBe('exact');
    expect(ends(through(overlapping, 'http://a.example.com/b'))).toBe('404');
  });
  it('an implementation without listener isolation falls through to the others', () => {
    expect(ends(through({ ...overlapping, lacks: ['GatewayHTTPListenerIsolation'] }, 'http://a.example.com/b'))).toBe('all');
  });
});

describe('a request in a TLS session of another host (S12.3)', () => {
  const secret = (name: string) =>
    `{ apiVersion: v1, kind: Secret, type: kubernetes.io/tls, metadata: { name: ${name}, namespace: shop, annotations: { podpath.dev/certificate-names: '*.example.com' } }, data: { tls.crt: eA==, tls.key: eA== } }`;
  const https = (name: string, hostname?: string) =>
    `{ name: ${name}, port: 443, protocol: HTTPS, tls: { certificateRefs: [{ name: cert }] }${hostname === undefined ? '' : `, hostname: '${hostname}'`} }`;
  const world = (...listeners: string[]): GatewayWorld => ({
    listeners,
    routes: [route('all', [rule('', 'api')])],
    services: ['api'],
    more: secret('cert'),
  });
  const both = world(https('a', 'a.example.com'), https('b', 'b.example.com'));
  const ask = (of: GatewayWorld, sni: string, host: string) => ends(through(of, { url: `https://${sni}/`, headers: [['host', host]] }));
  it('another listener is the right one: 421', () => expect(ask(both, 'a.example.com', 'b.example.com')).toBe('421'));
  it('no listener is: 404', () => expect(ask(both, 'a.example.com', 'c.example.com')).toBe('404'));
  it('the same is: served', () => expect(ask(both, 'a.example.com', 'a.example.com')).toBe('api'));
  it('the session’s own wildcard covers it, and nobody is more specific: served', () => {
    expect(ask(world(https('wild', '*.example.com')), 'a.example.com', 'b.example.com')).toBe('api');
  });
  it('a more specific one than the session’s wildcard: 421', () => {
    expect(ask(world(https('wild', '*.example.com'), https('b', 'b.example.com')), 'a.example.com', 'b.example.com')).toBe('421');
  });
  it('an implementation that does not look answers 404', () => {
    expect(ask({ ...both, lacks: ['GatewayHTTPSListenerDetectMisdirectedRequests'] }, 'a.example.com', 'b.example.com')).toBe('404');
  });
  it('no listener for the server name: the connection is closed', () => expect(ends(through(both, 'https://c.example.com/'))).toBe('CONN_RESET'));
});

describe('a host that only a listener which takes nothing covers (S12.13)', () => {
  const decision = (world: GatewayWorld, url: string) => {
    const hop = through(world, url).hops.at(-1)!;
    return {
      why: hop.why.map((message) => renderText(message)),
      at: hop.evidence.map(({ path }) => path),
      considered: hop.considered.map(({ why }) => renderText(why)),
    };
  };
  it('without a certificate: the listener is named, with what it lacks', () => {
    const listeners = [
      '{ name: raw, port: 443, protocol: TLS, hostname: raw.example.com, tls: { mode: Passthrough } }',
      '{ name: shop, port: 443, protocol: HTTPS, hostname: shop.example.com, tls: { certificateRefs: [{ name: gone }] } }',
    ];
    const { why, at, considered } = decision({ listeners }, 'https://shop.example.com/');
    expect(why).toEqual(['Listener shop is for shop.example.com, but it is not programmed, so it takes nothing.']);
    expect(at).toEqual([['spec', 'listeners', 1]]);
    expect(considered).toContain('There is no Secret shop/gone.');
  });
  it('a host that none covers is told as before', () => {
    const listeners = ['{ name: raw, port: 443, protocol: TLS, hostname: raw.example.com, tls: { mode: Passthrough } }'];
    expect(decision({ listeners }, 'https://b.example.com/').why).toEqual(['No TLS listener on port 443 has a hostname that covers b.example.com.']);
  });
});
