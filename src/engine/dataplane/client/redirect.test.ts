import { describe, expect, it } from 'vitest';
import type { Flow } from '../../trace/flow.ts';
import { locationOf, redirectedFlow } from './redirect.ts';

const flow: Flow = {
  from: { kind: 'external', ip: '203.0.113.7' },
  method: 'GET',
  scheme: 'http',
  host: 'shop.example.com',
  port: 80,
  portGiven: false,
  path: '/a/b?x=1',
  headers: [
    ['Host', 'other.example.com'],
    ['X-A', '1'],
  ],
};

const to = (location: string, from: Flow = flow, status = 308) => redirectedFlow(from, status, location);

describe('following a redirect', () => {
  it.each([
    ['https://shop.example.com/c', 'https', 'shop.example.com', 443, '/c'],
    ['https://shop.example.com', 'https', 'shop.example.com', 443, '/'],
    ['http://Shop.Example.com:8080/c?d', 'http', 'shop.example.com', 8080, '/c?d'],
    ['//www.example.com/c', 'http', 'www.example.com', 80, '/c'],
    ['/c', 'http', 'shop.example.com', 80, '/c'],
    ['c', 'http', 'shop.example.com', 80, '/a/c'],
    ['?y=2', 'http', 'shop.example.com', 80, '/a/b?y=2'],
    ['https://[fd00::1]:8443/c#part', 'https', 'fd00::1', 8443, '/c'],
  ])('%s asks for the right place', (location, scheme, host, port, path) => {
    expect(to(location)).toMatchObject({ scheme, host, port, path });
  });

  it('a Location that is no HTTP URL is not followed', () => {
    expect(to('ftp://shop.example.com/c')).toBeNull();
    expect(to('https:///c')).toBeNull();
  });

  it('a Host header and a server name are kept for the same host only', () => {
    expect(to('https://shop.example.com/c')?.headers).toHaveLength(2);
    expect(to('https://www.example.com/c', { ...flow, sni: 'x' })).toMatchObject({ headers: [['X-A', '1']] });
    expect(to('https://www.example.com/c', { ...flow, sni: 'x' })?.sni).toBeUndefined();
  });

  it('303 makes a GET of everything but HEAD, 302 of POST, 308 of nothing', () => {
    expect(to('/c', { ...flow, method: 'PUT' }, 303)?.method).toBe('GET');
    expect(to('/c', { ...flow, method: 'HEAD' }, 303)?.method).toBe('HEAD');
    expect(to('/c', { ...flow, method: 'POST' }, 302)?.method).toBe('GET');
    expect(to('/c', { ...flow, method: 'POST' }, 308)?.method).toBe('POST');
  });

  it('a place to connect to stays for the same host, and its port follows the URL', () => {
    const connected: Flow = { ...flow, connectTo: { kind: 'address', host: '203.0.113.10', port: 80 } };
    expect(to('https://shop.example.com/', connected)?.connectTo).toEqual({ kind: 'address', host: '203.0.113.10', port: 443 });
    expect(to('https://www.example.com/', connected)?.connectTo).toBeUndefined();
  });

  it('only redirect statuses with a Location are followed', () => {
    expect(locationOf({ code: 'HTTP', status: 308, producer: 'controller', location: '/c' })).toBe('/c');
    expect(locationOf({ code: 'HTTP', status: 201, producer: 'app', location: '/c' })).toBeNull();
    expect(locationOf({ code: 'HTTP', status: 301, producer: 'app' })).toBeNull();
    expect(locationOf({ code: 'ACCEPTED' })).toBeNull();
  });
});
