import { describe, expect, it } from 'vitest';
import { renderText } from '../../../catalogue/render.ts';
import { acceptedFrom, admitText, refusalsOf } from '../admit-text.ts';
import { ingress } from './ingress.ts';
import type { Ingress } from './ingress-spec.ts';

const text = (spec: string, metadata = 'name: shop') => `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { ${metadata} }\nspec: { ${spec} }\n`;
const BACKEND = 'backend: { service: { name: api, port: { number: 80 } } }';
const rule = (path: string, host = '') => `rules: [{ ${host === '' ? '' : `host: "${host}", `}http: { paths: [{ ${path} }] } }]`;
const host = (name: string) => rule(`path: /, pathType: Prefix, ${BACKEND}`, name);
const path = (value: string, pathType = 'Prefix') => rule(`path: "${value}", pathType: ${pathType}, ${BACKEND}`);
const backend = (value: string) => rule(`path: /, pathType: Prefix, backend: { ${value} }`);

const HOST = 'spec.rules[0].host';
const PATH = 'spec.rules[0].http.paths[0]';

describe('what the API server refuses', () => {
  it.each<[string, string[]]>([
    ['ingressClassName: nginx', ['Invalid spec S4.4.1']],
    ['rules: []', ['Invalid spec S4.4.1']],
    [host('10.0.0.1'), [`Invalid ${HOST} S4.4.2`]],
    [host('fd00::1'), [`Invalid ${HOST} S4.4.2`]],
    [host('Shop.example.com'), [`Invalid ${HOST} S4.4.2`]],
    [host('shop.example.com:8080'), [`Invalid ${HOST} S4.4.2`]],
    [host('shop.*.com'), [`Invalid ${HOST} S4.4.2`]],
    [host('*'), [`Invalid ${HOST} S4.4.2`]],
    [host('*shop.example.com'), [`Invalid ${HOST} S4.4.2`]],
    ['rules: [{ http: { paths: [] } }]', ['Required spec.rules[0].http.paths S4.4.3']],
    ['rules: [{ http: {} }]', ['Required spec.rules[0].http.paths S4.4.3']],
    [rule(`path: /, ${BACKEND}`), [`Required ${PATH}.pathType S4.4.4`]],
    [rule(`path: /, pathType: "", ${BACKEND}`), [`NotSupported ${PATH}.pathType S4.4.4`]],
    [path('/', 'Regex'), [`NotSupported ${PATH}.pathType S4.4.4`]],
    [path('api'), [`Invalid ${PATH}.path S4.4.5`]],
    [rule(`pathType: Exact, ${BACKEND}`), [`Invalid ${PATH}.path S4.4.5`]],
    ...['/a//b', '/a/./b', '/a/../b', '/a%2fb', '/a%2Fb', '/a/..', '/a/.'].map((value): [string, string[]] => [
      path(value, 'Exact'),
      [`Invalid ${PATH}.path S4.4.5`],
    ]),
    [path('api', 'ImplementationSpecific'), [`Invalid ${PATH}.path S4.4.6`]],
    [backend('service: { name: a, port: { number: 80 } }, resource: { kind: K, name: n }'), [`Invalid ${PATH}.backend S4.4.7`]],
    [backend(''), [`Invalid ${PATH}.backend S4.4.7`]],
    [backend('resource: { apiGroup: a.b }'), [`Required ${PATH}.backend.resource.kind S4.4.7`, `Required ${PATH}.backend.resource.name S4.4.7`]],
    ['defaultBackend: {}', ['Invalid spec.defaultBackend S4.4.7']],
    [backend('service: { port: { number: 80 } }'), [`Required ${PATH}.backend.service.name S4.4.8`]],
    [backend('service: { name: a.b, port: { number: 80 } }'), [`Invalid ${PATH}.backend.service.name S4.4.8`]],
    [backend('service: { name: a }'), [`Required ${PATH}.backend S4.4.8`]],
    [backend('service: { name: a, port: { number: 80, name: http } }'), [`Invalid ${PATH}.backend S4.4.8`]],
    [backend('service: { name: a, port: { number: 70000 } }'), [`Invalid ${PATH}.backend.service.port.number S4.4.8`]],
    [backend('service: { name: a, port: { name: "80" } }'), [`Invalid ${PATH}.backend.service.port.name S4.4.8`]],
    [`tls: [{ hosts: ["a.*.b"], secretName: A }], ${host('a.b')}`, ['Invalid spec.tls[0].hosts[0] S4.4.9', 'Invalid spec.tls[0].secretName S4.4.9']],
    [`ingressClassName: A, ${host('a.b')}`, ['Invalid spec.ingressClassName S4.4.10']],
  ])('%s', (spec, expected) => {
    expect(refusalsOf(text(spec))).toEqual(expected);
  });

  it('a new Ingress may not name two classes (S4.4.10)', () => {
    const classes = (annotation: string, more = '') =>
      text(`ingressClassName: nginx, ${host('a.b')}`, `name: shop, annotations: { kubernetes.io/ingress.class: ${annotation} }${more}`);
    expect(refusalsOf(classes('traefik'))).toEqual(['Invalid metadata.annotations[kubernetes.io/ingress.class] S4.4.10']);
    expect(refusalsOf(classes('nginx'))).toEqual([]);
    expect(refusalsOf(classes('traefik', ', resourceVersion: "7"'))).toEqual([]);
  });

  it('a backend in the form of an older version is told how to change', () => {
    const { rejections } = admitText(text(backend('serviceName: api, servicePort: 80')));
    expect(rejections.map(({ message }) => renderText(message)).join()).toContain('service.port.number');
  });

  it('without a path type the backend is not looked at', () => {
    expect(refusalsOf(text(rule('path: x, backend: {}')))).toEqual([`Required ${PATH}.pathType S4.4.4`]);
  });
});

describe('what the API server takes', () => {
  it.each([
    host('*.example.com'),
    host('shop.example.com'),
    host(''),
    path('/api/(v1|v2)/.*', 'ImplementationSpecific'),
    rule(`pathType: ImplementationSpecific, ${BACKEND}`),
    path('/a..b/.c'),
    'rules: [{ host: a.b }]',
    'defaultBackend: { service: { name: api, port: { name: http } } }',
    backend('resource: { apiGroup: k8s.example.com, kind: Bucket, name: icons }'),
    `ingressClassName: not-there, tls: [{ hosts: ["*.example.com"] }, { secretName: not.there }], ${host('a.b')}`,
  ])('%s', (spec) => {
    expect(refusalsOf(text(spec))).toEqual([]);
  });
});

describe('fields', () => {
  it('rules, certificates, class and default are read, and what they name', () => {
    const object = acceptedFrom<Ingress>(
      text(
        `ingressClassName: nginx, defaultBackend: { service: { name: fallback, port: { name: http } } }, tls: [{ hosts: [a.b], secretName: cert }], ${rule(`path: /api, pathType: Exact, ${BACKEND}`, 'a.b')}`,
      ),
    );
    expect(object).toMatchObject({
      ingressClassName: 'nginx',
      defaultBackend: { kind: 'service', name: 'fallback', port: { name: 'http' } },
      tls: [{ hosts: ['a.b'], secretName: 'cert' }],
      rules: [{ host: 'a.b', paths: [{ path: '/api', pathType: 'Exact', backend: { kind: 'service', name: 'api', port: { number: 80 } } }] }],
      statusIngress: null,
    });
    expect(ingress.references(object)).toEqual([
      { path: ['spec', 'ingressClassName'], to: { kind: 'IngressClass', namespace: '', name: 'nginx' } },
      { path: ['spec', 'defaultBackend', 'service', 'name'], to: { kind: 'Service', namespace: 'default', name: 'fallback' } },
      { path: ['spec', 'rules', 0, 'http', 'paths', 0, 'backend', 'service', 'name'], to: { kind: 'Service', namespace: 'default', name: 'api' } },
      { path: ['spec', 'tls', 0, 'secretName'], to: { kind: 'Secret', namespace: 'default', name: 'cert' } },
    ]);
  });

  it('published addresses are read', () => {
    const status = 'status: { loadBalancer: { ingress: [{ ip: 203.0.113.010 }, { hostname: lb.example.com }] } }';
    expect(acceptedFrom<Ingress>(text(host('a.b')) + status).statusIngress).toEqual([
      { ip: '203.0.113.10', hostname: null },
      { ip: null, hostname: 'lb.example.com' },
    ]);
  });
});
