import { describe, expect, it } from 'vitest';
import { ends, route, rule, through, type GatewayWorld } from './test-gateway.ts';

const EARLY = { created: '2026-01-01T00:00:00Z' };
const LATE = { created: '2026-02-02T00:00:00Z' };
const path = (value: string, more = '') => `{ path: { type: PathPrefix, value: ${value} }${more === '' ? '' : `, ${more}`} }`;

/** The winner, and the rule that stands beside the entry that lost to it. */
function contest(world: GatewayWorld, request: Parameters<typeof through>[1]) {
  const trace = through({ services: ['one', 'two'], ...world }, request);
  const hop = trace.hops.find(({ kind }) => kind === 'gateway');
  return { winner: ends(trace), by: hop?.considered.find(({ result }) => result === 'lost')?.rules };
}

describe('precedence, item by item (S12.6)', () => {
  it('1: an exact hostname beats a wildcard, whatever the path', () => {
    const routes = [
      route('wild', [rule('{ path: { type: Exact, value: /a } }', 'two')], "hostnames: ['*.example.com']"),
      route('exact', [rule('', 'one')], 'hostnames: [a.example.com]'),
    ];
    expect(contest({ routes }, 'http://a.example.com/a')).toEqual({ winner: 'one', by: ['S12.6.1'] });
  });

  it('1: of two wildcards the longer goes first', () => {
    const routes = [route('short', [rule('', 'two')], "hostnames: ['*.com']"), route('long', [rule('', 'one')], "hostnames: ['*.example.com']")];
    expect(contest({ routes }, 'http://a.example.com/')).toEqual({ winner: 'one', by: ['S12.6.1'] });
  });

  it('2: an Exact path beats a prefix that matches as well', () => {
    expect(contest({ rules: [rule(path('/a'), 'two'), rule('{ path: { type: Exact, value: /a } }', 'one')] }, 'http://x/a')).toEqual({
      winner: 'one',
      by: ['S12.6.2'],
    });
  });

  it('3: the prefix with more characters', () => {
    expect(contest({ rules: [rule(path('/a'), 'two'), rule(path('/a/b'), 'one')] }, 'http://x/a/b/c')).toEqual({ winner: 'one', by: ['S12.6.3'] });
  });

  it('4: a method', () => {
    expect(contest({ rules: [rule(path('/'), 'two'), rule(path('/', 'method: GET'), 'one')] }, 'http://x/')).toEqual({ winner: 'one', by: ['S12.6.4'] });
  });

  it('4 goes before 5: a method beats headers', () => {
    const rules = [rule(path('/', 'headers: [{ name: a, value: b }, { name: c, value: d }]'), 'two'), rule(path('/', 'method: GET'), 'one')];
    expect(
      contest(
        { rules },
        {
          url: 'http://x/',
          headers: [
            ['a', 'b'],
            ['c', 'd'],
          ],
        },
      ),
    ).toEqual({ winner: 'one', by: ['S12.6.4'] });
  });

  it('5: more headers', () => {
    const rules = [
      rule(path('/', 'headers: [{ name: a, value: b }]'), 'two'),
      rule(path('/', 'headers: [{ name: a, value: b }, { name: c, value: d }]'), 'one'),
    ];
    expect(
      contest(
        { rules },
        {
          url: 'http://x/',
          headers: [
            ['a', 'b'],
            ['c', 'd'],
          ],
        },
      ),
    ).toEqual({ winner: 'one', by: ['S12.6.5'] });
  });

  it('6: more query parameters', () => {
    const rules = [rule(path('/'), 'two'), rule(path('/', 'queryParams: [{ name: a, value: b }]'), 'one')];
    expect(contest({ rules }, 'http://x/?a=b')).toEqual({ winner: 'one', by: ['S12.6.6'] });
  });

  it('7: the older route', () => {
    expect(contest({ routes: [route('a', [rule('', 'two')], '', LATE), route('b', [rule('', 'one')], '', EARLY)] }, 'http://x/')).toEqual({
      winner: 'one',
      by: ['S12.6.7'],
    });
  });

  it('7: without creation times the order of the texts stands for age', () => {
    expect(contest({ routes: [route('b', [rule('', 'one')]), route('a', [rule('', 'two')])] }, 'http://x/')).toEqual({ winner: 'one', by: ['S12.6.7'] });
  });

  it('8: of equal age, by namespace and name', () => {
    expect(contest({ routes: [route('b', [rule('', 'two')], '', EARLY), route('a', [rule('', 'one')], '', EARLY)] }, 'http://x/')).toEqual({
      winner: 'one',
      by: ['S12.6.8'],
    });
  });

  it('9: of one route, the rule that stands first', () => {
    expect(contest({ rules: [rule('', 'one'), rule('', 'two')] }, 'http://x/')).toEqual({ winner: 'one', by: ['S12.6.9'] });
  });

  it('a rule of a less specific host serves what those of the more specific do not match', () => {
    const routes = [route('exact', [rule(path('/a'), 'two')], 'hostnames: [a.example.com]'), route('wild', [rule('', 'one')], "hostnames: ['*.example.com']")];
    expect(contest({ routes }, 'http://a.example.com/b')).toMatchObject({ winner: 'one' });
  });
});

describe('GRPCRoutes (S12.11)', () => {
  const call = (service: string, method?: string) => `{ method: { service: ${service}${method === undefined ? '' : `, method: ${method}`} } }`;
  const grpc = (...rules: string[]) => ({ routes: [route('calls', rules, '', { kind: 'GRPCRoute' })] });
  it('the method beats the service alone', () => {
    expect(contest(grpc(rule(call('a.B'), 'two'), rule(call('a.B', 'C'), 'one')), 'grpc://x/a.B/C')).toEqual({ winner: 'one', by: ['S12.11'] });
  });
  it('more headers', () => {
    const rules = [rule(call('a.B'), 'two'), rule('{ method: { service: a.B }, headers: [{ name: v, value: one }] }', 'one')];
    expect(contest(grpc(...rules), { url: 'grpc://x/a.B/C', headers: [['v', 'one']] })).toEqual({ winner: 'one', by: ['S12.6.5'] });
  });
  it('what nothing routes is UNIMPLEMENTED, a backend that cannot be had UNAVAILABLE', () => {
    expect(contest(grpc(rule(call('a.B'), 'one')), 'grpc://x/a.C/D').winner).toBe('gRPC 12');
    expect(contest(grpc(rule(call('a.B'), 'gone')), 'grpc://x/a.B/D').winner).toBe('gRPC 14');
  });
  it('a request that is no gRPC call is none of its', () => expect(contest(grpc(rule(call('a.B'), 'one')), 'http://x/a.B/C').winner).toBe('404'));
});
