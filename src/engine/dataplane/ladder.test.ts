import { describe, expect, it } from 'vitest';
import { renderText } from '../../catalogue/render.ts';
import { gatewayWorld, route, rule } from './gateway/test-gateway.ts';
import { laddersOf, type LadderQuestion } from './ladder.ts';
import { clusterOf, traceOf } from './trace-of.ts';

const SCENARIO =
  'complete: true\ncloud: metallb-l2\ncontrollers: [{ kind: gateway, name: conformant, implementation: generic, class: conformant }, { kind: ingress, name: nginx, implementation: ingress-nginx, class: nginx }]';
const routes = [
  route('old', [rule('{ path: { value: /a } }', 'one'), rule('{ path: { value: /a } }', 'two')], 'hostnames: [shop.example.com]', {
    created: '2026-01-01T00:00:00Z',
  }),
  route('young', [rule('{ path: { value: /a } }', 'two'), rule('{ path: { value: /a/b } }', 'two')], 'hostnames: [shop.example.com]', {
    created: '2026-02-01T00:00:00Z',
  }),
];
const ingress = (name: string, at: string) =>
  `{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: ${name}, namespace: shop }, spec: { ingressClassName: nginx, rules: [{ host: shop.example.com, http: { paths: [${at}] } }] } }`;
const at = (value: string) => `{ path: ${value}, pathType: Prefix, backend: { service: { name: one, port: { number: 80 } } } }`;
const more = [
  '{ apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: { name: nginx }, spec: { controller: k8s.io/ingress-nginx } }',
  ingress('first', `${at('/a')}, ${at('/a/b')}`),
  ingress('second', at('/a')),
].join('\n---\n');
const cluster = clusterOf(gatewayWorld({ routes, services: ['one', 'two'], more }), SCENARIO);

function ladder(question: LadderQuestion, server: string) {
  const found = laddersOf(cluster, question).ladders.find((each) => renderText(each.server).startsWith(server));
  return found?.rungs.map(({ what, result, above }) => [renderText(what), result, above === null ? null : renderText(above)]);
}

describe('the ladder', () => {
  it('lists routes in the order that serves, with the criterion of each step', () => {
    expect(ladder({ host: 'shop.example.com', path: '/a/b' }, 'Gateway')).toEqual([
      ['PathPrefix /a/b for host shop.example.com in HTTPRoute shop/young, rule 2', 'taken', 'A path with more characters goes first.'],
      ['PathPrefix /a for host shop.example.com in HTTPRoute shop/old, rule 1', 'lost', 'Within a route the rule that stands first goes first.'],
      ['PathPrefix /a for host shop.example.com in HTTPRoute shop/old, rule 2', 'lost', 'The older route goes first.'],
      ['PathPrefix /a for host shop.example.com in HTTPRoute shop/young, rule 1', 'lost', null],
    ]);
  });

  it('says the same as the data plane', () => {
    const { trace } = traceOf(cluster, {
      url: 'http://shop.example.com/a',
      flow: { connectTo: { kind: 'gateway', namespace: 'shop', name: 'edge', port: 80 } },
    });
    const taken = trace.hops
      .find(({ kind }) => kind === 'gateway')
      ?.considered.find(({ result, probability }) => result === 'taken' && probability === undefined);
    const rung = ladder({ host: 'shop.example.com', path: '/a' }, 'Gateway')?.find(([, result]) => result === 'taken');
    expect(rung?.[0]).toBe(taken === undefined ? '' : renderText(taken.what));
  });

  it('lists the rules of Ingresses in the order of their controller', () => {
    expect(ladder({ host: 'shop.example.com', path: '/a/b' }, 'ingress-nginx')).toEqual([
      ['Prefix /a/b for host shop.example.com in Ingress shop/first', 'taken', 'The longer path goes first.'],
      ['Prefix /a for host shop.example.com in Ingress shop/first', 'lost', null],
    ]);
  });

  it('names every rule that no request can reach, with the one that stands before it', () => {
    const { shadowed } = laddersOf(cluster, { host: '', path: '/' });
    expect(shadowed.map(({ what, by }) => [renderText(what), renderText(by)])).toEqual([
      ['PathPrefix /a for host shop.example.com in HTTPRoute shop/old, rule 2', 'PathPrefix /a for host shop.example.com in HTTPRoute shop/old, rule 1'],
      ['PathPrefix /a for host shop.example.com in HTTPRoute shop/young, rule 1', 'PathPrefix /a for host shop.example.com in HTTPRoute shop/old, rule 1'],
      ['Prefix /a for host shop.example.com in Ingress shop/second', 'Ingress shop/first'],
    ]);
  });
});
