import { describe, expect, it } from 'vitest';
import type { Environment } from '../../cluster/environment.ts';
import type { Place } from '../component.ts';
import { externalAddress } from '../external/address.ts';
import { balancer, clusterWith, hopOf, node, pod, service, slices, stateOf, waysOf } from '../kube-proxy/cluster.fixture.ts';
import { network } from './network.ts';

const INTERNET: Place = { kind: 'network', from: 'internet' };
const INSIDE: Place = { kind: 'network', from: 'node' };
const OUTSIDE = '203.0.113.7';

function cluster(environment: Partial<Environment> = {}) {
  return clusterWith({
    nodes: [node('node-a', '192.168.0.11', { externalIP: '198.51.100.11' }), node('node-b', '192.168.0.12'), node('node-c', '192.168.0.13', { ready: false })],
    pods: [pod('shop/api-0', 'node-b', '10.244.2.7')],
    services: [
      service('shop/api', '10.96.0.10', { externalIPs: ['198.51.100.20'] }),
      service('shop/web', '10.96.0.11', { type: 'LoadBalancer' }),
      service('shop/admin', '10.96.0.12', { type: 'LoadBalancer' }),
    ],
    balancers: [balancer('shop/web'), balancer('shop/admin', { scheme: 'internal', addresses: ['192.168.0.200'] })],
    slices: slices('shop/api', [{ ip: '10.244.9.9', on: 'node-b' }, { ip: '172.16.0.5' }]),
    environment,
  });
}

const from = (place: Place, to: string, environment?: Partial<Environment>, source = OUTSIDE) =>
  waysOf(network, { cluster: cluster(environment), place, from: source, to });

describe('the network hands a packet to the owner of its address', () => {
  it.each([
    ['a node', '192.168.0.12:30080', 'node node-b by network'],
    ['a load balancer', '203.0.113.10:80', 'load balancer shop/web'],
    ['an external IP, by the first ready node', '198.51.100.20:80', 'node node-a by network'],
  ])('%s', (_what, to, place) => {
    expect(from(INTERNET, to)).toEqual([`passes to ${place}`]);
  });

  it.each([
    ['a Pod', '10.244.2.7:8080', 'pod shop/api-0'],
    ['a node', '192.168.0.12:22', 'node node-b by network'],
    ['a load balancer', '203.0.113.10:80', 'load balancer shop/web'],
    ['an internal load balancer', '192.168.0.200:80', 'load balancer shop/admin'],
    ['an endpoint without a Pod object', '10.244.9.9:8080', 'external 10.244.9.9'],
    ['an endpoint outside the cluster', '172.16.0.5:5432', 'external 172.16.0.5'],
    ['a host outside the cluster', '198.51.100.99:443', 'external 198.51.100.99'],
  ])('from inside: %s', (_what, to, place) => {
    expect(from(INSIDE, to, {}, '10.244.1.9')).toEqual([`passes to ${place}`]);
  });

  it('a host known by name only', () => {
    const ip = externalAddress('api.example.com');
    const state = stateOf({ cluster: cluster(), place: INTERNET, from: OUTSIDE, to: `${ip}:443` });
    const named = { ...state, carry: { ...state.carry, resolution: { name: 'api.example.com', rcode: 'NOERROR' as const, addresses: [ip], cname: null } } };
    expect(network(named, { cluster: cluster(), memory: { seed: 1, affinity: {}, cookies: {} } })).toMatchObject({
      kind: 'pass',
      to: { place: { kind: 'external', name: 'api.example.com' } },
    });
  });
});

describe('a packet is lost', () => {
  it('F-26: from outside to a ClusterIP', () => {
    const hop = hopOf(network, { cluster: cluster(), place: INTERNET, from: OUTSIDE, to: '10.96.0.10:80' });
    expect(hop.becomes).toMatchObject({ outcome: { code: 'CONN_TIMEOUT' }, stage: 'connect' });
    expect(hop.because).toEqual([{ object: { kind: 'Service', namespace: 'shop', name: 'api' }, path: ['spec', 'type'] }]);
  });

  it('from outside to the address of a Pod', () => {
    expect(from(INTERNET, '10.244.2.7:8080')).toEqual(['ends NO_ROUTE']);
  });

  it('F-30: from the Internet to the private address of a node, where only external ones are reached', () => {
    const clouds = { externalReachesNodes: 'externalIPOnly' } as const;
    expect(from(INTERNET, '192.168.0.11:30080', clouds)).toEqual(['ends CONN_TIMEOUT']);
    expect(from(INTERNET, '198.51.100.11:30080', clouds)).toEqual(['passes to node node-a by network']);
    // A client with a private address stands in the same network.
    expect(from(INTERNET, '192.168.0.11:30080', clouds, '192.168.7.7')).toEqual(['passes to node node-a by network']);
  });

  it('F-45: says of an AWS load balancer without a scheme that its controller made it internal', () => {
    const why = (product: string, annotations: Readonly<Record<string, string>> = {}) => {
      const own = service('shop/admin', '10.96.0.12', { type: 'LoadBalancer' });
      const balancers = [balancer('shop/admin', { product, scheme: 'internal', addresses: ['192.168.0.200'] })];
      const arrival = {
        cluster: clusterWith({ services: [{ ...own, metadata: { ...own.metadata, annotations } }], balancers }),
        place: INTERNET,
        from: OUTSIDE,
      };
      return hopOf(network, { ...arrival, to: '192.168.0.200:80' }).why[1]?.id;
    };
    expect(why('AWS NLB')).toBe('network.why.internal-default');
    expect(why('AWS NLB', { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal' })).toBe('network.why.internal-use');
    expect(why('GCP load balancer')).toBe('network.why.internal-elsewhere');
  });
  it('F-45: from the Internet to an internal load balancer', () => {
    expect(from(INTERNET, '192.168.0.200:80')).toEqual(['ends CONN_TIMEOUT']);
    expect(from(INTERNET, '192.168.0.200:80', {}, '192.168.7.7')).toEqual(['passes to load balancer shop/admin']);
  });

  it('F-96: to a node that is down, or a Pod on it', () => {
    const down = { nodes: [{ name: 'node-b', down: true }] };
    expect(from(INTERNET, '192.168.0.12:30080', down)).toEqual(['ends CONN_TIMEOUT']);
    expect(from(INSIDE, '10.244.2.7:8080', down)).toEqual(['ends CONN_TIMEOUT']);
    expect(from(INSIDE, '10.244.9.9:8080', down)).toEqual(['ends CONN_TIMEOUT']);
  });

  it('S5.6: when a node translated it to a ClusterIP', () => {
    expect(hopOf(network, { cluster: cluster(), place: INSIDE, from: '10.244.1.9', to: '10.96.0.11:80' }).rules).toEqual(['S5.6']);
  });

  it('where no Pod, no Service and nobody known has the address', () => {
    expect(from(INSIDE, '10.244.3.3:80')).toEqual(['ends NO_ROUTE']);
    expect(from(INSIDE, '10.96.9.9:80')).toEqual(['ends CONN_TIMEOUT']);
    expect(hopOf(network, { cluster: cluster(), place: INTERNET, from: OUTSIDE, to: '198.51.100.99:80' }).title.id).toBe('network.title.unknown');
  });

  it('in silence when it is a datagram', () => {
    expect(waysOf(network, { cluster: cluster(), place: INTERNET, from: OUTSIDE, to: '198.51.100.99:53', protocol: 'UDP' })).toEqual(['ends UDP_SILENT']);
  });

  it('S7.11: for an external IP when no node is ready', () => {
    const none = clusterWith({
      nodes: [node('node-a', '192.0.2.11', { ready: false })],
      services: [service('shop/api', '10.96.0.10', { externalIPs: ['198.51.100.20'] })],
    });
    expect(waysOf(network, { cluster: none, place: INTERNET, from: OUTSIDE, to: '198.51.100.20:80' })).toEqual(['ends CONN_TIMEOUT']);
  });
});
