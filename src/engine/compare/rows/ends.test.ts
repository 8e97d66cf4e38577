import { describe, expect, it } from 'vitest';
import { comparing, DEPLOYMENT, request, said, workspaceOf } from '../sample.fixture.ts';

const SERVICE = `apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec: { selector: { app: api }, ports: [{ port: 80, targetPort: 8080 }] }
`;
const INGRESS = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: api, namespace: shop }
spec:
  ingressClassName: nginx
  rules:
  - host: api.example.com
    http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: api, port: { number: 80 } } } }] }
`;
const DENY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress] }
`;
const GATEWAY = `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { gatewayClassName: eg, listeners: [{ name: http, port: 80, protocol: HTTP, hostname: api.example.com }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: api, namespace: shop }
spec:
  parentRefs: [{ name: edge }]
  rules: [{ backendRefs: [{ name: api, port: 80, weight: 3 }, { name: next, port: 80 }] }]
`;
const next = (text: string) => text.replaceAll('name: api', 'name: next').replaceAll('app: api', 'app: next');

describe('how a way ends', () => {
  it('an answer is that of the proxy, also where a policy stops what is behind it', () => {
    const comparison = comparing(workspaceOf([DEPLOYMENT, SERVICE, INGRESS, DENY]), request('http://api.example.com/'));
    expect(said(comparison, 'asked', 'ingress')).toMatch(/^504 from (?!NetworkPolicy)/);
  });
  it('weights: the share of other workloads is told', () => {
    const comparison = comparing(workspaceOf([DEPLOYMENT, SERVICE, next(DEPLOYMENT), next(SERVICE), GATEWAY]), request('http://api.example.com/'));
    expect(said(comparison, 'asked', 'gateway')).toContain('25 % from another workload');
  });
  it('a node that dies takes its own address with it, and only the Pods of other ways', () => {
    const comparison = comparing(workspaceOf([DEPLOYMENT.replace('replicas: 2', 'replicas: 1'), SERVICE]), request('http://192.0.2.11/'));
    expect(said(comparison, 'cons', 'node-port')).toContain('this address is dead');
    for (const way of ['cluster-ip', 'load-balancer', 'ingress'] as const) {
      expect(said(comparison, 'cons', way)).toContain('no request arrives until other Pods run');
      expect(said(comparison, 'cons', way)).not.toContain('this address is dead');
    }
  });
});
