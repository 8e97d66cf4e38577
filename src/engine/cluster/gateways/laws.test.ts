import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { refKey } from '../../manifests/object-ref.ts';
import type { Cluster } from '../cluster.ts';
import { certificate, closed, gateway, grant, http, https, namespace, object, service } from './gateways.fixture.ts';
import { conditionsOf } from './status.ts';

const NAMESPACES = ['shop', 'web', 'back'];
const name = fc.constantFrom(...NAMESPACES);

const from = fc
  .record({ kind: fc.constantFrom('HTTPRoute', 'GRPCRoute', 'Gateway'), namespace: name })
  .map((one) => `{ group: gateway.networking.k8s.io, kind: ${one.kind}, namespace: ${one.namespace} }`);
const target = fc.constantFrom('{ group: "", kind: Service }', '{ group: "", kind: Service, name: api }', '{ group: "", kind: Secret }');
const grants = fc
  .array(fc.record({ namespace: name, from, target }), { maxLength: 6 })
  .map((list) => list.map((one, index) => grant(one.namespace, one.from, one.target, `grant-${index}`)));

const route = fc
  .record({ kind: fc.constantFrom('HTTPRoute', 'GRPCRoute'), namespace: name, backend: name, target: fc.constantFrom('api', 'lost') })
  .map((one) => ({
    key: `${one.namespace}/r-${one.backend}-${one.target}`,
    kind: one.kind,
    spec: `parentRefs: [{ name: public, namespace: shop }], rules: [{ backendRefs: [{ name: ${one.target}, namespace: ${one.backend}, port: 80 }] }]`,
  }));
const routes = fc.uniqueArray(route, { maxLength: 5, selector: ({ kind, key }) => `${kind} ${key}` });

const listeners = `${http('http', 'allowedRoutes: { namespaces: { from: All } }')}, ${https('tls', 'tls: { certificateRefs: [{ name: cert, namespace: back }] }')}`;
const fixed = [...NAMESPACES.flatMap((one) => [namespace(one), service(`${one}/api`)]), certificate('back/cert'), gateway(listeners)];

/** Every Service port that some reference leads to. */
function backends(cluster: Cluster): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [key, settled] of cluster.gatewayApi.routes) {
    for (const [place, backend] of settled.backends) if (backend.kind === 'service') found.add(`${key} ${place} ${backend.service}:${backend.port}`);
  }
  for (const { listeners: all } of cluster.gatewayApi.gateways.values()) {
    for (const { id, tls } of all) if (tls?.mode === 'Terminate') for (const { secret } of tls.certificates) found.add(`${id} ${secret}`);
  }
  return found;
}

it('removing a ReferenceGrant never adds a backend or a certificate (S12.9.5)', () => {
  fc.assert(
    fc.property(grants, routes, fc.nat(), (given, all, which) => {
      const texts = [...fixed, ...all.map(({ kind, key, spec }) => object(kind, key, spec))];
      const before = backends(closed(...texts, ...given));
      const after = backends(closed(...texts, ...given.filter((_, index) => index !== which % Math.max(given.length, 1))));
      expect([...after].filter((one) => !before.has(one))).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

it('the order of documents matters only through age: with timestamps it does not (S1.4.7)', () => {
  const dated = (text: string, second: number) => text.replace(/namespace: (\w+) /, `namespace: $1, creationTimestamp: "2026-01-01T00:00:0${second}Z" `);
  const sets = [0, 1].map((index) =>
    dated(object('ListenerSet', `shop/set-${index}`, `parentRef: { name: public }, listeners: [${http('more', 'hostname: more.example.com')}]`), index),
  );
  const policies = [1, 1].map((second, index) =>
    dated(
      object(
        'BackendTLSPolicy',
        `shop/tls-${index}`,
        'targetRefs: [{ group: "", kind: Service, name: api }], validation: { hostname: a.b, wellKnownCACertificates: System }',
      ),
      second,
    ),
  );
  const open = gateway(listeners, 'allowedListeners: { namespaces: { from: All } }, ');
  const statuses = (texts: readonly string[]) =>
    conditionsOf(closed(...texts))
      .map(({ object: { kind, ...rest }, parent, listener, condition }) => {
        const about = [parent === null ? '' : refKey(parent), listener ?? ''].join(' ');
        return `${refKey({ kind, ...rest })} ${about} ${condition.type}=${condition.status} ${condition.reason}`;
      })
      .sort();
  fc.assert(
    fc.property(routes, fc.infiniteStream(fc.nat()), (all, order) => {
      const texts = [
        ...fixed.filter((text) => !text.includes('kind: Gateway\n')),
        open,
        ...sets,
        ...policies,
        ...all.map(({ kind, key, spec }, index) => dated(object(kind, key, spec), index)),
      ];
      const shuffled = texts.map((text) => ({ text, rank: order.next().value ?? 0 })).sort((a, b) => a.rank - b.rank);
      expect(statuses(shuffled.map(({ text }) => text))).toEqual(statuses(texts));
    }),
    { numRuns: 40 },
  );
});
