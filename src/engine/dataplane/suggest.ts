/**
 * Requests that the manifests invite, most interesting first: what comes from outside through rules, then from outside
 * to Services, then from Pod to Service. And who could send them.
 */
import type { Cluster } from '../cluster/cluster.ts';
import { endpointsOf } from '../cluster/endpoints.ts';
import type { Ingress } from '../kinds/ingress/ingress-spec.ts';
import type { Pod } from '../kinds/pod/pod-spec.ts';
import type { Service, ServicePort } from '../kinds/service/service-spec.ts';
import { parseIp } from '../manifests/ip.ts';
import { nameKey, refKey } from '../manifests/object-ref.ts';
import { gatewayRequests, meshRequests } from './suggest-routes.ts';
import type { Origin } from '../trace/flow.ts';
import { EXTERNAL_CLIENT, EXTERNAL_CLIENT_V6, printHost } from '../trace/request.ts';
import type { RequestDraft, RequestSuggestion } from '../trace/request-draft.ts';
import { isDown } from '../cluster/nodes.ts';

const MOST = 30;

const INTERNET_CLIENT: Origin = { kind: 'external', ip: EXTERNAL_CLIENT };

/** A client of the same family as the address it is to reach; the two never mix (S7.5.18). */
const clientOf = (host: string): Origin => (parseIp(host)?.family === 'IPv6' ? { kind: 'external', ip: EXTERNAL_CLIENT_V6 } : INTERNET_CLIENT);

/** At most so many, each request once. */
export function suggestRequests(cluster: Cluster, most = MOST): readonly RequestSuggestion[] {
  const found = new Map<string, RequestSuggestion>();
  for (const suggestion of candidates(cluster)) {
    const { from, url, connectTo } = suggestion.draft;
    const key = JSON.stringify([from, url, connectTo]);
    if (!found.has(key)) found.set(key, suggestion);
    if (found.size === most) break;
  }
  return [...found.values()];
}

/** Best first, and no further than somebody asks: of ten thousand Services only the first are looked at. */
function* candidates(cluster: Cluster): Generator<RequestSuggestion> {
  const services = [...cluster.services.values()].filter((service) => !isInfrastructure(cluster, service));
  for (const ingress of cluster.ingresses.values()) yield* ingressRequests(cluster, ingress);
  for (const gateway of cluster.gatewayApi.gateways.values()) yield* gatewayRequests(cluster, gateway);
  yield* meshRequests(cluster);
  for (const service of services) if (service.type === 'LoadBalancer') yield* loadBalancerRequests(cluster, service);
  for (const service of services) if (service.type === 'NodePort') yield* nodePortRequests(cluster, service);
  for (const service of services) yield* serviceRequests(cluster, service);
  for (const service of services) if (service.headless) yield* endpointRequests(cluster, service);
}

/** The Service of a controller is the way of other requests, and so is the cluster's own API and DNS. */
function isInfrastructure(cluster: Cluster, { ref }: Service): boolean {
  return (
    ref.namespace === 'kube-system' ||
    (ref.namespace === 'default' && ref.name === 'kubernetes') ||
    cluster.controllers.some(({ service }) => service === keyOf(ref)) ||
    [...cluster.gatewayApi.gateways.values()].some(({ infrastructure }) => infrastructure?.service === keyOf(ref))
  );
}

const keyOf = (ref: { readonly namespace: string; readonly name: string }) => nameKey(ref.namespace, ref.name);

function draft(from: Origin, url: string, connectTo = ''): RequestDraft {
  return { from, method: 'GET', url, headers: [], connectTo, followRedirects: false, insecure: false };
}

/** One for each path of its rules. */
export function ingressRequests(cluster: Cluster, ingress: Ingress): readonly RequestSuggestion[] {
  const name = keyOf(ingress.ref);
  const tlsHosts = new Set(ingress.tls.flatMap(({ hosts }) => hosts));
  const controller = cluster.controllers.find(({ claims }) => claims.includes(name));
  const address = controller?.publishes[0];
  // A load balancer of a cloud says itself which ports it has, whatever the Ingress says of TLS.
  const listens = controller?.balancer == null ? null : (controller.listens.find(({ scheme }) => scheme === 'https') ?? controller.listens[0] ?? null);
  const request = (host: string, path: string): RequestSuggestion[] => {
    const asked = host === '' ? (address?.hostname ?? address?.ip ?? null) : host.replace(/^\*\./, 'www.');
    if (asked === null) return [];
    const scheme = listens?.scheme ?? (tlsHosts.has(host) ? 'https' : 'http');
    const port = listens === null || listens.containerPort === (scheme === 'https' ? 443 : 80) ? '' : `:${listens.containerPort}`;
    return [{ draft: draft(clientOf(asked), `${scheme}://${printHost(asked)}${port}${path}`), label: `Ingress ${name} ${path}` }];
  };
  const rules = ingress.rules.flatMap((rule) =>
    rule.paths.length === 0 ? request(rule.host, '/') : rule.paths.flatMap(({ path }) => request(rule.host, plainPath(path))),
  );
  return rules.length === 0 && ingress.defaultBackend !== null ? request('', '/') : rules;
}

/** A path that a regular expression matches: its part before the first special character. */
export function plainPath(path: string): string {
  const plain = path.replace(/[()[\]{}|*+?$^\\].*$/s, '');
  return plain.startsWith('/') ? plain : `/${plain}`;
}

/** Every way to one Service: from outside where it has one, then from a Pod. */
export function requestsTo(cluster: Cluster, service: Service): readonly RequestSuggestion[] {
  return [
    ...(service.type === 'LoadBalancer' ? loadBalancerRequests(cluster, service) : []),
    ...(service.type === 'NodePort' ? nodePortRequests(cluster, service) : []),
    ...serviceRequests(cluster, service),
    ...(service.headless ? endpointRequests(cluster, service) : []),
  ];
}

function loadBalancerRequests(cluster: Cluster, service: Service): readonly RequestSuggestion[] {
  const balancer = cluster.loadBalancers.get(keyOf(service.ref));
  const published = [...cluster.publicRecords.values()].find(({ from }) => from !== null && refKey(from) === refKey(service.ref));
  const host = published?.name ?? balancer?.ingress[0]?.hostname ?? balancer?.ingress[0]?.ip ?? null;
  if (host === null) return [];
  return service.ports.map((port) => ({
    draft: draft(clientOf(host), urlTo(host, port.port, port)),
    label: `Service ${keyOf(service.ref)} ${port.name || port.port}`,
  }));
}

function nodePortRequests(cluster: Cluster, service: Service): readonly RequestSuggestion[] {
  const node = [...cluster.nodes.values()].find(({ ref }) => !isDown(cluster, ref.name));
  const external = cluster.environment.externalReachesNodes === 'externalIPOnly' ? node?.addresses.find(({ type }) => type === 'ExternalIP') : undefined;
  const address = (external ?? node?.addresses.find(({ type }) => type === 'InternalIP'))?.address;
  if (address === undefined) return [];
  return service.ports
    .filter(({ nodePort }) => nodePort > 0)
    .map((port) => ({ draft: draft(clientOf(address), urlTo(address, port.nodePort, port)), label: `Service ${keyOf(service.ref)} NodePort` }));
}

/** By name, from a Pod that is not behind the Service itself, if there is one. */
function serviceRequests(cluster: Cluster, service: Service): readonly RequestSuggestion[] {
  const client = clientFor(cluster, service);
  if (client === null) return [];
  const host = client.ref.namespace === service.ref.namespace ? service.ref.name : `${service.ref.name}.${service.ref.namespace}`;
  const ports: readonly (ServicePort | null)[] = service.ports.length > 0 ? service.ports : [null];
  return ports.map((port) => ({
    draft: draft(originOf(client), urlTo(host, port === null ? 80 : portOf(cluster, service, port), port)),
    label: `Service ${keyOf(service.ref)}${port === null ? '' : ` ${port.name || port.port}`}`,
  }));
}

/** Nothing translates the port of a headless Service: its clients ask for that of the Pods (S6.1). */
function portOf(cluster: Cluster, service: Service, port: ServicePort): number {
  return (service.headless ? endpointsOf(cluster, keyOf(service.ref), port)[0]?.port : undefined) ?? port.port;
}

function endpointRequests(cluster: Cluster, service: Service): readonly RequestSuggestion[] {
  const client = clientFor(cluster, service);
  const port = service.ports[0];
  const named = (cluster.endpointSlices.get(keyOf(service.ref)) ?? []).flatMap(({ endpoints }) => endpoints).find(({ hostname }) => hostname !== null);
  if (client === null || named === undefined) return [];
  const host = `${named.hostname}.${service.ref.name}${client.ref.namespace === service.ref.namespace ? '' : `.${service.ref.namespace}`}`;
  return [
    {
      draft: draft(originOf(client), urlTo(host, port === undefined ? 80 : portOf(cluster, service, port), port ?? null)),
      label: `Pod ${named.targetRef === null ? named.hostname : keyOf(named.targetRef)}`,
    },
  ];
}

/** Who in the cluster would call the Service: a Pod that knows its name and is not behind it; null where there is none. */
export function insideClient(cluster: Cluster, service: Service): Origin | null {
  const client = nearest(outsidersOf(cluster, service).filter(knowsClusterNames), service);
  return client === undefined ? null : originOf(client);
}

/** A running Pod, best of the same namespace and not one the Service selects. */
export function clientFor(cluster: Cluster, service: Pick<Service, 'ref' | 'selector'>): Pod | null {
  const running = runningPods(cluster);
  const outsiders = outsidersOf(cluster, service);
  return (
    nearest(outsiders.filter(knowsClusterNames), service) ??
    nearest(running.filter(knowsClusterNames), service) ??
    nearest(outsiders, service) ??
    nearest(running, service) ??
    null
  );
}

function runningPods(cluster: Cluster): readonly Pod[] {
  return [...cluster.pods.values()].filter((pod) => pod.status.phase === 'Running' && pod.node !== null && pod.status.podIPs.length > 0);
}

function outsidersOf(cluster: Cluster, service: Pick<Service, 'ref' | 'selector'>): readonly Pod[] {
  return runningPods(cluster).filter((pod) => !selects(service, pod) && !cluster.controllers.some(({ pods }) => pods.includes(keyOf(pod.ref))));
}

function nearest(pods: readonly Pod[], service: Pick<Service, 'ref'>): Pod | undefined {
  return pods.find(({ ref }) => ref.namespace === service.ref.namespace) ?? pods[0];
}

/** Its resolver is the cluster's own (S6.8). */
function knowsClusterNames({ spec }: Pod): boolean {
  return spec.dnsPolicy === 'ClusterFirstWithHostNet' || (spec.dnsPolicy === 'ClusterFirst' && !spec.hostNetwork);
}

/** A synthesized Pod has another name on a real cluster, so its workload stands for it. */
export function originOf({ ref, synthesized, workload }: Pod): Origin {
  return synthesized && workload !== null
    ? { kind: 'workload', workloadKind: workload.kind, namespace: workload.namespace, name: workload.name }
    : { kind: 'pod', namespace: ref.namespace, name: ref.name };
}

function selects({ selector, ref }: Pick<Service, 'ref' | 'selector'>, pod: Pod): boolean {
  return selector !== null && pod.ref.namespace === ref.namespace && Object.entries(selector).every(([key, value]) => pod.metadata.labels[key] === value);
}

/** What a port most likely speaks, by its declared protocol and the usual names and numbers. */
export function urlTo(host: string, number: number, port: ServicePort | null): string {
  const at = printHost(host);
  if (port !== null && port.protocol !== 'TCP') return `${port.protocol.toLowerCase()}://${at}:${number}`;
  const speaks = port?.appProtocol ?? port?.name ?? '';
  if (speaks.startsWith('https') || port?.port === 443) return `https://${at}${number === 443 ? '' : `:${number}`}/`;
  if (/^(tcp|mysql|postgres|redis|mongo|amqp|kafka|smtp|ldap)/.test(speaks) || NOT_HTTP.has(port?.port ?? 0)) return `tcp://${at}:${number}`;
  return `http://${at}${number === 80 ? '' : `:${number}`}/`;
}

/** Usual ports of databases, caches, queues and mail. */
const NOT_HTTP = new Set([22, 25, 53, 389, 1433, 1521, 1883, 2379, 3306, 4222, 5432, 5672, 6379, 6380, 9042, 9092, 11_211, 26_257, 27_017]);

/** Everyone who could send: the Internet, workloads with a running Pod, Pods without a workload, nodes. */
export function originsOf(cluster: Cluster): readonly Origin[] {
  const pods = [...cluster.pods.values()].filter(({ status }) => status.phase === 'Running');
  const workloads = new Map<string, Origin>();
  for (const { workload } of pods) {
    if (workload !== null)
      workloads.set(refKey(workload), { kind: 'workload', workloadKind: workload.kind, namespace: workload.namespace, name: workload.name });
  }
  return [
    INTERNET_CLIENT,
    ...workloads.values(),
    ...pods.map(({ ref }): Origin => ({ kind: 'pod', namespace: ref.namespace, name: ref.name })),
    ...[...cluster.nodes.keys()].map((name): Origin => ({ kind: 'node', name })),
  ];
}
