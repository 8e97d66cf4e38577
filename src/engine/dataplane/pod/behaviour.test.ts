import { describe, expect, it } from 'vitest';
import type { Flow } from '../../trace/flow.ts';
import { traceOf } from '../trace-of.ts';

const POD = `apiVersion: v1
kind: Pod
metadata: { name: api, namespace: shop }
spec: { nodeName: node-a, containers: [{ name: web, image: web, ports: [{ containerPort: 8080 }] }] }
status: { phase: Running, podIP: 10.244.1.9, conditions: [{ type: Ready, status: 'True' }] }
`;
const ask = (backend: Flow['backend'], flow: Partial<Flow> = {}, headers: [string, string][] = []) =>
  traceOf(POD, { url: 'http://10.244.1.9:8080/', from: 'node/node-a', headers, flow: { ...flow, ...(backend && { backend }) } }).trace.branches[0]!.outcome;

describe('an application that behaves as the question says', () => {
  it('answers at once with 200 unless told otherwise', () => expect(ask(undefined)).toEqual({ code: 'HTTP', status: 200, producer: 'app' }));
  it('adds headers to its answer', () => expect(ask({ responseHeaders: { 'x-a': '1' } })).toMatchObject({ headers: { 'x-a': '1' } }));
  it('fails every attempt where no count is stated', () => expect(ask({ failStatus: 500 })).toMatchObject({ status: 500 }));
  it('fails the first attempts, of which a client without a proxy makes one', () => {
    expect(ask({ failFirstAttempts: 1, failStatus: 502 })).toMatchObject({ status: 502 });
    expect(ask({ failFirstAttempts: 0, failStatus: 502 })).toMatchObject({ status: 200 });
  });
  it('closes the connection', () => expect(ask({ failFirstAttempts: 2, failConnection: true })).toEqual({ code: 'CONN_RESET' }));
  it('is waited for as long as it takes by a client that sets no limit', () => expect(ask({ delay: 90_000 })).toMatchObject({ status: 200 }));
  it('answers gRPC with a gRPC status', () => {
    expect(ask(undefined, { method: 'POST' }, [['content-type', 'application/grpc']])).toMatchObject({ status: 200, grpcStatus: 0 });
  });
});
