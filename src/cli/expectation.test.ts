import { expect, it } from 'vitest';
import { renderText } from '../catalogue/render.ts';
import type { Json } from '../engine/index.ts';
import { testRequests } from './test.ts';

const MANIFESTS = `apiVersion: v1
kind: Service
metadata: { name: menu }
spec: { selector: { app: menu }, ports: [{ port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: menu }
spec:
  replicas: 2
  selector: { matchLabels: { app: menu } }
  template:
    metadata: { labels: { app: menu } }
    spec: { containers: [{ name: menu, image: menu:2, ports: [{ containerPort: 80 }] }] }
---
apiVersion: v1
kind: Pod
metadata: { name: till }
spec: { containers: [{ name: till, image: till:1 }] }
`;

function unmet(expectation: Json, url = 'http://menu/'): readonly string[] {
  const request = { name: 'r', from: { pod: 'default/till' }, url, expect: expectation };
  const scenario = { apiVersion: 'podpath.dev/v1', kind: 'Scenario', metadata: { name: 's' }, spec: { requests: [request] } };
  const results = testRequests(
    [
      { name: 'm.yaml', text: MANIFESTS },
      { name: 'scenario.yaml', text: JSON.stringify(scenario) },
    ],
    false,
  );
  return results[0]!.reasons.map((reason) => renderText(reason));
}

it.each<Json>([
  { reached: true },
  { services: { 'default/menu': 1 } },
  { services: { 'default/menu': null } },
  { workloads: { 'default/menu': 1 } },
  { pods: { 'default/menu-0': 0.5, 'default/menu-1': 0.5 } },
  { pods: { 'default/menu-0': 0.52, 'default/menu-1': 0.48 }, shareTolerance: 0.05 },
  { distinctPods: 2 },
  { podsExact: ['default/menu-1', 'default/menu-0'] },
  { status: 200 },
  { statusAnyOf: [200, 204] },
  { statusRange: [200, 299] },
  { failure: null },
  { sourceIP: 'preserved' },
  { atBackend: { method: 'GET', path: '/', host: 'menu' } },
  { interceptedByKubeProxy: true },
])('%j holds', (expectation) => {
  expect(unmet(expectation)).toEqual([]);
});

it.each<readonly [Json, string]>([
  [{ reached: false }, 'reached is ["10.244.0.2:80","10.244.1.2:80"], and false is expected.'],
  [{ status: 404 }, 'status is [200], and 404 is expected.'],
  [{ failure: 'refused' }, 'failure is [null], and "refused" is expected.'],
  [{ arrives: true }, 'arrives is no word of an expectation.'],
  [{ resolvesTo: '10.96.0.1' }, 'resolvesTo of an expectation must be of this form: list.'],
  [{ status: '200' }, 'status of an expectation must be of this form: number.'],
  ['reached', 'expect of an expectation must be of this form: mapping.'],
])('%j does not hold: %s', (expectation, why) => {
  expect(unmet(expectation)).toEqual([why]);
});

it('a share that is off names who gets it', () => {
  expect(unmet({ services: { 'default/menu': 1, 'default/other': 0.5 } })).toHaveLength(1);
  expect(unmet({ pods: { 'default/menu-0': 0.9, 'default/menu-1': 0.5 } })[0]).toContain('default/menu-0');
});

it('a failing request meets the expectation that it fails', () => {
  expect(unmet({ reached: false, failure: 'nxdomain' }, 'http://mneu/')).toEqual([]);
  expect(unmet({ reached: true }, 'http://mneu/')).toHaveLength(1);
});
