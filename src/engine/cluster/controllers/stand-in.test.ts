import { describe, expect, it } from 'vitest';
import { clusterOf } from '../cluster-of.ts';

const ingress = (name: string, spec = '', annotations = '{}') => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, annotations: ${annotations} }
spec: { ${spec} rules: [{ host: ${name}.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] }
---`;
const ingressClass = (name: string, controller: string) => `
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: ${name} }
spec: { controller: ${controller} }
---`;
const deployment = (name: string, args: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: edge }
spec: { replicas: 1, selector: { matchLabels: { app: ${name} } }, template: { metadata: { labels: { app: ${name} } }, spec: { containers: [{ name: c, image: "registry.k8s.io/ingress-nginx/controller:v1", args: ${args}, ports: [{ name: http, containerPort: 80 }] }] } } }
---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: edge }
spec: { type: LoadBalancer, selector: { app: ${name} }, ports: [{ port: 80, targetPort: http }] }
---`;
const web = '\napiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: { app: web }, ports: [{ port: 80 }] }\n';

/** Who runs, in whose place, behind which Service, and what it claims. */
const run = (yaml: string, controllers: string, more = 'complete: true') =>
  clusterOf(yaml + web, `${more}\n${controllers === '' ? '' : `controllers: [${controllers}]`}`).controllers.map(
    ({ implementation, standIn, service, claims }) =>
      [implementation, standIn?.name ?? null, service, claims.map((claim) => claim.replace('default/', ''))] as const,
  );
const TRAEFIK = '{ kind: ingress, name: traefik, implementation: traefik, insteadOf: ingress-nginx }';
const forClass = (name: string) => TRAEFIK.replace(' }', `, class: ${name} }`);

describe('a controller in the place of another (insteadOf)', () => {
  it('claims by the class that was pasted for the other, which claims nothing any more', () => {
    const yaml = ingressClass('nginx', 'k8s.io/ingress-nginx') + ingressClass('inner', 'k8s.io/ingress-nginx') + ingressClass('other', 'example.com/other');
    const all = ingress('a', 'ingressClassName: nginx,') + ingress('b', 'ingressClassName: inner,') + ingress('c', 'ingressClassName: other,');
    expect(run(yaml + all, forClass('nginx'))).toEqual([['traefik', 'ingress-nginx', 'traefik/traefik', ['a', 'b']]]);
  });

  it('without insteadOf, a class that names another project stays that project’s (S9.2)', () => {
    const yaml = ingressClass('nginx', 'k8s.io/ingress-nginx') + ingress('a', 'ingressClassName: nginx,');
    expect(run(yaml, '{ kind: ingress, name: traefik, implementation: traefik, class: nginx }')).toEqual([['traefik', null, 'traefik/traefik', []]]);
  });

  it('stands in the Pods and behind the Service that were pasted, and takes what their flags say of claims', () => {
    const yaml = `${deployment('nginx', '[--ingress-class=inner, --watch-namespace=default, --enable-ssl-passthrough]')}${ingress('a', '', '{ kubernetes.io/ingress.class: inner }')}${ingress('b', '', '{ kubernetes.io/ingress.class: traefik }')}`;
    expect(run(yaml, TRAEFIK)).toEqual([['traefik', 'ingress-nginx', 'edge/nginx', ['a']]]);
    expect(run(yaml.replaceAll('watch-namespace=default', 'watch-namespace=other'), TRAEFIK)).toEqual([['traefik', 'ingress-nginx', 'edge/nginx', []]]);
    const [controller] = clusterOf(yaml, `controllers: [${TRAEFIK}]`).controllers;
    expect(controller).toMatchObject({ pods: ['edge/nginx-0'], args: [], config: {}, listens: [{ containerPort: 80 }] });
  });

  it('takes the place of one that is stated, and reads none of its settings', () => {
    const NGINX =
      '{ kind: ingress, name: edge, implementation: ingress-nginx, class: nginx, args: [--watch-ingress-without-class], config: { ssl-redirect: "false" } }';
    const cluster = clusterOf(ingress('a') + web, `complete: true\ncontrollers: [${NGINX}, ${TRAEFIK}]`);
    expect(cluster.controllers).toMatchObject([
      { implementation: 'traefik', claims: ['default/a'], config: {}, args: [], statement: 1, standIn: { name: 'ingress-nginx' } },
    ]);
  });

  it('takes the place of one that is presupposed, which is no assumption then, and leaves the others presupposed', () => {
    const yaml = ingress('a', 'ingressClassName: nginx,') + ingress('b', 'ingressClassName: haproxy,');
    expect(run(yaml, TRAEFIK, '')).toEqual([
      ['traefik', 'ingress-nginx', 'traefik/traefik', ['a']],
      ['haproxy', null, 'haproxy-controller/haproxy-kubernetes-ingress', ['b']],
    ]);
    const { controllers, assumptions } = clusterOf(yaml + web, `controllers: [${TRAEFIK}]`);
    expect([controllers[0]?.assumption, [...assumptions.keys()].filter((id) => id.startsWith('controller:'))]).toEqual([null, ['controller:haproxy']]);
  });

  it('takes over Ingresses without a class where the other was presumed to serve them', () => {
    expect(run(ingress('a', '', '{ nginx.ingress.kubernetes.io/rewrite-target: / }'), TRAEFIK, '')).toEqual([
      ['traefik', 'ingress-nginx', 'traefik/traefik', ['a']],
    ]);
  });

  it('of two with one name, class or service says whose place it takes', () => {
    const two = `${deployment('a', '[--controller-class=example.com/a, --ingress-class=a]')}${deployment('b', '[--controller-class=example.com/b, --ingress-class=b]')}`;
    const yaml = `${two}${ingressClass('a', 'example.com/a')}${ingressClass('b', 'example.com/b')}${ingress('one', 'ingressClassName: a,')}${ingress('two', 'ingressClassName: b,')}`;
    const expected = [
      ['ingress-nginx', null, 'edge/a', ['one']],
      ['traefik', 'ingress-nginx', 'edge/b', ['two']],
    ];
    expect(run(yaml, forClass('b'))).toEqual(expected);
    expect(run(yaml, TRAEFIK.replace(' }', ', service: edge/b }'))).toEqual(expected);
  });

  it('in the place of one that nobody runs, it runs all the same and serves the class', () => {
    const yaml = ingressClass('nginx', 'k8s.io/ingress-nginx') + ingress('a', 'ingressClassName: nginx,');
    expect(run(yaml, forClass('nginx'), 'complete: true')).toEqual([['traefik', 'ingress-nginx', 'traefik/traefik', ['a']]]);
    expect(run(ingress('a', 'ingressClassName: nginx,'), forClass('nginx'), 'assume: { "controller:nginx": false }')).toEqual([
      ['traefik', 'ingress-nginx', 'traefik/traefik', ['a']],
    ]);
  });

  it('a list of such controllers alone leaves the Gateways’ controllers presupposed too', () => {
    const gateway = `apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: { name: public }\nspec: { gatewayClassName: eg, listeners: [{ name: http, port: 80, protocol: HTTP }] }\n---\n`;
    const { gatewayApi } = clusterOf(gateway + ingress('a', 'ingressClassName: nginx,') + web, `controllers: [${TRAEFIK}]`);
    expect(gatewayApi.gateways.get('default/public')?.infrastructure).not.toBeNull();
  });
});
