/** Ready-made groups: what is usually deployed together, connected. */
import { msg } from '../../../catalogue/message.ts';
import type { JsonObject } from '../../manifests/document.ts';
import { freeName, isNameTaken, objectName, workloadName } from '../names.ts';
import type { Site } from '../site.ts';
import { manifest, type Component } from './component.ts';
import { routeManifest } from './gateway-routes.ts';
import { GATEWAY_NAMES, gatewayClassFor, gatewayManifest } from './gateways.ts';
import { backendTo, hostFor, ingressClassFor, ingressRule, tlsSecret } from './ingresses.ts';
import { namesOf, storeTemplate, webTemplate, workloadManifest } from './workloads.ts';

/** One name for all of a group: free for a workload and for everything of the other kinds. */
function groupName(site: Site, namespace: string, wishes: readonly string[], kinds: readonly string[]): string {
  const isTaken = (name: string) => workloadName(site, namespace, [name]) !== name || kinds.some((kind) => isNameTaken(site, kind, namespace, name));
  return freeName(wishes, isTaken);
}

function web(namespace: string, name: string, spec: JsonObject): readonly JsonObject[] {
  return [
    workloadManifest('Deployment', namespace, name, { replicas: 2, template: webTemplate(name) }),
    manifest({ kind: 'Service', namespace, name }, 'v1', { spec: { ports: [{ port: 80, targetPort: 'http' }], selector: { app: name }, ...spec } }),
  ];
}

const deploymentClusterIp: Component = {
  id: 'group-cluster-ip',
  section: 'group',
  picture: 'Service',
  title: msg('build.group.cluster-ip'),
  about: msg('build.group.cluster-ip.about'),
  place: (site, { namespace }) => {
    const name = groupName(site, namespace, namesOf.web, ['Service']);
    return { documents: web(namespace, name, {}), object: { kind: 'Service', namespace, name } };
  },
};

const deploymentLoadBalancer: Component = {
  id: 'group-load-balancer',
  section: 'group',
  picture: 'LoadBalancer',
  title: msg('build.group.load-balancer'),
  about: msg('build.group.load-balancer.about'),
  place: (site, { namespace }) => {
    const name = groupName(site, namespace, namesOf.web, ['Service']);
    return { documents: web(namespace, name, { type: 'LoadBalancer' }), object: { kind: 'Service', namespace, name } };
  },
};

const statefulSetHeadless: Component = {
  id: 'group-headless',
  section: 'group',
  picture: 'StatefulSet',
  title: msg('build.group.headless'),
  about: msg('build.group.headless.about'),
  place: (site, { namespace }) => {
    const name = groupName(site, namespace, namesOf.store, ['Service']);
    const spec = { clusterIP: 'None', ports: [{ port: 5432 }], selector: { app: name } };
    return {
      documents: [
        workloadManifest('StatefulSet', namespace, name, { replicas: 2, serviceName: name, template: storeTemplate(name) }),
        manifest({ kind: 'Service', namespace, name }, 'v1', { spec }),
      ],
      object: { kind: 'StatefulSet', namespace, name },
    };
  },
};

const webIngressTls: Component = {
  id: 'group-ingress-tls',
  section: 'group',
  picture: 'Ingress',
  title: msg('build.group.ingress-tls'),
  about: msg('build.group.ingress-tls.about'),
  place: (site, { namespace }) => {
    const isFree = (name: string) => !isNameTaken(site, 'Secret', namespace, `${name}-tls`);
    const name = groupName(site, namespace, namesOf.web.filter(isFree), ['Service', 'Ingress']);
    const host = hostFor(site, name);
    const spec = {
      ingressClassName: ingressClassFor(site),
      rules: [ingressRule(host, backendTo(name, undefined))],
      tls: [{ hosts: [host], secretName: `${name}-tls` }],
    };
    return {
      documents: [
        ...web(namespace, name, {}),
        tlsSecret(namespace, `${name}-tls`, host),
        manifest({ kind: 'Ingress', namespace, name }, 'networking.k8s.io/v1', { spec }),
      ],
      object: { kind: 'Ingress', namespace, name },
    };
  },
};

const webGateway: Component = {
  id: 'group-gateway',
  section: 'group',
  picture: 'Gateway',
  title: msg('build.group.gateway'),
  about: msg('build.group.gateway.about'),
  place: (site, { namespace }) => {
    const name = groupName(site, namespace, namesOf.web, ['Service', 'HTTPRoute']);
    const { name: className, documents, scenario } = gatewayClassFor(site);
    const gateway = { kind: 'Gateway', namespace, name: objectName(site, 'Gateway', namespace, GATEWAY_NAMES) };
    const route = { kind: 'HTTPRoute', namespace, name };
    return {
      documents: [
        ...web(namespace, name, {}),
        ...documents,
        gatewayManifest(namespace, gateway.name, className),
        routeManifest(route, gateway, hostFor(site, name), { kind: 'Service', namespace, name }, 80),
      ],
      scenario,
      object: route,
    };
  },
};

export const groups: readonly Component[] = [webIngressTls, webGateway, deploymentClusterIp, deploymentLoadBalancer, statefulSetHeadless];
