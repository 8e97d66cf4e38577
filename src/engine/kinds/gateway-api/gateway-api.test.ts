import { describe, expect, it } from 'vitest';
import { acceptedFrom, admitText, refusalsOf } from '../admit-text.ts';
import type { Gateway } from '../gateway/gateway-spec.ts';
import type { GrpcRoute } from '../grpc-route/grpc-route-spec.ts';
import type { HttpRoute } from '../http-route/http-route-spec.ts';
import type { TlsRoute } from '../tls-route/tls-route-spec.ts';

const object = (kind: string, spec: string, version = 'v1') =>
  `apiVersion: gateway.networking.k8s.io/${version}\nkind: ${kind}\nmetadata: { name: shop, namespace: shop }\nspec: { ${spec} }\n`;
const route = (rule: string, more = '') => object('HTTPRoute', `parentRefs: [{ name: public }], ${more}rules: [{ ${rule} }]`);
const gateway = (listener: string, more = '') => object('Gateway', `gatewayClassName: public, ${more}listeners: [{ ${listener} }]`);
const path = (value: string, type = 'PathPrefix') => route(`matches: [{ path: { type: ${type}, value: "${value}" } }]`);
const many = (count: number, item: string) => Array.from({ length: count }, () => item).join(', ');

const RULE = 'spec.rules[0]';
const PATH = `${RULE}.matches[0].path`;
const LISTENER = 'spec.listeners[0]';
const BACKEND = 'backendRefs: [{ name: api, port: 80 }]';
const REDIRECT = '{ type: RequestRedirect, requestRedirect: { scheme: https } }';
const REWRITE = '{ type: URLRewrite, urlRewrite: { path: { type: ReplacePrefixMatch, replacePrefixMatch: /v2 } } }';

describe('what the CRDs of routes refuse', () => {
  it.each<[string, string[]]>([
    [object('HTTPRoute', `rules: [${many(17, '{}')}]`), ['TooMany spec.rules S4.7.1']],
    [object('HTTPRoute', 'rules: []'), ['Invalid spec.rules S4.7.1']],
    [route(`matches: [${many(65, '{}')}]`), [`TooMany ${RULE}.matches S4.7.1`]],
    [object('HTTPRoute', `rules: [${many(3, `{ matches: [${many(43, '{}')}] }`)}]`), ['Invalid spec.rules S4.7.1']],
    [route(`backendRefs: [${many(17, '{ name: api, port: 80 }')}]`), [`TooMany ${RULE}.backendRefs S4.7.1`]],
    [path('api'), [`Invalid ${PATH} S4.7.2`]],
    ...['/a//b', '/a/./b', '/a/../b', '/a%2fb', '/a%2Fb', '/a#b', '/a/..', '/a/.', '/a b'].map((value): [string, string[]] => [
      path(value, 'Exact'),
      [`Invalid ${PATH} S4.7.2`],
    ]),
    [path(`/${'a'.repeat(1024)}`), [`TooLong ${PATH}.value S4.7.2`]],
    [path('/', 'Regex'), [`NotSupported ${RULE}.matches[0].path.type S4.7.2`]],
    [route(`filters: [${REDIRECT}], ${BACKEND}`), [`Invalid ${RULE} S4.7.3`]],
    [
      route('filters: [{ type: URLRewrite, urlRewrite: { hostname: a.b } }, { type: RequestRedirect, requestRedirect: {} }]'),
      [`Invalid ${RULE}.filters S4.7.3`],
    ],
    [route(`filters: [${REWRITE}], matches: [{}, {}]`), [`Invalid ${RULE} S4.7.4`]],
    [route(`filters: [${REWRITE}], matches: [{ path: { type: Exact, value: /a } }]`), [`Invalid ${RULE} S4.7.4`]],
    [route(`matches: [{}, {}], backendRefs: [{ name: api, port: 80, filters: [${REWRITE}] }]`), [`Invalid ${RULE} S4.7.4`]],
    [route(`filters: [${many(2, '{ type: CORS, cors: {} }')}]`), [`Invalid ${RULE}.filters S4.7.5`]],
    [
      route('filters: [{ type: RequestMirror, requestMirror: { backendRef: { name: a, port: 80 }, percent: 5, fraction: { numerator: 1 } } }]'),
      [`Invalid ${RULE}.filters[0].requestMirror S4.7.5`],
    ],
    [
      route('filters: [{ type: RequestMirror, requestMirror: { backendRef: { name: a, port: 80 }, fraction: { numerator: 3, denominator: 2 } } }]'),
      [`Invalid ${RULE}.filters[0].requestMirror.fraction S4.7.5`],
    ],
    [route('filters: [{ type: CORS }]'), [`Invalid ${RULE}.filters[0] S4.7.6`]],
    [route('filters: [{ type: CORS, cors: {}, urlRewrite: {} }]'), [`Invalid ${RULE}.filters[0] S4.7.6`]],
    [route('filters: [{ type: CORS, cors: { allowOrigins: ["*", "https://a.b"] } }]'), [`Invalid ${RULE}.filters[0].cors.allowOrigins S4.7.6`]],
    [object('GRPCRoute', 'rules: [{ filters: [{ type: URLRewrite, urlRewrite: {} }] }]'), [`NotSupported ${RULE}.filters[0].type S4.7.6`]],
    [object('GRPCRoute', 'rules: [{ matches: [{ method: {} }] }]'), [`Invalid ${RULE}.matches[0].method S4.7.6`]],
    [object('GRPCRoute', 'rules: [{ matches: [{ method: { service: "a/b" } }] }]'), [`Invalid ${RULE}.matches[0].method S4.7.6`]],
    [route('backendRefs: [{ name: api }]'), [`Invalid ${RULE}.backendRefs[0] S4.7.7`]],
    [route('backendRefs: [{ name: api, port: 80, weight: 1000001 }]'), [`Invalid ${RULE}.backendRefs[0].weight S4.7.7`]],
    [object('HTTPRoute', 'parentRefs: [{ name: a }, { name: a }]'), ['Invalid spec.parentRefs S4.7.8']],
    [object('HTTPRoute', 'parentRefs: [{ name: a }, { name: a, sectionName: b }]'), ['Invalid spec.parentRefs S4.7.8']],
    [route('timeouts: { request: 1s, backendRequest: 2s }'), [`Invalid ${RULE}.timeouts S4.7.9`]],
    [route('timeouts: { request: 1 minute }'), [`Invalid ${RULE}.timeouts.request S4.7.9`]],
    [
      route('filters: [{ type: RequestRedirect, requestRedirect: { statusCode: 304 } }]'),
      [`NotSupported ${RULE}.filters[0].requestRedirect.statusCode S4.7.10`],
    ],
    [route('filters: [{ type: RequestRedirect, requestRedirect: { scheme: ftp } }]'), [`NotSupported ${RULE}.filters[0].requestRedirect.scheme S4.7.10`]],
    ...['Shop.example.com', 'shop.example.com:80', 'shop.*.com', '*'].map((host): [string, string[]] => [
      route('', `hostnames: ["${host}"], `),
      ['Invalid spec.hostnames[0] S4.7.12'],
    ]),
    [object('TLSRoute', `rules: [{ ${BACKEND} }]`), ['Required spec.hostnames S4.7.13']],
    [object('TLSRoute', `hostnames: [10.0.0.1], rules: [{ ${BACKEND} }]`), ['Invalid spec.hostnames S4.7.12']],
    [object('TLSRoute', `hostnames: [a.b], rules: [${many(2, `{ ${BACKEND} }`)}]`), ['TooMany spec.rules S4.7.13']],
    [object('TLSRoute', `hostnames: [], rules: [{ ${BACKEND} }]`), ['Invalid spec.hostnames S4.7.13']],
    [route(`matches: [{ headers: [{ name: a, value: b }, { name: a, value: c }] }], ${BACKEND}`), [`Duplicate ${RULE}.matches[0].headers[1] S4.7.6`]],
    [
      route(`matches: [{ headers: [{ name: a, value: "" }], method: "" }], ${BACKEND}`),
      [`Invalid ${RULE}.matches[0].headers[0].value S4.7.6`, `NotSupported ${RULE}.matches[0].method S4.7.6`],
    ],
    [route(`matches: [{ path: { type: "" } }], ${BACKEND}`), [`NotSupported ${RULE}.matches[0].path.type S4.7.2`]],
    [
      object('HTTPRoute', 'parentRefs: [{ name: "", namespace: "", sectionName: "" }]'),
      ['Invalid spec.parentRefs[0].namespace S4.7.7', 'Invalid spec.parentRefs[0].name S4.7.7', 'Invalid spec.parentRefs[0].sectionName S4.7.8'],
    ],
    [route('', 'hostnames: [""], '), ['Invalid spec.hostnames[0] S4.7.12']],
    [object('TCPRoute', 'rules: [{}]'), [`Required ${RULE}.backendRefs S4.7.13`]],
    [object('UDPRoute', ''), ['Required spec.rules S4.7.1']],
  ])('%s', (text, expected) => {
    expect(refusalsOf(text)).toEqual(expected);
  });

  it.each([
    path('/a/(b|c)/.*', 'RegularExpression'),
    path('/a..b/%20c', 'Exact'),
    route(`filters: [${REWRITE}], ${BACKEND}`),
    route('timeouts: { request: 0s, backendRequest: 2s }'),
    route('backendRefs: [{ group: example.com, kind: Bucket, name: icons }]'),
    route(`filters: [${many(2, '{ type: RequestMirror, requestMirror: { backendRef: { name: a, port: 80 } } }')}]`),
    object('HTTPRoute', 'parentRefs: [{ name: a, sectionName: x }, { name: a, sectionName: y }, { name: b }]'),
    object('HTTPRoute', 'parentRefs: [{ name: a, port: 80 }, { name: a, port: 443 }]'),
    object('TLSRoute', `rules: [{ ${BACKEND} }]`, 'v1alpha2'),
    object('HTTPRoute', '', 'v1beta1'),
  ])('taken: %s', (text) => {
    expect(refusalsOf(text)).toEqual([]);
  });

  it('two rules of one name are told, and an address as hostname', () => {
    const codes = (text: string) => admitText(text).findings.map(({ code }) => code);
    expect(codes(object('HTTPRoute', 'rules: [{ name: a }, { name: a }]'))).toEqual(['route-rule-name-twice']);
    expect(codes(route('', 'hostnames: [10.0.0.1], '))).toEqual(['gateway-hostname-ip']);
  });
});

describe('what the CRDs of Gateways and their like refuse', () => {
  it.each<[string, string[]]>([
    [object('Gateway', 'gatewayClassName: public, listeners: []'), ['Invalid spec.listeners S4.7.11']],
    [object('Gateway', 'gatewayClassName: public'), ['Required spec.listeners S4.7.11']],
    [
      object('Gateway', 'gatewayClassName: "", listeners: [{ name: "", port: 80, protocol: HTTP, hostname: "" }]'),
      ['Invalid spec.gatewayClassName S12.1.2', 'Invalid spec.listeners[0].name S4.7.11', 'Invalid spec.listeners[0].hostname S4.7.12'],
    ],
    [object('Gateway', 'listeners: [{ name: a, port: 80, protocol: HTTP }]'), ['Required spec.gatewayClassName S12.1.2']],
    [
      object('Gateway', 'gatewayClassName: c, listeners: [{ name: a, port: 80, protocol: HTTP }, { name: a, port: 81, protocol: HTTP }]'),
      ['Duplicate spec.listeners[1] S4.7.11'],
    ],
    [
      object('Gateway', 'gatewayClassName: c, listeners: [{ name: a, port: 80, protocol: HTTP }, { name: b, port: 80, protocol: HTTP }]'),
      ['Invalid spec.listeners S4.7.11'],
    ],
    ...['HTTP', 'TCP', 'UDP'].map((protocol): [string, string[]] => [
      gateway(`name: a, port: 80, protocol: ${protocol}, tls: { certificateRefs: [{ name: c }] }`),
      ['Invalid spec.listeners S4.7.11'],
    ]),
    [gateway('name: a, port: 443, protocol: HTTPS, tls: { mode: Passthrough }'), ['Invalid spec.listeners S4.7.11']],
    [gateway('name: a, port: 443, protocol: TLS'), ['Invalid spec.listeners S4.7.11']],
    [gateway('name: a, port: 443, protocol: HTTPS, tls: {}'), [`Invalid ${LISTENER}.tls S4.7.11`]],
    [gateway('name: a, port: 80, protocol: TCP, hostname: a.b'), ['Invalid spec.listeners S4.7.11']],
    [gateway('name: a, port: 80, protocol: HTTP, hostname: "a.*.b"'), [`Invalid ${LISTENER}.hostname S4.7.12`]],
    [
      gateway('name: a, port: 80, protocol: HTTP', 'allowedListeners: { namespaces: { from: Any } }, '),
      ['NotSupported spec.allowedListeners.namespaces.from S4.7.14'],
    ],
    [
      gateway('name: a, port: 80, protocol: HTTP, allowedRoutes: { namespaces: { from: None } }'),
      [`NotSupported ${LISTENER}.allowedRoutes.namespaces.from S4.7.14`],
    ],
    [object('ListenerSet', 'listeners: [{ name: a, port: 80, protocol: HTTP }]'), ['Required spec.parentRef S4.7.14', 'Required spec.parentRef.name S4.7.7']],
    [
      object('BackendTLSPolicy', 'targetRefs: [{ group: "", kind: Service, name: a }], validation: { wellKnownCACertificates: System }'),
      ['Required spec.validation.hostname S4.7.15'],
    ],
    [object('BackendTLSPolicy', 'targetRefs: [{ group: "", kind: Service, name: a }], validation: { hostname: a.b }'), ['Invalid spec.validation S4.7.15']],
    [
      object(
        'BackendTLSPolicy',
        'targetRefs: [{ group: "", kind: Service, name: a }], validation: { hostname: a.b, wellKnownCACertificates: System, caCertificateRefs: [{ group: "", kind: ConfigMap, name: c }] }',
      ),
      ['Invalid spec.validation S4.7.15'],
    ],
    [object('ReferenceGrant', 'from: [{ group: a.b, kind: K, namespace: n }]'), ['Required spec.to S12.9.5']],
  ])('%s', (text, expected) => {
    expect(refusalsOf(text)).toEqual(expected);
  });

  it('an HTTPS listener without tls is stored (U15), and one with options alone', () => {
    expect(refusalsOf(gateway('name: a, port: 443, protocol: HTTPS'))).toEqual([]);
    expect(refusalsOf(gateway('name: a, port: 443, protocol: HTTPS, tls: { options: { example.com/issuer: own } }'))).toEqual([]);
  });
});

describe('fields and defaults', () => {
  it('a rule without matches takes every request, a route without rules has such a one (S3.18)', () => {
    const every = [{ path: { type: 'PathPrefix', value: '/' }, headers: [], queryParams: [], method: null }];
    expect(acceptedFrom<HttpRoute>(route(BACKEND)).rules[0]?.matches).toEqual(every);
    expect(acceptedFrom<HttpRoute>(object('HTTPRoute', '')).rules).toMatchObject([{ matches: every, backendRefs: [] }]);
    expect(acceptedFrom<GrpcRoute>(object('GRPCRoute', `rules: [{ ${BACKEND} }]`)).rules[0]?.matches).toEqual([]);
  });

  it('backends are Services of the route’s namespace with weight 1, parents Gateways (S3.19, S3.20)', () => {
    const { rules, parentRefs } = acceptedFrom<TlsRoute>(object('TLSRoute', `hostnames: [a.b], parentRefs: [{ name: public }], rules: [{ ${BACKEND} }]`));
    expect(rules[0]?.backendRefs).toEqual([{ group: '', kind: 'Service', namespace: 'shop', name: 'api', port: 80, weight: 1, filters: [] }]);
    expect(parentRefs).toEqual([{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'shop', name: 'public', sectionName: null, port: null }]);
  });

  it('redirects answer 302, CORS is kept 5 s, every request is mirrored (S3.23, S3.24)', () => {
    const filters = `filters: [{ type: RequestRedirect, requestRedirect: {} }, { type: CORS, cors: {} }, { type: RequestMirror, requestMirror: { backendRef: { name: a, port: 80 } } }]`;
    expect(acceptedFrom<HttpRoute>(route(filters)).rules[0]?.filters).toMatchObject([{ statusCode: 302 }, { maxAge: 5 }, { numerator: 100, denominator: 100 }]);
  });

  it('durations are milliseconds', () => {
    expect(acceptedFrom<HttpRoute>(route('timeouts: { request: 1h1m1s1ms }')).rules[0]?.timeouts).toEqual({ request: 3_661_001, backendRequest: null });
  });

  it('listeners take routes of their own namespace, Gateways no ListenerSets (S3.21, S12.14)', () => {
    const object = acceptedFrom<Gateway>(gateway('name: a, port: 443, protocol: HTTPS, tls: { certificateRefs: [{ name: c }] }'));
    expect(object.allowedListeners).toEqual({ from: 'None', selector: null });
    expect(object.listeners).toMatchObject([
      {
        tls: { mode: 'Terminate', certificateRefs: [{ group: '', kind: 'Secret', namespace: 'shop', name: 'c' }] },
        allowedRoutes: { namespaces: { from: 'Same' }, kinds: [] },
      },
    ]);
  });
});
