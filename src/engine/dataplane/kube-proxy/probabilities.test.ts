/** Which share of connections a Pod gets, from the client to the Pod (S7.6). */
import { expect, it } from 'vitest';
import { clusterOf } from '../../cluster/cluster-of.ts';
import type { Flow } from '../../trace/flow.ts';
import { send } from '../send.ts';

/** Pods of the Service by node: `a1 b3` is one on node-a and three on node-b. */
function pods(places: string): string {
  return places
    .split(' ')
    .flatMap((place) => Array.from({ length: Number(place.slice(1)) }, (_, n) => `${place[0]}${n}`))
    .map(
      (name) =>
        `\napiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, labels: { app: api } }\nspec: { nodeName: node-${name[0]}, containers: [{ name: c, image: x, ports: [{ containerPort: 8080 }] }] }\n---`,
    )
    .join('');
}

function shares(places: string, spec: string, environment: string, flow: Pick<Flow, 'from' | 'host'>): Readonly<Record<string, number>> {
  const yaml = `${pods(places)}
apiVersion: v1
kind: Pod
metadata: { name: shell }
spec: { nodeName: node-a, containers: [{ name: c, image: x }] }
---
apiVersion: v1
kind: Service
metadata: { name: api }
spec: { type: LoadBalancer, clusterIP: 10.96.0.20, loadBalancerIP: 203.0.113.10, selector: { app: api }, ${spec} ports: [{ port: 80, targetPort: 8080 }] }
`;
  const nodes = ['a', 'b', 'c'].map((name, n) => `{ name: node-${name}, zone: zone-${name}, internalIP: 192.168.10.1${n} }`).join(', ');
  const cluster = clusterOf(yaml, `complete: true\ncloud: gcp\nnodes: [${nodes}]\n${environment}`);
  const { branches } = send(cluster, { ...flow, method: 'GET', scheme: 'http', port: 80, portGiven: false, path: '/', headers: [] }).trace;
  const out: Record<string, number> = {};
  for (const { backend, outcome, probability } of branches) {
    const end = backend?.pod?.name ?? outcome.code;
    out[end] = (out[end] ?? 0) + probability;
  }
  return Object.fromEntries(Object.entries(out).map(([end, share]) => [end, Number(share.toFixed(4))]));
}

const INSIDE = { from: { kind: 'pod', namespace: 'default', name: 'shell' }, host: '10.96.0.20' } as const;
const OUTSIDE = { from: { kind: 'external', ip: '198.51.100.7' }, host: '203.0.113.10' } as const;

it.each([
  ['S7.6.2: a ClusterIP shares equally, wherever the Pods run', 'a3', '', INSIDE, { a0: 0.3333, a1: 0.3333, a2: 0.3333 }],
  ['S7.6.2: nodes do not count', 'a1 b3', '', INSIDE, { a0: 0.25, b0: 0.25, b1: 0.25, b2: 0.25 }],
  ['S7.6.3: with policy Cluster nodes do not count for a load balancer either', 'a1 b3', '', OUTSIDE, { a0: 0.25, b0: 0.25, b1: 0.25, b2: 0.25 }],
  [
    'S7.6.4: with policy Local nodes share equally, and the Pods of each share its part',
    'a1 b3',
    'externalTrafficPolicy: Local,',
    OUTSIDE,
    { a0: 0.5, b0: 0.1667, b1: 0.1667, b2: 0.1667 },
  ],
  ['S7.2.4: hints keep to the zone of the client', 'a1 b1 c1', 'trafficDistribution: PreferSameZone,', INSIDE, { a0: 1 }],
  ['S7.2.4: a zone without an endpoint uses all', 'b1 c1', 'trafficDistribution: PreferSameZone,', INSIDE, { b0: 0.5, c0: 0.5 }],
] as const)('%s', (_, places, spec, flow, expected) => {
  expect(shares(places, spec, '', flow)).toEqual(expected);
});

it('S7.2.1: terminating endpoints that serve take over only where none is ready', () => {
  const going = 'default/a0: { terminating: true }, default/b0: { terminating: true }';
  expect(shares('a1 b2', '', `pods: { ${going} }`, INSIDE)).toEqual({ b1: 1 });
  expect(shares('a1 b2', '', `pods: { ${going}, default/b1: { ready: false } }`, INSIDE)).toEqual({ a0: 0.5, b0: 0.5 });
});
