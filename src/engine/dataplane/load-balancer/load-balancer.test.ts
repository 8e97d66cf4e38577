import { describe, expect, it } from 'vitest';
import { msg } from '../../../catalogue/message.ts';
import type { LoadBalancer } from '../../cluster/cluster.ts';
import type { Environment } from '../../cluster/environment.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import { balancer, clusterWith, decide, hopOf, node, pod, service, slices, waysOf } from '../kube-proxy/cluster.fixture.ts';
import { kubeProxy } from '../kube-proxy/kube-proxy.ts';
import { network } from '../network/network.ts';
import { loadBalancer } from './load-balancer.ts';

const AT = { place: { kind: 'load-balancer', service: 'shop/api' }, from: '203.0.113.7', to: '203.0.113.10:80' } as const;

interface Given {
  readonly lb?: Partial<LoadBalancer>;
  readonly service?: Partial<Service>;
  readonly environment?: Partial<Environment>;
  /** Zones of node-a, node-b, node-c. */
  readonly zones?: readonly string[];
}

/** One Pod on node-a, three on node-b, none on node-c. */
function cluster({ lb, service: more, environment, zones = [] }: Given = {}) {
  const pods = [pod('shop/api-0', 'node-a', '10.244.1.1'), ...[1, 2, 3].map((n) => pod(`shop/api-${n}`, 'node-b', `10.244.2.${n}`))];
  return clusterWith({
    nodes: ['node-a', 'node-b', 'node-c'].map((name, n) => node(name, `192.0.2.${11 + n}`, { zone: zones[n] ?? null })),
    pods,
    services: [
      service('shop/api', '10.96.0.10', {
        type: 'LoadBalancer',
        externalTrafficPolicy: 'Cluster',
        ...more,
        ports: [
          { name: 'http', nodePort: 30080 },
          { name: 'https', port: 443, nodePort: 30443 },
        ],
      } as Parameters<typeof service>[2]),
    ],
    balancers: [balancer('shop/api', lb)],
    slices: pods.flatMap(({ node: on, status }, n) =>
      ['http', 'https'].flatMap((name) =>
        slices('shop/api', [{ ip: status.podIPs[0] ?? '', on: on ?? '', targetRef: { kind: 'Pod', namespace: 'shop', name: `api-${n}` } }], { name }),
      ),
    ),
    ...(environment === undefined ? {} : { environment }),
  });
}

/** The way on, through network and kernel, until the Pod: source as the Pod sees it. */
function sourceAtPod(given: Given): readonly string[] {
  const built = cluster(given);
  const start = decide(loadBalancer, { cluster: built, ...AT });
  if (start.kind === 'pass' || start.becomes.kind === 'end') return ['nothing'];
  const around = { cluster: built, memory: { seed: 1, affinity: {}, cookies: {} } };
  const sources = new Set<string>();
  for (const onward of start.becomes.to) {
    const entered = onward.place.kind === 'network' ? network(onward, around) : ({ kind: 'pass', to: onward } as const);
    if (entered.kind !== 'pass') return [entered.title.id];
    const { to } = entered;
    const seen = to.place.kind === 'node' ? kubeProxy(to, around) : ({ kind: 'pass', to } as const);
    if (seen.kind === 'pass') sources.add(`${seen.to.packet.src.ip} (${seen.to.carry.source})`);
    else if (seen.becomes.kind === 'forward') for (const last of seen.becomes.to) sources.add(`${last.packet.src.ip} (${last.carry.source})`);
  }
  return [...sources];
}

const LOCAL = { externalTrafficPolicy: 'Local' } as const;
const LOCAL_NODES = { nodes: ['node-a', 'node-b'] };
const PROXY = { mode: 'proxy', preservesClientIP: false, ingress: [{ ip: null, hostname: 'lb.example.com', ipMode: 'VIP' }] } as const;
const NODE_PORT = { mode: 'passthroughNodePort' } as const;

describe('what a node receives (S8.6)', () => {
  it('from a passthrough that keeps the address: the packet as it was', () => {
    expect(waysOf(loadBalancer, { cluster: cluster(), ...AT })).toEqual([
      '203.0.113.7:50000 → 203.0.113.10:80 at node node-a by network ×0.5 (preserved)',
      '203.0.113.7:50000 → 203.0.113.10:80 at node node-b by network ×0.5 (preserved)',
    ]);
  });

  it('from a passthrough to node ports: the client’s address, node address and node port', () => {
    expect(waysOf(loadBalancer, { cluster: cluster({ lb: NODE_PORT }), ...AT })[0]).toBe(
      '203.0.113.7:50000 → 192.0.2.11:30080 at network from load-balancer ×0.5 (preserved)',
    );
  });

  it('from a proxy: its own address, node address and node port', () => {
    expect(waysOf(loadBalancer, { cluster: cluster({ lb: PROXY }), ...AT })[0]).toBe(
      '192.0.2.201:* → 192.0.2.11:30080 at network from load-balancer ×0.5 (load-balancer)',
    );
  });

  it.each([
    [false, '192.0.2.201:* → 10.244.1.1:8080 at network from load-balancer ×0.25 (load-balancer)'],
    [true, '203.0.113.7:50000 → 10.244.1.1:8080 at network from load-balancer ×0.25 (preserved)'],
  ])('with Pods as targets, client address kept: %s', (preservesClientIP, way) => {
    const lb = { mode: 'ipTarget', nodes: [], preservesClientIP } as const;
    const hop = hopOf(loadBalancer, { cluster: cluster({ lb }), ...AT });
    expect(waysOf(loadBalancer, { cluster: cluster({ lb }), ...AT })[0]).toBe(way);
    expect(hop.consulted?.[0]?.role).toBe('consulted');
    expect(hop.becomes).toMatchObject({ to: [{ carry: { service: { name: 'api' } } }, {}, {}, {}] });
  });

  it.each([
    ['passthroughVip', 'Cluster', {}, ['192.0.2.11 (node)', '192.0.2.12 (node)']],
    ['passthroughVip', 'Local', {}, ['203.0.113.7 (preserved)']],
    ['passthroughNodePort', 'Cluster', NODE_PORT, ['192.0.2.11 (node)', '192.0.2.12 (node)']],
    ['passthroughNodePort', 'Local', NODE_PORT, ['203.0.113.7 (preserved)']],
    ['proxy', 'Cluster', PROXY, ['192.0.2.11 (node)', '192.0.2.12 (node)']],
    ['proxy', 'Local', PROXY, ['192.0.2.201 (load-balancer)']],
    ['ipTarget', 'Cluster', { mode: 'ipTarget', preservesClientIP: false }, ['192.0.2.201 (load-balancer)']],
    ['ipTarget', 'Local', { mode: 'ipTarget', preservesClientIP: true }, ['203.0.113.7 (preserved)']],
  ] as const)('and then the Pod, %s with policy %s', (_mode, policy, lb, sources) => {
    expect(sourceAtPod({ lb: { ...lb, ...LOCAL_NODES }, service: { externalTrafficPolicy: policy } })).toEqual(sources);
  });
});

describe('the share of a target', () => {
  it('S7.6.4: with policy Local follows nodes, not Pods', () => {
    const local = cluster({ lb: LOCAL_NODES, service: LOCAL });
    const hop = hopOf(loadBalancer, { cluster: local, ...AT });
    const shares = new Map<string, number>();
    for (const onward of hop.becomes.kind === 'forward' ? hop.becomes.to : []) {
      const next = kubeProxy(onward, { cluster: local, memory: { seed: 1, affinity: {}, cookies: {} } });
      for (const last of next.kind === 'hop' && next.becomes.kind === 'forward' ? next.becomes.to : []) {
        shares.set(last.packet.dst.ip, (shares.get(last.packet.dst.ip) ?? 0) + onward.probability * last.probability);
      }
    }
    expect([...shares.values()].map((share) => Number(share.toFixed(4)))).toEqual([0.5, 0.1667, 0.1667, 0.1667]);
    expect(hop.why.map(({ id }) => id)).toContain('load-balancer.why.local');
    expect(hop.why).toContainEqual({ id: 'load-balancer.why.imbalance', args: { few: 'node-a', many: 'node-b', ratio: '3' } });
  });

  it('S8.2.11: is equal per zone first where an AWS load balancer keeps to its zone', () => {
    const given = { lb: { ...NODE_PORT, nodes: ['node-a', 'node-b', 'node-c'] }, zones: ['z1', 'z2', 'z2'], environment: { cloud: 'aws-lbc' } } as const;
    expect(waysOf(loadBalancer, { cluster: cluster(given), ...AT }).map((way) => /×(\S+)/.exec(way)?.[1])).toEqual(['0.5', '0.25', '0.25']);
    const annotations = { 'service.beta.kubernetes.io/aws-load-balancer-attributes': 'load_balancing.cross_zone.enabled=true' };
    const across = cluster(given);
    const crossing = across.services.get('shop/api')!;
    const services = new Map([['shop/api', { ...crossing, metadata: { ...crossing.metadata, annotations } }]]);
    expect(waysOf(loadBalancer, { cluster: { ...across, services }, ...AT }).map((way) => /×(\S+)/.exec(way)?.[1])).toEqual(['0.333', '0.333', '0.333']);
  });

  it('S8.5.3: is everything for the one node that announces a MetalLB address', () => {
    const l2 = cluster({ lb: { product: 'MetalLB', announced: true, nodes: ['node-b'], excluded: [{ what: 'node-a', why: msg('kube-proxy.verb') }] } });
    const hop = hopOf(loadBalancer, { cluster: l2, ...AT });
    expect(hop.title).toEqual({ id: 'load-balancer.title.announces', args: { product: 'MetalLB', node: 'node-b' } });
    expect(hop.considered?.map(({ result }) => result)).toEqual(['taken', 'excluded']);
  });
});

describe('TLS and headers (S8.7)', () => {
  const tls = { ports: [443], reencrypt: false, certificate: 'arn:aws:acm:cert' };
  const secure = { ...AT, to: '203.0.113.10:443', https: true };
  const first = (given: Given, at: Parameters<typeof hopOf>[1] | typeof secure = secure) => {
    const { becomes } = hopOf(loadBalancer, { cluster: cluster(given), ...at } as Parameters<typeof hopOf>[1]);
    return becomes.kind === 'forward' ? becomes.to[0] : undefined;
  };

  it('a TLS listener ends TLS and says nothing about it at layer 4', () => {
    const onward = first({ lb: { ...PROXY, tls } });
    expect(onward?.packet).toMatchObject({ tls: { mode: 'none' }, http: { scheme: 'http', headers: {} } });
    expect(onward?.carry.terminatedAt).toBe('load-balancer');
  });

  it('a TLS listener may encrypt again toward its target', () => {
    expect(first({ lb: { ...PROXY, tls: { ...tls, reencrypt: true } } })?.packet).toMatchObject({ tls: { mode: 'tls', sni: null }, http: { scheme: 'https' } });
  });

  it('an HTTP listener adds X-Forwarded headers and answers itself when its target fails', () => {
    const onward = first({ lb: { ...PROXY, tls, http: true } });
    expect(onward?.packet.http?.headers).toEqual({ 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'https', 'x-forwarded-port': '443' });
    expect(onward?.carry.proxied?.answers.timeout).toBe(504);
  });

  it('a layer 4 proxy only closes the connection when its target fails', () => {
    expect(first({ lb: PROXY })?.carry.proxied?.answers.refused).toBeNull();
    expect(first({ lb: NODE_PORT })?.carry.proxied).toBeUndefined();
  });

  it('a passthrough leaves TLS alone', () => {
    expect(first({ lb: {} })?.packet.tls).toEqual({ mode: 'tls', sni: 'shop.example.com' });
  });

  it('a TLS listener refuses a client that speaks without TLS', () => {
    const plain = { ...AT, to: '203.0.113.10:443' };
    expect(hopOf(loadBalancer, { cluster: cluster({ lb: { ...PROXY, tls } }), ...plain }).becomes).toMatchObject({
      outcome: { code: 'TLS_ERROR', kind: 'plain-http-on-tls-port' },
      stage: 'tls',
    });
  });

  it('S8.2.10: a PROXY protocol header carries the client’s address', () => {
    expect(first({ lb: { ...NODE_PORT, proxyProtocol: true } })?.packet.proxyProtocol).toEqual({ ip: '203.0.113.7', port: 50000 });
  });
});

describe('what a load balancer does not take', () => {
  it('drops a port it does not listen on; a proxy of one’s own refuses it', () => {
    const at = { ...AT, to: '203.0.113.10:8080' };
    expect(waysOf(loadBalancer, { cluster: cluster(), ...at })).toEqual(['ends CONN_TIMEOUT']);
    expect(waysOf(loadBalancer, { cluster: cluster({ lb: PROXY }), ...at })).toEqual(['ends CONN_REFUSED']);
    expect(waysOf(loadBalancer, { cluster: cluster({ lb: PROXY, environment: { cloud: 'aws-intree' } }), ...at })).toEqual(['ends CONN_TIMEOUT']);
    expect(waysOf(loadBalancer, { cluster: cluster(), ...AT, to: '203.0.113.10', protocol: 'ICMP' })).toEqual(['ends CONN_TIMEOUT']);
  });

  it('F-44: drops sources outside its ranges; MetalLB leaves that to the nodes', () => {
    const ranged = { loadBalancerSourceRanges: ['198.51.100.0/24'] };
    expect(waysOf(loadBalancer, { cluster: cluster({ service: ranged }), ...AT })).toEqual(['ends CONN_TIMEOUT']);
    expect(waysOf(loadBalancer, { cluster: cluster({ service: ranged }), ...AT, from: '198.51.100.9' })).toHaveLength(2);
    expect(
      waysOf(loadBalancer, { cluster: cluster({ service: ranged, lb: { product: 'MetalLB', announced: true, sourceFilter: 'nodes' } }), ...AT }),
    ).toHaveLength(2);
  });

  it.each([
    ['passthroughNodePort', 'aws-lbc', NODE_PORT, 'ends CONN_TIMEOUT'],
    ['proxy', 'aws-intree', PROXY, 'ends CONN_RESET'],
    ['proxy for HTTP', 'aws-intree', { ...PROXY, http: true }, 'ends HTTP'],
    ['MetalLB', 'metallb-l2', { product: 'MetalLB', announced: true }, 'ends NO_ROUTE'],
  ] as const)('S8.1.9: has nowhere to send without a healthy node, %s on %s', (_name, cloud, lb, way) => {
    expect(waysOf(loadBalancer, { cluster: cluster({ lb: { ...lb, nodes: [] }, service: LOCAL, environment: { cloud } }), ...AT })).toEqual([way]);
  });

  it('S8.1.9: Google’s sends to every node instead', () => {
    const hop = hopOf(loadBalancer, { cluster: cluster({ lb: { nodes: [] }, service: LOCAL, environment: { cloud: 'gcp' } }), ...AT });
    expect(hop.becomes).toMatchObject({ kind: 'forward', to: [{}, {}, {}] });
    expect(hop.why.map(({ id }) => id)).toContain('load-balancer.why.falls-back');
  });

  it('has no target in ip mode without a ready endpoint', () => {
    const built = cluster({ lb: { mode: 'ipTarget' } });
    expect(waysOf(loadBalancer, { cluster: { ...built, endpointSlices: new Map() }, ...AT })).toEqual(['ends CONN_TIMEOUT']);
  });

  it('S8.2.8: a client of the cluster does not come back to its own node with its own address', () => {
    const inside = {
      cluster: cluster({ lb: { ...NODE_PORT, nodes: ['node-a'] } }),
      ...AT,
      from: '10.244.1.9',
      client: { kind: 'pod', node: 'node-a' },
    } as const;
    const { becomes } = hopOf(loadBalancer, inside);
    const [onward] = becomes.kind === 'forward' ? becomes.to : [];
    expect(network(onward!, { cluster: inside.cluster, memory: { seed: 1, affinity: {}, cookies: {} } })).toMatchObject({
      kind: 'hop',
      rules: ['S8.2.8', 'F-49'],
      becomes: { outcome: { code: 'CONN_TIMEOUT' } },
    });
  });
});
