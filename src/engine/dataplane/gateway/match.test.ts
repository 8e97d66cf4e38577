import { describe, expect, it } from 'vitest';
import { ends, rule, through } from './test-gateway.ts';
import { pathMatches, routeHostMatches } from './match.ts';

describe('hostnames (S12.2)', () => {
  it.each([
    ['*.example.com', 'a.example.com', true],
    ['*.example.com', 'b.a.example.com', true],
    ['*.example.com', 'example.com', false],
    ['a.example.com', 'a.example.com', true],
    ['a.example.com', 'b.example.com', false],
  ])('%s covers %s: %s', (pattern, host, covers) => expect(routeHostMatches(pattern, host)).toBe(covers));
});

describe('paths (S12.5, S9.4)', () => {
  it.each([
    ['PathPrefix', '/a', '/a', true],
    ['PathPrefix', '/a', '/a/', true],
    ['PathPrefix', '/a/', '/a', true],
    ['PathPrefix', '/a', '/ab', false],
    ['PathPrefix', '/', '/anything', true],
    ['Exact', '/a', '/a/', false],
    ['Exact', '/A', '/a', false],
    ['RegularExpression', '/a[0-9]+', '/a12', true],
    ['RegularExpression', '/a[0-9]+', '/a12/b', false],
    ['RegularExpression', '/a|/b', '/bc', false],
  ] as const)('%s %s takes %s: %s', (type, value, path, takes) => expect(pathMatches({ type, value }, path)).toBe(takes));
});

describe('the rest of a match (S12.5)', () => {
  const world = (match: string) => ({ rules: [rule(match, 'api')], services: ['api'] });
  const ask = (match: string, request: Parameters<typeof through>[1]) => ends(through(world(match), request));
  it('header names in any case, values exactly', () => {
    expect(ask('{ headers: [{ name: Version, value: two }] }', { url: 'http://x/', headers: [['version', 'two']] })).toBe('api');
    expect(ask('{ headers: [{ name: Version, value: two }] }', { url: 'http://x/', headers: [['version', 'TWO']] })).toBe('404');
  });
  it('a header that is sent twice counts as one text, joined by a comma', () => {
    const headers: [string, string][] = [
      ['v', 'one'],
      ['v', 'two'],
    ];
    expect(ask("{ headers: [{ name: v, value: 'one,two' }] }", { url: 'http://x/', headers })).toBe('api');
  });
  it('the first value of a query parameter', () => {
    expect(ask('{ queryParams: [{ name: a, value: b }] }', 'http://x/?a=b&a=c')).toBe('api');
    expect(ask('{ queryParams: [{ name: a, value: b }] }', 'http://x/?a=c&a=b')).toBe('404');
  });
  it('the method', () => {
    expect(ask('{ method: POST }', { url: 'http://x/', method: 'POST' })).toBe('api');
    expect(ask('{ method: POST }', 'http://x/')).toBe('404');
  });
  it('any of several matches', () => expect(ask('{ method: POST }, { path: { value: /a } }', 'http://x/a')).toBe('api'));
  it('the port of the Host header takes no part', () => {
    const routes = { ...world('{ path: { value: / } }'), listeners: ['{ name: http, port: 80, protocol: HTTP, hostname: x.example }'] };
    expect(ends(through(routes, { url: 'http://x.example/', headers: [['host', 'x.example:8080']] }))).toBe('api');
  });
});
