import { describe, expect, it } from 'vitest';
import type { Service } from '../../kinds/service/service-spec.ts';
import { NO_MEMORY } from '../../trace/memory.ts';
import type { EndpointSketch } from './cluster.fixture.ts';
import { balancer, clusterWith, decide, hopOf, node, pod, service, slices, waysOf } from './cluster.fixture.ts';
import { kubeProxy } from './kube-proxy.ts';

const CLIENT = { place: { kind: 'node', node: 'node-a', entered: 'pod' }, from: '10.244.1.9', to: '10.96.0.10:80' } as const;
const OUTSIDE = { place: { kind: 'node', node: 'node-a', entered: 'network' }, from: '203.0.113.7' } as const;

function cluster(endpoints: readonly EndpointSketch[], more: Partial<Service> = {}) {
  return clusterWith({
    nodes: [node('node-a', '192.0.2.11', { zone: 'zone-a' }), node('node-b', '192.0.2.12', { zone: 'zone-b' })],
    services: [
      service('shop/api', '10.96.0.10', { type: 'LoadBalancer', externalTrafficPolicy: 'Cluster', ports: [{ nodePort: 30080 }], ...more } as Parameters<
        typeof service
      >[2]),
    ],
    balancers: [balancer('shop/api')],
    slices: slices('shop/api', endpoints),
  });
}

/** Last number of each chosen endpoint's address and its share. */
function chosen(at: Parameters<typeof decide>[1]): Readonly<Record<string, number>> {
  const decision = decide(kubeProxy, at);
  if (decision.kind === 'pass' || decision.becomes.kind === 'end') return {};
  return Object.fromEntries(decision.becomes.to.map(({ packet, probability }) => [packet.dst.ip.split('.').at(-1), Number(probability.toFixed(4))]));
}

describe('the endpoints that can be chosen', () => {
  const three = [
    { ip: '10.244.1.1', on: 'node-a' },
    { ip: '10.244.2.2', on: 'node-b' },
    { ip: '10.244.2.3', on: 'node-b' },
  ];

  it('S7.6.2: of a ClusterIP are all ready ones, each with the same chance', () => {
    expect(chosen({ cluster: cluster(three), ...CLIENT })).toEqual({ 1: 0.3333, 2: 0.3333, 3: 0.3333 });
  });

  it('S7.6.3: of a node port are all ready ones with policy Cluster, those of the node with Local', () => {
    expect(chosen({ cluster: cluster(three), ...OUTSIDE, to: '192.0.2.11:30080' })).toEqual({ 1: 0.3333, 2: 0.3333, 3: 0.3333 });
    const local = cluster(three, { externalTrafficPolicy: 'Local' });
    expect(chosen({ cluster: local, ...OUTSIDE, to: '192.0.2.11:30080' })).toEqual({ 1: 1 });
    expect(chosen({ cluster: local, ...OUTSIDE, place: { ...OUTSIDE.place, node: 'node-b' }, to: '192.0.2.12:30080' })).toEqual({ 2: 0.5, 3: 0.5 });
  });

  it('S7.2.3: internalTrafficPolicy Local keeps ClusterIP requests on the node and does not bind node ports', () => {
    const local = cluster(three, { internalTrafficPolicy: 'Local' });
    expect(chosen({ cluster: local, ...CLIENT })).toEqual({ 1: 1 });
    expect(Object.keys(chosen({ cluster: local, ...OUTSIDE, to: '192.0.2.11:30080' }))).toHaveLength(3);
  });

  it('S7.2.5: are never those that are not ready', () => {
    const hop = { cluster: cluster([{ ip: '10.244.1.1' }, { ip: '10.244.1.2', ready: false, serving: false }]), ...CLIENT };
    expect(chosen(hop)).toEqual({ 1: 1 });
    expect(hopOf(kubeProxy, hop).considered).toMatchObject([
      { result: 'taken', probability: 1 },
      { result: 'excluded', why: { id: 'kube-proxy.considered.not-ready' }, rules: ['S7.2.5'] },
    ]);
  });

  it('S7.2.1: are terminating ones that still serve, only when no endpoint is ready', () => {
    const ending = { ready: false, serving: true, terminating: true };
    const gone = { ready: false, serving: false, terminating: true };
    expect(
      chosen({
        cluster: cluster([
          { ip: '10.244.1.1', ...ending },
          { ip: '10.244.1.2', ...gone },
        ]),
        ...CLIENT,
      }),
    ).toEqual({ 1: 1 });
    const hop = { cluster: cluster([{ ip: '10.244.1.1', ...ending }, { ip: '10.244.1.2' }]), ...CLIENT };
    expect(chosen(hop)).toEqual({ 2: 1 });
    expect(hopOf(kubeProxy, hop).considered?.[1]?.why.id).toBe('kube-proxy.considered.terminating');
  });

  it('S7.2.2: are terminating ones of the node when no endpoint of the node is ready, even if others are', () => {
    const ending = { ready: false, serving: true, terminating: true };
    const local = cluster(
      [
        { ip: '10.244.1.1', on: 'node-a', ...ending },
        { ip: '10.244.2.2', on: 'node-b' },
      ],
      { externalTrafficPolicy: 'Local' },
    );
    expect(chosen({ cluster: local, ...OUTSIDE, to: '192.0.2.11:30080' })).toEqual({ 1: 1 });
    expect(chosen({ cluster: local, ...CLIENT })).toEqual({ 2: 1 });
  });

  it('S7.2.4: are those hinted to the zone of the node, if every ready endpoint has hints', () => {
    const hint = (zone: string) => ({ hints: { forZones: [zone], forNodes: [] } });
    const hinted = [
      { ip: '10.244.1.1', ...hint('zone-a') },
      { ip: '10.244.2.2', ...hint('zone-b') },
      { ip: '10.244.2.3', ...hint('zone-b') },
    ];
    expect(chosen({ cluster: cluster(hinted), ...CLIENT })).toEqual({ 1: 1 });
    expect(chosen({ cluster: cluster([...hinted, { ip: '10.244.2.4' }]), ...CLIENT })).toHaveProperty('4', 0.25);
    expect(Object.keys(chosen({ cluster: cluster(hinted.slice(1)), ...CLIENT }))).toEqual(['2', '3']);
  });

  it('S7.2.4: are those hinted to the node before those of the zone', () => {
    const hints = (node: string) => ({ hints: { forZones: ['zone-a'], forNodes: [node] } });
    expect(
      chosen({
        cluster: cluster([
          { ip: '10.244.1.1', ...hints('node-a') },
          { ip: '10.244.1.2', ...hints('node-c') },
        ]),
        ...CLIENT,
      }),
    ).toEqual({ 1: 1 });
  });

  it('S5.12: is the first address of an entry, once per address and port', () => {
    expect(chosen({ cluster: cluster([{ ip: '10.244.1.1' }, { ip: '10.244.1.1' }]), ...CLIENT })).toEqual({ 1: 1 });
  });

  it('S5.6: need the port name of the Service', () => {
    const named = clusterWith({
      services: [service('shop/api', '10.96.0.10', { ports: [{ name: 'http' }] })],
      slices: slices('shop/api', [{ ip: '10.244.1.1' }]),
    });
    expect(waysOf(kubeProxy, { cluster: named, ...CLIENT })).toEqual(['ends CONN_REFUSED']);
  });

  it('are told all, and the excluded ones up to fifty', () => {
    const many = Array.from({ length: 120 }, (_, n) => ({ ip: `10.244.${n}.1`, ready: n < 60, serving: n < 60 }));
    const { considered = [] } = hopOf(kubeProxy, { cluster: cluster(many), ...CLIENT });
    expect(considered.filter(({ result }) => result === 'possible')).toHaveLength(60);
    expect(considered.filter(({ result }) => result === 'excluded')).toHaveLength(50);
  });

  it('S7.6.1: are picked at random, in turn only in IPVS mode', () => {
    const why = (proxyMode: 'iptables' | 'nftables' | 'ipvs') =>
      hopOf(kubeProxy, { cluster: { ...cluster(three), environment: { ...cluster(three).environment, proxyMode } }, ...CLIENT }).why.map(({ id }) => id);
    expect(why('iptables')).toContain('kube-proxy.why.endpoints-random');
    expect(why('nftables')).toContain('kube-proxy.why.endpoints-random');
    expect(why('ipvs')).toContain('kube-proxy.why.endpoints-in-turn');
  });

  it('S7.1.1: a Pod is reached directly, wherever it runs', () => {
    const shop = clusterWith({
      services: [service('shop/api', '10.96.0.10')],
      pods: [pod('shop/api-0', 'node-b', '10.244.2.7')],
      slices: slices('shop/api', [{ ip: '10.244.2.7', on: 'node-b' }]),
    });
    expect(waysOf(kubeProxy, { cluster: shop, ...CLIENT })).toEqual(['10.244.1.9:50000 → 10.244.2.7:8080 at pod shop/api-0 (preserved)']);
  });
});

describe('session affinity (S7.7)', () => {
  const sticky = cluster([{ ip: '10.244.1.1' }, { ip: '10.244.1.2' }], { sessionAffinity: { kind: 'ClientIP', timeoutSeconds: 10800 } });
  const key = 'node-a|shop/api:80/TCP|10.244.1.9';

  it('chooses the first endpoint at random and remembers it per node, port and source', () => {
    const hop = hopOf(kubeProxy, { cluster: sticky, ...CLIENT });
    expect(hop.becomes).toMatchObject({
      to: [
        { probability: 0.5, remember: { affinity: { [key]: '10.244.1.1:8080' } } },
        { probability: 0.5, remember: { affinity: { [key]: '10.244.1.2:8080' } } },
      ],
    });
    expect(hop.because.map(({ path }) => path.join('.'))).toContain('spec.sessionAffinity');
  });

  it('sends later connections of the source to the same endpoint', () => {
    const memory = { ...NO_MEMORY, affinity: { [key]: '10.244.1.2:8080' } };
    expect(chosen({ cluster: sticky, ...CLIENT, memory })).toEqual({ 2: 1 });
    expect(hopOf(kubeProxy, { cluster: sticky, ...CLIENT, memory }).considered?.map(({ result }) => result)).toEqual(['lost', 'taken']);
  });

  it('is kept per node and per source', () => {
    const memory = { ...NO_MEMORY, affinity: { [key]: '10.244.1.2:8080' } };
    expect(chosen({ cluster: sticky, ...CLIENT, from: '10.244.1.8', memory })).toEqual({ 1: 0.5, 2: 0.5 });
    expect(chosen({ cluster: sticky, ...CLIENT, place: { ...CLIENT.place, node: 'node-b' }, memory })).toEqual({ 1: 0.5, 2: 0.5 });
  });

  it('S7.7.2: puts all clients of a proxy on one endpoint, and says so', () => {
    const hop = hopOf(kubeProxy, { cluster: sticky, ...CLIENT, client: { ip: '203.0.113.7' } });
    expect(hop.why).toContainEqual({ id: 'kube-proxy.why.one-source', args: { source: '10.244.1.9' } });
    expect(hop.rules).toContain('F-32');
  });

  it('forgets an endpoint that can no longer be chosen', () => {
    const memory = { ...NO_MEMORY, affinity: { [key]: '10.244.1.3:8080' } };
    expect(chosen({ cluster: sticky, ...CLIENT, memory })).toEqual({ 1: 0.5, 2: 0.5 });
  });
});
