/** What no manifest holds: clients, hosts outside, nodes, controllers, and who provides load balancers. All of it goes to `scenario.yaml`. */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { Cloud } from '../../kinds/scenario/scenario-spec.ts';
import type { Json } from '../../manifests/document.ts';
import { suggestRequests } from '../../dataplane/suggest.ts';
import { EXTERNAL_CLIENT } from '../../trace/request.ts';
import { freeName, objectName } from '../names.ts';
import { nodesStated } from '../nodes.ts';
import { scenarioValue } from '../scenario.ts';
import { manifest, type Component } from './component.ts';
import { controllersTakenForGranted } from './gateways.ts';

export const client: Component = {
  id: 'client',
  section: 'client',
  picture: 'Client',
  title: msg('build.client'),
  about: msg('build.client.about'),
  place: (site) => {
    const requests = scenarioValue(site, ['spec', 'requests']);
    const saved = Array.isArray(requests) ? (requests as readonly Json[]) : [];
    const names = new Set(saved.map((one) => (typeof one === 'object' && one !== null && !Array.isArray(one) ? (one as { name?: Json }).name : null)));
    const best = suggestRequests(site.cluster).find(({ draft }) => draft.from.kind === 'external')?.draft;
    const url = best?.url ?? 'http://web.example.com/';
    const ip = best?.from.kind === 'external' ? best.from.ip : EXTERNAL_CLIENT;
    const name = freeName(['visit'], (wish) => names.has(wish));
    return {
      scenario: [{ path: ['spec', 'requests', saved.length], value: { name, from: { external: ip }, url } }],
      object: null,
      request: { from: { kind: 'external', ip }, method: 'GET', url, headers: [], connectTo: '', followRedirects: false, insecure: false },
    };
  },
};

export const externalHost: Component = {
  id: 'external-host',
  section: 'client',
  picture: 'Host',
  title: msg('build.external-host'),
  about: msg('build.external-host.about'),
  place: ({ cluster }) => {
    const wanted = [...cluster.services.values()].flatMap(({ externalName }) => (externalName === null ? [] : [externalName.replace(/\.$/, '')]));
    const known = cluster.environment.publicDNS;
    const host = freeName([...wanted.filter((name) => !name.endsWith(cluster.environment.clusterDomain)), 'partner.example.com'], (name) => name in known);
    const used = new Set(Object.values(known).map((record) => ('address' in record ? record.address : '')));
    const number = Array.from({ length: 200 }, (_, index) => index + 20).find((at) => !used.has(`198.51.100.${at}`)) ?? 20;
    return { scenario: [{ path: ['spec', 'environment', 'publicDNS', host], value: { address: `198.51.100.${number}` } }], object: null };
  },
};

export const node: Component = {
  id: 'node',
  section: 'environment',
  picture: 'Node',
  title: msg('build.node'),
  about: msg('build.node.about'),
  place: (site) => {
    const nodes = nodesStated(site.cluster);
    const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode('a'.charCodeAt(0) + index));
    const name = freeName(
      letters.map((letter) => `node-${letter}`),
      (wish) => site.cluster.nodes.has(wish),
    );
    const zone = `zone-${name.slice('node-'.length)}`;
    const ref = { kind: 'Node', namespace: '', name };
    // Nodes that stand in the texts are all there are: one that is stated elsewhere would not join them.
    const isInTexts = [...site.cluster.nodes.values()].some((other) => other.manifest !== null);
    return isInTexts
      ? { documents: [manifest(ref, 'v1', {}, { labels: { 'topology.kubernetes.io/zone': zone } })], object: ref }
      : { scenario: [{ path: ['spec', 'environment', 'nodes'], value: [...nodes, { name, zone }] }], object: ref };
  },
};

export const namespace: Component = {
  id: 'namespace',
  section: 'environment',
  picture: 'Namespace',
  title: msg('build.namespace'),
  about: msg('build.namespace.about'),
  place: (site) => {
    const undeclared = [...new Set(site.manifests.objects.map(({ ref }) => ref.namespace))].filter((name) => name !== '' && !BUILT_IN.has(name));
    const used = [...undeclared, 'shop', 'team-a', 'staging'];
    const ref = { kind: 'Namespace', namespace: '', name: objectName(site, 'Namespace', '', used) };
    return { documents: [manifest(ref, 'v1', {})], object: ref };
  },
};

const BUILT_IN: ReadonlySet<string> = new Set(['default', 'kube-node-lease', 'kube-public', 'kube-system']);

function controller(id: string, implementation: string, className: string, title: Message, about: Message): Component {
  return {
    id,
    section: 'environment',
    picture: 'Controller',
    title,
    about,
    place: (site) => {
      const { controllers } = site.cluster.environment;
      const name = freeName([implementation], (wish) => controllers.some((one) => one.name === wish));
      const taken = (wish: string) => controllers.some((one) => one.class === wish);
      const value = { kind: 'ingress', name, implementation, class: freeName([className], taken) };
      const all = [...controllersTakenForGranted(site), value];
      return { scenario: all.map((one, index) => ({ path: ['spec', 'environment', 'controllers', controllers.length + index], value: one })), object: null };
    },
  };
}

function loadBalancers(id: string, cloud: Cloud, title: Message, about: Message): Component {
  return {
    id,
    section: 'environment',
    picture: 'LoadBalancer',
    title,
    about,
    place: () => ({ scenario: [{ path: ['spec', 'environment', 'cloud'], value: cloud }], object: null }),
  };
}

export const environment: readonly Component[] = [
  namespace,
  node,
  controller('ingress-nginx', 'ingress-nginx', 'nginx', msg('build.ingress-nginx'), msg('build.ingress-nginx.about')),
  controller('ingress-controller', 'generic', 'standard', msg('build.ingress-controller'), msg('build.ingress-controller.about')),
  loadBalancers('cloud', 'generic-passthrough', msg('build.cloud'), msg('build.cloud.about')),
  loadBalancers('metallb', 'metallb-l2', msg('build.metallb'), msg('build.metallb.about')),
];
