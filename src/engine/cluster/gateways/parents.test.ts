import { describe, expect, it } from 'vitest';
import { traceOf } from '../../dataplane/trace-of.ts';
import { clusterOf } from '../cluster-of.ts';
import { CLOSED, gateway, http, httpRoute, object, to } from './gateways.fixture.ts';

const route = (parent: string, spec = 'hostnames: [shop.example.com], ') =>
  object('HTTPRoute', 'shop/web', `parentRefs: [{ name: public${parent} }], ${spec}${to('web')}`);
const listeners = (yaml: string, environment = '') =>
  clusterOf(yaml, environment)
    .gateways.get('shop/public')
    ?.listeners.map(({ name, protocol, port }) => `${name} ${protocol} ${port}`);
const verdict = (yaml: string, url: string, scenario = 'complete: false') => traceOf(yaml, url, scenario).trace.verdict;

describe('a Gateway that routes name and that was not pasted (S1.3a)', () => {
  it('is assumed with the listeners that its routes need, and what passes it depends on that', () => {
    expect(listeners(route(''))).toEqual(['http HTTP 80', 'https HTTPS 443']);
    expect(listeners(route('', ''))).toEqual(['http HTTP 80']);
    expect(listeners(route(', sectionName: web-https') + route(', port: 8080').replace('name: web,', 'name: other,'))).toEqual([
      'http-8080 HTTP 8080',
      'web-https HTTPS 443',
    ]);
    for (const scheme of ['http', 'https']) {
      expect(verdict(route(''), `${scheme}://shop.example.com/`)).toMatchObject({ kind: 'depends', ifTrue: 'delivered' });
    }
    const cluster = clusterOf(route(''));
    expect(cluster.provenance.get('Gateway/shop/public')?.assumption).toBe('gateway:shop/public');
    expect(traceOf(cluster, 'http://shop.example.com/').trace.assumptions.map(({ id }) => id)).toContain('gateway:shop/public');
  });

  it('of two sections on one port the second takes the host of its route', () => {
    const two = route(', sectionName: a') + route(', sectionName: b').replace('name: web,', 'name: other,');
    expect(
      clusterOf(two)
        .gateways.get('shop/public')
        ?.listeners.map(({ hostname }) => hostname),
    ).toEqual([null, 'shop.example.com']);
  });

  it('is of the class that is pasted or stated', () => {
    const stated = CLOSED.replace('complete: true', 'complete: false');
    expect(clusterOf(route(''), stated).gateways.get('shop/public')?.gatewayClassName).toBe('public');
    expect(listeners(route(''), 'controllers: []')).toBeUndefined();
  });

  it('is missing where a Gateway of its namespace or of its name was pasted: that is the mistake', () => {
    const other = gateway(http()).replace('name: public', 'name: publik');
    expect(listeners(route('') + other)).toBeUndefined();
    expect(listeners(route('') + gateway(http()).replace('namespace: shop', 'namespace: infra'))).toBeUndefined();
  });

  it('is missing in a closed world, or when somebody says so', () => {
    expect(listeners(route(''), 'complete: true')).toBeUndefined();
    expect(listeners(route(''), 'assume: { "gateway:shop/public": false }')).toBeUndefined();
    expect(listeners(route(''), 'complete: true\nassume: { "gateway:shop/public": true }')).toBeDefined();
  });

  it('leaves one that was pasted as it is', () => {
    expect(listeners(gateway(http()) + httpRoute('shop/web', to('web')))).toEqual(['http HTTP 80']);
  });
});

it('a Service that a route has as its parent is assumed like a backend (S1.3a, S12.15)', () => {
  const mesh = object('HTTPRoute', 'shop/web', `parentRefs: [{ group: "", kind: Service, name: front, port: 8080 }], ${to('web')}`);
  expect([...clusterOf(mesh).services.keys()]).toEqual(expect.arrayContaining(['shop/front', 'shop/web']));
});
