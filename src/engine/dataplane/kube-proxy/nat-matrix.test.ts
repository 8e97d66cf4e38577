/** The source address that a Pod sees, from the client to the Pod: every row of S7.5 in both proxy modes and under both policies. */
import { describe, expect, it } from 'vitest';
import { clusterOf } from '../../cluster/cluster-of.ts';
import type { Flow } from '../../trace/flow.ts';
import { send } from '../send.ts';

const POD = { shell: '10.244.0.9', api: '10.244.0.7', controller: '10.244.1.5' };
const NODE = { a: '192.168.10.11', b: '192.168.10.12' };
const CLIENT = '203.0.113.7';
const VIP = '203.0.113.100';
/** What a proxying load balancer’s connections come from. */
const BALANCER = '192.0.2.201';

const running = (name: string, node: string, ip: string, more = '', labels = '') => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: shop, labels: { ${labels} } }
spec: { nodeName: ${node}, ${more} containers: [{ name: c, image: x, ports: [{ containerPort: 8080 }] }] }
status: { phase: Running, podIPs: [{ ip: ${ip} }], conditions: [{ type: Ready, status: "True" }] }
---`;

function manifests(policy: string, annotations = '', hostNetwork = false): string {
  return `${running('api', 'node-a', POD.api, '', 'app: api')}${running('shell', 'node-a', POD.shell)}${running('agent', 'node-b', NODE.b, 'hostNetwork: true,')}
${running('ctl', 'node-b', hostNetwork ? NODE.b : POD.controller, hostNetwork ? 'hostNetwork: true,' : '', 'app: ctl')}
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop, annotations: { ${annotations} } }
spec:
  type: LoadBalancer
  clusterIP: 10.96.0.20
  loadBalancerIP: ${VIP}
  externalIPs: [198.51.100.20]
  externalTrafficPolicy: ${policy}
  selector: { app: api }
  ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]
---
apiVersion: v1
kind: Service
metadata: { name: ctl, namespace: shop }
spec: { selector: { app: ctl }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: nginx }
spec: { controller: k8s.io/ingress-nginx }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: api, namespace: shop }
spec: { ingressClassName: nginx, defaultBackend: { service: { name: api, port: { number: 80 } } } }
`;
}

const FROM = {
  outside: { kind: 'external', ip: CLIENT },
  shell: { kind: 'pod', namespace: 'shop', name: 'shell' },
  itself: { kind: 'pod', namespace: 'shop', name: 'api' },
  agent: { kind: 'pod', namespace: 'shop', name: 'agent' },
  node: { kind: 'node', name: 'node-a' },
} as const satisfies Record<string, Flow['from']>;

interface Row {
  readonly rules: string;
  readonly from: keyof typeof FROM;
  readonly to: string;
  /** Sources at the Pod: policy Cluster, policy Local. */
  readonly seen: readonly [cluster: readonly string[], local: readonly string[]];
  readonly cloud?: string;
  readonly annotations?: string;
  readonly viaNode?: string;
  readonly hostNetwork?: boolean;
}

const both = (...ips: string[]) => [ips, ips] as const;
const BY_POD = 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: ip, service.beta.kubernetes.io/aws-load-balancer-scheme: internet-facing';
const KEEP = 'service.beta.kubernetes.io/aws-load-balancer-target-group-attributes: preserve_client_ip.enabled=true';

const ROWS: readonly Row[] = [
  { rules: 'S7.5.1', from: 'shell', to: '10.96.0.20:80', seen: both(POD.shell) },
  { rules: 'S7.5.2', from: 'itself', to: '10.96.0.20:80', seen: both(NODE.a) },
  { rules: 'S7.5.3', from: 'agent', to: '10.96.0.20:80', seen: both(NODE.b) },
  { rules: 'S7.5.4 S7.5.5', from: 'outside', to: `${NODE.a}:30080`, seen: [[NODE.a], [CLIENT]] },
  { rules: 'S7.5.4, no Pod on the node', from: 'outside', to: `${NODE.b}:30080`, seen: [[NODE.b], ['CONN_TIMEOUT']] },
  { rules: 'S7.5.6 S7.5.7 U8', from: 'shell', to: `${NODE.a}:30080`, seen: [[NODE.a], [POD.shell]] },
  { rules: 'S7.5.6 S7.5.7', from: 'shell', to: `${VIP}:80`, seen: [[NODE.a], [POD.shell]] },
  { rules: 'S7.5.6 S7.5.7', from: 'shell', to: '198.51.100.20:80', seen: [[NODE.a], [POD.shell]] },
  { rules: 'S7.5.8', from: 'node', to: `${NODE.a}:30080`, seen: both(NODE.a) },
  { rules: 'S7.5.8', from: 'node', to: `${VIP}:80`, seen: both(NODE.a) },
  { rules: 'S7.5.9', from: 'outside', to: `${VIP}:80`, seen: [[NODE.a, NODE.b], [CLIENT]] },
  { rules: 'S7.5.10', from: 'outside', to: `${VIP}:80`, cloud: 'generic-proxy', seen: [[NODE.a, NODE.b], [BALANCER]] },
  { rules: 'S7.5.11', from: 'outside', to: 'balancer:80', cloud: 'aws-lbc', annotations: BY_POD, seen: both(BALANCER) },
  { rules: 'S7.5.11, preserved', from: 'outside', to: 'balancer:80', cloud: 'aws-lbc', annotations: `${BY_POD}, ${KEEP}`, seen: both(CLIENT) },
  { rules: 'S7.5.12', from: 'outside', to: 'ingress:80', seen: both(POD.controller) },
  { rules: 'S7.5.12, hostNetwork', from: 'outside', to: 'ingress:80', hostNetwork: true, seen: both(NODE.b) },
  { rules: 'S7.5.13', from: 'outside', to: '10.96.0.20:80', viaNode: 'node-a', seen: both(NODE.a) },
];

function sourcesSeen(
  { from, to, cloud = 'metallb-bgp', annotations, viaNode, hostNetwork = false }: Row,
  policy: string,
  environment: string,
): readonly string[] {
  const world = `complete: true
${environment}
externalReachesNodes: anyAddress
cloud: ${cloud}
nodes: [{ name: node-a, internalIP: ${NODE.a} }, { name: node-b, internalIP: ${NODE.b} }]
controllers: [{ kind: ingress, name: nginx, implementation: ingress-nginx, class: nginx, service: shop/ctl }]`;
  const cluster = clusterOf(manifests(policy, annotations, hostNetwork), world);
  const [host = '', port] = to.split(':');
  const names: Readonly<Record<string, string | undefined>> = {
    balancer: cluster.loadBalancers.get('shop/api')?.addresses[0],
    ingress: cluster.services.get('shop/ctl')?.clusterIPs[0],
  };
  const flow: Flow = {
    from: host === 'ingress' ? FROM.shell : FROM[from],
    method: 'GET',
    scheme: 'http',
    host: names[host] ?? host,
    port: Number(port),
    portGiven: true,
    path: '/',
    headers: [],
    ...(viaNode === undefined ? {} : { viaNode }),
  };
  const { branches } = send(cluster, flow).trace;
  return [...new Set(branches.map(({ backend, outcome }) => backend?.source.ip ?? outcome.code))].toSorted((a, b) => (a < b ? -1 : 1));
}

describe.each(['proxyMode: iptables', 'proxyMode: nftables'])('%s', (environment) => {
  it.each(ROWS)('$rules: $from → $to', (row) => {
    expect({ Cluster: sourcesSeen(row, 'Cluster', environment), Local: sourcesSeen(row, 'Local', environment) }).toEqual({
      Cluster: row.seen[0],
      Local: row.seen[1],
    });
  });

  it('S7.5.16: with --masquerade-all a ClusterIP shows the node to every Pod, and nothing else changes', () => {
    const all = `${environment}\nmasqueradeAll: true`;
    for (const row of ROWS) {
      const own = [row.from === 'agent' ? NODE.b : NODE.a];
      expect(sourcesSeen(row, 'Local', all)).toEqual(row.to.startsWith('10.96.') ? own : sourcesSeen(row, 'Local', environment));
    }
  });
});
