import { expect, it } from 'vitest';
import { renderText } from '../../../catalogue/render.ts';
import { clusterOf, traceOf } from '../trace-of.ts';
import { policyView, reachability, type ReachCell } from './reachability.ts';

const deployment = (namespace: string, name: string, port: number, replicas = 2) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: a, image: a, ports: [{ containerPort: ${port} }] }] }
`;
const policy = (name: string, spec: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: ${name}, namespace: shop }\nspec: { ${spec} }\n`;
const SHOP = [
  deployment('shop', 'web', 3000),
  deployment('shop', 'api', 8080),
  deployment('jobs', 'report', 80, 1),
  'apiVersion: v1\nkind: Service\nmetadata: { name: api, namespace: shop }\nspec: { selector: { app: api }, ports: [{ port: 80, targetPort: 8080 }] }\n',
  policy('default-deny', 'podSelector: {}, policyTypes: [Ingress, Egress]'),
  policy('api', 'podSelector: { matchLabels: { app: api } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: 8080 }] }]'),
  policy(
    'web',
    'podSelector: { matchLabels: { app: web } }, policyTypes: [Egress], egress: [{ to: [{ podSelector: {} }] }, { to: [{ ipBlock: { cidr: 198.51.100.0/24 } }] }]',
  ),
].join('---\n');
const cluster = clusterOf(SHOP);

function cell(from: string, to: string): ReachCell {
  const { groups, cells } = reachability(cluster);
  const at = (id: string) => groups.findIndex((group) => group.id === id);
  return cells[at(from)]![at(to)]!;
}

it('Pods of one workload are one group; beside them stand the DNS, nodes, ranges that policies name, and the outside', () => {
  expect(reachability(cluster).groups.map(({ id, pods }) => `${id} ${pods.length}`)).toEqual([
    'Deployment/jobs/report 1',
    'Deployment/shop/api 2',
    'Deployment/shop/web 2',
    'dns 0',
    'nodes 0',
    'range:198.51.100.0/24 0',
    'outside 0',
  ]);
});

it.each([
  ['Deployment/shop/web', 'Deployment/shop/api', 'allowed'],
  ['Deployment/shop/api', 'Deployment/shop/web', 'denied'],
  ['Deployment/shop/web', 'Deployment/shop/web', 'denied'],
  ['Deployment/jobs/report', 'Deployment/shop/api', 'denied'],
  ['Deployment/jobs/report', 'outside', 'open'],
  ['Deployment/shop/web', 'range:198.51.100.0/24', 'allowed'],
  ['Deployment/shop/web', 'outside', 'denied'],
  ['Deployment/shop/web', 'dns', 'denied'],
  ['Deployment/jobs/report', 'dns', 'open'],
  ['outside', 'Deployment/jobs/report', 'open'],
  ['outside', 'range:198.51.100.0/24', 'none'],
])('from %s to %s: %s', (from, to, verdict) => {
  expect(cell(from, to).verdict).toBe(verdict);
});

it('a cell names the rule that allows', () => {
  expect(cell('Deployment/shop/web', 'Deployment/shop/api').ports).toEqual([
    {
      port: 8080,
      protocol: 'TCP',
      verdict: 'allowed',
      side: 'egress',
      rule: { policy: { kind: 'NetworkPolicy', namespace: 'shop', name: 'web' }, path: ['spec', 'egress', 0] },
    },
  ]);
});

it('only some namespaces can be asked for', () => {
  expect(reachability(cluster, ['jobs']).groups.map(({ id }) => id)).toEqual(['Deployment/jobs/report', 'dns', 'nodes', 'range:198.51.100.0/24', 'outside']);
});

it('many groups are bounded, and those left out counted', () => {
  const many = clusterOf(Array.from({ length: 70 }, (_, index) => deployment('shop', `w${index}`, 80, 1)).join('---\n'));
  const { groups, leftOut } = reachability(many);
  expect([groups.filter(({ kind }) => kind === 'pods').length, leftOut]).toEqual([60, 10]);
});

it('a Pod’s view says who may talk to it, why the others may not, and which request shows it', () => {
  const view = policyView(cluster, 'shop/api-1')!;
  expect(view.subject.id).toBe('Deployment/shop/api');
  expect(renderText(view.ingress.isolation!)).toContain('shop/api and shop/default-deny');
  const lane = (id: string) => view.ingress.lanes.find(({ peer }) => peer.id === id)!;
  expect(lane('Deployment/shop/web')).toMatchObject({
    verdict: 'allowed',
    request: { from: { kind: 'pod', namespace: 'shop', name: 'web-0' }, url: 'tcp://10.96.1.1:80' },
  });
  expect(lane('Deployment/jobs/report').ports[0]!.why.map((message) => renderText(message))).toEqual([
    'The rule that comes closest is spec.ingress[0] of shop/api.',
    'Without a namespaceSelector it is for Pods of shop only, and jobs/report-0 is in jobs.',
  ]);
});

it('the view of a Pod that does not exist is none', () => {
  expect(policyView(cluster, 'shop/nobody')).toBeNull();
});

it('a lane and the request that shows it agree', () => {
  for (const key of ['shop/api-0', 'shop/web-0', 'jobs/report-0']) {
    const view = policyView(cluster, key)!;
    for (const { peer, verdict, request } of [...view.ingress.lanes, ...view.egress.lanes]) {
      if (request === null || request.from.kind !== 'pod' || peer.kind === 'dns') continue;
      const { trace } = traceOf(cluster, { from: `pod/${request.from.namespace}/${request.from.name}`, url: request.url });
      const isBlocked = trace.branches.every(({ blockedBy }) => blockedBy.length > 0);
      expect(`${key} ${peer.id} ${isBlocked}`).toBe(`${key} ${peer.id} ${verdict === 'denied'}`);
    }
  }
});
