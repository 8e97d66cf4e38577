import { describe, expect, it } from 'vitest';
import { renderText } from '../../catalogue/render.ts';
import { NO_MEMORY } from '../trace/memory.ts';
import { clusterOf, traceOf } from './trace-of.ts';

const shop = `
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec: { selector: { app: api }, ports: [{ port: 80, targetPort: 8080 }], sessionAffinity: ClientIP }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  replicas: 4
  selector: { matchLabels: { app: api } }
  template: { metadata: { labels: { app: api } }, spec: { containers: [{ name: c, image: i, ports: [{ containerPort: 8080 }] }] } }
---
apiVersion: v1
kind: Pod
metadata: { name: client, namespace: shop }
spec: { nodeName: node-a, containers: [{ name: c, image: i }] }
`;
const inside = { url: 'http://api/', from: 'pod/shop/client' };

describe('one request', () => {
  it('is the same for the same seed, and another seed can take another way', () => {
    const cluster = clusterOf(shop);
    expect(traceOf(cluster, inside)).toEqual(traceOf(cluster, inside));
    const taken = Array.from({ length: 20 }, (_, seed) => traceOf(cluster, { ...inside, memory: { ...NO_MEMORY, seed } }).trace.taken);
    expect(new Set(taken).size).toBeGreaterThan(1);
  });

  it('leaves a memory that sends the next one to the same Pod where affinity says so', () => {
    const cluster = clusterOf(shop);
    const first = traceOf(cluster, inside);
    const pod = first.trace.branches[first.trace.taken]?.backend?.pod?.name;
    const second = traceOf(cluster, { ...inside, memory: first.memory });
    expect(second.trace.branches.map(({ backend }) => backend?.pod?.name)).toEqual([pod]);
  });

  it('is plain data', () => {
    const { trace } = traceOf(shop, inside);
    expect(structuredClone(trace)).toEqual(trace);
    expect(JSON.parse(JSON.stringify(trace))).toEqual(trace);
  });

  it('names the field behind each decision, in the template where a Pod was made from one', () => {
    const { trace } = traceOf(shop, inside);
    const pod = trace.hops.at(-1)!;
    expect(pod.evidence[0]).toMatchObject({
      object: { kind: 'Deployment', name: 'api' },
      path: ['spec', 'template', 'spec', 'containers', 0, 'ports', 0, 'containerPort'],
      range: { file: 'manifests.yaml', document: 1 },
    });
  });

  it('names the default where a field is not written', () => {
    const { trace } = traceOf(shop.replace('sessionAffinity: ClientIP', 'type: NodePort'), { url: 'http://192.0.2.11:30086/' });
    expect(trace.hops[0]?.evidence).toContainEqual(expect.objectContaining({ path: ['spec', 'externalTrafficPolicy'], defaulted: 'Cluster' }));
  });
});

describe('the verdict', () => {
  it('is delivered when every way arrives', () => {
    expect(traceOf(shop, inside).trace.verdict).toEqual({ kind: 'delivered' });
  });

  it('tells the share of requests that fail', () => {
    const { trace } = traceOf(shop, inside, 'complete: true\npods: { shop/api-0: { closed: [8080] } }');
    expect(trace.verdict).toEqual({ kind: 'fails', share: 0.25 });
    expect(renderText(trace.summary)).toBe('25 % of requests fail: CONN_REFUSED.');
  });

  it('depends on what was inferred, and lists it first', () => {
    const service = shop.slice(0, shop.indexOf('---'));
    const client = shop.slice(shop.lastIndexOf('---'));
    const { trace } = traceOf(`${service}${client}`, inside, 'complete: false');
    expect(trace.verdict).toEqual({ kind: 'depends', ifTrue: 'delivered', share: 0 });
    expect(trace.assumptions[0]).toMatchObject({ id: 'pods:shop/api', origin: 'inferred' });
    expect(traceOf(`${service}${client}`, inside).trace.verdict).toEqual({ kind: 'fails', share: 1 });
  });

  it('a guess about TLS that fails a request makes it depend, and stating it settles it', () => {
    const https = { ...inside, url: 'https://api:80/', insecure: true };
    expect(traceOf(shop, https, 'complete: false').trace.verdict).toMatchObject({ kind: 'depends', ifTrue: 'fails' });
    const { trace } = traceOf(shop, https, 'complete: false\npods: { "shop/api-*": { tls: true } }');
    expect(trace.verdict).toEqual({ kind: 'delivered' });
  });
});

describe('the reply', () => {
  const nodePort = shop.replace('sessionAffinity: ClientIP', 'type: NodePort');

  it('undoes every translation where it was made, last hop first (S7.5.15)', () => {
    const { trace } = traceOf(nodePort, { url: 'http://192.0.2.11:30086/' });
    const [leaf, entry] = trace.branches[trace.taken]!.reply;
    expect(leaf?.hop).toBe(trace.branches[trace.taken]!.hops[1]);
    expect(leaf?.after.dst.ip).toBe('192.0.2.11');
    expect(entry).toMatchObject({ hop: 'h1', after: { src: { ip: '192.0.2.11', port: 30086 }, dst: { ip: '203.0.113.7' } } });
  });

  it('leaves out a load balancer that left the address alone (S8.3.1)', () => {
    const balancer = shop.replace('sessionAffinity: ClientIP', 'type: LoadBalancer');
    const { trace } = traceOf(balancer, { url: 'http://203.0.113.10/' }, 'complete: true\ncloud: gcp');
    const { hops, reply } = trace.branches[0]!;
    expect(hops).toHaveLength(3);
    expect(reply.map(({ hop }) => hop)).toEqual([hops[2], hops[1]]);
    expect(reply[1]?.why.id).toBe('trace.reply.direct');
  });

  it('goes back to the proxy once, however often the proxy tried (S10.21)', () => {
    const ingress = `${shop}---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop, namespace: shop }
spec:
  ingressClassName: nginx
  rules: [{ host: shop.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: api, port: { number: 80 } } } }] } }]
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: nginx }
spec: { controller: k8s.io/ingress-nginx }
`;
    const environment = `complete: true
cloud: metallb-l2
controllers: [{ kind: ingress, name: ingress-nginx, implementation: ingress-nginx, class: nginx }]
publicDNS: { shop.example.com: { ingress: shop/shop } }
pods: { shop/api-0: { closed: [8080] } }`;
    const { trace } = traceOf(ingress, { url: 'http://shop.example.com/' }, environment);
    expect(trace.verdict).toEqual({ kind: 'delivered' });
    const kinds = (ids: readonly string[]) => ids.map((id) => trace.hops.find((hop) => hop.id === id)!.kind);
    const retried = trace.branches.find(({ hops }) => hops.length === 7)!;
    expect(kinds(retried.hops)).toEqual(['dns', 'load-balancer', 'kube-proxy', 'ingress-controller', 'pod', 'ingress-controller', 'pod']);
    expect(kinds(retried.reply.map(({ hop }) => hop))).toEqual(['pod', 'ingress-controller', 'kube-proxy']);
    expect(retried.reply.at(-1)?.after.dst.ip).toBe('203.0.113.7');
  });

  it('ends where nothing comes back', () => {
    const { trace } = traceOf(nodePort, { url: 'http://192.0.2.11:30999/', from: '203.0.113.7' });
    expect(trace.branches[0]?.outcome.code).toBe('CONN_REFUSED');
    expect(trace.branches[0]?.reply).toHaveLength(1);
    const silent = traceOf(nodePort, { url: 'http://192.0.2.99/' }).trace;
    expect(silent.branches[0]?.reply).toEqual([]);
  });
});
