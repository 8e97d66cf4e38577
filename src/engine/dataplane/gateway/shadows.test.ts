import { expect, it } from 'vitest';
import { clusterOf } from '../../cluster/cluster-of.ts';
import { CLOSED, gateway, http, httpRoute } from '../../cluster/gateways/gateways.fixture.ts';
import { renderText } from '../../../catalogue/render.ts';
import { gatewayLadders } from './ladder.ts';

const route = (name: string, value: string, type = 'PathPrefix') =>
  httpRoute(`shop/${name}`, `rules: [{ matches: [{ path: { type: ${type}, value: ${value} } }], backendRefs: [{ name: web, port: 80 }] }]`);
const shadowed = (...routes: readonly string[]) =>
  gatewayLadders(clusterOf(gateway(http()) + routes.join(''), CLOSED), { host: 'a.example.com', path: '/foo' }).shadowed.map(({ what }) => renderText(what));

it('a prefix that differs from an earlier one by its last slash takes no request (S12.5)', () => {
  expect(shadowed(route('first', '/foo/'), route('second', '/foo'))).toEqual([expect.stringMatching(/^PathPrefix \/foo .*shop\/second/)]);
  expect(shadowed(route('first', '/foo/', 'Exact'), route('second', '/foo', 'Exact'))).toEqual([]);
});
