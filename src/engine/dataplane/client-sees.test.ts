import { expect, it } from 'vitest';
import type { Flow, Scheme } from '../trace/flow.ts';
import type { Outcome } from '../trace/outcome.ts';
import { clientSees } from './client-sees.ts';

const flow = (scheme: Scheme): Flow => ({
  from: { kind: 'external', ip: '203.0.113.7' },
  method: 'GET',
  scheme,
  host: 'shop.example.com',
  port: scheme === 'https' ? 443 : scheme === 'icmp' ? 0 : 80,
  portGiven: false,
  path: '/',
  headers: [],
});
const sees = (scheme: Scheme, outcome: Outcome) => clientSees(flow(scheme), outcome, ['203.0.113.10']);

it.each<[Scheme, Outcome, string | undefined]>([
  ['http', { code: 'DNS_NXDOMAIN' }, 'curl: (6) Could not resolve host: shop.example.com'],
  ['http', { code: 'CONN_REFUSED' }, "curl: (7) Failed to connect to shop.example.com port 80 after 0 ms: Couldn't connect to server"],
  ['http', { code: 'NO_ROUTE' }, 'curl: (7) Failed to connect to shop.example.com port 80: No route to host'],
  ['http', { code: 'CONN_TIMEOUT' }, "curl: (28) Failed to connect to shop.example.com port 80 after 134000 ms: Couldn't connect to server"],
  ['http', { code: 'CONN_RESET' }, 'curl: (56) Recv failure: Connection reset by peer'],
  ['https', { code: 'CONN_RESET' }, 'curl: (35) Recv failure: Connection reset by peer'],
  ['https', { code: 'TLS_ERROR', kind: 'untrusted' }, 'curl: (60) SSL certificate problem: self-signed certificate'],
  ['http', { code: 'REDIRECT_LOOP' }, 'curl: (47) Maximum (50) redirects followed'],
  ['tcp', { code: 'ACCEPTED' }, 'Connection to shop.example.com (203.0.113.10) 80 port [tcp/*] succeeded!'],
  ['tcp', { code: 'CONN_REFUSED' }, 'nc: connect to shop.example.com (203.0.113.10) port 80 (tcp) failed: Connection refused'],
  ['udp', { code: 'UDP_SILENT' }, undefined],
  ['icmp', { code: 'CONN_TIMEOUT' }, '1 packets transmitted, 0 received, 100% packet loss'],
  ['icmp', { code: 'DNS_NXDOMAIN' }, 'ping: shop.example.com: Name or service not known'],
  ['tls', { code: 'ACCEPTED' }, 'CONNECTED(00000003)'],
])('%s, %o: %s', (scheme, outcome, line) => {
  expect(sees(scheme, outcome)[0]).toBe(line);
});

it('an HTTP answer shows its status line and its headers', () => {
  expect(sees('http', { code: 'HTTP', status: 308, producer: 'controller', location: 'https://shop.example.com/', headers: { 'x-a': '1' } })).toEqual([
    'HTTP/1.1 308 Permanent Redirect',
    'x-a: 1',
    'location: https://shop.example.com/',
  ]);
});
