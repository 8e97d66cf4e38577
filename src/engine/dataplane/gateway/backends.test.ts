import { describe, expect, it } from 'vitest';
import { renderText } from '../../../catalogue/render.ts';
import { NO_MEMORY } from '../../trace/memory.ts';
import type { Trace } from '../../trace/trace.ts';
import { clusterOf, traceOf } from '../trace-of.ts';
import { ends, gatewayWorld, route, rule, through } from './test-gateway.ts';

const ref = (name: string, weight: number) => `{ name: ${name}, port: 80, weight: ${weight} }`;
const split = (...refs: string[]) => ends(through({ rules: [rule('', refs.join(', '))], services: ['a', 'b'] }, 'http://x/'));

describe('weights and references that are not valid (S12.9)', () => {
  it('divides by weight, and 0 gets nothing', () => {
    expect(split(ref('a', 9), ref('b', 1))).toBe('a 0.9 + b 0.1');
    expect(split(ref('a', 9), ref('b', 0))).toBe('a');
  });
  it('a reference that is not valid keeps its share, which fails with 500', () => expect(split(ref('a', 3), ref('gone', 1))).toBe('a 0.75 + 500 0.25'));
  it('a Service without ready endpoints keeps its share, which fails with 503', () => {
    const more = '{ apiVersion: v1, kind: Service, metadata: { name: empty, namespace: shop }, spec: { selector: { app: nobody }, ports: [{ port: 80 }] } }';
    const refs = `${ref('a', 1)}, ${ref('empty', 1)}, ${ref('gone', 2)}`;
    expect(ends(through({ rules: [rule('', refs)], services: ['a'], more }, 'http://x/'))).toBe('500 0.5 + a 0.25 + 503 0.25');
  });
  it('weight 0 alone, and no backend at all, fail with 500', () => {
    expect(split(ref('a', 0))).toBe('500');
    expect(ends(through({ rules: ['{ matches: [{ path: { value: / } }] }'] }, 'http://x/'))).toBe('500');
  });
});

describe('what is said of shares that fail (S12.9.2, S12.11)', () => {
  const summary = (trace: Trace) => renderText(trace.summary);
  const empty = '{ apiVersion: v1, kind: Service, metadata: { name: empty, namespace: shop }, spec: { selector: { app: nobody }, ports: [{ port: 80 }] } }';
  it('names every way in which requests fail', () => {
    const refs = [ref('a', 2), ref('empty', 1), ref('gone', 1)].join(', ');
    expect(summary(through({ rules: [rule('', refs)], services: ['a'], more: empty }, 'http://x/'))).toBe('50 % of requests fail: HTTP 503 and HTTP 500.');
    const none = [ref('empty', 1), ref('gone', 1)].join(', ');
    expect(summary(through({ rules: [rule('', none)], more: empty }, 'http://x/'))).toBe('Every request fails, and not all alike: HTTP 503 and HTTP 500.');
  });
  it('a call gets a gRPC status, not an HTTP one', () => {
    const call = { url: 'http://x/a.B/C', method: 'POST', headers: [['content-type', 'application/grpc']] as const };
    const routes = [route('calls', [rule('', 'gone')], '', { kind: 'GRPCRoute' })];
    const { hops, branches } = through({ routes }, call);
    expect(renderText(hops.at(-1)!.title)).toBe('Backend shop/gone:80 cannot be used, so the answer is gRPC status 14');
    expect(branches[0]!.outcome).toMatchObject({ grpcStatus: 14 });
    expect(
      hops
        .at(-1)!
        .why.map((message) => renderText(message))
        .join(' '),
    ).not.toContain('500');
  });
  it('a connection at a TCP listener is tried again with nc', () => {
    const listeners = ['{ name: db, port: 5432, protocol: TCP }'];
    const routes = [route('db', [rule('', 'a')], '', { kind: 'TCPRoute' })];
    const { hops } = through({ listeners, routes, services: ['a'] }, 'tcp://x:5432');
    const lines = hops.flatMap(({ commands }) => commands.map(({ line }) => line));
    expect(lines.filter((line) => line.startsWith('nc '))).toEqual([expect.stringMatching(/^nc -vz 203\.0\.113\.\d+ 5432$/)]);
    expect(lines.join('\n')).not.toContain('tcp://');
  });
});

describe('commands at listeners that look at no request (S12.12.4)', () => {
  const listeners = ['{ name: dns, port: 53, protocol: UDP }'];
  const lines = (routes: readonly string[]) =>
    through({ listeners, routes }, 'udp://x:53')
      .hops.at(-1)!
      .commands.map(({ line }) => line);
  it('list the routes that such a listener takes', () => expect(lines([])[0]).toBe('kubectl get udproute --all-namespaces'));
  it('show the route whose backend cannot be used', () => {
    expect(lines([route('dns', [rule('', 'gone')], '', { kind: 'UDPRoute' })])[0]).toBe('kubectl get udproute -n shop dns -o yaml');
  });
});

describe('limits and tries (S12.10)', () => {
  const slow = (rules: string, backend: object) => ends(through({ rules: [rule('', 'a', rules)], services: ['a'] }, { url: 'http://x/', flow: { backend } }));
  it('a try that takes too long is 504', () => {
    expect(slow('timeouts: { backendRequest: 100ms }', { delay: 50 })).toBe('a');
    expect(slow('timeouts: { backendRequest: 100ms }', { delay: 150 })).toBe('504');
    expect(slow('timeouts: { request: 100ms }', { delay: 150 })).toBe('504');
  });
  it('0s switches a limit off', () => expect(slow('timeouts: { request: 0s }', { delay: 90_000 })).toBe('a'));
  it('attempts are retries beside the first try', () => {
    expect(slow('retry: { attempts: 2 }', { failFirstAttempts: 2, failConnection: true })).toBe('a');
    expect(slow('retry: { attempts: 2 }', { failFirstAttempts: 3, failConnection: true })).toBe('503');
  });
  it('statuses are tried again where `codes` names them', () => {
    expect(slow('retry: { attempts: 1, codes: [500] }', { failFirstAttempts: 1, failStatus: 500 })).toBe('a');
    const { outcome } = through(
      { rules: [rule('', 'a', 'retry: { attempts: 1, codes: [502] }')], services: ['a'] },
      { url: 'http://x/', flow: { backend: { failFirstAttempts: 1, failStatus: 500 } } },
    ).branches[0]!;
    expect(outcome).toMatchObject({ status: 500, producer: 'app' });
  });
  it('the limit of the whole request counts every try and every pause', () => {
    expect(slow('timeouts: { request: 250ms }, retry: { attempts: 5, codes: [500] }', { failFirstAttempts: 2, failStatus: 500, failDelay: 100 })).toBe('a');
    expect(
      slow('timeouts: { request: 250ms }, retry: { attempts: 5, codes: [500], backoff: 100ms }', { failFirstAttempts: 2, failStatus: 500, failDelay: 100 }),
    ).not.toBe('a');
  });
});

describe('session persistence (S12.10)', () => {
  const scenario =
    'complete: true\ncloud: metallb-l2\ngatewayAPIChannel: experimental\ncontrollers: [{ kind: gateway, name: conformant, implementation: generic, class: conformant }]';
  const cluster = (type: string) =>
    clusterOf(
      gatewayWorld({ rules: [rule('', `${ref('a', 1)}, ${ref('b', 1)}`, `sessionPersistence: { type: ${type}, sessionName: keep }`)], services: ['a', 'b'] }),
      scenario,
    );
  it('a cookie leads back to the same backend, whatever the weights', () => {
    const world = cluster('Cookie');
    const first = traceOf(world, { url: 'http://x/', connectTo: '203.0.113.10:80' });
    expect(first.memory.cookies['x']).toHaveProperty('keep');
    const again = traceOf(world, { url: 'http://x/', connectTo: '203.0.113.10:80', memory: { ...first.memory, seed: NO_MEMORY.seed + 7 } }).trace;
    expect(again.branches).toHaveLength(1);
    expect(again.branches[0]?.backend?.service).toEqual(first.trace.branches[first.trace.taken]?.backend?.service);
  });
  it('a header is handed out, and leads back when it is sent again', () => {
    const world = cluster('Header');
    const { trace } = traceOf(world, { url: 'http://x/', connectTo: '203.0.113.10:80' });
    const { outcome, backend } = trace.branches[trace.taken]!;
    const value = outcome.code === 'HTTP' ? outcome.headers?.['keep'] : undefined;
    const again = traceOf(world, { url: 'http://x/', connectTo: '203.0.113.10:80', headers: [['keep', value ?? '']] }).trace;
    expect(again.branches.map((branch) => branch.backend?.service)).toEqual([backend?.service]);
  });
});
