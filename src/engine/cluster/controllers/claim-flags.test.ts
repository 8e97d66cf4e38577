import { describe, expect, it } from 'vitest';
import { clusterOf } from '../cluster-of.ts';

const ingress = (name: string, spec = '', annotations = '{}', namespace = 'shop') => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, namespace: ${namespace}, annotations: ${annotations} }
spec: { ${spec} rules: [{ host: ${name}.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] }
---
`;
const ingressClass = (name: string, controller: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: { name: ${name} }\nspec: { controller: ${controller} }\n---\n`;
const running = (image: string, args = '[]', name = 'controller') => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: edge }
spec: { selector: { matchLabels: { app: ${name} } }, template: { metadata: { labels: { app: ${name} } }, spec: { containers: [{ name: c, image: "${image}", args: ${args}, ports: [{ name: web, containerPort: 8000 }] }] } } }
---
`;
const claims = (yaml: string) => clusterOf(yaml, 'complete: true').controllers.map((one) => one.claims.map((claim) => claim.replace('shop/', '')));
const legacy = (name: string) => `{ kubernetes.io/ingress.class: ${name} }`;

describe('Traefik (providers.kubernetesIngress)', () => {
  const all =
    ingressClass('traefik', 'traefik.io/ingress-controller') +
    ingressClass('team-a', 'traefik.io/ingress-controller') +
    ingress('by-class', 'ingressClassName: traefik,') +
    ingress('team', 'ingressClassName: team-a,') +
    ingress('none') +
    ingress('legacy', '', legacy('traefik')) +
    ingress('legacy-team', '', legacy('team-a'));

  it('without a class it takes every class of its string, its usual annotation, and Ingresses that name none', () => {
    expect(claims(running('traefik:v3') + all)).toEqual([['by-class', 'team', 'none', 'legacy']]);
  });

  it('with ingressClass it takes the class of that name and that annotation alone', () => {
    expect(claims(running('traefik:v3', '[--providers.kubernetesIngress.ingressClass=team-a]') + all)).toEqual([['team', 'legacy-team']]);
  });

  it('is limited to the namespaces it is given', () => {
    const two = ingress('here', 'ingressClassName: traefik,') + ingress('there', 'ingressClassName: traefik,', '{}', 'other');
    const args = '[--providers.kubernetesingress.namespaces=shop]';
    expect(claims(running('traefik:v3', args) + ingressClass('traefik', 'traefik.io/ingress-controller') + two)).toEqual([['here']]);
  });
});

describe('HAProxy (haproxytech)', () => {
  const all =
    ingressClass('haproxy', 'haproxy.org/ingress-controller') +
    ingressClass('team-a', 'haproxy.org/ingress-controller/team-a') +
    ingress('by-class', 'ingressClassName: haproxy,') +
    ingress('team', 'ingressClassName: team-a,') +
    ingress('none');

  it('without a class it takes the bare string and Ingresses that name none', () => {
    expect(claims(running('haproxytech/kubernetes-ingress') + all)).toEqual([['by-class', 'none']]);
  });

  it('with ingress.class its string ends with the class; empty-ingress-class adds Ingresses that name none', () => {
    expect(claims(running('haproxytech/kubernetes-ingress', '[--ingress.class=team-a]') + all)).toEqual([['team']]);
    expect(claims(running('haproxytech/kubernetes-ingress', '[--ingress.class=team-a, --empty-ingress-class]') + all)).toEqual([['team', 'none']]);
  });
});

describe('Contour', () => {
  const envoy = running('docker.io/envoyproxy/envoy:v1', '[]', 'envoy');
  const all = ingress('by-class', 'ingressClassName: contour,') + ingress('other', 'ingressClassName: team-a,') + ingress('none');

  it('goes by the name of the class, with or without an IngressClass, and takes Ingresses that name none', () => {
    const contour = running('ghcr.io/projectcontour/contour:v1', '[serve]', 'contour');
    expect(claims(envoy + contour + all)).toEqual([['by-class', 'none']]);
    expect(claims(envoy + contour + all + ingressClass('contour', 'projectcontour.io/ingress-controller'))).toEqual([['by-class', 'none']]);
  });

  it('with ingress-class-name of its own Deployment it takes those names alone', () => {
    const contour = running('ghcr.io/projectcontour/contour:v1', '[serve, "--ingress-class-name=team-a,team-b"]', 'contour');
    expect(claims(envoy + contour + all)).toEqual([['other']]);
  });
});

describe('ingress-nginx', () => {
  it('with ingress-class-by-name takes the class of its own name whoever’s it is', () => {
    const all = ingressClass('team-a', 'example.com/other') + ingress('team', 'ingressClassName: team-a,');
    const image = 'registry.k8s.io/ingress-nginx/controller:v1';
    expect(claims(running(image, '[--ingress-class=team-a]') + all)).toEqual([[]]);
    expect(claims(running(image, '[--ingress-class=team-a, --ingress-class-by-name]') + all)).toEqual([['team']]);
  });
});

describe('stated controllers', () => {
  it('a class that is not the usual one is what it was told to serve', () => {
    const all =
      ingressClass('traefik', 'traefik.io/ingress-controller') +
      ingressClass('team-a', 'traefik.io/ingress-controller') +
      ingress('a', 'ingressClassName: traefik,') +
      ingress('b', 'ingressClassName: team-a,') +
      ingress('c');
    const stated = (more: string) =>
      clusterOf(all, `complete: true\ncontrollers: [{ kind: ingress, name: traefik, implementation: traefik${more} }]`).controllers.map((one) => one.claims);
    expect(stated('')).toEqual([['shop/a', 'shop/b', 'shop/c']]);
    expect(stated(', class: team-a')).toEqual([['shop/b']]);
  });
});
