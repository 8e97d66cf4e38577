import { describe, expect, it } from 'vitest';
import { originsOf, suggestRequests } from './suggest.ts';
import { clusterOf } from './trace-of.ts';

const deployment = (name: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { matchLabels: { app: ${name} } }
  template: { metadata: { labels: { app: ${name} } }, spec: { containers: [{ name: c, image: i }] } }
---`;
const service = (name: string, spec: string) => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: { selector: { app: ${name} }, ${spec} }
---`;
const ingress = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop, namespace: shop }
spec:
  tls: [{ hosts: [shop.example.com] }]
  rules:
  - host: shop.example.com
    http: { paths: [{ path: '/api(/|$)(.*)', pathType: ImplementationSpecific, backend: { service: { name: api, port: { number: 80 } } } }] }
  - host: '*.example.org'
    http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: api, port: { number: 80 } } } }] }
---`;
const urls = (yaml: string, scenario?: string) => suggestRequests(clusterOf(yaml, scenario)).map(({ draft }) => draft.url);

describe('suggested requests', () => {
  it('begin with the hosts and paths of rules, by https where TLS is set up', () => {
    expect(urls(`${ingress}${deployment('api')}${service('api', 'ports: [{ port: 80 }]')}`).slice(0, 2)).toEqual([
      'https://shop.example.com/api',
      'http://www.example.org/',
    ]);
  });

  it('ask load balancers and node ports by address, and Services by name from a Pod', () => {
    const yaml = `${deployment('api')}${deployment('web')}${service('api', 'type: LoadBalancer, ports: [{ port: 8000 }]')}${service('web', 'type: NodePort, ports: [{ port: 80, nodePort: 30080 }]')}`;
    expect(urls(yaml, 'complete: true\ncloud: gcp')).toEqual(['http://203.0.113.10:8000/', 'http://192.0.2.11:30080/', 'http://api:8000/', 'http://web/']);
  });

  it('speak the protocol that the port suggests', () => {
    const yaml = `${deployment('api')}${service('api', 'ports: [{ name: https, port: 443 }, { name: dns, port: 53, protocol: UDP }, { name: db, port: 5432 }, { name: web, port: 3000 }]')}`;
    expect(urls(yaml)).toEqual(['https://api/', 'udp://api:53', 'tcp://api:5432', 'http://api:3000/']);
  });

  it('ask one Pod of a headless Service by its own name', () => {
    const yaml = `${deployment('client')}
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: shop }
spec:
  serviceName: db
  selector: { matchLabels: { app: db } }
  template: { metadata: { labels: { app: db } }, spec: { containers: [{ name: c, image: i }] } }
---${service('db', 'clusterIP: None, ports: [{ port: 5432 }]')}`;
    expect(urls(yaml)).toEqual(['tcp://db:5432', 'tcp://db-0.db:5432']);
  });

  it('are at most 30, none twice', () => {
    const many = Array.from({ length: 40 }, (_, index) => service(`s${index}`, 'ports: [{ port: 80 }]')).join('');
    const found = urls(`${deployment('client')}${many}`);
    expect(found).toHaveLength(30);
    expect(new Set(found).size).toBe(30);
  });

  it('of an empty workspace are none', () => {
    expect(urls('')).toEqual([]);
  });
});

it('everyone who could send: the Internet, workloads, Pods, nodes', () => {
  expect(originsOf(clusterOf(deployment('api')))).toEqual([
    { kind: 'external', ip: '203.0.113.7' },
    { kind: 'workload', workloadKind: 'Deployment', namespace: 'shop', name: 'api' },
    { kind: 'pod', namespace: 'shop', name: 'api-0' },
    { kind: 'node', name: 'node-a' },
    { kind: 'node', name: 'node-b' },
  ]);
});
