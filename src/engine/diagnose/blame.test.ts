import { expect, it } from 'vitest';
import { buildCluster } from '../cluster/build-cluster.ts';
import { parseManifests } from '../manifests/parse.ts';
import { formatUrl } from '../trace/format.ts';
import { diagnose } from './diagnose.ts';

const MANIFESTS = [
  '{ apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: { name: edge, namespace: shop }, spec: { gatewayClassName: eg, listeners: [{ name: http, port: 80, protocol: HTTP, hostname: shop.example.com }] } }',
  `{ apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: { name: web, namespace: shop }, spec: { parentRefs: [{ name: edge }], rules: [
    { matches: [{ path: { value: /ports } }], backendRefs: [{ name: web, port: 81 }] },
    { matches: [{ path: { value: /gone } }], backendRefs: [{ name: web, port: 80 }, { name: gone, port: 80 }] },
    { matches: [{ path: { value: /grant } }], backendRefs: [{ name: web, namespace: other, port: 80 }] },
    { matches: [{ path: { value: /none } }], backendRefs: [{ name: web, port: 80 }, { name: unused, port: 80, weight: 0 }] }] } }`,
  ...['shop', 'other'].flatMap((namespace) => [
    `{ apiVersion: v1, kind: Service, metadata: { name: web, namespace: ${namespace} }, spec: { selector: { app: web }, ports: [{ port: 80 }] } }`,
    `{ apiVersion: v1, kind: Pod, metadata: { name: web, namespace: ${namespace}, labels: { app: web } }, spec: { containers: [{ name: app, image: i, ports: [{ containerPort: 80 }] }] } }`,
  ]),
].join('\n---\n');

it('each entry of a list is proven by a request that reads that entry', () => {
  const cluster = buildCluster(parseManifests([{ name: 'manifests.yaml', text: MANIFESTS }]));
  const proofs = diagnose(cluster).map(({ path, severity, proof }) => [
    path?.slice(2, 5).join('.'),
    severity,
    proof?.fails === true ? formatUrl(proof.flow) : null,
  ]);
  expect(proofs).toEqual([
    ['0.backendRefs.0', 'error', 'http://shop.example.com/ports'],
    ['1.backendRefs.1', 'error', 'http://shop.example.com/gone'],
    ['2.backendRefs.0', 'error', 'http://shop.example.com/grant'],
    // With weight 0 it gets no request, so none fails because of it.
    ['3.backendRefs.1', 'warning', null],
  ]);
});
