/** What upstream leaves open (S20) is listed where it acts, and each choice of a person acts. */
import { expect, it } from 'vitest';
import { clusterOf } from '../cluster/cluster-of.ts';
import { OPEN_POINTS } from '../cluster/open-points.ts';
import { formatTrace } from '../trace/format.ts';
import { traceOf } from './trace-of.ts';

const workload = (name: string, nodeName: string) => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: shop, labels: { app: ${name} } }
spec: { nodeName: ${nodeName}, containers: [{ name: c, image: i, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: { selector: { app: ${name} }, ports: [{ port: 80, targetPort: 8080 }] }
---`;
const gateway = (...rules: readonly string[]) => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { gatewayClassName: edge, listeners: [{ name: http, protocol: HTTP, port: 80 }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: shop, namespace: shop }
spec: { parentRefs: [{ name: edge }], hostnames: [shop.example.com], rules: [${rules.join(', ')}] }
---`;
const localNodePort = `
apiVersion: v1
kind: Service
metadata: { name: local, namespace: shop }
spec: { type: NodePort, externalTrafficPolicy: Local, selector: { app: web }, ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }] }
---`;
const ingressClass = (name: string, controller: string) => `
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: ${name}, annotations: { ingressclass.kubernetes.io/is-default-class: "true" } }
spec: { controller: ${controller} }
---`;
const outside = { url: 'http://shop.example.com/a1', from: 'external' };
const nodes = 'nodes: [{ name: node-a, internalIP: 192.0.2.11 }, { name: node-b, internalIP: 192.0.2.12 }]';

interface Acting {
  readonly yaml: string;
  readonly environment?: string;
  readonly request: { readonly url: string; readonly from: string };
}

const WHERE_IT_ACTS: Readonly<Record<string, Acting>> = {
  'gateway:all-weights-zero': { yaml: workload('web', 'node-a') + gateway('{ backendRefs: [{ name: web, port: 80, weight: 0 }] }'), request: outside },
  'gateway:regex-place': {
    yaml:
      workload('web', 'node-a') +
      workload('api', 'node-a') +
      gateway(
        '{ matches: [{ path: { type: PathPrefix, value: /a1 } }], backendRefs: [{ name: web, port: 80 }] }',
        '{ matches: [{ path: { type: RegularExpression, value: "/a[0-9]" } }], backendRefs: [{ name: api, port: 80 }] }',
      ),
    request: outside,
  },
  'ingress-class:two-defaults': {
    yaml: `${workload('web', 'node-a')}${ingressClass('one', 'k8s.io/ingress-nginx')}${ingressClass('two', 'traefik.io/ingress-controller')}
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec: { rules: [{ host: shop.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] }
`,
    request: outside,
  },
  'ipvs:no-local-endpoint': {
    yaml: workload('web', 'node-a') + localNodePort,
    environment: `proxyMode: ipvs\n${nodes}`,
    request: { url: 'http://192.0.2.12:30080/', from: 'external' },
  },
  'kube-proxy:pod-from-another-node': {
    yaml: workload('web', 'node-a') + workload('client', 'node-a') + localNodePort,
    environment: nodes,
    request: { url: 'http://192.0.2.12:30080/', from: 'pod/shop/client' },
  },
  'gateway:dials': { yaml: workload('web', 'node-a') + gateway('{ backendRefs: [{ name: web, port: 80 }] }'), request: outside },
};

it('each has a request on which it acts', () => {
  expect(Object.keys(WHERE_IT_ACTS).sort()).toEqual(OPEN_POINTS.map(({ id }) => id).sort());
});

it.each(OPEN_POINTS)('$point $id', (point) => {
  const { yaml, environment = '', request } = WHERE_IT_ACTS[point.id]!;
  const asked = (choice: string | null) => {
    const cluster = clusterOf(
      yaml,
      choice === null ? environment || 'complete: false' : `${environment}\nassume: { "${point.id}": ${JSON.stringify(choice)} }`,
    );
    const { trace } = traceOf(cluster, request);
    // What settles before any request is listed with the cluster.
    return { assumptions: [...trace.assumptions, ...cluster.assumptions.values()], path: formatTrace({ ...trace, assumptions: [] }) };
  };
  const [first, ...others] = point.choices;
  const untouched = asked(null);
  const listed = untouched.assumptions.find(({ id }) => id === point.id);
  expect(listed).toMatchObject({ origin: 'default', message: point.message });
  expect(listed?.choices.map(({ current }) => current)).toEqual([true, ...others.map(() => false)]);
  // The choice in force, said by a person, changes nothing but the list.
  const said = asked(first!.value);
  expect(said.assumptions.map(({ id }) => id)).not.toContain(point.id);
  expect(said.path).toBe(untouched.path);
  for (const { value } of others) {
    const other = asked(value);
    expect(other.path).not.toBe(untouched.path);
    expect(other.assumptions.map(({ id }) => id)).not.toContain(point.id);
  }
});
