/**
 * The failure catalogue (S15): for each cause a small cluster, a request, and where and how it must end.
 * A way that ends well in spite of the cause is held too, where the catalogue says so.
 */
import { describe, expect, it } from 'vitest';
import { traceOf, type TextRequest } from '../dataplane/trace-of.ts';
import type { HopKind } from '../trace/hop.ts';
import type { Outcome } from '../trace/outcome.ts';

const pod = (name: string, { labels = `app: ${name}`, spec = '', node = 'node-a', port = 8080, namespace = 'shop', more = '' } = {}) => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: ${namespace}, labels: { ${labels} } }
spec: { nodeName: ${node}, containers: [{ name: c, image: i, ports: [{ name: web, containerPort: ${port} }] }]${spec} }
${more}
---`;
const service = (name: string, spec: string, namespace = 'shop', annotations = '') => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace}, annotations: { ${annotations} } }
spec: { ${spec} }
---`;
const ingress = (paths: string, spec = 'ingressClassName: nginx', host = 'shop.example.com', annotations = '') => `
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: nginx }
spec: { controller: k8s.io/ingress-nginx }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop, namespace: shop, annotations: { ${annotations} } }
spec: { ${spec}, rules: [{ host: ${host}, http: { paths: [${paths}] } }] }
---`;
const path = (value: string, backend: string, port = 'number: 80', type = 'Prefix') =>
  `{ path: ${value}, pathType: ${type}, backend: { service: { name: ${backend}, port: { ${port} } } } }`;

const client = pod('client', { labels: 'app: client' });
const api = `${pod('api')}${service('api', 'selector: { app: api }, ports: [{ port: 80, targetPort: 8080 }]')}`;
const nginx = `controllers: [{ kind: ingress, name: ingress-nginx, implementation: ingress-nginx, class: nginx }]
cloud: metallb-l2
publicDNS: { shop.example.com: { ingress: shop/shop }, other.example.com: { ingress: shop/shop } }`;
const inside = (url: string): TextRequest => ({ url, from: 'pod/shop/client' });

interface Failure {
  readonly id: string;
  readonly cause: string;
  readonly yaml: string;
  readonly request: TextRequest;
  readonly environment?: string;
  readonly ends: HopKind;
  readonly outcome: Outcome | Partial<Extract<Outcome, { code: 'HTTP' }>>;
  /** Object whose rejection must be named. */
  readonly rejected?: string;
}

const admission: readonly Failure[] = [
  {
    id: 'F-01',
    cause: 'an apiVersion that was removed',
    yaml: `${api}${ingress(path('/', 'api')).replace('networking.k8s.io/v1\nkind: Ingress\n', 'extensions/v1beta1\nkind: Ingress\n')}`,
    request: { url: 'http://shop.example.com/', connectTo: '203.0.113.10:80' },
    environment: nginx.replace(/publicDNS.*$/, 'publicDNS: {}'),
    ends: 'ingress-controller',
    outcome: { code: 'HTTP', status: 404, producer: 'controller' },
  },
  {
    id: 'F-02',
    cause: 'an Ingress path without pathType',
    yaml: `${api}${ingress('{ path: /, backend: { service: { name: api, port: { number: 80 } } } }')}`,
    request: { url: 'http://shop.example.com/', connectTo: '203.0.113.10:80' },
    environment: nginx,
    ends: 'ingress-controller',
    outcome: { code: 'HTTP', status: 404, producer: 'controller' },
    rejected: 'shop',
  },
  {
    id: 'F-03',
    cause: 'a node port out of range',
    yaml: `${client}${pod('api')}${service('api', 'type: NodePort, selector: { app: api }, ports: [{ port: 80, targetPort: 8080, nodePort: 8080 }]')}`,
    request: inside('http://api/'),
    ends: 'dns',
    outcome: { code: 'DNS_NXDOMAIN' },
    rejected: 'api',
  },
  {
    id: 'F-04',
    cause: 'several ports without names',
    yaml: `${client}${pod('api')}${service('api', 'selector: { app: api }, ports: [{ port: 80 }, { port: 81 }]')}`,
    request: inside('http://api/'),
    ends: 'dns',
    outcome: { code: 'DNS_NXDOMAIN' },
    rejected: 'api',
  },
  {
    id: 'F-05',
    cause: 'an ExternalName Service without externalName',
    yaml: `${client}${service('api', 'type: ExternalName')}`,
    request: inside('http://api/'),
    ends: 'dns',
    outcome: { code: 'DNS_NXDOMAIN' },
    rejected: 'api',
  },
  {
    id: 'F-06',
    cause: 'a Service in another namespace than meant',
    yaml: `${client}${service('api', 'selector: { app: api }, ports: [{ port: 80 }]', 'default')}`,
    request: inside('http://api/'),
    ends: 'dns',
    outcome: { code: 'DNS_NXDOMAIN' },
  },
  {
    id: 'F-07',
    cause: 'a workload whose selector does not match its template',
    yaml: `${client}${service('api', 'selector: { app: api }, ports: [{ port: 80 }]')}
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  selector: { matchLabels: { app: other } }
  template: { metadata: { labels: { app: api } }, spec: { containers: [{ name: c, image: i }] } }
---`,
    request: inside('http://api/'),
    ends: 'kube-proxy',
    outcome: { code: 'CONN_REFUSED' },
    rejected: 'api',
  },
];

const names: readonly Failure[] = [
  { id: 'F-08', cause: 'a misspelt name', yaml: `${client}${api}`, request: inside('http://apis/'), ends: 'dns', outcome: { code: 'DNS_NXDOMAIN' } },
  {
    id: 'F-09',
    cause: 'a headless Service without a ready Pod',
    yaml: `${client}${service('db', 'clusterIP: None, selector: { app: db }, ports: [{ port: 5432 }]')}`,
    request: inside('tcp://db:5432'),
    ends: 'dns',
    outcome: { code: 'DNS_NXDOMAIN' },
  },
  {
    id: 'F-16',
    cause: 'a public name without a record, the load balancer pending',
    yaml: `${api}${ingress(path('/', 'api'))}`,
    request: { url: 'http://shop.example.com/' },
    environment: 'cloud: none\ncontrollers: [{ kind: ingress, name: ingress-nginx, implementation: ingress-nginx, class: nginx }]',
    ends: 'dns',
    outcome: { code: 'DNS_NXDOMAIN' },
  },
  {
    id: 'F-17',
    cause: 'the address of a Pod that is gone',
    yaml: client,
    request: inside('http://10.244.1.77:8080/'),
    ends: 'network',
    outcome: { code: 'NO_ROUTE' },
  },
];

const services: readonly Failure[] = [
  {
    id: 'F-18',
    cause: 'a selector that matches no Pod',
    yaml: `${client}${pod('api', { labels: 'app: apis' })}${service('api', 'selector: { app: api }, ports: [{ port: 80 }]')}`,
    request: inside('http://api/'),
    ends: 'kube-proxy',
    outcome: { code: 'CONN_REFUSED' },
  },
  {
    id: 'F-20',
    cause: 'Pods that are not ready',
    yaml: `${client}${api}`,
    request: inside('http://api/'),
    environment: 'pods: { shop/api: { ready: false } }',
    ends: 'kube-proxy',
    outcome: { code: 'CONN_REFUSED' },
  },
  {
    id: 'F-21',
    cause: 'Pods that do not start',
    yaml: `${client}${api}`,
    request: inside('http://api/'),
    environment: 'pods: { shop/api: { phase: Pending } }',
    ends: 'kube-proxy',
    outcome: { code: 'CONN_REFUSED' },
  },
  {
    id: 'F-22',
    cause: 'a target port on which nobody listens',
    yaml: `${client}${api}`,
    request: inside('http://api/'),
    environment: 'pods: { shop/api: { closed: [8080] } }',
    ends: 'pod',
    outcome: { code: 'CONN_REFUSED' },
  },
  {
    id: 'F-23',
    cause: 'a named target port that the Pod does not have',
    yaml: `${client}${pod('api')}${service('api', 'selector: { app: api }, ports: [{ port: 80, targetPort: http }]')}`,
    request: inside('http://api/'),
    ends: 'kube-proxy',
    outcome: { code: 'CONN_REFUSED' },
  },
  {
    id: 'F-24',
    cause: 'an application that listens on 127.0.0.1 only',
    yaml: `${client}${api}`,
    request: inside('http://api/'),
    environment: 'pods: { shop/api: { localhostOnly: true } }',
    ends: 'pod',
    outcome: { code: 'CONN_REFUSED' },
  },
  {
    id: 'F-25',
    cause: 'the target port in place of the Service port',
    yaml: `${client}${api}`,
    request: inside('http://api:8080/'),
    ends: 'kube-proxy',
    outcome: { code: 'CONN_TIMEOUT' },
  },
  {
    id: 'F-26',
    cause: 'a ClusterIP asked from outside',
    yaml: `${pod('api')}${service('api', 'selector: { app: api }, clusterIP: 10.96.0.50, ports: [{ port: 80, targetPort: 8080 }]')}`,
    request: { url: 'http://10.96.0.50/' },
    ends: 'network',
    outcome: { code: 'CONN_TIMEOUT' },
  },
  {
    id: 'F-28',
    cause: 'externalTrafficPolicy Local on a node without a Pod',
    yaml: `${pod('api')}${service('api', 'type: NodePort, externalTrafficPolicy: Local, selector: { app: api }, ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]')}`,
    request: { url: 'http://192.0.2.12:30080/' },
    environment: 'nodes: [{ name: node-a }, { name: node-b }]',
    ends: 'kube-proxy',
    outcome: { code: 'CONN_TIMEOUT' },
  },
  {
    id: 'F-29',
    cause: 'internalTrafficPolicy Local on a node without a Pod',
    yaml: `${client}${pod('api', { node: 'node-b' })}${service('api', 'internalTrafficPolicy: Local, selector: { app: api }, ports: [{ port: 80, targetPort: 8080 }]')}`,
    request: inside('http://api/'),
    ends: 'kube-proxy',
    outcome: { code: 'CONN_TIMEOUT' },
  },
  {
    id: 'F-30',
    cause: 'a node’s private address asked from the Internet',
    yaml: `${pod('api')}${service('api', 'type: NodePort, selector: { app: api }, ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]')}`,
    request: { url: 'http://10.0.0.5:30080/' },
    environment: 'externalReachesNodes: externalIPOnly\nnodes: [{ name: node-a, internalIP: 10.0.0.5, externalIP: 203.0.113.50 }]',
    ends: 'network',
    outcome: { code: 'CONN_TIMEOUT' },
  },
  {
    id: 'F-37',
    cause: 'a Service without selector and without endpoints',
    yaml: `${client}${service('api', 'ports: [{ port: 80 }]')}`,
    request: inside('http://api/'),
    ends: 'kube-proxy',
    outcome: { code: 'CONN_REFUSED' },
  },
  {
    id: 'F-38',
    cause: 'a Service for another protocol than the application’s',
    yaml: `${client}${pod('api')}${service('api', 'selector: { app: api }, ports: [{ port: 80, targetPort: 8080, protocol: UDP }]')}`,
    request: inside('udp://api:80'),
    ends: 'pod',
    outcome: { code: 'UDP_SILENT' },
  },
  {
    id: 'F-39',
    cause: 'a ping to a ClusterIP, which is no fault',
    yaml: `${client}${api}`,
    request: inside('ping://api'),
    ends: 'kube-proxy',
    outcome: { code: 'CONN_TIMEOUT' },
  },
];

const balancer = 'type: LoadBalancer, selector: { app: api }, ports: [{ port: 80, targetPort: 8080 }]';
const loadBalancers: readonly Failure[] = [
  {
    id: 'F-40',
    cause: 'a load balancer that nobody provides',
    yaml: `${pod('api')}${service('api', balancer)}`,
    request: { url: 'http://api.example.com/' },
    environment: 'cloud: none\npublicDNS: { api.example.com: { service: shop/api } }',
    ends: 'dns',
    outcome: { code: 'DNS_NXDOMAIN' },
  },
  {
    id: 'F-44',
    cause: 'loadBalancerSourceRanges without the client',
    yaml: `${pod('api')}${service('api', `${balancer}, loadBalancerSourceRanges: [198.51.100.0/24]`)}`,
    request: { url: 'http://api.example.com/' },
    environment: 'cloud: gcp\npublicDNS: { api.example.com: { service: shop/api } }',
    ends: 'load-balancer',
    outcome: { code: 'CONN_TIMEOUT' },
  },
];

const rules: readonly Failure[] = [
  {
    id: 'F-52',
    cause: 'no Ingress controller',
    yaml: `${api}${ingress(path('/', 'api'))}`,
    request: { url: 'http://shop.example.com/' },
    environment: 'publicDNS: { shop.example.com: { ingress: shop/shop } }',
    ends: 'dns',
    outcome: { code: 'DNS_NXDOMAIN' },
  },
  {
    id: 'F-53',
    cause: 'a class that no controller serves',
    yaml: `${api}${ingress(path('/', 'api'), 'ingressClassName: ngnix')}`,
    request: { url: 'http://shop.example.com/', connectTo: '203.0.113.10:80' },
    environment: nginx,
    ends: 'ingress-controller',
    outcome: { code: 'HTTP', status: 404, producer: 'controller' },
  },
  {
    id: 'F-54',
    cause: 'a host that no rule has',
    yaml: `${api}${ingress(path('/', 'api'))}`,
    request: { url: 'http://other.example.com/' },
    environment: nginx,
    ends: 'ingress-controller',
    outcome: { code: 'HTTP', status: 404, producer: 'controller' },
  },
  {
    id: 'F-55',
    cause: 'a path that no rule has',
    yaml: `${api}${ingress(path('/api', 'api', 'number: 80', 'Exact'))}`,
    request: { url: 'http://shop.example.com/api/' },
    environment: nginx,
    ends: 'ingress-controller',
    outcome: { code: 'HTTP', status: 404, producer: 'controller' },
  },
  {
    id: 'F-56',
    cause: 'a backend Service that does not exist',
    yaml: `${api}${ingress(path('/', 'apis'))}`,
    request: { url: 'http://shop.example.com/' },
    environment: nginx,
    ends: 'ingress-controller',
    outcome: { code: 'HTTP', status: 503, producer: 'controller' },
  },
  {
    id: 'F-57',
    cause: 'a backend port that the Service does not have',
    yaml: `${api}${ingress(path('/', 'api', 'number: 81'))}`,
    request: { url: 'http://shop.example.com/' },
    environment: nginx,
    ends: 'ingress-controller',
    outcome: { code: 'HTTP', status: 503, producer: 'controller' },
  },
  {
    id: 'F-58',
    cause: 'no ready endpoint behind the rule',
    yaml: `${api}${ingress(path('/', 'api'))}`,
    request: { url: 'http://shop.example.com/' },
    environment: `${nginx}\npods: { shop/api: { ready: false } }`,
    ends: 'ingress-controller',
    outcome: { code: 'HTTP', status: 503, producer: 'controller' },
  },
  {
    id: 'F-59',
    cause: 'a Pod that refuses the controller',
    yaml: `${api}${ingress(path('/', 'api'))}`,
    request: { url: 'http://shop.example.com/' },
    environment: `${nginx}\npods: { shop/api: { closed: [8080] } }`,
    ends: 'pod',
    outcome: { code: 'HTTP', status: 502, producer: 'controller' },
  },
  {
    id: 'F-65',
    cause: 'a TLS Secret that does not exist',
    yaml: `${api}${ingress(path('/', 'api'), 'ingressClassName: nginx, tls: [{ hosts: [shop.example.com], secretName: none }]')}`,
    request: { url: 'https://shop.example.com/' },
    environment: nginx,
    ends: 'ingress-controller',
    outcome: { code: 'TLS_ERROR', kind: 'untrusted' },
  },
  {
    id: 'F-27',
    cause: 'TLS ended at the load balancer, and the controller that redirects to TLS',
    yaml: `${api}${ingress(path('/', 'api'), 'ingressClassName: nginx, tls: [{ hosts: [shop.example.com], secretName: shop-tls }]')}
apiVersion: v1
kind: Service
metadata:
  name: controller
  namespace: ingress-nginx
  annotations:
    service.beta.kubernetes.io/aws-load-balancer-ssl-cert: arn:aws:acm:eu-west-1:111122223333:certificate/1
    service.beta.kubernetes.io/aws-load-balancer-ssl-ports: https
    service.beta.kubernetes.io/aws-load-balancer-backend-protocol: tcp
spec:
  type: LoadBalancer
  selector: { app: nginx }
  ports: [{ name: http, port: 80, targetPort: 80 }, { name: https, port: 443, targetPort: 80 }]
---${pod('nginx', { port: 80, namespace: 'ingress-nginx' })}`,
    request: { url: 'https://shop.example.com/', followRedirects: true },
    environment: `cloud: aws-intree
controllers: [{ kind: ingress, name: ingress-nginx, implementation: ingress-nginx, class: nginx, service: ingress-nginx/controller }]
publicDNS: { shop.example.com: { ingress: shop/shop } }
assume: { secret:shop/shop-tls: true }`,
    ends: 'ingress-controller',
    outcome: { code: 'REDIRECT_LOOP' },
  },
];

describe.each([
  ['admission', admission],
  ['names', names],
  ['Services', services],
  ['load balancers', loadBalancers],
  ['Ingress', rules],
])('failures of %s', (_, failures) => {
  it.each(failures.map((failure) => [failure.id, failure.cause, failure] as const))('%s: %s', (_id, _cause, failure) => {
    const { trace } = traceOf(failure.yaml, failure.request, `complete: true\n${failure.environment ?? ''}`);
    const branch = trace.branches[trace.taken]!;
    const last = trace.hops.find(({ id }) => id === branch.hops.at(-1))!;
    expect({ ends: last.kind, outcome: branch.outcome }).toMatchObject({ ends: failure.ends, outcome: failure.outcome });
    if (failure.rejected !== undefined) expect(trace.rejected.map(({ object }) => object.name)).toContain(failure.rejected);
    expect(last.why.length).toBeGreaterThan(0);
  });
});
