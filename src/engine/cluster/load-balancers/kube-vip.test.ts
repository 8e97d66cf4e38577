import { describe, expect, it } from 'vitest';
import { clusterOf } from '../cluster-of.ts';

const POD = `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { nodeName: n2, containers: [{ name: c, image: x, ports: [{ containerPort: 80 }] }] }
---`;
const service = (name: string, spec = '', annotations = '{}', port = 80) => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop, annotations: ${annotations} }
spec: { type: LoadBalancer, selector: { app: web }, ${spec} ports: [{ port: ${port} }] }
---`;
const pools = (data: string) => `\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: kubevip, namespace: kube-system }\ndata: { ${data} }\n---`;

const settle = (yaml: string, more = '') =>
  clusterOf(POD + yaml, `complete: true\ncloud: kube-vip-arp\nnodes: [{ name: n1 }, { name: n2 }, { name: n3 }]\n${more}`);
const given = (yaml: string) =>
  Object.fromEntries([...settle(yaml).loadBalancers].map(([key, { addresses, why }]) => [key.slice(5), addresses[0] ?? why.id.slice(11)]));

describe('which address kube-vip gives (S8.5.6)', () => {
  it('of the namespace’s pools, else of everybody’s', () => {
    expect(given(pools('cidr-shop: 10.1.0.4/31, cidr-global: 10.9.0.0/24') + service('a') + service('b') + service('c'))).toEqual({
      a: '10.1.0.4',
      b: '10.1.0.5',
      c: 'kube-vip-no-pool',
    });
    expect(given(pools('range-global: 10.9.0.7-10.9.0.8, cidr-other: 10.1.0.0/24') + service('a'))).toEqual({ a: '10.9.0.7' });
  });

  it('the one asked for by annotation or field; without a pasted pool one is made up', () => {
    expect(given(service('a', '', '{ kube-vip.io/loadbalancerIPs: 10.5.0.5 }') + service('b', 'loadBalancerIP: 10.5.0.6,'))).toEqual({
      a: '10.5.0.5',
      b: '10.5.0.6',
    });
    expect(given(service('a') + service('b', '', '{ kube-vip.io/loadbalancerIPs: 0.0.0.0 }'))).toEqual({ a: '203.0.113.10', b: '203.0.113.11' });
  });

  it('shared within a namespace only where its ConfigMap allows it, on ports of their own', () => {
    const three = service('a') + service('b', '', '{}', 81) + service('c');
    expect(given(pools('range-global: 10.9.0.7-10.9.0.7, allow-share-shop: "true"') + three)).toEqual({ a: '10.9.0.7', b: '10.9.0.7', c: 'kube-vip-no-pool' });
    expect(given(pools('range-global: 10.9.0.7-10.9.0.7') + three)).toMatchObject({ a: '10.9.0.7', b: 'kube-vip-no-pool' });
  });

  it('for its own class and for none (S8.1.2)', () => {
    const states = ['kube-vip.io/kube-vip-class', 'example.com/own'].map(
      (name) => settle(service('a', `loadBalancerClass: ${name},`)).loadBalancers.get('shop/a')!.state,
    );
    expect(states).toEqual(['active', 'pending']);
  });
});

describe('which node holds it', () => {
  const local = service('a', 'externalTrafficPolicy: Local,');
  const nodes = (yaml: string, more = '') => settle(yaml, more).loadBalancers.get('shop/a')!.nodes;

  it('one, also while the Service has no endpoint', () => {
    expect(nodes(service('a'))).toHaveLength(1);
    expect(nodes(service('a'), 'pods: { shop/web: { ready: false } }')).toHaveLength(1);
  });

  it('in IPVS mode all nodes answer unless kube-proxy runs with strictARP, which is assumed', () => {
    const ipvs = settle(local, 'proxyMode: ipvs');
    expect([ipvs.assumptions.has('strict-arp'), ipvs.loadBalancers.get('shop/a')!.nodes]).toEqual([true, ['n2']]);
    expect(nodes(local, 'proxyMode: ipvs\nassume: { strict-arp: false }')).toEqual(['n1', 'n2', 'n3']);
    expect(nodes(local, 'assume: { strict-arp: false }')).toEqual(['n2']);
  });

  it('with policy Local one with an endpoint, if it elects a leader per Service; that is assumed', () => {
    expect(nodes(local)).toEqual(['n2']);
    expect(settle(local).assumptions.has('kube-vip-election')).toBe(true);
    const single = nodes(local, 'assume: { kube-vip-election: false }');
    expect(single).toHaveLength(1);
    expect(single).toEqual(nodes(service('a'), 'assume: { kube-vip-election: false }'));
    expect(settle(service('a')).assumptions.has('kube-vip-election')).toBe(false);
  });
});
