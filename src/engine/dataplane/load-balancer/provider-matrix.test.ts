import { describe, expect, it } from 'vitest';
import { clusterOf } from '../../cluster/cluster-of.ts';
import type { Flow } from '../../trace/flow.ts';
import { formatSocket } from '../../trace/packet.ts';
import type { Trace } from '../../trace/trace.ts';
import { send } from '../send.ts';

const CLIENT = '198.51.100.7';

const NODES = `
nodes:
- { name: node-a, internalIP: 192.168.0.11 }
- { name: node-b, internalIP: 192.168.0.12 }
`;

function manifests(policy: string, annotations: string, status = ''): string {
  return `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: api, namespace: shop }
spec:
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec: { containers: [{ name: api, image: api, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop, annotations: { ${annotations} } }
spec:
  type: LoadBalancer
  externalTrafficPolicy: ${policy}
  selector: { app: api }
  ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]
${status}`;
}

function ask(yaml: string, environment: string): Trace {
  const cluster = clusterOf(yaml, `complete: true\n${NODES}${environment}`);
  const address = cluster.loadBalancers.get('shop/api')?.addresses[0] ?? '';
  const flow: Flow = {
    from: { kind: 'external', ip: CLIENT },
    method: 'GET',
    scheme: 'http',
    host: address,
    port: 80,
    portGiven: false,
    path: '/',
    headers: [],
  };
  return send(cluster, flow).trace;
}

/** Destination at the node or Pod behind the load balancer, and the source a Pod sees on every way. */
function delivery(trace: Trace) {
  const received = trace.hops.find(({ kind }) => kind === 'kube-proxy')?.before.dst ?? trace.hops.find(({ kind }) => kind === 'pod')?.before.dst;
  const port =
    received === undefined
      ? 'none'
      : formatSocket(received)
          .replace(/^192\.168\.0\.1[12]:/, 'node:')
          .replace(/^10\.244\.\d+\.\d+:/, 'pod:');
  return {
    kind: trace.verdict.kind,
    port,
    sources: [...new Set(trace.branches.map(({ backend }) => backend?.source.kind ?? 'none'))].toSorted((a, b) => a.localeCompare(b)),
  };
}

const LBC = 'service.beta.kubernetes.io/aws-load-balancer-type: external, service.beta.kubernetes.io/aws-load-balancer-scheme: internet-facing';
const TARGET = 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type';

describe('every provider of S8.6 under both traffic policies', () => {
  it.each([
    ['Classic ELB', 'cloud: aws-intree', '', 'node:30080', 'node', 'load-balancer'],
    ['NLB with node targets', 'cloud: aws-intree', 'service.beta.kubernetes.io/aws-load-balancer-type: nlb', 'node:30080', 'node', 'preserved'],
    ['NLB with Pod targets', 'cloud: aws-lbc', `${LBC}, ${TARGET}: ip`, 'pod:8080', 'load-balancer', 'load-balancer'],
    [
      'NLB with Pod targets that keeps the client',
      'cloud: aws-lbc',
      `${LBC}, ${TARGET}: ip, service.beta.kubernetes.io/aws-load-balancer-target-group-attributes: preserve_client_ip.enabled=true`,
      'pod:8080',
      'preserved',
      'preserved',
    ],
    ['GCP passthrough', 'cloud: gcp', '', 'vip', 'node', 'preserved'],
    ['Azure with floating IP', 'cloud: azure', '', 'vip', 'node', 'preserved'],
    ['Azure without', 'cloud: azure', 'service.beta.kubernetes.io/azure-disable-load-balancer-floating-ip: "true"', 'node:30080', 'node', 'preserved'],
    ['MetalLB L2', 'cloud: metallb-l2', '', 'vip', 'node', 'preserved'],
    ['MetalLB BGP', 'cloud: metallb-bgp', '', 'vip', 'node', 'preserved'],
    ['kube-vip ARP', 'cloud: kube-vip-arp', '', 'vip', 'node', 'preserved'],
    ['kube-vip BGP', 'cloud: kube-vip-bgp', '', 'vip', 'node', 'preserved'],
    ['a proxy', 'cloud: generic-proxy', '', 'node:30080', 'node', 'load-balancer'],
  ])('%s', (_name, environment, annotations, port, withCluster, withLocal) => {
    for (const [policy, source] of [
      ['Cluster', withCluster],
      ['Local', withLocal],
    ] as const) {
      const seen = delivery(ask(manifests(policy, annotations), environment));
      expect({ policy, ...seen, port: seen.port.replace(/^203\.0\.113\.\d+:80$/, 'vip') }).toEqual({ policy, kind: 'delivered', port, sources: [source] });
    }
  });

  it.each([
    ['Cluster', 'node'],
    ['Local', 'load-balancer'],
  ])('a proxy set up by hand before a Service of type NodePort, policy %s', (policy, source) => {
    const yaml = manifests(policy, '').replace('type: LoadBalancer', 'type: NodePort');
    const byHand = 'proxies: [{ name: edge, product: HAProxy, address: 203.0.113.90, service: shop/api }]';
    expect(delivery(ask(yaml, byHand))).toEqual({ kind: 'delivered', port: 'node:30080', sources: [source] });
  });
});

describe('a status someone else wrote', () => {
  it('with ipMode Proxy takes Pods out to the load balancer and back', () => {
    const status = 'status: { loadBalancer: { ingress: [{ ip: 203.0.113.50, ipMode: Proxy }] } }';
    const cluster = clusterOf(manifests('Cluster', '', status), `complete: true\n${NODES}`);
    const flow: Flow = {
      from: { kind: 'pod', namespace: 'shop', name: 'api-0' },
      method: 'GET',
      scheme: 'http',
      host: '203.0.113.50',
      port: 80,
      portGiven: false,
      path: '/',
      headers: [],
    };
    expect(send(cluster, flow).trace.hops[0]?.kind).toBe('load-balancer');
  });
});
