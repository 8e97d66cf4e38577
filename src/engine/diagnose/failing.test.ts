import { expect, it } from 'vitest';
import { buildCluster } from '../cluster/build-cluster.ts';
import { diagnose } from './diagnose.ts';
import { parseManifests } from '../manifests/parse.ts';
import { readRequest } from '../trace/request.ts';
import { send } from '../dataplane/send.ts';

const GATEWAY = [
  '{ apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: { name: edge, namespace: shop }, spec: { gatewayClassName: eg, listeners: [{ name: http, port: 80, protocol: HTTP }] } }',
  `{ apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: { name: web, namespace: shop }, spec: { parentRefs: [{ name: edge }], hostnames: [shop.example.com], rules: [
    { matches: [{ path: { value: /old } }], filters: [{ type: RequestRedirect, requestRedirect: { path: { type: ReplaceFullPath, replaceFullPath: /new } } }] },
    { matches: [{ path: { value: /same } }], filters: [{ type: RequestRedirect, requestRedirect: { path: { type: ReplaceFullPath, replaceFullPath: /same } } }] },
    { matches: [{ path: { value: /api } }], filters: [{ type: CORS, cors: { allowOrigins: ['https://app.example.com'] } }], backendRefs: [{ name: web, port: 80 }] },
    { matches: [{ path: { value: /gone } }], backendRefs: [{ name: gone, port: 80 }] }] } }`,
  '{ apiVersion: v1, kind: Service, metadata: { name: web, namespace: shop }, spec: { selector: { app: web }, ports: [{ port: 80 }] } }',
  '{ apiVersion: v1, kind: Pod, metadata: { name: web, namespace: shop, labels: { app: web } }, spec: { containers: [{ name: app, image: i, ports: [{ containerPort: 80 }] }] } }',
  '{ apiVersion: podpath.dev/v1, kind: Scenario, metadata: { name: scenario }, spec: { environment: { gatewayAPIChannel: experimental } } }',
].join('\n---\n');

const PREFLIGHT = [
  ['Origin', 'https://app.example.com'],
  ['Access-Control-Request-Method', 'GET'],
] as const;

it.each([
  ['a redirect that is not followed', 'GET', '/old', [], 'delivered'],
  ['a granted preflight request', 'OPTIONS', '/api', PREFLIGHT, 'delivered'],
  ['a redirect to where the client is already', 'GET', '/same', [], 'fails'],
  ['a refusal', 'GET', '/gone', [], 'fails'],
] as const)('%s is judged alike in the verdict and in the findings', (_, method, path, headers, judged) => {
  const cluster = buildCluster(parseManifests([{ name: 'edge.yaml', text: GATEWAY }]));
  const { flow } = readRequest({
    from: { kind: 'external', ip: '203.0.113.7' },
    method,
    url: `http://shop.example.com${path}`,
    headers,
    connectTo: '',
    followRedirects: false,
    insecure: false,
  });
  const { verdict } = send(cluster, flow!).trace;
  expect(verdict.kind === 'depends' ? verdict.ifTrue : verdict.kind).toBe(judged);
  const met = diagnose(cluster, flow).filter(({ proof }) => proof?.fails === true && proof.flow.path === path);
  expect(met.length > 0).toBe(judged === 'fails');
});
