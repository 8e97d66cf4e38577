import { describe, expect, it } from 'vitest';
import { renderText } from '../../../catalogue/render.ts';
import { buildCluster } from '../../cluster/build-cluster.ts';
import { parseManifests } from '../../manifests/parse.ts';
import type { Workspace } from '../../manifests/workspace.ts';
import { readRequest } from '../../trace/request.ts';
import { shortOutcome } from './difference.ts';
import { switchController } from './switch.ts';
import { throughOthers } from './through.ts';

const CLASS = 'apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: { name: nginx }\nspec: { controller: k8s.io/ingress-nginx }\n---\n';
const service = (name: string) => `apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: { selector: { app: ${name} }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: shop, labels: { app: ${name} } }
spec: { containers: [{ name: c, image: x }] }
---
`;
const path = (text: string, backend: string, type = 'Prefix') =>
  `{ path: "${text}", pathType: ${type}, backend: { service: { name: ${backend}, port: { number: 80 } } } }`;
const ingress = (paths: readonly string[], annotations = '', tls = '') => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop, namespace: shop, annotations: { ${annotations} } }
spec: { ingressClassName: nginx, ${tls} rules: [{ host: a.com, http: { paths: [${paths.join(', ')}] } }] }
---
`;
const world = (...documents: readonly string[]): Workspace => [{ name: 'manifests.yaml', text: CLASS + documents.join('') + service('api') + service('web') }];
const flowOf = (url: string) =>
  readRequest({ from: { kind: 'external', ip: '203.0.113.7' }, method: 'GET', url, headers: [], connectTo: '', followRedirects: false, insecure: true }).flow!;

/** What becomes of a request through one implementation, what differs and why. */
function through(workspace: Workspace, url: string, implementation: string) {
  const row = throughOthers(workspace, flowOf(url), null)!.rows.find((candidate) => candidate.implementation === implementation)!;
  const [first] = row.differences;
  return {
    ends: row.ends.map(({ outcome, service: reached }) => reached ?? shortOutcome(outcome)),
    what: first === undefined ? null : renderText(first.what),
    why: first?.why == null ? null : `${first.why.by === null ? '' : `${first.why.by}: `}${renderText(first.why.says)}`,
    notes: row.notes.map((note) => renderText(note)),
  };
}

describe('the same request through another controller', () => {
  it('another rule takes it: the reason is what the other says of the rule', () => {
    const workspace = world(ingress([path('/api', 'api'), path('/', 'web')]));
    expect(through(workspace, 'http://a.com/apix', 'traefik')).toMatchObject({
      ends: ['shop/api'],
      what: 'The request reaches shop/api instead of shop/web.',
      why: 'It matches too, but Traefik tries /api first.',
    });
    expect(through(workspace, 'http://a.com/apix', 'contour')).toMatchObject({ ends: ['shop/web'] });
  });

  it('a rule without a backend: 503 here, none at all there', () => {
    const workspace = world(ingress([path('/api', 'gone')]));
    expect(through(workspace, 'http://a.com/api', 'traefik')).toMatchObject({
      ends: ['HTTP 404'],
      what: 'The client gets HTTP 404 instead of HTTP 503.',
      why: 'Traefik makes no rule of it: Service shop/gone does not exist in the namespace of its Ingress.',
    });
    expect(through(workspace, 'http://a.com/api', 'istio')).toMatchObject({
      ends: ['HTTP 503'],
      what: 'The controller takes 192.0.2.11 for the client’s address; here, 203.0.113.7.',
      why: 'The Service istio-system/istio-ingressgateway that its installation comes with has externalTrafficPolicy: Cluster.',
    });
  });

  it('an annotation that the other does not read: the path stays as it is', () => {
    const workspace = world(ingress([path('/api', 'api')], 'nginx.ingress.kubernetes.io/rewrite-target: /'));
    expect(through(workspace, 'http://a.com/api/x', 'haproxy')).toMatchObject({
      ends: ['shop/api'],
      what: 'The application gets the path /api/x instead of /.',
      why: 'HAProxy does not read nginx.ingress.kubernetes.io/rewrite-target: only ingress-nginx does.',
      notes: [],
    });
  });

  it('an annotation that makes no difference to this request is a note', () => {
    const workspace = world(ingress([path('/api', 'api')], 'nginx.ingress.kubernetes.io/proxy-body-size: 8m'));
    expect(through(workspace, 'http://a.com/api', 'traefik').notes).toEqual([
      'Traefik does not read nginx.ingress.kubernetes.io/proxy-body-size: only ingress-nginx does.',
    ]);
  });

  it('what only the one that runs does is its own reason, with its name', () => {
    const workspace = world(ingress([path('/', 'web')], '', 'tls: [{ hosts: [a.com], secretName: cert }],'));
    expect(through(workspace, 'http://a.com/', 'contour')).toMatchObject({
      what: 'The request reaches shop/web; here the client gets HTTP 308.',
      why: 'ingress-nginx: The tls section covers a.com, and then plain HTTP is sent to HTTPS by default.',
    });
    expect(through(workspace, 'http://a.com/', 'haproxy')).toMatchObject({
      what: 'The client gets HTTP 302 instead of HTTP 308.',
      why: 'The Ingress has a tls section, and then HAProxy sends plain HTTP to HTTPS by default.',
    });
  });

  it('another certificate, and a handshake that is refused', () => {
    const workspace = world(ingress([path('/', 'web')]));
    expect(through(workspace, 'https://a.com/', 'traefik').what).toContain('certificate');
    expect(through(workspace, 'https://a.com/', 'contour')).toMatchObject({
      what: 'The client gets TLS_ERROR; here the request reaches shop/web.',
      why: 'No usable tls entry names a.com, so Contour has configured no TLS for it and closes the connection.',
    });
  });

  it('shares that the other does not split', () => {
    const canary = ingress([path('/', 'web')], 'nginx.ingress.kubernetes.io/canary: "true", nginx.ingress.kubernetes.io/canary-weight: "30"').replace(
      'name: shop',
      'name: canary',
    );
    expect(through(world(ingress([path('/', 'api')]), canary), 'http://a.com/', 'traefik')).toMatchObject({
      ends: ['shop/api'],
      what: 'Of the requests, 100 % shop/api; here, 70 % shop/api and 30 % shop/web.',
    });
  });

  it('the one that runs differs in nothing', () => {
    const { rows } = throughOthers(world(ingress([path('/', 'web')])), flowOf('http://a.com/'), null)!;
    expect(rows.find(({ runs }) => runs)).toMatchObject({ implementation: 'ingress-nginx', endsAlike: true, differences: [], headers: [] });
    expect(rows.filter(({ runs }) => runs)).toHaveLength(1);
  });

  it('a request that meets no Ingress controller has no others to go through', () => {
    expect(throughOthers(world(), flowOf('http://web.shop/'), null)).toBeNull();
  });
});

describe('switching in place', () => {
  const runs = (workspace: Workspace) =>
    buildCluster(parseManifests(workspace)).controllers.map(({ implementation, claims }) => [implementation, claims] as const);
  const workspace = world(ingress([path('/', 'web')]));

  it('states the other with the smallest edit, and the first again by taking it back', () => {
    const other = switchController(workspace, 0, 'traefik');
    expect(runs(other)).toEqual([['traefik', ['shop/shop']]]);
    expect(other[0]).toBe(workspace[0]);
    expect(other[1]?.text).toContain('insteadOf: ingress-nginx');
    const third = switchController(other, 0, 'haproxy');
    expect(runs(third)).toEqual([['haproxy', ['shop/shop']]]);
    const back = switchController(third, 0, 'ingress-nginx');
    expect(runs(back)).toEqual(runs(workspace));
    expect(back[1]?.text).not.toContain('controllers');
  });

  it('leaves what else a Scenario says as it stands', () => {
    const scenario =
      '# mine\napiVersion: podpath.dev/v1\nkind: Scenario\nmetadata: { name: s }\nspec:\n  environment:\n    controllers:\n      # ours\n      - { kind: ingress, name: ingress-nginx, implementation: ingress-nginx, class: nginx } # kept\n    cloud: gcp\n';
    const other = switchController([...workspace, { name: 'scenario.yaml', text: scenario }], 0, 'contour');
    expect(runs(other)).toEqual([['contour', ['shop/shop']]]);
    for (const line of scenario.split('\n')) expect(other[1]?.text).toContain(line);
    expect(switchController(other, 0, 'ingress-nginx')[1]?.text).toBe(scenario);
  });

  it('of two controllers with one name switches the one that is meant', () => {
    const controller = (name: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: edge }
spec: { selector: { matchLabels: { app: ${name} } }, template: { metadata: { labels: { app: ${name} } }, spec: { containers: [{ name: c, image: "registry.k8s.io/ingress-nginx/controller:v1", args: [--ingress-class=nginx], ports: [{ name: http, containerPort: 80 }] }] } } }
---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: edge }
spec: { type: LoadBalancer, selector: { app: ${name} }, ports: [{ port: 80, targetPort: http }] }
---
`;
    const two = world(ingress([path('/', 'web')]), controller('one'), controller('two'));
    expect(runs(switchController(two, 1, 'traefik'))).toEqual([
      ['ingress-nginx', ['shop/shop']],
      ['traefik', ['shop/shop']],
    ]);
  });

  it('what runs in nobody’s place is changed where it is stated', () => {
    const alone = switchController(
      [
        ...workspace,
        {
          name: 'scenario.yaml',
          text: 'apiVersion: podpath.dev/v1\nkind: Scenario\nmetadata: { name: s }\nspec:\n  environment:\n    complete: true\n    controllers:\n      - { kind: ingress, name: traefik, implementation: traefik, insteadOf: ingress-nginx, class: nginx }\n',
        },
      ],
      0,
      'ingress-nginx',
    );
    expect(runs(alone)).toEqual([['ingress-nginx', ['shop/shop']]]);
  });

  it('the same implementation, or no such controller, changes nothing', () => {
    expect(switchController(workspace, 0, 'ingress-nginx')).toBe(workspace);
    expect(switchController(workspace, 7, 'traefik')).toBe(workspace);
  });
});
