/** An Ingress, and the Secret its TLS needs. */
import { msg } from '../../../catalogue/message.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import type { JsonObject } from '../../manifests/document.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import { serviceBackends } from '../../cluster/inference.ts';
import { objectName } from '../names.ts';
import { serviceAt, servicesIn, type Site } from '../site.ts';
import { manifest, type Component, type Spot } from './component.ts';

/** The class that the texts or the environment speak of; else the most common one. */
export function ingressClassFor({ cluster }: Site): string {
  const used = [...cluster.ingresses.values()].find(({ ingressClassName }) => ingressClassName !== null)?.ingressClassName ?? null;
  const stated = cluster.environment.controllers.find(({ kind, class: name }) => kind === 'ingress' && name !== undefined)?.class;
  return used ?? [...cluster.ingressClasses.values()].find(({ manifest }) => manifest !== null)?.ref.name ?? stated ?? 'nginx';
}

const ADDED_DOMAIN = 'example.com';

/** `web.example.com`, under the domain of the hosts that are there. */
export function hostFor({ cluster }: Site, name: string): string {
  const ofRoutes = [...cluster.routes.values()].flatMap(({ hostnames }) => hostnames);
  const hosts = [...[...cluster.ingresses.values()].flatMap(({ rules }) => rules.map(({ host }) => host)), ...ofRoutes];
  const known = hosts.find((host) => /^[^.*]+\.[^.]+\.[^.]+/.test(host));
  const domain = known === undefined ? ADDED_DOMAIN : known.slice(known.indexOf('.') + 1);
  return [`${name}.${domain}`, ...Array.from({ length: hosts.length }, (_, index) => `${name}-${index + 2}.${domain}`)].find((host) => !hosts.includes(host))!;
}

export function backendTo(name: string, port: { readonly name: string; readonly port: number } | undefined): JsonObject {
  const at: JsonObject = port !== undefined && port.name !== '' ? { name: port.name } : { number: port?.port ?? 80 };
  return { service: { name, port: at } };
}

export function ingressRule(host: string, backend: JsonObject): JsonObject {
  return { host, http: { paths: [{ backend, path: '/', pathType: 'Prefix' }] } };
}

/** The Service it was dropped on, else the newest that none of these keys names and that a controller could ask. */
export function serviceFor(site: Site, { namespace, onto }: Spot, used: ReadonlySet<string>): Service | null {
  const dropped = onto?.kind === 'Service' ? serviceAt(site, onto) : null;
  if (dropped !== null) return dropped;
  const free = servicesIn(site, namespace).filter(
    ({ ref, type, ports }) => type !== 'ExternalName' && ports.length > 0 && !used.has(nameKey(namespace, ref.name)),
  );
  return free.sort((a, b) => b.order - a.order)[0] ?? null;
}

export const ingress: Component = {
  id: 'ingress',
  section: 'route',
  picture: 'Ingress',
  title: msg('build.ingress'),
  about: msg('build.ingress.about'),
  place: (site, at) => {
    const named = [...site.cluster.ingresses.values()].flatMap((one) => serviceBackends(one).map(({ name }) => nameKey(one.ref.namespace, name)));
    const service = serviceFor(site, at, new Set(named));
    // An Ingress without a rule is not accepted, so one for a Service that is still to come stands there.
    const backend = service?.ref.name ?? 'web';
    const ref = { kind: 'Ingress', namespace: at.namespace, name: objectName(site, 'Ingress', at.namespace, [backend]) };
    const rules = [ingressRule(hostFor(site, backend), backendTo(backend, service?.ports[0]))];
    return { documents: [manifest(ref, 'networking.k8s.io/v1', { spec: { ingressClassName: ingressClassFor(site), rules } })], object: ref };
  },
};

export const ingressClass: Component = {
  id: 'ingress-class',
  section: 'route',
  picture: 'IngressClass',
  title: msg('build.ingress-class'),
  about: msg('build.ingress-class.about'),
  place: (site) => {
    const ref = { kind: 'IngressClass', namespace: '', name: objectName(site, 'IngressClass', '', ['nginx']) };
    return { documents: [manifest(ref, 'networking.k8s.io/v1', { spec: { controller: 'k8s.io/ingress-nginx' } })], object: ref };
  },
};

/** The payload of a Secret never enters a workspace; that it is there, and for which names, is stated beside it. */
export function tlsSecret(namespace: string, name: string, host: string): JsonObject {
  return manifest(
    { kind: 'Secret', namespace, name },
    'v1',
    { stringData: { 'tls.crt': 'given', 'tls.key': 'given' }, type: 'kubernetes.io/tls' },
    { annotations: { 'podpath.dev/certificate-names': host } },
  );
}

export const secret: Component = {
  id: 'tls-secret',
  section: 'route',
  picture: 'Secret',
  title: msg('build.tls-secret'),
  about: msg('build.tls-secret.about'),
  place: (site, { namespace, onto }) => {
    const routes = [...site.cluster.ingresses.values()].filter(({ ref }) => ref.namespace === namespace);
    const route = routes.find(({ ref }) => onto?.kind === 'Ingress' && ref.name === onto.name) ?? routes[0];
    const wish = `${route?.ref.name ?? 'web'}-tls`;
    const missing = route?.tls.find(({ secretName }) => secretName !== null && !site.written.has(`Secret/${namespace}/${secretName}`))?.secretName ?? null;
    const name = objectName(site, 'Secret', namespace, missing === null ? [wish] : [missing]);
    const host = route?.rules.find((rule) => rule.host !== '')?.host ?? `web.${ADDED_DOMAIN}`;
    return { documents: [tlsSecret(namespace, name, host)], object: { kind: 'Secret', namespace, name } };
  },
};
