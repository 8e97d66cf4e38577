/** A route of the Gateway API on a Gateway: listeners for HTTP, TLS, TCP and UDP, rules by more than host and path (S12). */
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { SettledGateway } from '../../cluster/gateways/settled.ts';
import { backendsOf } from '../../kinds/gateway-api/route.ts';
import type { Route } from '../../kinds/gateway-api/route-spec.ts';
import type { Json, JsonObject } from '../../manifests/document.ts';
import { nameKey, type ObjectRef, refKey } from '../../manifests/object-ref.ts';
import type { RequestDraft } from '../../trace/request-draft.ts';
import { freeName } from '../names.ts';
import { exposedPorts, servicesOf } from '../target.ts';
import { callAt, isEncrypted, isHttp, schemeOf, transportOf } from '../urls.ts';
import { certificateFor } from './certificate.ts';
import { clusterIp } from './cluster-ip.ts';
import { plainPath, providerFor } from './ingress.ts';
import { cloudEdit, providerAnnotations } from './load-balancer.ts';
import { keyOf, mentions, portIn } from './reading.ts';
import { metadata } from './service-manifest.ts';
import type { Addition, EnvironmentEdit, Situation, Standing, Way } from './way.ts';

const API = 'gateway.networking.k8s.io/v1';
/** Stands in where no controller of the Gateway API is known. */
const USUAL = { kind: 'gateway', name: 'Envoy Gateway', implementation: 'generic', class: 'eg' } as const;

export const gateway: Way = {
  id: 'gateway',
  title: msg('compare.way.gateway'),
  insideOnly: false,
  hasController: true,
  carrier: (standing, cluster) => {
    const settled = settledOf(standing, cluster);
    if (settled === null || settled.controller === null) return null;
    const serves = [...cluster.gatewayApi.gateways.values()].filter(({ controller }) => controller === settled.controller).length;
    return { name: settled.controller, service: settled.infrastructure?.service ?? null, serves };
  },
  find,
  make,
  publishes: ({ entry }) => (entry === undefined ? { none: true } : { gateway: keyOf(entry) }),
  takes: (trace, { object }) => mentions(trace, object),
  calls,
  detail: (standing, cluster) => {
    const controller = settledOf(standing, cluster)?.controller ?? null;
    return controller === null ? msg('compare.detail.no-controller') : msg('compare.detail.gateway', { controller, gateway: standing.entry?.name ?? '' });
  },
};

function settledOf({ entry }: Standing, cluster: Cluster): SettledGateway | null {
  return entry === undefined ? null : (cluster.gatewayApi.gateways.get(keyOf(entry)) ?? null);
}

function find({ cluster, target, service, publicHost }: Situation): Standing | null {
  const behind = new Map(servicesOf(cluster, target).map(({ ref }) => [keyOf(ref), ref]));
  const found: (Standing & { readonly route: Route })[] = [];
  for (const route of cluster.routes.values()) {
    const refs = backendsOf(route).flatMap(({ ref }) => (ref.kind === 'Service' ? (behind.get(nameKey(ref.namespace, ref.name)) ?? []) : []));
    const used = refs.find((ref) => service !== null && refKey(ref) === refKey(service.ref)) ?? refs[0];
    const parent = route.parentRefs.find(({ kind }) => kind === 'Gateway');
    if (used === undefined || parent === undefined) continue;
    found.push({ object: route.ref, service: used, entry: { kind: 'Gateway', namespace: parent.namespace, name: parent.name }, route });
  }
  const best = found.find(({ route }) => publicHost !== null && route.hostnames.includes(publicHost)) ?? found[0];
  return best === undefined ? null : { object: best.object, service: best.service, ...(best.entry !== undefined && { entry: best.entry }) };
}

function make(situation: Situation): Addition | null {
  const { cluster, target, flow, publicHost } = situation;
  const made = situation.service === null ? clusterIp.make(situation) : null;
  const service = situation.service?.ref ?? made?.service;
  if (service === undefined) return null;
  const { namespace } = target.ref;
  const kind = routeKind(situation);
  const ref: ObjectRef = { kind, namespace, name: freeName(cluster, kind, namespace, target.ref.name, 'route') };
  const entry: ObjectRef = { kind: 'Gateway', namespace, name: freeName(cluster, 'Gateway', namespace, target.ref.name, 'gateway') };
  const host = publicHost ?? `${ref.name}.example.com`;
  const served = [...cluster.gatewayApi.classes.values()].find(({ controller }) => controller !== null);
  const className = served?.name ?? USUAL.class;
  const secret = isEncrypted(flow) ? certificateFor(cluster, namespace, host, entry.name) : null;
  const port = situation.service === null ? exposedPorts(target, null, isHttp(flow))[0]!.port : (portIn(situation.service, situation)?.port ?? 80);
  const backendRefs: Json = [{ name: service.name, port }];
  const cloud = providerFor(cluster);
  const annotations = providerAnnotations(cloud ?? cluster.environment.cloud, 'instance');
  const spec = {
    gatewayClassName: className,
    // The controller puts them on the Service that it makes for the Gateway (GEP-1867).
    ...(Object.keys(annotations).length > 0 && { infrastructure: { annotations } }),
    listeners: [listener(situation, host, secret?.name ?? null)],
  };
  const objects: JsonObject[] = [
    { apiVersion: API, kind: 'Gateway', metadata: metadata(entry), spec },
    {
      apiVersion: API,
      kind,
      metadata: metadata(ref),
      spec: { parentRefs: [{ name: entry.name }], ...(isHttp(flow) && { hostnames: [host] }), rules: [{ backendRefs }] },
    },
  ];
  const environment: EnvironmentEdit[] = [];
  if (cloud !== null) environment.push(cloudEdit(cloud));
  if (served === undefined) {
    const path = ['spec', 'environment', 'controllers', cluster.environment.controllers.length];
    environment.push({ path, value: { ...USUAL }, says: msg('compare.what-if.gateway-controller', { controller: USUAL.name, class: USUAL.class }) });
  }
  if (secret !== null) environment.push(...secret.environment);
  return { object: ref, service, entry, objects: [...(made?.objects ?? []), ...objects], environment };
}

function routeKind({ flow }: Situation): 'HTTPRoute' | 'TCPRoute' | 'UDPRoute' {
  if (isHttp(flow)) return 'HTTPRoute';
  return transportOf(flow) === 'UDP' ? 'UDPRoute' : 'TCPRoute';
}

function listener({ flow }: Situation, host: string, secret: string | null): JsonObject {
  if (!isHttp(flow)) {
    const protocol = transportOf(flow) === 'UDP' ? 'UDP' : 'TCP';
    return { name: protocol.toLowerCase(), protocol, port: flow.port };
  }
  if (secret === null) return { name: 'http', protocol: 'HTTP', port: 80 };
  return { name: 'https', protocol: 'HTTPS', port: 443, hostname: host, tls: { certificateRefs: [{ name: secret }] } };
}

/** At every listener that the route is attached to: by a host that it serves there, as asked, then with the path of a rule. */
function calls(standing: Standing, cluster: Cluster, { asked, flow, publicHost }: Situation): readonly RequestDraft[] {
  const settled = settledOf(standing, cluster);
  const route = cluster.routes.get(refKey(standing.object));
  const address = settled?.addresses[0];
  const bare = publicHost ?? address?.hostname ?? address?.ip ?? null;
  const out: RequestDraft[] = [];
  for (const { port, protocol, attached } of settled?.listeners ?? []) {
    const hosts = attached.filter((each) => each.route === refKey(standing.object)).flatMap(({ hostnames }) => (hostnames.length === 0 ? [''] : hostnames));
    for (const host of hosts.toSorted((a, b) => Number(b === publicHost) - Number(a === publicHost))) {
      const name = host === '' ? bare : host.replace(/^\*\./, 'www.');
      if (name === null) continue;
      const scheme = schemeOf(asked, protocol === 'HTTPS' || protocol === 'TLS');
      out.push(callAt(asked, flow, scheme, name, port), ...pathsOf(route).map((path) => callAt(asked, flow, scheme, name, port, path)));
    }
  }
  return out;
}

function pathsOf(route: Route | undefined): readonly string[] {
  if (route?.protocol !== 'http') return [];
  return route.rules.flatMap(({ matches }) => matches.map(({ path }) => plainPath(path.value)));
}
