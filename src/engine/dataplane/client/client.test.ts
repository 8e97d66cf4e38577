import { describe, expect, it } from 'vitest';
import { renderText } from '../../../catalogue/render.ts';
import { NO_MEMORY } from '../../trace/memory.ts';
import { traceOf, type TextRequest } from '../trace-of.ts';

const yaml = `
apiVersion: v1
kind: Pod
metadata: { name: api-7f, namespace: shop }
spec: { nodeName: node-a, containers: [{ name: c, image: i, ports: [{ containerPort: 80 }, { containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Pod
metadata: { name: stuck, namespace: shop }
spec: { containers: [{ name: c, image: i }] }
status: { phase: Pending }
---
apiVersion: v1
kind: Pod
metadata: { name: agent, namespace: shop }
spec: { nodeName: node-a, hostNetwork: true, containers: [{ name: c, image: i }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: c, image: i }] } }
`;
const ask = (request: TextRequest) => traceOf(yaml, request).trace;
const firstPacket = (request: TextRequest) => ask(request).hops[0]!.before;
const why = (request: TextRequest) => renderText(ask(request).hops[0]!.why[0]!);
const toPod = (more: Partial<TextRequest> = {}) => ({ url: 'http://shop.example.com:8080/a?b', connectTo: '10.244.0.2:8080', from: 'pod/shop/web-0', ...more });

it('a client that does not exist prints nothing, and the nearest name is said', () => {
  const trace = ask({ url: 'http://10.244.0.2/', from: 'deployment/default/web' });
  expect(trace.clientSees).toEqual([]);
  expect(renderText(trace.hops[0]!.why[0]!)).toContain('shop/web');
});

describe('the first packet', () => {
  it('carries the URL’s host and port as Host header', () => {
    expect(firstPacket(toPod()).http).toEqual({ method: 'GET', scheme: 'http', host: 'shop.example.com:8080', path: '/a?b', headers: {} });
    expect(firstPacket(toPod({ url: 'http://shop.example.com/' })).http?.host).toBe('shop.example.com');
    expect(firstPacket(toPod({ url: 'http://shop.example.com:80/' })).http?.host).toBe('shop.example.com');
    expect(firstPacket(toPod({ url: 'http://[fd00::1]:8080/' })).http?.host).toBe('[fd00::1]:8080');
  });

  it('a Host header overrides the header only, not the TLS name', () => {
    const packet = firstPacket(toPod({ url: 'https://shop.example.com/', headers: [['HOST', 'x']] }));
    expect(packet.http?.host).toBe('x');
    expect(packet.tls).toEqual({ mode: 'tls', sni: 'shop.example.com' });
  });

  it('an address is never sent as TLS name', () => {
    expect(firstPacket({ url: 'https://203.0.113.10/' }).tls).toEqual({ mode: 'tls', sni: null });
  });

  it('headers are lower-case, repeated ones are joined, cookies of the client are added', () => {
    const memory = { ...NO_MEMORY, cookies: { 'shop.example.com': { id: '1' } } };
    const headers: [string, string][] = [
      ['X-A', '1'],
      ['x-a', '2'],
      ['Cookie', 'a=b'],
    ];
    expect(firstPacket(toPod({ headers, memory })).http?.headers).toEqual({ 'x-a': '1,2', cookie: 'a=b; id=1' });
  });

  it('is the same for the same request', () => {
    expect(firstPacket(toPod())).toEqual(firstPacket(toPod()));
    expect(firstPacket(toPod()).src.port).toBeGreaterThanOrEqual(49_152);
  });
});

describe('who sends', () => {
  it('a workload stands for its first Pod', () => {
    expect(ask(toPod({ from: 'deployment/shop/web' })).hops[0]?.before.src.ip).toBe(ask(toPod({ from: 'pod/shop/web-0' })).hops[0]?.before.src.ip);
  });

  it('a Pod on the host network sends from its node’s address', () => {
    expect(firstPacket(toPod({ from: 'pod/shop/agent' })).src.ip).toBe('192.0.2.11');
  });

  it.each([
    ['pod/shop/api', 'shop/api-7f'],
    ['pod/shop/api-7g', 'shop/api-7f'],
    ['pod/other/api-7f', 'shop/api-7f'],
    ['node/node-aa', 'node-a'],
  ])('%s does not exist; the nearest name is told', (from, near) => {
    expect(why(toPod({ from }))).toContain(near);
    expect(ask(toPod({ from })).branches[0]?.outcome).toEqual({ code: 'NO_ROUTE' });
  });

  it('a Pod that does not run sends nothing', () => {
    expect(why(toPod({ from: 'pod/shop/stuck' }))).toContain('Pending');
  });

  it('a workload that does not exist sends nothing', () => {
    expect(why(toPod({ from: 'deployment/shop/none' }))).toContain('no Deployment');
  });
});

describe('where to', () => {
  it('a literal address makes no DNS hop', () => {
    expect(ask({ url: 'http://10.244.0.2:8080/', from: 'pod/shop/web-0' }).hops.map(({ kind }) => kind)).not.toContain('dns');
  });

  it('connectTo is dialled in place of the URL’s host', () => {
    const trace = ask(toPod());
    expect(trace.hops[0]?.before.dst).toEqual({ ip: '10.244.0.2', port: 8080 });
    expect(trace.resolution.rcode).toBe('NONE');
  });

  it('localhost outside the cluster is the client’s own computer', () => {
    expect(ask({ url: 'http://localhost/' }).branches[0]?.outcome).toEqual({ code: 'CONN_REFUSED' });
  });

  it('localhost in a Pod is the Pod itself', () => {
    expect(ask({ url: 'http://localhost:8080/', from: 'pod/shop/api-7f' }).branches[0]?.backend?.pod?.name).toBe('api-7f');
  });

  it('an IPv6 address cannot be reached with an IPv4 address only', () => {
    expect(ask({ url: 'http://[2001:db8::1]/', from: 'pod/shop/web-0' }).branches[0]?.outcome).toEqual({ code: 'NO_ROUTE' });
  });
});
