import { describe, expect, it } from 'vitest';
import type { Environment } from '../../cluster/environment.ts';
import type { Place } from '../component.ts';
import { balancer, clusterWith, hopOf, node, pod, service, slices, waysOf } from './cluster.fixture.ts';
import { kubeProxy } from './kube-proxy.ts';

const FROM_POD: Place = { kind: 'node', node: 'node-a', entered: 'pod' };
const FROM_NODE: Place = { kind: 'node', node: 'node-a', entered: 'local' };
const NETWORK: Place = { kind: 'node', node: 'node-a', entered: 'network' };
const POD = '10.244.1.9';
const OUTSIDE = '203.0.113.7';

function shop(environment: Partial<Environment> = {}) {
  return clusterWith({
    nodes: [
      {
        ...node('node-a', '192.0.2.11', { externalIP: '198.51.100.11' }),
        addresses: [
          { type: 'InternalIP', address: '192.0.2.11' },
          { type: 'InternalIP', address: '192.0.3.11' },
          { type: 'InternalIP', address: '2001:db8::11' },
          { type: 'ExternalIP', address: '198.51.100.11' },
        ],
      },
      node('node-b', '192.0.2.12'),
    ],
    pods: [pod('shop/api-0', 'node-b', '10.244.2.7')],
    services: [
      service('shop/api', '10.96.0.10', { type: 'NodePort', externalTrafficPolicy: 'Cluster', ports: [{ nodePort: 30080 }] }),
      service('shop/dual', 'fd00:10:96::10', { type: 'NodePort', externalTrafficPolicy: 'Cluster', ports: [{ nodePort: 30081 }] }),
    ],
    slices: [...slices('shop/api', [{ ip: '10.244.2.7', on: 'node-b' }]), ...slices('shop/dual', [{ ip: 'fd00:10:244::7' }])],
    environment,
  });
}

describe('a ClusterIP', () => {
  it.each([
    ['iptables', 'CONN_TIMEOUT'],
    ['nftables', 'CONN_REFUSED'],
    ['ipvs', 'CONN_REFUSED'],
  ] as const)('S7.1.4: in %s mode a port that the Service does not declare ends in %s', (proxyMode, code) => {
    expect(waysOf(kubeProxy, { cluster: shop({ proxyMode }), place: FROM_POD, from: POD, to: '10.96.0.10:81' })).toEqual([`ends ${code}`]);
  });

  it.each([
    ['10.96.0.10:8080', 'kube-proxy.why.is-target-port', 'targetPort'],
    ['10.96.0.10:30080', 'kube-proxy.why.is-node-port', 'nodePort'],
  ])('F-25: tells which port of the Service %s is', (to, id, field) => {
    const hop = hopOf(kubeProxy, { cluster: shop(), place: FROM_POD, from: POD, to });
    expect(hop.why[0]?.id).toBe(id);
    expect(hop.because[0]?.path).toEqual(['spec', 'ports', 0, field]);
  });

  it('F-38: does not take another protocol at a declared port', () => {
    const udp = { cluster: shop(), place: FROM_POD, from: POD, to: '10.96.0.10:80', protocol: 'UDP' } as const;
    expect(waysOf(kubeProxy, udp)).toEqual(['ends UDP_SILENT']);
    expect(hopOf(kubeProxy, udp).why[0]?.id).toBe('kube-proxy.why.other-protocol');
  });

  it('S6.14: answers no ping, and that is not a fault', () => {
    const ping = { place: FROM_POD, from: POD, to: '10.96.0.10', protocol: 'ICMP' } as const;
    expect(waysOf(kubeProxy, { cluster: shop(), ...ping })).toEqual(['ends CONN_TIMEOUT']);
    expect(hopOf(kubeProxy, { cluster: shop(), ...ping }).why.map(({ id }) => id)).toContain('kube-proxy.why.ping-not-broken');
    expect(waysOf(kubeProxy, { cluster: shop({ proxyMode: 'ipvs' }), ...ping })).toEqual(['ends ACCEPTED']);
  });

  it('S7.1.4: that no Service has is dropped in nftables mode and left to the network otherwise', () => {
    const asked = { place: FROM_POD, from: POD, to: '10.96.7.7:80' };
    expect(waysOf(kubeProxy, { cluster: shop({ proxyMode: 'nftables' }), ...asked })).toEqual(['ends CONN_TIMEOUT']);
    expect(waysOf(kubeProxy, { cluster: shop(), ...asked })).toEqual(['passes to network from node']);
  });

  it('shows the Service with its address as what the packet was sent to', () => {
    const hop = hopOf(kubeProxy, { cluster: shop(), place: FROM_POD, from: POD, to: '10.96.0.10:80' });
    expect(hop.consulted).toEqual([{ object: { kind: 'Service', namespace: 'shop', name: 'api' }, role: 'addressed', address: '10.96.0.10' }]);
    expect(hop.commands?.map(({ line }) => line)).toEqual([
      'kubectl get endpointslices -n shop -l kubernetes.io/service-name=api',
      "iptables-save -t nat | grep 'shop/api'",
      'conntrack -L -p tcp --orig-dst 10.96.0.10',
    ]);
  });
});

describe('a node port (S7.4.1)', () => {
  const reached = (environment: Partial<Environment>, to: string, from = OUTSIDE, place = NETWORK) =>
    !waysOf(kubeProxy, { cluster: shop(environment), place, from, to })[0]?.startsWith('ends');

  it('is taken at every address of a node in iptables mode', () => {
    for (const to of ['192.0.2.11:30080', '192.0.3.11:30080', '198.51.100.11:30080']) expect(reached({}, to), to).toBe(true);
    expect(reached({}, '[2001:db8::11]:30081', '2600:5200::1')).toBe(true);
  });

  it('is taken at the primary address only in nftables mode', () => {
    const primary = { proxyMode: 'nftables', nodePortAddresses: 'primary' } as const;
    expect(reached(primary, '192.0.2.11:30080')).toBe(true);
    expect(reached(primary, '192.0.3.11:30080')).toBe(false);
    expect(reached(primary, '127.0.0.1:30080', '127.0.0.1', FROM_NODE)).toBe(false);
    // A cloud translates the external address to the primary one on the way.
    expect(reached({ ...primary, cloud: 'gcp' }, '198.51.100.11:30080')).toBe(true);
  });

  it('is taken at the addresses that --nodeport-addresses names', () => {
    const named = { nodePortAddresses: ['192.0.3.0/24', '2001:db8::/64'] };
    expect(reached(named, '192.0.3.11:30080')).toBe(true);
    expect(reached(named, '192.0.2.11:30080')).toBe(false);
    expect(reached(named, '[2001:db8::11]:30081', '2600:5200::1')).toBe(true);
  });

  it('is taken at 127.0.0.1 unless that is switched off, and never at ::1', () => {
    expect(reached({}, '127.0.0.1:30080', '127.0.0.1', FROM_NODE)).toBe(true);
    expect(reached({ localhostNodePorts: false }, '127.0.0.1:30080', '127.0.0.1', FROM_NODE)).toBe(false);
    expect(reached({}, '[::1]:30081', '::1', FROM_NODE)).toBe(false);
  });

  it('F-31: where it is not taken the node refuses, and says why', () => {
    const hop = hopOf(kubeProxy, { cluster: shop({ localhostNodePorts: false }), place: FROM_NODE, from: '127.0.0.1', to: '127.0.0.1:30080' });
    expect(hop.becomes).toMatchObject({ outcome: { code: 'CONN_REFUSED' } });
    expect(hop.why.map(({ id }) => id)).toEqual(['node.why.node-port-not-here', 'node.why.node-port-loopback']);
  });
});

describe('the address of a load balancer inside the cluster (S7.9)', () => {
  const balanced = (ipMode: 'VIP' | 'Proxy', more = {}) =>
    clusterWith({
      services: [service('shop/api', '10.96.0.10', { type: 'LoadBalancer', externalTrafficPolicy: 'Cluster' })],
      balancers: [balancer('shop/api', { ingress: [{ ip: '203.0.113.10', hostname: null, ipMode }], ...more })],
      slices: slices('shop/api', [{ ip: '10.244.2.7' }]),
    });
  const asked = { place: FROM_POD, from: POD, to: '203.0.113.10:80' };

  it('never leaves the node when it is an IP', () => {
    const hop = hopOf(kubeProxy, { cluster: balanced('VIP'), ...asked });
    expect(hop.rules).toContain('S7.9');
    expect(hop.why.map(({ id }) => id)).toContain('kube-proxy.why.vip-inside');
  });

  it('lacks what the load balancer would do: TLS and the PROXY protocol header', () => {
    const tls = { ports: [80], reencrypt: false, certificate: 'arn' };
    const ids = hopOf(kubeProxy, { cluster: balanced('VIP', { tls, proxyProtocol: true }), ...asked }).why.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['kube-proxy.why.vip-no-tls', 'kube-proxy.why.vip-no-proxy-protocol']));
  });

  it('goes out to the load balancer with ipMode Proxy', () => {
    expect(waysOf(kubeProxy, { cluster: balanced('Proxy'), ...asked })).toEqual(['passes to network from node']);
  });
});

describe('what no Service takes', () => {
  const plain = clusterWith({
    pods: [
      pod('shop/web-0', 'node-a', '10.244.1.5', [{ containerPort: 8080, hostPort: 80 }]),
      pod('shop/agent-0', 'node-a', '192.0.2.11', [{ containerPort: 9100 }], true),
      pod('shop/api-0', 'node-b', '10.244.2.7'),
    ],
    services: [
      service('shop/api', '10.96.0.10', { type: 'LoadBalancer', externalTrafficPolicy: 'Local', healthCheckNodePort: 30100, ports: [{ nodePort: 30080 }] }),
    ],
    slices: slices('shop/api', [{ ip: '10.244.2.7', on: 'node-b' }]),
  });

  it('S7.4.5: a host port goes to its Pod, on the node of the Pod only', () => {
    expect(waysOf(kubeProxy, { cluster: plain, place: NETWORK, from: OUTSIDE, to: '192.0.2.11:80' })).toEqual([
      '203.0.113.7:50000 → 10.244.1.5:8080 at pod shop/web-0 (preserved)',
    ]);
    const nodeB: Place = { kind: 'node', node: 'node-b', entered: 'network' };
    expect(waysOf(kubeProxy, { cluster: plain, place: nodeB, from: OUTSIDE, to: '192.0.2.12:80' })).toEqual(['ends CONN_REFUSED']);
  });

  it('a Pod on the host network listens at the addresses of its node', () => {
    expect(waysOf(kubeProxy, { cluster: plain, place: NETWORK, from: OUTSIDE, to: '192.0.2.11:9100' })).toEqual(['passes to pod shop/agent-0']);
  });

  it('S7.4.4: a node port is translated even where a Pod listens on the number', () => {
    const both = clusterWith({
      pods: [pod('shop/agent-0', 'node-a', '192.0.2.11', [{ containerPort: 30080 }], true)],
      services: [service('shop/api', '10.96.0.10', { type: 'NodePort', externalTrafficPolicy: 'Cluster', ports: [{ nodePort: 30080 }] })],
      slices: slices('shop/api', [{ ip: '10.244.2.7' }]),
    });
    expect(waysOf(kubeProxy, { cluster: both, place: NETWORK, from: OUTSIDE, to: '192.0.2.11:30080' })[0]).toContain('10.244.2.7:8080');
  });

  it.each([
    ['node-a', '192.0.2.11', 503],
    ['node-b', '192.0.2.12', 200],
  ])('S7.10.1: the health check port of %s tells whether an endpoint is there', (name, ip, status) => {
    const place: Place = { kind: 'node', node: name, entered: 'network' };
    expect(hopOf(kubeProxy, { cluster: plain, place, from: OUTSIDE, to: `${ip}:30100` }).becomes).toMatchObject({ outcome: { code: 'HTTP', status } });
  });

  it('a node answers pings to itself', () => {
    expect(waysOf(kubeProxy, { cluster: plain, place: NETWORK, from: OUTSIDE, to: '192.0.2.11', protocol: 'ICMP' })).toEqual(['ends ACCEPTED']);
  });

  it('leaves the node for another node, a Pod or the outside', () => {
    for (const to of ['192.0.2.12:22', '10.244.2.7:8080', '198.51.100.99:443']) {
      expect(waysOf(kubeProxy, { cluster: plain, place: FROM_POD, from: POD, to })).toEqual(['passes to network from node']);
    }
  });

  it('ends where it came in from outside and belongs to nobody here', () => {
    expect(waysOf(kubeProxy, { cluster: plain, place: NETWORK, from: OUTSIDE, to: '203.0.113.10:80' })).toEqual(['ends CONN_TIMEOUT']);
  });
});
