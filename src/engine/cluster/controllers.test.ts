import { describe, expect, it } from 'vitest';
import { renderText } from '../../catalogue/render.ts';
import { clusterOf } from './cluster-of.ts';

const ingress = (name: string, spec = '', annotations = '{}', status = '') => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, annotations: ${annotations} }
spec: { ${spec} rules: [{ host: ${name}.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] }
${status}
---`;
const ingressClass = (name: string, controller: string, annotations = '{}') => `
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: { name: ${name}, annotations: ${annotations} }
spec: { controller: ${controller} }
---`;
const DEFAULT = '{ ingressclass.kubernetes.io/is-default-class: "true" }';
const web = `
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { containers: [{ name: c, image: x }] }
---`;
const NGINX = 'controllers: [{ kind: ingress, name: ingress-nginx, implementation: ingress-nginx, class: nginx }]';
const claims = (yaml: string, environment = `complete: true\n${NGINX}`) =>
  clusterOf(yaml + web, environment).controllers.map((controller) => controller.claims);
const unclaimed = (yaml: string, environment = `complete: true\n${NGINX}`) =>
  clusterOf(yaml + web, environment)
    .findings.filter(({ code }) => code === 'ingress-class-unclaimed')
    .map(({ message }) => renderText(message));

describe('which Ingresses a controller claims (S9.2, S10.1)', () => {
  it('those whose class belongs to its controller string', () => {
    const yaml = ingressClass('nginx', 'k8s.io/ingress-nginx') + ingressClass('inner', 'k8s.io/ingress-nginx') + ingressClass('other', 'example.com/other');
    const all = ingress('a', 'ingressClassName: nginx,') + ingress('b', 'ingressClassName: inner,') + ingress('c', 'ingressClassName: other,');
    expect(claims(yaml + all)).toEqual([['default/a', 'default/b']]);
  });

  it('a class that does not exist is nobody’s, and the nearest name is offered', () => {
    expect(claims(ingress('a', 'ingressClassName: ngnix,'))).toEqual([[]]);
    expect(unclaimed(ingress('a', 'ingressClassName: ngnix,'))).toEqual([
      'default/a asks for the class ngnix, which nobody serves. nginx is spelled almost the same.',
    ]);
  });

  it('the legacy annotation is compared with the controller’s own class, without looking it up', () => {
    expect(claims(ingress('a', '', '{ kubernetes.io/ingress.class: nginx }'))).toEqual([['default/a']]);
    expect(claims(ingress('a', '', '{ kubernetes.io/ingress.class: other }') + ingressClass('other', 'k8s.io/ingress-nginx'))).toEqual([[]]);
  });

  it('an Ingress without class or annotation is claimed only with --watch-ingress-without-class', () => {
    expect(claims(ingress('a') + ingressClass('nginx', 'k8s.io/ingress-nginx'))).toEqual([[]]);
    const watching = NGINX.replace('class: nginx', 'class: nginx, args: [--watch-ingress-without-class]');
    expect(claims(ingress('a') + ingressClass('nginx', 'k8s.io/ingress-nginx'), `complete: true\n${watching}`)).toEqual([['default/a']]);
  });

  it('--watch-namespace limits it', () => {
    const watching = NGINX.replace('class: nginx', 'class: nginx, args: [--watch-namespace=shop]');
    expect(claims(ingress('a', 'ingressClassName: nginx,'), `complete: true\n${watching}`)).toEqual([[]]);
  });

  it('two controllers with one string both claim', () => {
    const twice =
      'controllers: [{ kind: ingress, name: one, implementation: generic, class: c }, { kind: ingress, name: two, implementation: generic, class: c }]';
    expect(claims(ingress('a', 'ingressClassName: c,') + ingressClass('c', 'example.com/c'), `complete: true\n${twice}`)).toEqual([
      ['default/a'],
      ['default/a'],
    ]);
  });

  it('claims are ordered by age, and what is refused says why', () => {
    const cluster = clusterOf(
      ingress('b', 'ingressClassName: nginx,') + ingress('a', 'ingressClassName: nginx,') + ingress('c', 'ingressClassName: zzz,') + web,
      NGINX,
    );
    expect(cluster.controllers[0]?.claims).toEqual(['default/b', 'default/a']);
    expect(cluster.controllers[0]?.refuses).toMatchObject([{ ingress: 'default/c', rule: 'S9.2', why: { id: 'cluster.claim.class-missing' } }]);
  });

  it('without any controller nothing is served (S9.1)', () => {
    expect(unclaimed(ingress('a'), 'complete: true')).toEqual(['No Ingress controller runs in this cluster, so nothing serves default/a.']);
  });
});

describe('the default class (S3.15, S4.4.13)', () => {
  it('is given to an Ingress that names none', () => {
    const cluster = clusterOf(ingress('a') + ingressClass('nginx', 'k8s.io/ingress-nginx', DEFAULT) + web, NGINX);
    expect(cluster.ingresses.get('default/a')?.ingressClassName).toBe('nginx');
    expect(cluster.defaults.get('Ingress/default/a')).toMatchObject({ 'spec.ingressClassName': { value: 'nginx', rule: 'S3.15' } });
    expect(cluster.controllers[0]?.claims).toEqual(['default/a']);
  });

  it('not to one with the legacy annotation, nor to one that existed before', () => {
    const classes = ingressClass('nginx', 'k8s.io/ingress-nginx', DEFAULT);
    expect(clusterOf(ingress('a', '', '{ kubernetes.io/ingress.class: other }') + classes).ingresses.get('default/a')?.ingressClassName).toBeNull();
    const live = ingress('a').replace('{ name: a,', '{ name: a, uid: "1",');
    expect(clusterOf(live + classes).ingresses.get('default/a')?.ingressClassName).toBeNull();
  });

  it('two of them: an Ingress without a class is rejected', () => {
    const cluster = clusterOf(ingress('a') + ingressClass('one', 'example.com/1', DEFAULT) + ingressClass('two', 'example.com/2', DEFAULT));
    expect(cluster.ingresses.size).toBe(0);
    expect(cluster.rejections).toMatchObject([{ path: ['spec', 'ingressClassName'], category: 'Forbidden', rule: 'S4.4.13' }]);
    expect(cluster.findings.map(({ code }) => code)).toEqual(expect.arrayContaining(['two-default-ingress-classes', 'rejected']));
  });
});

describe('controllers that run', () => {
  const deployment = (
    name: string,
    image: string,
    args = '[]',
    ports = '[{ name: http, containerPort: 80 }, { name: https, containerPort: 443 }, { name: webhook, containerPort: 8443 }]',
  ) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: edge }
spec: { replicas: 1, selector: { matchLabels: { app: ${name} } }, template: { metadata: { labels: { app: ${name} } }, spec: { containers: [{ name: c, image: "${image}", args: ${args}, ports: ${ports} }] } } }
---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: edge }
spec: { type: NodePort, selector: { app: ${name} }, ports: [{ port: 80, targetPort: http }] }
---
apiVersion: v1
kind: Service
metadata: { name: ${name}-admission, namespace: edge }
spec: { selector: { app: ${name} }, ports: [{ port: 443, targetPort: webhook }] }
---`;

  it('one that was pasted is recognised by its image, with its flags, Service and ports', () => {
    const args = '[/nginx-ingress-controller, --ingress-class=inner, --controller-class=example.com/inner, "--configmap=$(POD_NAMESPACE)/settings"]';
    const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: edge }\ndata: { use-forwarded-headers: "true" }\n---';
    const yaml = `${deployment('nginx', 'registry.k8s.io/ingress-nginx/controller:v1.15.1', args)}\n${settings}${ingressClass('inner', 'example.com/inner')}${ingress('a', 'ingressClassName: inner,')}`;
    expect(clusterOf(yaml + web, 'complete: true').controllers).toMatchObject([
      {
        name: 'ingress-nginx',
        implementation: 'ingress-nginx',
        classes: ['inner'],
        config: { 'use-forwarded-headers': 'true' },
        pods: ['edge/nginx-0'],
        service: 'edge/nginx',
        listens: [
          { containerPort: 80, scheme: 'http' },
          { containerPort: 443, scheme: 'https' },
        ],
        claims: ['default/a'],
        assumption: null,
      },
    ]);
  });

  it('others are recognised too and follow their own rules', () => {
    const traefik = deployment(
      'traefik',
      'docker.io/traefik:v3.7',
      '[]',
      '[{ name: web, containerPort: 8000 }, { name: websecure, containerPort: 8443 }]',
    ).replace('targetPort: http', 'targetPort: web');
    expect(clusterOf(traefik, 'complete: true').controllers).toMatchObject([
      { name: 'Traefik', implementation: 'traefik', service: 'edge/traefik', listens: [{ containerPort: 8000 }, { containerPort: 8443 }] },
    ]);
  });

  it('an Envoy of its own is no Contour', () => {
    expect(clusterOf(deployment('proxy', 'envoyproxy/envoy:v1.30')).controllers).toEqual([]);
  });

  it('a stated one takes the Pods that were pasted', () => {
    const { controllers } = clusterOf(
      deployment('nginx', 'registry.k8s.io/ingress-nginx/controller:v1'),
      NGINX.replace('class: nginx', 'class: nginx, config: { proxy-body-size: 8m }'),
    );
    expect(controllers).toMatchObject([{ pods: ['edge/nginx-0'], service: 'edge/nginx', config: { 'proxy-body-size': '8m' } }]);
  });

  it('a stated one without Pods is installed as its project does: two Pods behind a load balancer', () => {
    const cluster = clusterOf(ingress('a', 'ingressClassName: nginx,') + web, `complete: true\ncloud: metallb-l2\n${NGINX}`);
    expect(cluster.controllers).toMatchObject([
      { service: 'ingress-nginx/ingress-nginx-controller', claims: ['default/a'], publishes: [{ ip: '203.0.113.10' }], assumption: null },
    ]);
    expect(cluster.controllers[0]?.pods).toHaveLength(2);
    expect(cluster.ingressClasses.get('nginx')).toMatchObject({ controller: 'k8s.io/ingress-nginx', isDefault: false });
    expect(cluster.provenance.get('Service/ingress-nginx/ingress-nginx-controller')).toMatchObject({ by: 'Podpath', assumption: null });
    expect(cluster.endpointSlices.get('ingress-nginx/ingress-nginx-controller')?.[0]?.endpoints).toHaveLength(2);
    expect(cluster.assumptions.has('controller:nginx')).toBe(false);
  });

  it('where nothing provides load balancers it takes ports 80 and 443 of its nodes', () => {
    const cluster = clusterOf(ingress('a', 'ingressClassName: nginx,') + web, `complete: true\ncloud: none\n${NGINX}`);
    expect(cluster.services.get('ingress-nginx/ingress-nginx-controller')?.type).toBe('NodePort');
    expect(cluster.pods.get('ingress-nginx/ingress-nginx-controller-0')?.spec.containers[0]?.ports.map(({ hostPort }) => hostPort)).toEqual([80, 443]);
    expect(cluster.controllers[0]?.publishes.map(({ ip }) => ip)).toEqual(['192.0.2.11', '192.0.2.12']);
  });

  it('without a Service its Pods share the network of their nodes', () => {
    const cluster = clusterOf(
      ingress('a', 'ingressClassName: nginx,') + web,
      `cloud: aws-lbc\n${NGINX.replace('class: nginx', 'class: nginx, service: null')}`,
    );
    expect(cluster.controllers).toMatchObject([{ service: null, publishes: [{ ip: '192.0.2.11' }, { ip: '192.0.2.12' }] }]);
    expect(cluster.services.has('ingress-nginx/ingress-nginx-controller')).toBe(false);
  });

  it('one behind a Service that was pasted uses it', () => {
    const own =
      'apiVersion: v1\nkind: Service\nmetadata: { name: door, namespace: edge }\nspec: { type: LoadBalancer, selector: { app: door }, ports: [{ port: 80, targetPort: 8080 }, { name: https, port: 443, targetPort: 8443 }] }\n---'.replace(
        'ports: [{ port',
        'ports: [{ name: http, port',
      );
    const cluster = clusterOf(
      `${own}${ingress('a', 'ingressClassName: c,')}${web}`,
      'cloud: gcp\ncontrollers: [{ kind: ingress, name: mine, implementation: generic, class: c, service: edge/door }]',
    );
    expect(cluster.controllers).toMatchObject([
      {
        service: 'edge/door',
        listens: [
          { containerPort: 8080, scheme: 'http' },
          { containerPort: 8443, scheme: 'https' },
        ],
        claims: ['default/a'],
      },
    ]);
    expect(cluster.controllers[0]?.pods).toHaveLength(2);
  });

  it('a controller outside the cluster that is not modelled is assumed, with a generic one in its place (S1.3a, S11.1)', () => {
    const cluster = clusterOf(ingress('a', '', '{ kubernetes.io/ingress.class: azure/application-gateway }') + web);
    expect(cluster.controllers).toMatchObject([
      { name: 'Azure Application Gateway', implementation: 'generic', claims: ['default/a'], assumption: 'controller:azure/application-gateway' },
    ]);
    expect(cluster.controllers[0]?.publishes).toHaveLength(1);
    expect(cluster.assumptions.get('controller:azure/application-gateway')?.message.id).toBe('assume.controller-stand-in');
    expect(cluster.findings.map(({ code }) => code)).toContain('controller-not-simulated');
  });

  it('class alb presupposes the AWS Load Balancer Controller, whose load balancer is the proxy (S8.2.16)', () => {
    const cluster = clusterOf(ingress('a', 'ingressClassName: alb,') + web.replace('spec: {', 'spec: { type: NodePort,'));
    expect(cluster.controllers).toMatchObject([
      {
        implementation: 'aws-alb',
        claims: ['default/a'],
        pods: [],
        service: null,
        assumption: 'controller:alb',
        balancer: { name: 'default/a', scheme: 'internal' },
      },
    ]);
    expect(cluster.controllers[0]?.publishes[0]?.hostname).toMatch(/^internal-k8s-default-a-.*elb\.amazonaws\.com$/);
  });

  it.each([
    ['by annotation', '', '{ kubernetes.io/ingress.class: gce }', [['gce', 'internet-facing']]],
    ['by annotation, inside the network', '', '{ kubernetes.io/ingress.class: gce-internal }', [['gce', 'internal']]],
    ['by ingressClassName', 'ingressClassName: gce,', '{}', []],
    ['without a class', '', '{}', [['gce', 'internet-facing']]],
  ])('the controller of GKE takes an Ingress %s', (_, spec, annotations, expected) => {
    const cluster = clusterOf(ingress('a', spec, annotations) + web, 'complete: true\ncloud: gcp');
    expect(cluster.controllers.map(({ implementation, balancer }) => [implementation, balancer?.scheme])).toEqual(expected);
  });
});

describe('controllers that the pasted part presupposes (S1.3a)', () => {
  const inferred = (yaml: string, environment = '') => {
    const cluster = clusterOf(yaml + web, environment);
    return cluster.controllers.map(({ implementation, assumption, claims: claimed }) => [implementation, assumption, claimed]);
  };

  it('a class of a known name, by field or annotation, presupposes its controller', () => {
    expect(inferred(ingress('a', 'ingressClassName: nginx,'))).toEqual([['ingress-nginx', 'controller:nginx', ['default/a']]]);
    expect(inferred(ingress('a', '', '{ kubernetes.io/ingress.class: traefik }'))).toEqual([['traefik', 'controller:traefik', ['default/a']]]);
    expect(inferred(ingress('a', 'ingressClassName: nginx-inner,'))).toEqual([['ingress-nginx', 'controller:nginx-inner', ['default/a']]]);
  });

  it('a class of any name whose controller is known does too', () => {
    expect(inferred(ingress('a', 'ingressClassName: edge,') + ingressClass('edge', 'k8s.io/ingress-nginx'))).toEqual([
      ['ingress-nginx', 'controller:edge', ['default/a']],
    ]);
  });

  it('a name that is nearly known is a finding instead', () => {
    expect(inferred(ingress('a', 'ingressClassName: ngnix,'))).toEqual([]);
    expect(unclaimed(ingress('a', 'ingressClassName: ngnix,'), '')).toHaveLength(1);
  });

  it('an Ingress without a class goes to the only class in sight', () => {
    expect(inferred(ingress('a', 'ingressClassName: nginx,') + ingress('b'))).toEqual([['ingress-nginx', 'controller:nginx', ['default/a', 'default/b']]]);
    expect(inferred(ingress('b') + ingress('a', 'ingressClassName: nginx,'))).toEqual([['ingress-nginx', 'controller:nginx', ['default/b', 'default/a']]]);
  });

  it('with several classes in sight nobody takes it', () => {
    const yaml = ingress('a', 'ingressClassName: nginx,') + ingress('b', 'ingressClassName: traefik,') + ingress('c');
    expect(inferred(yaml).flatMap(([, , claimed]) => claimed)).toEqual(['default/a', 'default/b']);
    expect(unclaimed(yaml, '')).toHaveLength(1);
  });

  it('with no class in sight, the controller whose annotations it carries, else any', () => {
    expect(inferred(ingress('a', '', '{ nginx.ingress.kubernetes.io/rewrite-target: / }'))).toEqual([['ingress-nginx', 'controller:nginx', ['default/a']]]);
    expect(inferred(ingress('a'))).toEqual([['generic', 'controller:default', ['default/a']]]);
  });

  it('its Pods and its Service are marked as assumed', () => {
    const { provenance, assumptions, loadBalancers } = clusterOf(ingress('a', 'ingressClassName: nginx,') + web);
    for (const key of [
      'Service/ingress-nginx/ingress-nginx-controller',
      'Deployment/ingress-nginx/ingress-nginx-controller',
      'Pod/ingress-nginx/ingress-nginx-controller-0',
      'IngressClass/nginx',
    ]) {
      expect(provenance.get(key)?.assumption, key).toBe('controller:nginx');
    }
    expect(assumptions.get('controller:nginx')).toMatchObject({
      origin: 'inferred',
      choices: [
        { current: true, set: { path: ['spec', 'environment', 'assume', 'controller:nginx'], value: true } },
        { current: false, set: { value: false } },
      ],
    });
    expect(loadBalancers.get('ingress-nginx/ingress-nginx-controller')?.assumption).toBe('cloud');
  });

  it('an answer settles it: refused it is gone, confirmed it is no assumption', () => {
    const yaml = ingress('a', 'ingressClassName: nginx,');
    expect(inferred(yaml, 'assume: { "controller:nginx": false }')).toEqual([]);
    expect(inferred(yaml, 'assume: { "controller:nginx": true }')).toEqual([['ingress-nginx', null, ['default/a']]]);
  });

  it('who states the controllers has said that no other runs; a closed world presupposes nothing', () => {
    expect(inferred(ingress('a', 'ingressClassName: traefik,'), NGINX).map(([name]) => name)).toEqual(['ingress-nginx']);
    expect(inferred(ingress('a', 'ingressClassName: nginx,'), 'complete: true')).toEqual([]);
  });

  const front = `
apiVersion: v1
kind: Service
metadata: { name: edge, namespace: edge }
spec:
  type: LoadBalancer
  selector: { app.kubernetes.io/name: ingress-nginx }
  ports: [{ name: http, port: 80, targetPort: http }, { name: https, port: 443, targetPort: http }]
---`;
  const workload = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: edge, namespace: edge }
spec:
  selector: { matchLabels: { app.kubernetes.io/name: ingress-nginx } }
  template:
    metadata: { labels: { app.kubernetes.io/name: ingress-nginx } }
    spec: { containers: [{ name: c, image: registry.k8s.io/ingress-nginx/controller:v1.15.1, ports: [{ name: http, containerPort: 80 }] }] }
---`;

  it.each([
    ['its Deployment and Service were pasted, and only its IngressClass was not', workload + front],
    ['only its Service was pasted', front],
  ])('none is presumed beside the one that runs: %s', (_, pasted) => {
    const cluster = clusterOf(pasted + ingress('a', 'ingressClassName: nginx,') + web);
    expect(cluster.controllers.map(({ service, claims }) => [service, claims])).toEqual([['edge/edge', ['default/a']]]);
    expect([...cluster.services.values()].filter(({ type }) => type === 'LoadBalancer').map(({ ref }) => ref.name)).toEqual(['edge']);
    expect(cluster.assumptions.has('controller:nginx')).toBe(true);
  });

  it('the address in the status of its Ingress is its load balancer’s', () => {
    const yaml = ingress('a', 'ingressClassName: nginx,', '{}', 'status: { loadBalancer: { ingress: [{ ip: 198.51.100.77 }] } }');
    const cluster = clusterOf(yaml + web);
    expect(cluster.addressOwners.get('198.51.100.77')).toEqual({ kind: 'load-balancer', service: 'ingress-nginx/ingress-nginx-controller' });
    expect(cluster.publicRecords.get('a.example.com')?.addresses).toEqual(['198.51.100.77']);
  });
});
