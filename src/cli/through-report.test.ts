import { expect, it } from 'vitest';
import { readRequest, throughOthers } from '../engine/index.ts';
import { throughAsData, throughAsText } from './through-report.ts';

const text = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop }
spec:
  ingressClassName: nginx
  rules: [{ host: a.com, http: { paths: [{ path: /api, pathType: Prefix, backend: { service: { name: api, port: { number: 80 } } } }] } }]
---
apiVersion: v1
kind: Service
metadata: { name: api }
spec: { selector: { app: api }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: api, labels: { app: api } }
spec: { containers: [{ name: c, image: x }] }
`;
const { flow } = readRequest({
  from: { kind: 'external', ip: '203.0.113.7' },
  method: 'GET',
  url: 'http://a.com/apix',
  headers: [],
  connectTo: '',
  followRedirects: false,
  insecure: false,
});
const through = throughOthers([{ name: 'a.yaml', text }], flow!, null)!;

it('prints one block for each controller: what becomes of the request, what differs and why', () => {
  const blocks = throughAsText(through).split(/\n(?! )/);
  expect(blocks[0]).toBe('ingress-nginx  HTTP 404 (controller)  (runs here)');
  expect(blocks[1]?.split('\n').slice(0, 2)).toEqual([
    'traefik        HTTP 200 (app) default/api',
    '    The request reaches default/api; here the client gets HTTP 404. The path begins with /api, compared character by character.',
  ]);
});

it('as JSON: sentences as text', () => {
  expect(throughAsData(through)[0]).toMatchObject({ implementation: 'ingress-nginx', runs: true, ends: [{ outcome: { status: 404 }, share: 1 }], details: [] });
});
