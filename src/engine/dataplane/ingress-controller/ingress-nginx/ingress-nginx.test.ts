import { expect, it } from 'vitest';
import { ask, nginx, rules, verdict } from '../test-world.ts';

it('a hop says what was taken, why, and by which fields, with commands ready to run', () => {
  const hop = ask(
    nginx([{ ...rules('foo.com', 'Prefix / root', 'Prefix /api api', 'Exact /x x'), name: 'web' }], { services: { api: 2, root: 1, x: 1 } }),
    'http://foo.com/api/1',
  );
  expect(hop).toMatchObject({
    hop: 'ingress-controller',
    layer: 'L7',
    actor: { component: 'ingress-nginx', instance: 'shop/controller', node: 'node-a' },
    title: { args: { path: '/api', ingress: 'shop/web' } },
  });
  expect(hop.considered!.map(({ what, result, probability }) => [what.args['path'] ?? what.args['endpoint'] ?? 'host', result, probability])).toEqual([
    ['/api', 'taken', undefined],
    ['/x', 'excluded', undefined],
    ['/', 'lost', undefined],
    ['10.244.1.2:8080', 'possible', 0.5],
    ['10.244.1.3:8080', 'possible', 0.5],
  ]);
  expect(hop.because[0]).toEqual({ object: { kind: 'Ingress', namespace: 'shop', name: 'web' }, path: ['spec', 'rules', 0, 'http', 'paths', 1] });
  expect(hop.commands!.map(({ line }) => line)).toEqual([
    'kubectl describe ingress -n shop web',
    'kubectl get endpointslices -n shop -l kubernetes.io/service-name=api',
    'curl -v --resolve foo.com:80:203.0.113.10 http://foo.com/api/1',
  ]);
});

it('a thousand hosts and paths cost no more than one, and the list stays short', () => {
  const many = nginx([
    {
      rules: Object.fromEntries(
        Array.from({ length: 300 }, (_, host) => [
          `h${host}.com`,
          Array.from({ length: host === 7 ? 3000 : 3 }, (__, path) => `Prefix /p${path} api` as const),
        ]),
      ),
    },
  ]);
  const hop = ask(many, 'http://h7.com/p2999/x');
  expect(verdict(hop)).toBe('api');
  expect(hop.considered!.length).toBeLessThanOrEqual(60);
  expect(hop.considered!.filter(({ result }) => result === 'taken').length).toBeGreaterThan(0);
});
