import { describe, expect, it } from 'vitest';
import type { Environment } from '../../cluster/environment.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import type { Place } from '../component.ts';
import { balancer, clusterWith, hopOf, pod, service, slices, waysOf } from './cluster.fixture.ts';
import { kubeProxy } from './kube-proxy.ts';

const NODE_A: Place = { kind: 'node', node: 'node-a', entered: 'network' };
const FROM_POD: Place = { kind: 'node', node: 'node-a', entered: 'pod' };
const FROM_NODE: Place = { kind: 'node', node: 'node-a', entered: 'local' };
const POD = '10.244.1.9';
const OUTSIDE = '203.0.113.7';

/** Pod `shop/api-0` on node-b, and `shop/api-1` on node-a for policy Local, behind one Service of every kind of frontend. */
function cluster(policy: Service['externalTrafficPolicy'], environment: Partial<Environment> = {}) {
  const onNodeA = pod('shop/api-1', 'node-a', '10.244.1.7');
  const onNodeB = pod('shop/api-0', 'node-b', '10.244.2.7');
  return clusterWith({
    pods: [policy === 'Local' ? onNodeA : onNodeB],
    services: [
      service('shop/api', '10.96.0.10', {
        type: 'LoadBalancer',
        externalTrafficPolicy: policy,
        externalIPs: ['198.51.100.20'],
        ports: [{ nodePort: 30080 }],
      }),
    ],
    balancers: [balancer('shop/api')],
    slices: slices('shop/api', policy === 'Local' ? [{ ip: '10.244.1.7', on: 'node-a' }] : [{ ip: '10.244.2.7', on: 'node-b' }]),
    environment,
  });
}

describe('the source address a Pod sees', () => {
  it('S7.5.1: of a Pod that asks a ClusterIP is the address of that Pod', () => {
    expect(waysOf(kubeProxy, { cluster: cluster('Cluster'), place: FROM_POD, from: POD, to: '10.96.0.10:80' })).toEqual([
      '10.244.1.9:50000 → 10.244.2.7:8080 at pod shop/api-0 (preserved)',
    ]);
  });

  it('S7.5.2: of a Pod that gets its own request is the address of the node', () => {
    const hop = { cluster: cluster('Local'), place: FROM_POD, from: '10.244.1.7', to: '10.96.0.10:80' };
    expect(waysOf(kubeProxy, hop)).toEqual(['192.0.2.11:* → 10.244.1.7:8080 at pod shop/api-1 (node)']);
    expect(hopOf(kubeProxy, hop).rules).toContain('S7.5.2');
  });

  it('S7.5.2: a certain hairpin is stated as such; among several Pods it is a condition', () => {
    const sources = (endpoints: readonly { ip: string }[]) =>
      hopOf(kubeProxy, {
        cluster: clusterWith({ services: [service('shop/api', '10.96.0.10')], slices: slices('shop/api', endpoints) }),
        place: FROM_POD,
        from: '10.244.1.7',
        to: '10.96.0.10:80',
      }).why.flatMap(({ id }) => (/masquerade|source-kept/.test(id) ? [id] : []));
    expect(sources([{ ip: '10.244.1.7' }])).toEqual(['kube-proxy.why.masquerade.hairpin']);
    expect(sources([{ ip: '10.244.1.7' }, { ip: '10.244.2.7' }])).toEqual(['kube-proxy.why.source-kept', 'kube-proxy.why.masquerade.hairpin-maybe']);
  });

  it('U8: that another node knows the request for one of a Pod is an assumption', () => {
    const assumed = (place: Place) => hopOf(kubeProxy, { cluster: cluster('Local'), place, from: POD, to: '192.0.2.11:30080' }).assumes?.map(({ id }) => id);
    expect(assumed(NODE_A)).toEqual(['kube-proxy:pod-from-another-node']);
    expect(assumed(FROM_POD)).toEqual([]);
  });

  it('S7.11: which node receives an external IP is said to be unknown', () => {
    const ids = (place: Place, from: string) => hopOf(kubeProxy, { cluster: cluster('Cluster'), place, from, to: '198.51.100.20:80' }).why.map(({ id }) => id);
    expect(ids(NODE_A, OUTSIDE)).toContain('kube-proxy.why.external-ip-routed');
    expect(ids(FROM_POD, POD)).not.toContain('kube-proxy.why.external-ip-routed');
  });

  it('S7.5.3: a node that already sends from that address is not said to change it', () => {
    const hop = hopOf(kubeProxy, { cluster: cluster('Cluster'), place: FROM_NODE, from: '192.0.2.11', to: '10.96.0.10:80' });
    expect(hop.why.map(({ id }) => id)).toContain('kube-proxy.why.masquerade.node-own');
  });

  it('S7.5.3: of a process on a node that asks a ClusterIP is the address of the node', () => {
    expect(waysOf(kubeProxy, { cluster: cluster('Cluster'), place: FROM_NODE, from: '192.0.2.11', to: '10.96.0.10:80' })).toEqual([
      '192.0.2.11:* → 10.244.2.7:8080 at pod shop/api-0 (node)',
    ]);
  });

  it('S7.5.4: of an external client at a node port is the node that received it, with policy Cluster', () => {
    const hop = { cluster: cluster('Cluster'), place: NODE_A, from: OUTSIDE, to: '192.0.2.11:30080' };
    expect(waysOf(kubeProxy, hop)).toEqual(['192.0.2.11:* → 10.244.2.7:8080 at pod shop/api-0 (node)']);
    expect(hopOf(kubeProxy, hop).because.map(({ path }) => path.join('.'))).toContain('spec.externalTrafficPolicy');
  });

  it('S7.5.5: of an external client at a node port is the client, with policy Local', () => {
    expect(waysOf(kubeProxy, { cluster: cluster('Local'), place: NODE_A, from: OUTSIDE, to: '192.0.2.11:30080' })).toEqual([
      '203.0.113.7:50000 → 10.244.1.7:8080 at pod shop/api-1 (preserved)',
    ]);
  });

  it.each(['192.0.2.11:30080', '203.0.113.10:80', '198.51.100.20:80'])('S7.5.6: of a Pod that asks %s is the node, with policy Cluster', (to) => {
    expect(waysOf(kubeProxy, { cluster: cluster('Cluster'), place: FROM_POD, from: POD, to })).toEqual([
      '192.0.2.11:* → 10.244.2.7:8080 at pod shop/api-0 (node)',
    ]);
  });

  it.each(['192.0.2.11:30080', '203.0.113.10:80', '198.51.100.20:80'])('S7.5.7: of a Pod that asks %s is the Pod, with policy Local', (to) => {
    expect(waysOf(kubeProxy, { cluster: cluster('Local'), place: FROM_POD, from: POD, to })).toEqual([
      '10.244.1.9:50000 → 10.244.1.7:8080 at pod shop/api-1 (preserved)',
    ]);
  });

  it.each([
    ['Cluster', '192.0.2.11:30080', '192.0.2.11'],
    ['Cluster', '203.0.113.10:80', '192.0.2.11'],
    ['Local', '192.0.2.11:30080', '192.0.2.11'],
    ['Local', '127.0.0.1:30080', '127.0.0.1'],
    ['Local', '203.0.113.10:80', '192.0.2.11'],
  ] as const)('S7.5.8: of a node that asks its own %s frontend %s is the node', (policy, to, from) => {
    const [way] = waysOf(kubeProxy, { cluster: cluster(policy), place: FROM_NODE, from, to });
    expect(way).toMatch(/^192\.0\.2\.11:\* → .* \(node\)$/);
  });

  it.each([
    ['Cluster', '192.0.2.11:* → 10.244.2.7:8080 at pod shop/api-0 (node)'],
    ['Local', '203.0.113.7:50000 → 10.244.1.7:8080 at pod shop/api-1 (preserved)'],
  ] as const)('S7.5.9: behind a load balancer that keeps the source, policy %s decides', (policy, way) => {
    expect(waysOf(kubeProxy, { cluster: cluster(policy), place: NODE_A, from: OUTSIDE, to: '203.0.113.10:80' })).toEqual([way]);
  });

  it('S7.5.10: behind a proxying load balancer with policy Local is the load balancer', () => {
    const hop = { cluster: cluster('Local'), place: NODE_A, from: '192.0.2.201', to: '192.0.2.11:30080', source: 'load-balancer' } as const;
    expect(hopOf(kubeProxy, hop).rules).toContain('S7.5.10');
    expect(waysOf(kubeProxy, hop)).toEqual(['192.0.2.201:50000 → 10.244.1.7:8080 at pod shop/api-1 (load-balancer)']);
  });

  it('S7.5.13: of an external client that is routed to a ClusterIP is the node', () => {
    expect(waysOf(kubeProxy, { cluster: cluster('Local'), place: NODE_A, from: OUTSIDE, to: '10.96.0.10:80' })).toEqual([
      '192.0.2.11:* → 10.244.1.7:8080 at pod shop/api-1 (node)',
    ]);
  });

  it('S7.5.16: is always the node with --masquerade-all, for ClusterIPs only', () => {
    const all = { masqueradeAll: true };
    expect(waysOf(kubeProxy, { cluster: cluster('Cluster', all), place: FROM_POD, from: POD, to: '10.96.0.10:80' })[0]).toMatch(/^192\.0\.2\.11:\* /);
    expect(waysOf(kubeProxy, { cluster: cluster('Local', all), place: NODE_A, from: OUTSIDE, to: '192.0.2.11:30080' })[0]).toMatch(/^203\.0\.113\.7:/);
  });

  it('stays at a ClusterIP when kube-proxy cannot tell Pods from others', () => {
    const blind = { detectLocal: false };
    for (const [place, from] of [
      [FROM_NODE, '192.0.2.11'],
      [NODE_A, OUTSIDE],
    ] as const) {
      expect(waysOf(kubeProxy, { cluster: cluster('Cluster', blind), place, from, to: '10.96.0.10:80' })[0]).toContain('(preserved)');
    }
    // Neither do requests from Pods escape policy Local then.
    expect(waysOf(kubeProxy, { cluster: cluster('Local', blind), place: FROM_POD, from: POD, to: '192.0.2.11:30080' })[0]).toContain('(preserved)');
  });

  it('S7.5.18: is of the family of the request', () => {
    const dual = clusterWith({
      services: [service('shop/api', 'fd00:10:96::10', { type: 'NodePort', externalTrafficPolicy: 'Cluster', ports: [{ nodePort: 30080 }] })],
      slices: slices('shop/api', [
        { ip: 'fd00:10:244::7', on: 'node-b' },
        { ip: '10.244.2.7', on: 'node-b' },
      ]),
      nodes: [
        {
          ...cluster(null).nodes.get('node-a')!,
          addresses: [
            { type: 'InternalIP', address: '192.0.2.11' },
            { type: 'InternalIP', address: '2001:db8::11' },
          ],
        },
      ],
    });
    expect(waysOf(kubeProxy, { cluster: dual, place: NODE_A, from: '2600:5200::1', to: '[2001:db8::11]:30080' })).toEqual([
      '[2001:db8::11]:* → [fd00:10:244::7]:8080 at network from node (node)',
    ]);
    expect(waysOf(kubeProxy, { cluster: dual, place: NODE_A, from: OUTSIDE, to: '192.0.2.11:30080' })).toEqual(['ends CONN_REFUSED']);
  });
});
