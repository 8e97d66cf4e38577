import { describe, expect, it } from 'vitest';
import { clusterOf } from '../../cluster/cluster-of.ts';
import type { ProxyMode } from '../../kinds/scenario/scenario-spec.ts';
import type { Place } from '../component.ts';
import { balancer, clusterWith, hopOf, service, slices, waysOf } from './cluster.fixture.ts';
import { kubeProxy } from './kube-proxy.ts';

const SOURCES = {
  external: { place: { kind: 'node', node: 'node-a', entered: 'network' }, from: '203.0.113.7' },
  pod: { place: { kind: 'node', node: 'node-a', entered: 'pod' }, from: '10.244.1.9' },
  node: { place: { kind: 'node', node: 'node-a', entered: 'local' }, from: '192.0.2.11' },
} as const satisfies Record<string, { readonly place: Place; readonly from: string }>;

/** A Service with one endpoint, on node-b: none is local to node-a. */
function cluster(policies: { readonly external?: 'Local'; readonly internal?: 'Local' }, endpoint: object | null = {}, proxyMode: ProxyMode = 'iptables') {
  return clusterWith({
    services: [
      service('shop/api', '10.96.0.10', {
        type: 'LoadBalancer',
        externalTrafficPolicy: policies.external ?? 'Cluster',
        internalTrafficPolicy: policies.internal ?? 'Cluster',
        externalIPs: ['198.51.100.20'],
        healthCheckNodePort: policies.external === 'Local' ? 30100 : 0,
        ports: [{ nodePort: 30080 }],
      }),
    ],
    balancers: [balancer('shop/api')],
    slices: slices('shop/api', endpoint === null ? [] : [{ ip: '10.244.2.7', on: 'node-b', ...endpoint }]),
    environment: { proxyMode },
  });
}

describe('a Service without any endpoint (S7.3)', () => {
  const frontends = ['10.96.0.10:80', '192.0.2.11:30080', '198.51.100.20:80', '203.0.113.10:80'];
  it.each(Object.keys(SOURCES).flatMap((source) => frontends.map((to) => [source, to] as const)))('refuses %s at %s', (source, to) => {
    for (const none of [null, { ready: false, serving: false }]) {
      expect(waysOf(kubeProxy, { cluster: cluster({}, none), ...SOURCES[source as keyof typeof SOURCES], to })).toEqual(['ends CONN_REFUSED']);
    }
  });

  it('refuses with policy Local too, and names the selector', () => {
    const hop = hopOf(kubeProxy, { cluster: cluster({ external: 'Local', internal: 'Local' }, null), ...SOURCES.pod, to: '10.96.0.10:80' });
    expect(hop.becomes).toMatchObject({ kind: 'end', outcome: { code: 'CONN_REFUSED' }, stage: 'connect' });
    expect(hop.because.map(({ path }) => path.join('.'))).toEqual(['spec.selector', 'spec.ports.0.targetPort']);
    expect(hop.rules).toContain('F-18');
  });

  it('F-37: blames the slice of a Service without selector, not its ignored targetPort', () => {
    const yaml = `apiVersion: v1
kind: Service
metadata: { name: db }
spec: { ports: [{ name: http, port: 80 }] }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: db-1, labels: { kubernetes.io/service-name: db } }
addressType: IPv4
ports: [{ name: web, port: 8080 }]
endpoints: [{ addresses: [198.51.100.1] }]`;
    const own = clusterOf(yaml);
    const hop = hopOf(kubeProxy, { cluster: own, ...SOURCES.pod, to: `${own.services.get('default/db')!.clusterIPs[0]}:80` });
    expect(hop.why.map(({ id }) => id)).toContain('cluster.slice.port-name');
    expect(hop.because.map(({ object, path }) => `${object.kind} ${path.join('.')}`)).toEqual(['EndpointSlice ports.0.name', 'Service spec.ports.0']);
    expect(hop.considered?.map(({ why }) => why.id)).toEqual(['cluster.slice.port-name']);
  });

  it('shows the rule that rejects in the filter table, where iptables mode keeps it', () => {
    const hop = hopOf(kubeProxy, { cluster: cluster({}, null), ...SOURCES.pod, to: '10.96.0.10:80' });
    expect(hop.commands?.map(({ line }) => line)).toContain("iptables-save -t filter | grep 'shop/api'");
  });

  it('S7.3.1: a firewall may hide the error from an external client', () => {
    const ids = (source: 'external' | 'pod') =>
      hopOf(kubeProxy, { cluster: cluster({}, null), ...SOURCES[source], to: '192.0.2.11:30080', client: { kind: source } }).why.map(({ id }) => id);
    expect(ids('external')).toContain('kube-proxy.why.rejected-hidden');
    expect(ids('pod')).not.toContain('kube-proxy.why.rejected-hidden');
  });

  it('refuses datagrams the same way: the ICMP error reaches the sender', () => {
    const udp = clusterWith({ services: [service('shop/dns', '10.96.0.53', { ports: [{ port: 53, protocol: 'UDP' }] })] });
    expect(waysOf(kubeProxy, { cluster: udp, ...SOURCES.pod, to: '10.96.0.53:53', protocol: 'UDP' })).toEqual(['ends CONN_REFUSED']);
  });
});

describe('policy Local without an endpoint on the node (S7.3)', () => {
  it.each(Object.keys(SOURCES) as (keyof typeof SOURCES)[])('internalTrafficPolicy drops requests of %s to the ClusterIP', (source) => {
    expect(waysOf(kubeProxy, { cluster: cluster({ internal: 'Local' }), ...SOURCES[source], to: '10.96.0.10:80' })).toEqual(['ends CONN_TIMEOUT']);
  });

  it.each(['192.0.2.11:30080', '198.51.100.20:80', '203.0.113.10:80'])('externalTrafficPolicy drops external requests to %s', (to) => {
    const hop = hopOf(kubeProxy, { cluster: cluster({ external: 'Local' }), ...SOURCES.external, to });
    expect(hop.becomes).toMatchObject({ kind: 'end', outcome: { code: 'CONN_TIMEOUT' } });
    expect(hop.because.map(({ path }) => path.join('.'))).toEqual(['spec.externalTrafficPolicy']);
    expect(hop.why.map(({ id }) => id)).toContain('kube-proxy.why.health-check');
    expect(hop.considered).toMatchObject([{ result: 'excluded', why: { id: 'kube-proxy.considered.other-node' } }]);
  });

  it.each(['192.0.2.11:30080', '198.51.100.20:80', '203.0.113.10:80'])('externalTrafficPolicy does not bind Pods that ask %s', (to) => {
    expect(waysOf(kubeProxy, { cluster: cluster({ external: 'Local' }), ...SOURCES.pod, to })).toEqual([
      '10.244.1.9:50000 → 10.244.2.7:8080 at network from node (preserved)',
    ]);
  });

  it.each(['192.0.2.11:30080', '198.51.100.20:80', '203.0.113.10:80'])('externalTrafficPolicy does not bind the node that asks %s', (to) => {
    expect(waysOf(kubeProxy, { cluster: cluster({ external: 'Local' }), ...SOURCES.node, to })).toEqual([
      '192.0.2.11:* → 10.244.2.7:8080 at network from node (node)',
    ]);
  });

  it('in IPVS mode uses other nodes without a new source: only what sets out on this node gets its reply', () => {
    const ask = (source: (typeof SOURCES)[keyof typeof SOURCES]) =>
      waysOf(kubeProxy, { cluster: cluster({ external: 'Local' }, {}, 'ipvs'), ...source, to: '203.0.113.10:80' });
    expect(ask(SOURCES.external)).toEqual(['ends CONN_TIMEOUT']);
    expect(ask(SOURCES.pod)).toEqual(['10.244.1.9:50000 → 10.244.2.7:8080 at network from node (preserved)']);
    expect(ask(SOURCES.node)).toEqual(['192.0.2.11:50000 → 10.244.2.7:8080 at network from node (preserved)']);
  });

  it('drops a datagram in silence', () => {
    const udp = clusterWith({
      services: [service('shop/dns', '10.96.0.53', { internalTrafficPolicy: 'Local', ports: [{ port: 53, protocol: 'UDP' }] })],
      slices: slices('shop/dns', [{ ip: '10.244.2.7', on: 'node-b' }], { protocol: 'UDP' }),
    });
    expect(waysOf(kubeProxy, { cluster: udp, ...SOURCES.pod, to: '10.96.0.53:53', protocol: 'UDP' })).toEqual(['ends UDP_SILENT']);
  });
});

describe('every row of S7.3, by mode and by who asks', () => {
  const none = { ready: false, serving: false };
  const local = { external: 'Local', internal: 'Local' } as const;
  const outcomeFor = (mode: ProxyMode, endpoint: object, to: string) => (source: keyof typeof SOURCES) => {
    const [way = ''] = waysOf(kubeProxy, { cluster: cluster(local, endpoint, mode), ...SOURCES[source], to });
    return way.startsWith('ends ') ? way.slice(5) : /\((\w+)\)$/.exec(way)?.[1];
  };

  // Outcomes for a client outside, a Pod of the node, the node itself; `preserved` and `node` are what the Pod sees.
  it.each([
    ['iptables', 'no usable endpoint', none, '10.96.0.10:80', 'CONN_REFUSED', 'CONN_REFUSED', 'CONN_REFUSED'],
    ['nftables', 'no usable endpoint', none, '10.96.0.10:80', 'CONN_REFUSED', 'CONN_REFUSED', 'CONN_REFUSED'],
    ['ipvs', 'no usable endpoint', none, '10.96.0.10:80', 'CONN_REFUSED', 'CONN_REFUSED', 'CONN_REFUSED'],
    ['iptables', 'internal Local', {}, '10.96.0.10:80', 'CONN_TIMEOUT', 'CONN_TIMEOUT', 'CONN_TIMEOUT'],
    ['nftables', 'internal Local', {}, '10.96.0.10:80', 'CONN_TIMEOUT', 'CONN_TIMEOUT', 'CONN_TIMEOUT'],
    ['ipvs', 'internal Local', {}, '10.96.0.10:80', 'CONN_TIMEOUT', 'CONN_TIMEOUT', 'CONN_TIMEOUT'],
    ['iptables', 'external Local', {}, '192.0.2.11:30080', 'CONN_TIMEOUT', 'preserved', 'node'],
    ['nftables', 'external Local', {}, '192.0.2.11:30080', 'CONN_TIMEOUT', 'preserved', 'node'],
    ['ipvs', 'external Local', {}, '192.0.2.11:30080', 'CONN_TIMEOUT', 'preserved', 'preserved'],
    ['iptables', 'external Local', {}, '203.0.113.10:80', 'CONN_TIMEOUT', 'preserved', 'node'],
    ['nftables', 'external Local', {}, '203.0.113.10:80', 'CONN_TIMEOUT', 'preserved', 'node'],
    ['ipvs', 'external Local', {}, '203.0.113.10:80', 'CONN_TIMEOUT', 'preserved', 'preserved'],
  ] as const)('%s, %s: %o at %s', (mode, _, endpoint, to, external, pod, node) => {
    const outcome = outcomeFor(mode, endpoint, to);
    expect([outcome('external'), outcome('pod'), outcome('node')]).toEqual([external, pod, node]);
  });
});

describe('loadBalancerSourceRanges (S7.8)', () => {
  const ranged = clusterWith({
    services: [
      service('shop/api', '10.96.0.10', {
        type: 'LoadBalancer',
        externalTrafficPolicy: 'Cluster',
        loadBalancerSourceRanges: [' 203.0.113.0/25'],
        ports: [{ nodePort: 30080 }],
      }),
    ],
    balancers: [balancer('shop/api')],
    slices: slices('shop/api', [{ ip: '10.244.2.7', on: 'node-b' }]),
  });

  it('drops other sources at the load balancer address', () => {
    expect(waysOf(kubeProxy, { cluster: ranged, ...SOURCES.external, from: '203.0.113.130', to: '203.0.113.10:80' })).toEqual(['ends CONN_TIMEOUT']);
    expect(waysOf(kubeProxy, { cluster: ranged, ...SOURCES.external, to: '203.0.113.10:80' })[0]).toContain('10.244.2.7:8080');
  });

  it('binds Pods at the load balancer address', () => {
    const hop = hopOf(kubeProxy, { cluster: ranged, ...SOURCES.pod, to: '203.0.113.10:80' });
    expect(hop.becomes).toMatchObject({ kind: 'end', outcome: { code: 'CONN_TIMEOUT' } });
    expect(hop.because.map(({ path }) => path.join('.'))).toEqual(['spec.loadBalancerSourceRanges']);
  });

  it.each(['192.0.2.11:30080', '10.96.0.10:80'])('never filters %s', (to) => {
    expect(waysOf(kubeProxy, { cluster: ranged, ...SOURCES.external, from: '203.0.113.130', to })[0]).toContain('10.244.2.7:8080');
  });
});
