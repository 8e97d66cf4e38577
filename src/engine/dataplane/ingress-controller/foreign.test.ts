import { expect, it } from 'vitest';
import { renderText } from '../../../catalogue/render.ts';
import { ask, rules, worldOf, type World } from './test-world.ts';

const ingresses = [
  {
    ...rules('a.com', 'Prefix / api'),
    annotations: { 'nginx.ingress.kubernetes.io/rewrite-target': '/', 'nginx.ingress.kubernetes.io/use-regex': 'true', 'haproxy.org/path-rewrite': '/x' },
  },
];
const said = (implementation: NonNullable<World['implementation']>) =>
  ask(worldOf({ implementation, ingresses }), 'http://a.com/')
    .why.filter(({ id }) => id === 'ingress.foreign')
    .map((message) => renderText(message));

it('annotations of other products do nothing, and the hop names them and their product (S10.26)', () => {
  expect(said('traefik')).toEqual([
    'Traefik does not read nginx.ingress.kubernetes.io/rewrite-target and nginx.ingress.kubernetes.io/use-regex: only ingress-nginx does.',
    'Traefik does not read haproxy.org/path-rewrite: only HAProxy does.',
  ]);
  expect(said('haproxy')).toHaveLength(1);
  expect(said('generic')).toHaveLength(2);
});
