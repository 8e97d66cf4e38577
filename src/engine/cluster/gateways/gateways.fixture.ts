/** Minimal manifests of the Gateway API for tests, and the conditions that become of them. */
import { refKey } from '../../manifests/object-ref.ts';
import { clusterOf } from '../cluster-of.ts';
import type { Cluster } from '../cluster.ts';
import { conditionsOf } from './status.ts';

/** A closed world in which a controller serves the class `public`, and MetalLB gives addresses. */
export const CLOSED = 'complete: true\ncloud: metallb-l2\ncontrollers: [{ kind: gateway, name: Gateway, implementation: generic, class: public }]';

export const object = (kind: string, key: string, spec: string, metadata = '', version = 'v1') => {
  const [namespace = '', name = ''] = key.split('/');
  return `apiVersion: gateway.networking.k8s.io/${version}\nkind: ${kind}\nmetadata: { name: ${name}, namespace: ${namespace}${metadata === '' ? '' : `, ${metadata}`} }\nspec: { ${spec} }\n---\n`;
};
export const gateway = (listeners: string, more = '') => object('Gateway', 'shop/public', `gatewayClassName: public, ${more}listeners: [${listeners}]`);
export const httpRoute = (key: string, spec: string, metadata = '') =>
  object('HTTPRoute', key, `parentRefs: [{ name: public, namespace: shop }], ${spec}`, metadata);
export const http = (name = 'http', more = '') => `{ name: ${name}, port: 80, protocol: HTTP${more === '' ? '' : `, ${more}`} }`;
export const to = (name: string, more = 'port: 80') => `rules: [{ backendRefs: [{ name: ${name}, ${more} }] }]`;
export const service = (key: string, more = '', port = 'port: 80') => {
  const [namespace = '', name = ''] = key.split('/');
  return `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: { selector: { app: ${name} }, ${more}ports: [{ ${port} }] }\n---\n`;
};
export const namespace = (name: string, labels = '{}') => `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name}, labels: ${labels} }\n---\n`;
export const grant = (namespace: string, from: string, to: string, name = 'grant') =>
  object('ReferenceGrant', `${namespace}/${name}`, `from: [${from}], to: [${to}]`);
export const certificate = (key: string, names = 'shop.example.com') => {
  const [namespace = '', name = ''] = key.split('/');
  const annotations = `annotations: { podpath.dev/certificate-names: "${names}" }`;
  return `apiVersion: v1\nkind: Secret\nmetadata: { name: ${name}, namespace: ${namespace}, ${annotations} }\ntype: kubernetes.io/tls\nstringData: { tls.crt: x, tls.key: x }\n---\n`;
};
export const https = (name: string, more: string) => `{ name: ${name}, port: 443, protocol: HTTPS, ${more} }`;

export const closed = (...texts: readonly string[]): Cluster => clusterOf(texts.join(''), CLOSED);

/** `Accepted=False NotAllowedByListeners`, one per condition, of an object and maybe one listener or parent of it. */
export function conditions(cluster: Cluster, object: string, about: { readonly listener?: string; readonly parent?: string } = {}): readonly string[] {
  return conditionsOf(cluster)
    .filter((one) => refKey(one.object) === object && one.listener === (about.listener ?? null))
    .filter((one) => about.parent === undefined || (one.parent !== null && refKey(one.parent) === about.parent))
    .map(({ condition: { type, status, reason } }) => `${type}=${status} ${reason}`);
}

/** The routes of each listener of the Gateway `shop/public`, with the hosts they serve there. */
export function attached(cluster: Cluster): Readonly<Record<string, readonly string[]>> {
  const listeners = cluster.gatewayApi.gateways.get('shop/public')?.listeners ?? [];
  return Object.fromEntries(
    listeners.map(({ name, attached: routes }) => [name, routes.map(({ route, hostnames }) => `${route} ${hostnames.join(',')}`.trim())]),
  );
}
