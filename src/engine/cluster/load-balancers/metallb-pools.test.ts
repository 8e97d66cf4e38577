import { describe, expect, it } from 'vitest';
import { clusterOf } from '../cluster-of.ts';

const POD = `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { nodeName: n1, containers: [{ name: c, image: x, ports: [{ containerPort: 80 }] }] }
---`;

function metallb(kind: string, name: string, spec: string, labels = '{}'): string {
  return `\napiVersion: metallb.io/v1beta1\nkind: ${kind}\nmetadata: { name: ${name}, namespace: metallb-system, labels: ${labels} }\nspec: ${spec}\n---`;
}

function service(name: string, more: { readonly spec?: string; readonly annotations?: string; readonly labels?: string; readonly port?: number } = {}): string {
  const { spec = '', annotations = '{}', labels = '{}', port = 80 } = more;
  return `\napiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: shop, labels: ${labels}, annotations: ${annotations} }
spec: { type: LoadBalancer, selector: { app: web }, ${spec} ports: [{ port: ${port} }] }\n---`;
}

const NODES = ['n1', 'n2', 'n3']
  .map(
    (name, n) =>
      `\napiVersion: v1\nkind: Node\nmetadata: { name: ${name}, labels: { rack: r${n + 1} } }\nstatus: { addresses: [{ type: InternalIP, address: 10.0.0.${n + 1} }] }\n---`,
  )
  .join('');
const ALL = metallb('L2Advertisement', 'all', '{}');

const settle = (yaml: string, cloud = 'metallb-l2') => clusterOf(POD + NODES + yaml, `complete: true\ncloud: ${cloud}`).loadBalancers;
/** The addresses by Service, or why one has none. */
const given = (yaml: string) =>
  Object.fromEntries([...settle(yaml)].map(([key, { addresses, why }]) => [key.slice(5), addresses.length > 0 ? addresses.join(' ') : why.id.slice(11)]));

describe('which address MetalLB gives (S8.5.2)', () => {
  it('the first free one of a pool that gives by itself, by age', () => {
    const pools =
      metallb('IPAddressPool', 'a', '{ addresses: [10.1.0.0/31], autoAssign: false }') + metallb('IPAddressPool', 'b', '{ addresses: [10.2.0.0/31] }');
    expect(given(pools + ALL + service('z') + service('y') + service('x'))).toEqual({ z: '10.2.0.0', y: '10.2.0.1', x: 'metallb-no-pool' });
  });

  it('none that ends in 0 or 255 where the pool avoids them, not even when asked', () => {
    const pool = metallb('IPAddressPool', 'a', '{ addresses: [10.1.0.255-10.1.1.1], avoidBuggyIPs: true }');
    expect(given(pool + ALL + service('a') + service('b', { spec: 'loadBalancerIP: 10.1.1.0,' }))).toEqual({ a: '10.1.1.1', b: 'metallb-outside-pools' });
  });

  it('first from pools kept for the Service, the lowest priority number first and 0 last', () => {
    const kept = (name: string, net: number, priority: string) =>
      metallb('IPAddressPool', name, `{ addresses: [10.${net}.0.1/32], serviceAllocation: { ${priority} namespaces: [shop] } }`);
    const pools =
      metallb('IPAddressPool', 'a', '{ addresses: [10.9.0.1/32] }') + kept('b', 1, '') + kept('c', 2, 'priority: 20,') + kept('d', 3, 'priority: 10,');
    expect(given(pools + ALL + ['s1', 's2', 's3', 's4'].map((name) => service(name)).join(''))).toEqual({
      s1: '10.3.0.1',
      s2: '10.2.0.1',
      s3: '10.1.0.1',
      s4: '10.9.0.1',
    });
  });

  it.each([
    ['namespaces: [other]', false],
    ['namespaces: [other, shop]', true],
    ['namespaceSelectors: [{ matchLabels: { kubernetes.io/metadata.name: shop } }]', true],
    ['namespaceSelectors: [{ matchLabels: { team: other } }]', false],
    ['serviceSelectors: [{ matchExpressions: [{ key: tier, operator: In, values: [front] }] }]', true],
    ['serviceSelectors: [{ matchLabels: { tier: back } }]', false],
    ['namespaces: [shop], serviceSelectors: [{ matchLabels: { tier: back } }]', false],
  ])('serviceAllocation: { %s } admits the Service: %s', (allocation, admits) => {
    const pool = metallb('IPAddressPool', 'a', `{ addresses: [10.1.0.1/32], serviceAllocation: { ${allocation} } }`);
    const labels = '{ tier: front }';
    expect(given(pool + ALL + service('s', { labels }))).toEqual({ s: admits ? '10.1.0.1' : 'metallb-no-pool' });
    expect(given(pool + ALL + service('s', { labels, annotations: '{ metallb.io/address-pool: a }' }))).toEqual({
      s: admits ? '10.1.0.1' : 'metallb-pool-closed',
    });
  });

  it('what is asked for must be one, in the pool that is asked for, and of the families of the Service', () => {
    const pools =
      metallb('IPAddressPool', 'a', '{ addresses: [10.1.0.0/24] }') + metallb('IPAddressPool', 'b', '{ addresses: [10.2.0.0/24, "fd00:1::/120"] }') + ALL;
    const asked = (annotations: string, spec = '') => given(pools + service('s', { annotations, spec }))['s'];
    expect(asked('{ metallb.io/loadBalancerIPs: 10.1.0.7 }', 'loadBalancerIP: 10.1.0.7,')).toBe('metallb-asked-twice');
    expect(asked('{ metallb.io/loadBalancerIPs: 10.1.0.7, metallb.io/address-pool: b }')).toBe('metallb-outside-pools');
    expect(asked('{ metallb.io/address-pool: c }')).toBe('metallb-pool-unknown');
    expect(asked('{ metallb.io/loadBalancerIPs: "10.2.0.7,fd00:1::7" }')).toBe('metallb-family');
    expect(asked('{ metallb.io/loadBalancerIPs: "10.2.0.7,fd00:1::7" }', 'ipFamilyPolicy: RequireDualStack,')).toBe('10.2.0.7 fd00:1::7');
    expect(asked('{ metallb.io/address-pool: b }', 'ipFamilyPolicy: RequireDualStack,')).toBe('10.2.0.0 fd00:1::');
    expect(asked('{ metallb.io/address-pool: a }', 'ipFamilyPolicy: RequireDualStack,')).toBe('metallb-no-pool');
    expect(asked('{ metallb.io/address-pool: a }', 'ipFamilies: [IPv4, IPv6], ipFamilyPolicy: PreferDualStack,')).toBe('10.1.0.0');
  });

  it.each([
    ['the same key and other ports', '{ metallb.io/allow-shared-ip: k }', '', 81, '10.1.0.1'],
    ['the same key and the same port', '{ metallb.io/allow-shared-ip: k }', '', 80, 'metallb-in-use'],
    ['another key', '{ metallb.io/allow-shared-ip: l }', '', 81, 'metallb-in-use'],
    ['no key', '{}', '', 81, 'metallb-in-use'],
    ['policy Local beside Cluster', '{ metallb.io/allow-shared-ip: k }', 'externalTrafficPolicy: Local,', 81, 'metallb-in-use'],
  ])('an address is shared with %s', (_, annotations, spec, port, expected) => {
    const pool = metallb('IPAddressPool', 'a', '{ addresses: [10.1.0.1/32] }');
    const first = service('first', { annotations: '{ metallb.io/allow-shared-ip: k }', spec: 'loadBalancerIP: 10.1.0.1,' });
    const second = service('second', { annotations, spec: `loadBalancerIP: 10.1.0.1, ${spec}`, port });
    expect(given(pool + ALL + first + second)).toEqual({ first: '10.1.0.1', second: expected });
  });
});

describe('which nodes announce it (S8.5.1, S8.5.3, S8.5.4)', () => {
  const pool = metallb('IPAddressPool', 'a', '{ addresses: [10.1.0.1/32] }', '{ network: office }');
  const nodes = (yaml: string, cloud?: string, spec = '') =>
    settle(pool + yaml + service('s', { labels: '{ tier: front }', spec }), cloud).get('shop/s')!.nodes;

  it.each([
    ['{}', 1],
    ['{ ipAddressPools: [a] }', 1],
    ['{ ipAddressPools: [b] }', 0],
    ['{ ipAddressPoolSelectors: [{ matchLabels: { network: office } }] }', 1],
    ['{ ipAddressPoolSelectors: [{ matchLabels: { network: home } }] }', 0],
    ['{ ipAddressPools: [b], ipAddressPoolSelectors: [{ matchLabels: { network: office } }] }', 1],
    ['{ serviceSelectors: [{ matchLabels: { tier: back } }] }', 0],
  ])('an L2Advertisement of %s announces from %s node', (spec, count) => {
    expect(nodes(metallb('L2Advertisement', 'ad', spec))).toHaveLength(count);
  });

  it('by ARP one, of those that the advertisement selects, the preferred first', () => {
    const rack = (name: string) => `matchLabels: { rack: ${name} }`;
    expect(nodes(metallb('L2Advertisement', 'ad', `{ nodeSelectors: [{ ${rack('r2')} }] }`))).toEqual(['n2']);
    for (const name of ['r1', 'r2', 'r3']) {
      const prefers = `{ preferredNodeSelectors: [{ weight: 10, preference: { ${rack(name)} } }] }`;
      expect(nodes(metallb('L2Advertisement', 'ad', prefers))).toEqual([name.replace('r', 'n')]);
    }
  });

  it('by BGP all that the advertisement and a peer select, whatever is taken for the cluster', () => {
    expect(nodes(metallb('BGPAdvertisement', 'ad', '{}'))).toEqual(['n1', 'n2', 'n3']);
    expect(
      nodes(metallb('BGPAdvertisement', 'ad', '{ nodeSelectors: [{ matchLabels: { rack: r1 } }, { matchLabels: { rack: r2 } }] }'), 'metallb-bgp'),
    ).toEqual(['n1', 'n2']);
    const peers = metallb('BGPPeer', 'p', '{ nodeSelectors: [{ matchLabels: { rack: r3 } }] }') + metallb('BGPPeer', 'q', '{}');
    expect(nodes(metallb('BGPAdvertisement', 'ad', '{ peers: [p] }') + peers, 'metallb-bgp')).toEqual(['n3']);
    expect(nodes(metallb('BGPAdvertisement', 'ad', '{}') + peers, 'metallb-bgp')).toEqual(['n1', 'n2', 'n3']);
  });

  it('only nodes with an endpoint where the policy is Local, and none without any', () => {
    const ad = metallb('BGPAdvertisement', 'ad', '{}');
    expect(nodes(ad, 'metallb-bgp', 'externalTrafficPolicy: Local,')).toEqual(['n1']);
    const without = clusterOf(POD + NODES + pool + ad + service('s'), 'complete: true\ncloud: metallb-bgp\npods: { shop/web: { ready: false } }');
    expect(without.loadBalancers.get('shop/s')!.nodes).toEqual([]);
  });
});
