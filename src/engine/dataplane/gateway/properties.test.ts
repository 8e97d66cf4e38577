import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ends, gatewayWorld, route, rule, through } from './test-gateway.ts';

const path = fc.constantFrom('/', '/a', '/a/b', '/c');
const match = fc.record({
  type: fc.constantFrom('Exact', 'PathPrefix'),
  value: path,
  method: fc.constantFrom('', ', method: GET'),
  header: fc.constantFrom('', ', headers: [{ name: v, value: one }]'),
});
const backend = fc.record({ name: fc.constantFrom('one', 'two', 'gone'), weight: fc.nat(5) });
const oneRule = fc.tuple(match, fc.array(backend, { maxLength: 3 }));
const oneRoute = fc.record({
  host: fc.constantFrom('', 'hostnames: [a.example.com]', "hostnames: ['*.example.com']"),
  rules: fc.array(oneRule, { minLength: 1, maxLength: 3 }),
});
const request = fc.record({
  host: fc.constantFrom('a.example.com', 'b.example.com', 'x'),
  path,
  headers: fc.constantFrom<[string, string][]>([], [['v', 'one']]),
});

type RouteDraft = typeof oneRoute extends fc.Arbitrary<infer T> ? T : never;

function textOf({ host, rules }: RouteDraft, index: number, created: string): string {
  const texts = rules.map(([{ type, value, method, header }, backends]) =>
    rule(
      `{ path: { type: ${type}, value: ${value} }${method}${header} }`,
      backends.map(({ name, weight }) => `{ name: ${name}, port: 80, weight: ${weight} }`).join(', ') || '{ name: one, port: 80 }',
    ),
  );
  return route(`r${index}`, texts, host, { created });
}

const dated = (routes: readonly RouteDraft[]) => routes.map((each, index) => textOf(each, index, `2026-01-0${index + 1}T00:00:00Z`));
const world = (routes: readonly string[]) => ({ routes, services: ['one', 'two'] });

it('the shares of every request sum to 1', () => {
  fc.assert(
    fc.property(fc.array(oneRoute, { minLength: 1, maxLength: 3 }), request, (routes, { host, path: at, headers }) => {
      const trace = through(world(dated(routes)), { url: `http://${host}${at}`, headers });
      expect(trace.branches.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1);
    }),
    { numRuns: 60 },
  );
});

it('the order of documents matters only through age: with creation times it changes nothing', () => {
  fc.assert(
    fc.property(fc.array(oneRoute, { minLength: 2, maxLength: 3 }), request, (routes, { host, path: at, headers }) => {
      const ask = { url: `http://${host}${at}`, headers };
      const texts = dated(routes);
      const parts = (end: string) => end.split(' + ').sort();
      expect(parts(ends(through(world(texts.toReversed()), ask)))).toEqual(parts(ends(through(world(texts), ask))));
    }),
    { numRuns: 60 },
  );
});

it('removing a grant never adds a backend', () => {
  const grant =
    '{ apiVersion: gateway.networking.k8s.io/v1, kind: ReferenceGrant, metadata: { name: g, namespace: other }, spec: { from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop }], to: [{ group: "", kind: Service }] } }';
  const rules = [rule('', '{ name: far, namespace: other, port: 80 }, { name: one, port: 80 }')];
  const ask = (more: string) => through({ rules, services: ['one', 'other/far'], more }, 'http://x/');
  const reached = (more: string) =>
    ask(more)
      .branches.flatMap(({ backend }) => backend?.service?.name ?? [])
      .sort();
  expect(reached(grant)).toEqual(['far', 'one']);
  expect(reached('')).toEqual(['one']);
  expect(gatewayWorld({ rules })).not.toContain('ReferenceGrant');
});
