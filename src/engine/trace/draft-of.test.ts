import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { draftOf } from './draft-of.ts';
import { readRequest } from './request.ts';

it('what is typed for a request is the same request', () => {
  const draft = fc.record({
    from: fc.constantFrom({ kind: 'external' as const, ip: '203.0.113.7' }, { kind: 'workload' as const, workloadKind: 'Job', namespace: 'a', name: 'b' }),
    method: fc.constantFrom('GET', 'post', 'PURGE'),
    url: fc.constantFrom(
      'a',
      'https://a:8443/b?c',
      'http://[2001:db8::1]/',
      'grpc://a/s.S/M',
      'ws://a/',
      'tcp://db:5432',
      'tls://a',
      'udp://d:53',
      'ping://10.0.0.1',
    ),
    headers: fc.constantFrom([], [['Host', 'b'] as const]),
    connectTo: fc.constantFrom('', 'lb:8443', '[2001:db8::1]:443', ':81', 'pod/a/b', 'pod/a/b:81', 'gateway/a/b:444', 'ingress/*', 'ingress/*:81'),
    followRedirects: fc.boolean(),
    insecure: fc.boolean(),
    details: fc.constantFrom({}, { sni: 'c', httpVersion: 'h2' as const }, { viaNode: 'node-a', backend: { delay: 5 } }, { clientCertificate: 'a/b' }),
  });
  fc.assert(
    fc.property(draft, (typed) => {
      const { flow } = readRequest(typed);
      expect(flow).not.toBeNull();
      expect(readRequest(draftOf(flow!)).flow).toEqual(flow);
    }),
  );
});

it.each([
  ['gateway/shop/edge:8443', { kind: 'gateway', namespace: 'shop', name: 'edge', port: 8443 }],
  ['gateway/shop/edge', { kind: 'gateway', namespace: 'shop', name: 'edge', port: 80 }],
  ['ingress/*:81', { kind: 'ingress', port: 81 }],
  ['gateway:81', { kind: 'address', host: 'gateway', port: 81 }],
  ['ingress', { kind: 'address', host: 'ingress', port: 80 }],
])('Connect to %s', (connectTo, expected) => {
  const from = { kind: 'external' as const, ip: '203.0.113.7' };
  expect(readRequest({ from, method: 'GET', url: 'a', headers: [], connectTo, followRedirects: false, insecure: false }).flow?.connectTo).toEqual(expected);
});
