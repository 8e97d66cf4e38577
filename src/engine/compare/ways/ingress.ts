/** An Ingress: rules by host and path that an Ingress controller reads (S9). */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { Cluster, Controller } from '../../cluster/cluster.ts';
import type { Cloud } from '../../kinds/scenario/scenario-spec.ts';
import type { Ingress, IngressBackend } from '../../kinds/ingress/ingress-spec.ts';
import type { JsonObject } from '../../manifests/document.ts';
import { type ObjectRef, refKey } from '../../manifests/object-ref.ts';
import type { RequestDraft } from '../../trace/request-draft.ts';
import type { WayId } from '../comparison.ts';
import { freeName } from '../names.ts';
import { exposedPorts, servicesOf } from '../target.ts';
import { callAt, isEncrypted, isHttp, schemeOf } from '../urls.ts';
import { certificateFor } from './certificate.ts';
import { clusterIp } from './cluster-ip.ts';
import { cloudEdit } from './load-balancer.ts';
import { keyOf, mentions, portIn } from './reading.ts';
import { metadata } from './service-manifest.ts';
import type { Addition, EnvironmentEdit, Situation, Standing, Way } from './way.ts';

/** Alive, and true to the Ingress API: what stands in where no controller is known. */
const USUAL = { kind: 'ingress', name: 'traefik', implementation: 'generic', class: 'traefik' } as const;

function way(id: WayId, title: Message, needs: (cluster: Cluster) => Cloud | null): Way {
  return {
    id,
    title,
    insideOnly: false,
    hasController: true,
    carrier: ({ object }, cluster) => {
      const controller = controllerOf(cluster, object);
      return controller === null
        ? null
        : {
            name: controller.name,
            service: controller.service,
            serves: controller.claims.length,
            ...(controller.balancer !== null && { makesBalancer: true as const }),
          };
    },
    find: (situation) => (needs(situation.cluster) === null || id === 'ingress' ? find(situation) : null),
    make: (situation) => make(situation, needs(situation.cluster)),
    publishes: ({ object }) => ({ ingress: keyOf(object) }),
    takes: (trace, { object }) => mentions(trace, object),
    calls,
    detail: ({ object }, cluster) => {
      const controller = controllerOf(cluster, object);
      return controller === null ? msg('compare.detail.no-controller') : msg('compare.detail.controller', { controller: controller.name });
    },
  };
}

function controllerOf(cluster: Cluster, ingress: ObjectRef): Controller | null {
  return cluster.controllers.find(({ claims }) => claims.includes(keyOf(ingress))) ?? null;
}

function find({ cluster, target, asked, service }: Situation): Standing | null {
  const behind = new Map(servicesOf(cluster, target).map(({ ref }) => [ref.name, ref]));
  const found: Standing[] = [];
  for (const ingress of cluster.ingresses.values()) {
    if (ingress.ref.namespace !== target.ref.namespace) continue;
    const names = backendsOf(ingress).flatMap(({ backend }) => (backend.kind === 'service' ? (behind.get(backend.name) ?? []) : []));
    const used = names.find((ref) => service !== null && refKey(ref) === refKey(service.ref)) ?? names[0];
    if (used !== undefined) found.push({ object: ingress.ref, service: used });
  }
  const names = (host: string) => asked.url.toLowerCase().includes(host.replace(/^\*\./, ''));
  const asksFor = ({ object }: Standing) => cluster.ingresses.get(keyOf(object))?.rules.some(({ host }) => host !== '' && names(host)) ?? false;
  return found.find(asksFor) ?? found[0] ?? null;
}

interface Leading {
  readonly host: string;
  readonly path: string;
  readonly backend: IngressBackend;
}

function backendsOf({ rules, defaultBackend }: Ingress): readonly Leading[] {
  const own = rules.flatMap(({ host, paths }) => paths.map(({ path, backend }) => ({ host, path, backend })));
  return defaultBackend === null ? own : [...own, { host: '', path: '/', backend: defaultBackend }];
}

function make(situation: Situation, cloud: Cloud | null): Addition | null {
  const { cluster, target, flow, publicHost } = situation;
  const made = situation.service === null ? clusterIp.make(situation) : null;
  const service = situation.service?.ref ?? made?.service;
  if (service === undefined) return null;
  const { namespace } = target.ref;
  const ref = { kind: 'Ingress', namespace, name: freeName(cluster, 'Ingress', namespace, target.ref.name, 'ingress') };
  const host = publicHost ?? `${ref.name}.example.com`;
  const controller = cluster.controllers.find(({ kind }) => kind === 'ingress');
  const className = controller === undefined ? USUAL.class : controller.classes[0];
  const port = situation.service === null ? exposedPorts(target, null, isHttp(flow))[0]!.port : (portIn(situation.service, situation)?.port ?? 80);
  const secret = isEncrypted(flow) ? certificateFor(cluster, namespace, host, ref.name) : null;
  const ingress: JsonObject = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: metadata(ref),
    spec: {
      ...(className !== undefined && { ingressClassName: className }),
      ...(secret !== null && { tls: [{ hosts: [host], secretName: secret.name }] }),
      rules: [{ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: service.name, port: { number: port } } } }] } }],
    },
  };
  const environment: EnvironmentEdit[] = [];
  if (cloud !== null) environment.push(cloudEdit(cloud));
  if (controller === undefined) {
    const path = ['spec', 'environment', 'controllers', cluster.environment.controllers.length];
    environment.push({ path, value: { ...USUAL }, says: msg('compare.what-if.controller', { controller: 'Traefik', class: USUAL.class }) });
  }
  if (secret !== null) environment.push(...secret.environment);
  return { object: ref, service, objects: [...(made?.objects ?? []), ingress], environment };
}

/** By the rules that lead to the Service: as asked, then with the path of the rule. */
function calls({ object, service }: Standing, cluster: Cluster, { asked, flow, publicHost }: Situation): readonly RequestDraft[] {
  const ingress = cluster.ingresses.get(keyOf(object));
  const leading = ingress === undefined ? [] : backendsOf(ingress).filter(({ backend }) => backend.kind === 'service' && backend.name === service.name);
  const published = controllerOf(cluster, object)?.publishes[0];
  const bare = published?.hostname ?? published?.ip ?? publicHost;
  const out: RequestDraft[] = [];
  for (const { host, path } of leading.toSorted((a, b) => Number(b.host === publicHost) - Number(a.host === publicHost))) {
    const name = host === '' ? (publicHost ?? bare) : host.replace(/^\*\./, 'www.');
    if (name === null) continue;
    if (!isHttp(flow)) {
      out.push(callAt(asked, flow, schemeOf(asked, isEncrypted(flow)), name, flow.port));
      continue;
    }
    const hasTls = ingress!.tls.some(({ hosts }) => hosts.length === 0 || hosts.includes(host));
    const scheme = schemeOf(asked, hasTls);
    const port = hasTls ? 443 : 80;
    out.push(callAt(asked, flow, scheme, name, port), callAt(asked, flow, scheme, name, port, plainPath(path)));
  }
  return out;
}

/** A path that a regular expression matches: its part before the first special character. */
export function plainPath(path: string): string {
  const plain = path.replace(/[()[\]{}|*+?$^\\].*$/s, '');
  return plain.startsWith('/') ? plain : `/${plain}`;
}

/** In a world about which nothing is said, somebody has to give the controller an address. */
export const providerFor = ({ environment: { cloud, complete, stated } }: Cluster): Cloud | null =>
  cloud === 'none' && !complete && !stated.includes('cloud') ? 'generic-proxy' : null;

export const ingress = way('ingress', msg('compare.way.ingress'), providerFor);

export const ingressOnMetallb = way('ingress-metallb', msg('compare.way.ingress-metallb'), ({ environment: { cloud } }) =>
  cloud.startsWith('metallb') ? null : 'metallb-l2',
);
