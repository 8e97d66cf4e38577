import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ask, worldOf } from './test-world.ts';

const OWN = [
  'traefik.ingress.kubernetes.io/router.pathmatcher',
  'traefik.ingress.kubernetes.io/router.priority',
  'traefik.ingress.kubernetes.io/router.middlewares',
  'haproxy.org/path-rewrite',
  'haproxy.org/ssl-redirect-code',
  'projectcontour.io/num-retries',
];
const SHORTS = [
  'rewrite-target',
  'use-regex',
  'server-alias',
  'permanent-redirect',
  'app-root',
  'whitelist-source-range',
  'cors-allow-origin',
  'enable-cors',
  'canary-by-header-pattern',
  'auth-url',
  'proxy-body-size',
  'default-backend',
  'affinity',
];
const text = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('/', '.', '*', '(', ')', '[', ']', '{', '}', '\\', '$', '1', 'a', '%', '?', '+', '|', '^', ' ', '-', ','), maxLength: 16 }),
  fc.constantFrom('true', 'false', '/$1', '10.0.0.0/8', 'cookie'),
);

it('nothing a person writes in an Ingress, a setting or a request makes the controller fail, and shares sum to 1', () => {
  const worlds = fc.record({
    implementation: fc.constantFrom('generic', 'ingress-nginx', 'traefik', 'haproxy', 'contour', 'istio'),
    annotations: fc.dictionary(fc.constantFrom(...SHORTS, ...OWN), text),
    path: text,
    type: fc.constantFrom('Exact', 'Prefix', 'Impl'),
    request: text,
    host: fc.constantFrom('foo.com', '*.com', ''),
    header: text,
    config: fc.dictionary(
      fc.constantFrom('block-user-agents', 'proxy-real-ip-cidr', 'use-forwarded-headers', 'hsts-max-age', 'strict-validate-path-type'),
      text,
    ),
  } as const);
  fc.assert(
    fc.property(worlds, ({ implementation, annotations, path, type, request, host, header, config }) => {
      const line = `${type} /${path.replaceAll(' ', '')} api` as 'Exact / api';
      const world = worldOf({
        implementation,
        config,
        ingresses: [{ annotations, rules: { [host]: [line, 'Prefix /b other'] } }],
        services: { api: 3, other: 0 },
      });
      const { becomes, considered } = ask(world, `http://foo.com/${request}`, { headers: { 'user-agent': header, 'x-forwarded-for': header, origin: header } });
      if (becomes.kind === 'forward') expect(becomes.to.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1);
      expect((considered ?? []).length).toBeLessThanOrEqual(60);
    }),
    { numRuns: 400 },
  );
});
