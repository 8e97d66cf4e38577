import { expect, it } from 'vitest';
import { acceptedFrom, refusalsOf } from '../admit-text.ts';
import type { Node } from './node-spec.ts';

const text = (rest: string, metadata = 'name: node-a') => `apiVersion: v1\nkind: Node\nmetadata: { ${metadata} }\n${rest}`;
const read = (rest: string, metadata?: string) => acceptedFrom<Node>(text(rest, metadata));

it('addresses, ranges and provider are read', () => {
  const rest = `spec: { podCIDR: 10.244.0.0/24, podCIDRs: [10.244.0.0/24, "FD00:10::/64"], providerID: "aws:///eu-west-1a/i-1", unschedulable: true }
status: { addresses: [{ type: InternalIP, address: 192.168.0.010 }, { type: Hostname, address: node-a }, { type: Other, address: x }] }`;
  expect(read(rest)).toMatchObject({
    addresses: [
      { type: 'InternalIP', address: '192.168.0.10' },
      { type: 'Hostname', address: 'node-a' },
    ],
    podCIDRs: ['10.244.0.0/24', 'fd00:10::/64'],
    providerID: 'aws:///eu-west-1a/i-1',
    unschedulable: true,
  });
  expect(read('spec: { podCIDR: 10.244.1.0/24 }').podCIDRs).toEqual(['10.244.1.0/24']);
  expect(refusalsOf(text('spec: { podCIDR: 10.244.1.0 }'))).toEqual(['Invalid spec.podCIDR S2.5']);
});

it('a Node is ready when its condition says so, or nothing does', () => {
  const condition = (status: string) => `status: { conditions: [{ type: Ready, status: "${status}" }] }`;
  expect([read('').ready, read(condition('True')).ready, read(condition('False')).ready, read(condition('Unknown')).ready]).toEqual([true, true, false, false]);
});

it('zone and region are labels, also under their older names', () => {
  expect(read('', 'name: a, labels: { topology.kubernetes.io/zone: z, topology.kubernetes.io/region: r }')).toMatchObject({ zone: 'z', region: 'r' });
  expect(read('', 'name: a, labels: { failure-domain.beta.kubernetes.io/zone: z }')).toMatchObject({ zone: 'z', region: null });
});

it('a label or a coming removal takes a Node out of load balancers (S8.1.4)', () => {
  expect(read('').excludedFromLoadBalancers).toBe(false);
  expect(read('', 'name: a, labels: { node.kubernetes.io/exclude-from-external-load-balancers: "" }').excludedFromLoadBalancers).toBe(true);
  expect(read('spec: { taints: [{ key: ToBeDeletedByClusterAutoscaler, effect: NoSchedule }] }').excludedFromLoadBalancers).toBe(true);
  expect(read('', 'name: a, deletionTimestamp: "2026-11-29T10:00:00Z"').excludedFromLoadBalancers).toBe(true);
  expect(read('spec: { taints: [{ key: gpu, effect: NoSchedule }] }').excludedFromLoadBalancers).toBe(false);
});
