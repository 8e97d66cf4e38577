import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Flow } from '../../trace/flow.ts';
import { send } from '../../dataplane/send.ts';
import { clusterOf } from '../cluster-of.ts';

const ALB = [
  'actions.do',
  'conditions.do',
  'listen-ports',
  'ssl-redirect',
  'scheme',
  'group.name',
  'group.order',
  'target-type',
  'target-node-labels',
  'backend-protocol',
  'certificate-arn',
  'success-codes',
  'healthcheck-path',
  'inbound-cidrs',
  'load-balancer-attributes',
  'target-group-attributes',
  'use-regex-path-match',
].map((name) => `alb.ingress.kubernetes.io/${name}`);
const GCE = [
  'kubernetes.io/ingress.allow-http',
  'kubernetes.io/ingress.global-static-ip-name',
  'networking.gke.io/v1beta1.FrontendConfig',
  'networking.gke.io/managed-certificates',
  'ingress.gcp.kubernetes.io/pre-shared-cert',
];
const ON_SERVICES = ['cloud.google.com/neg', 'cloud.google.com/backend-config', 'cloud.google.com/app-protocols'];

const text = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.json({ maxDepth: 3 }),
  fc.constantFrom('true', 'ip', 'instance', 'internet-facing', '443', 'all', '[{"HTTP": 80}, {"HTTPS": 443}]', '[{"HTTP": "x"}]'),
  fc.constantFrom(
    '{"type":"forward","forwardConfig":{"targetGroups":[{"serviceName":"web","servicePort":80,"weight":-1}]}}',
    '{"type":"redirect","redirectConfig":{"host":"#{host}","statusCode":"HTTP_302"}}',
    '{"type":"fixed-response","fixedResponseConfig":{}}',
    '[{"field":"query-string","queryStringConfig":{"values":[{}]}},{"field":"source-ip","sourceIpConfig":{"values":["x"]}}]',
    '{"ingress": true}',
    '{"default": "one"}',
    '{"exposed_ports": {"80": {}}}',
  ),
);
function flowTo(scheme: 'http' | 'https', port: number, path: string): Flow {
  const connectTo = { kind: 'ingress', port } as const;
  return { from: { kind: 'external', ip: '203.0.113.7' }, method: 'GET', scheme, host: 'a.example.com', port, portGiven: false, path, headers: [], connectTo };
}
const path = fc.string({ unit: fc.constantFrom('/', 'a', '*', '?', '(', '[', '.'), maxLength: 8 });

it.each(['ingress.k8s.aws/alb', 'gce'])('%s: whatever an annotation says, the question gets an answer', (controller) => {
  const isAlb = controller !== 'gce';
  const world = fc.record({
    annotations: fc.dictionary(fc.constantFrom(...(isAlb ? ALB : GCE)), text, { maxKeys: 5 }),
    onService: fc.dictionary(fc.constantFrom(...(isAlb ? ALB : ON_SERVICES)), text, { maxKeys: 2 }),
    type: fc.constantFrom('ClusterIP', 'NodePort'),
    pathType: fc.constantFrom('Exact', 'Prefix', 'ImplementationSpecific'),
    path,
    asked: path,
  });
  fc.assert(
    fc.property(world, ({ annotations, onService, type, pathType, path: written, asked }) => {
      const own = isAlb ? annotations : { ...annotations, 'kubernetes.io/ingress.class': 'gce' };
      const yaml = `
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: edge }
spec: { controller: ${controller} }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: ${JSON.stringify({ name: 'shop', annotations: own })}
spec:
  ${isAlb ? 'ingressClassName: edge' : ''}
  rules:
  - http:
      paths:
      - { path: ${JSON.stringify(`/${written}`)}, pathType: ${pathType}, backend: { service: { name: web, port: { number: 80 } } } }
      ${isAlb ? '- { path: /do, pathType: Exact, backend: { service: { name: do, port: { name: use-annotation } } } }' : ''}
---
apiVersion: v1
kind: Service
metadata: ${JSON.stringify({ name: 'web', annotations: onService })}
spec: { type: ${type}, selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: c, image: x }] }
`;
      const cluster = clusterOf(yaml);
      for (const flow of [flowTo('http', 80, `/${encodeURI(asked)}`), flowTo('https', 443, '/do')])
        expect(send(cluster, flow).trace.hops.length).toBeGreaterThan(0);
    }),
    { numRuns: 60 },
  );
});
