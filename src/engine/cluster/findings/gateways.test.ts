import { describe, expect, it } from 'vitest';
import { renderText } from '../../../catalogue/render.ts';
import { formatFieldPath } from '../../manifests/source.ts';
import { clusterOf } from '../cluster-of.ts';
import { CLOSED, certificate, closed, gateway, http, httpRoute, https, object, service, to } from '../gateways/gateways.fixture.ts';

/** `code path` of every finding that is no mere remark. */
const found = (cluster: ReturnType<typeof closed>) =>
  cluster.findings.filter(({ severity }) => severity !== 'info').map(({ code, path }) => `${code} ${formatFieldPath(path ?? [])}`);
const words = (cluster: ReturnType<typeof closed>) => cluster.findings.filter(({ severity }) => severity !== 'info').map(({ message }) => renderText(message));
const pod = 'apiVersion: v1\nkind: Pod\nmetadata: { name: web, namespace: shop, labels: { app: web } }\nspec: { containers: [{ name: c, image: x }] }\n---\n';
const web = service('shop/web') + pod;
const route = (parent: string, rest = to('web')) => object('HTTPRoute', 'shop/web', `parentRefs: [${parent}], ${rest}`);

describe('findings of the Gateway API (S15.6)', () => {
  it('nothing is said of what works', () => {
    expect(found(closed(gateway(http()), web, httpRoute('shop/web', to('web'))))).toEqual([]);
  });

  it('F-76: a class that nobody serves, with the name that was meant', () => {
    const cluster = clusterOf(object('Gateway', 'shop/public', `gatewayClassName: publik, listeners: [${http()}]`), CLOSED);
    expect(found(cluster)).toEqual(['gateway-class-unclaimed spec.gatewayClassName']);
    expect(words(cluster)).toEqual(['There is no GatewayClass publik, so nobody serves shop/public. public is spelled almost the same.']);
  });

  it.each([
    ['{ name: public, sectionName: htpt }', 'spec.parentRefs[0].sectionName', 'http is spelled almost the same'],
    ['{ name: public, sectionName: other }', 'spec.parentRefs[0].sectionName', 'public has no listener other. Its listeners are: http.'],
    ['{ name: public, port: 8080 }', 'spec.parentRefs[0].port', 'public has no listener at port 8080. Its listeners are at: 80.'],
  ])('F-77: %s', (parent, path, sentence) => {
    const cluster = closed(gateway(http()), web, route(parent));
    expect(found(cluster)).toEqual([`route-not-attached ${path}`]);
    expect(words(cluster).join()).toContain(sentence);
  });

  it('F-77: namespaces and hostnames that do not meet', () => {
    const other = object(
      'HTTPRoute',
      'web/web',
      `parentRefs: [{ name: public, namespace: shop }], rules: [{ filters: [{ type: RequestRedirect, requestRedirect: { hostname: a.b } }] }]`,
    );
    expect(found(closed(gateway(http()), web, other))).toEqual(['route-not-attached spec.parentRefs[0]']);
    expect(found(closed(gateway(http('http', 'hostname: a.b')), web, httpRoute('shop/web', `hostnames: [c.d], ${to('web')}`)))).toEqual([
      'route-not-attached spec.hostnames',
    ]);
  });

  it('F-78: a parent that does not exist', () => {
    const said = (parent: string, ...more: readonly string[]) => words(closed(gateway(http()), web, route(parent), ...more)).join();
    expect(said('{ name: pubilc }')).toContain('public is spelled almost the same');
    expect(said('{ name: public, namespace: web }')).toContain('There is one in shop');
    expect(said('{ name: lost }')).toContain('nobody follows the route');
  });

  it('F-79, F-80: backends that are not permitted, not there, or not known', () => {
    const codes = (backend: string) =>
      found(closed(gateway(http()), web, service('back/api'), httpRoute('shop/web', `rules: [{ backendRefs: [{ ${backend} }] }]`))).filter(
        (one) => !one.startsWith('selector'),
      );
    const at = 'spec.rules[0].backendRefs[0]';
    expect(codes('name: api, namespace: back, port: 80')).toEqual([`reference-not-permitted ${at}.namespace`]);
    expect(codes('name: wbe, port: 80')).toEqual([`backend-service-missing ${at}.name`]);
    expect(codes('name: api, port: 80')).toEqual([`backend-service-missing ${at}.namespace`]);
    expect(codes('name: web, port: 8080')).toEqual([`backend-port-missing ${at}.port`]);
    expect(codes('group: a.b, kind: Bucket, name: web')).toEqual([`backend-kind-unknown ${at}.kind`]);
  });

  it('F-82, F-83: listeners without a certificate, and in conflict', () => {
    const onTls = httpRoute('shop/web', to('web'));
    expect(found(closed(gateway(https('tls', 'tls: { certificateRefs: [{ name: lost }] }')), web, onTls))).toEqual([
      'listener-certificate spec.listeners[0].tls.certificateRefs',
    ]);
    expect(found(closed(gateway(`${http()}, { name: tcp, port: 80, protocol: TCP }`)))).toEqual([
      'listener-conflict spec.listeners[0]',
      'listener-conflict spec.listeners[1]',
    ]);
  });

  it('F-86: a policy whose authority cannot be read', () => {
    const policy = object(
      'BackendTLSPolicy',
      'shop/tls',
      'targetRefs: [{ group: "", kind: Service, name: web }], validation: { hostname: a.b, caCertificateRefs: [{ group: "", kind: ConfigMap, name: lost }] }',
    );
    expect(found(closed(gateway(http()), web, httpRoute('shop/web', to('web')), policy))).toEqual(['backend-tls-authority spec.validation.caCertificateRefs']);
  });

  it('F-87: weights that are all zero', () => {
    expect(found(closed(gateway(http()), web, httpRoute('shop/web', to('web', 'port: 80, weight: 0'))))).toEqual([
      'weights-all-zero spec.rules[0].backendRefs',
    ]);
  });

  it('F-88: a redirect that also answers where it leads', () => {
    const redirect = 'rules: [{ filters: [{ type: RequestRedirect, requestRedirect: { scheme: https } }] }]';
    const listeners = `${http()}, ${https('tls', 'tls: { certificateRefs: [{ name: cert }] }')}`;
    const world = (parent: string) => found(closed(gateway(listeners), certificate('shop/cert'), route(parent, redirect)));
    expect(world('{ name: public }')).toEqual(['redirect-loop spec.rules[0].filters[0]']);
    expect(world('{ name: public, sectionName: http }')).toEqual([]);
  });

  it('U3: HTTPRoute and GRPCRoute of one host on one listener', () => {
    const grpc = object('GRPCRoute', 'shop/calls', `parentRefs: [{ name: public }], hostnames: [a.b], ${to('web')}`);
    expect(found(closed(gateway(http()), web, grpc, httpRoute('shop/web', `hostnames: ["*.b"], ${to('web')}`)))).toEqual(['route-kinds-mixed spec.hostnames']);
  });

  it('a route of a Service where no mesh runs', () => {
    expect(found(closed(web, route('{ group: "", kind: Service, name: web }')))).toEqual(['mesh-missing spec.parentRefs[0]']);
  });
});
