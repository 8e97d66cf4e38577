/** Things that run Pods. */
import { msg } from '../../../catalogue/message.ts';
import type { JsonObject } from '../../manifests/document.ts';
import { workloadName } from '../names.ts';
import { manifest, type Component } from './component.ts';

const WEB_NAMES = ['web', 'api', 'shop', 'cart', 'search', 'orders', 'users'];
const STORE_NAMES = ['db', 'cache', 'queue', 'store'];
const AGENT_NAMES = ['agent', 'logs', 'metrics'];
const CLIENT_NAMES = ['client', 'shell', 'probe'];

/** A web server on port 80, which its image really listens on. */
export function webTemplate(name: string): JsonObject {
  return templateOf(name, { image: 'nginx', ports: [{ containerPort: 80, name: 'http' }] });
}

export function storeTemplate(name: string): JsonObject {
  return templateOf(name, { image: 'postgres', ports: [{ containerPort: 5432, name: 'postgres' }] });
}

function templateOf(name: string, container: JsonObject): JsonObject {
  return { metadata: { labels: { app: name } }, spec: { containers: [{ name, ...container }] } };
}

export function workloadManifest(kind: string, namespace: string, name: string, spec: JsonObject): JsonObject {
  return manifest({ kind, namespace, name }, 'apps/v1', { spec: { selector: { matchLabels: { app: name } }, ...spec } });
}

export const deployment: Component = {
  id: 'deployment',
  section: 'workload',
  picture: 'Deployment',
  title: msg('build.deployment'),
  about: msg('build.deployment.about'),
  place: (site, { namespace }) => {
    const name = workloadName(site, namespace, WEB_NAMES);
    return {
      documents: [workloadManifest('Deployment', namespace, name, { replicas: 2, template: webTemplate(name) })],
      object: { kind: 'Deployment', namespace, name },
    };
  },
};

export const statefulSet: Component = {
  id: 'stateful-set',
  section: 'workload',
  picture: 'StatefulSet',
  title: msg('build.stateful-set'),
  about: msg('build.stateful-set.about'),
  place: (site, { namespace }) => {
    const name = workloadName(site, namespace, STORE_NAMES);
    return {
      documents: [workloadManifest('StatefulSet', namespace, name, { replicas: 2, template: storeTemplate(name) })],
      object: { kind: 'StatefulSet', namespace, name },
    };
  },
};

export const daemonSet: Component = {
  id: 'daemon-set',
  section: 'workload',
  picture: 'DaemonSet',
  title: msg('build.daemon-set'),
  about: msg('build.daemon-set.about'),
  place: (site, { namespace }) => {
    const name = workloadName(site, namespace, AGENT_NAMES);
    return { documents: [workloadManifest('DaemonSet', namespace, name, { template: webTemplate(name) })], object: { kind: 'DaemonSet', namespace, name } };
  },
};

/** A Pod that only asks: it carries no label that a Service could select. */
export const clientPod: Component = {
  id: 'client-pod',
  section: 'client',
  picture: 'Pod',
  title: msg('build.client-pod'),
  about: msg('build.client-pod.about'),
  place: (site, { namespace }) => {
    const name = workloadName(site, namespace, CLIENT_NAMES);
    const ref = { kind: 'Pod', namespace, name };
    const container = { command: ['sleep', 'infinity'], image: 'curlimages/curl', name };
    return { documents: [manifest(ref, 'v1', { spec: { containers: [container] } })], object: ref };
  },
};

export const namesOf = { web: WEB_NAMES, store: STORE_NAMES };
