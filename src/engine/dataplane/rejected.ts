/**
 * Rejected objects that the request would have used: they do not exist for the request (S1.5), and that is often why
 * it fails. Found by the names on the request's way, in what the texts say.
 */
import type { Cluster } from '../cluster/cluster.ts';
import { compareNames } from '../cluster/name-order.ts';
import type { Json, JsonObject, ManifestObject } from '../manifests/document.ts';
import type { Rejection } from '../manifests/finding.ts';
import { nameKey, refKey, type ObjectRef } from '../manifests/object-ref.ts';
import type { Flow } from '../trace/flow.ts';
import type { HttpRequest } from '../trace/packet.ts';

/** `seen`: objects that hops stood for or consulted; `requests`: the HTTP requests they saw. */
export function rejectedOnTheWay(cluster: Cluster, flow: Flow, seen: readonly ObjectRef[], requests: readonly HttpRequest[]): readonly Rejection[] {
  if (cluster.rejections.length === 0) return [];
  const written = new Map(cluster.manifests.objects.map((object) => [refKey(object.ref), object]));
  const hosts = new Set([flow.host, ...requests.map(({ host }) => host.replace(/:\d+$/, ''))].map((host) => host.toLowerCase()));
  const isOurs = (object: ManifestObject) =>
    object.ref.kind === 'Ingress' && hostsOf(object).some((host) => host === '' || [...hosts].some((asked) => covers(host, asked)));

  const ingresses = [...written.values()].filter(isOurs);
  const routes = [...written.values()].filter(({ ref, value }) => ref.kind.endsWith('Route') && routeCovers(value, hosts));
  const services = new Set([
    ...seen.filter(({ kind }) => kind === 'Service').map(keyOf),
    ...ingresses.flatMap(({ ref, value }) => backendsOf(value).map((name) => nameKey(ref.namespace, name))),
    ...routes.flatMap(routeBackends),
    ...serviceNamesIn(cluster, flow),
  ]);
  const gateways = new Set(routes.flatMap(routeParents));
  const secrets = new Set(ingresses.flatMap(({ ref, value }) => secretsOf(value).map((name) => nameKey(ref.namespace, name))));

  const uses = (object: ManifestObject): boolean => {
    switch (object.ref.kind) {
      case 'Ingress':
        return ingresses.includes(object);
      case 'HTTPRoute':
      case 'GRPCRoute':
      case 'TLSRoute':
      case 'TCPRoute':
      case 'UDPRoute':
        return routes.includes(object);
      case 'Gateway':
        return gateways.has(keyOf(object.ref));
      case 'Service':
        return services.has(keyOf(object.ref));
      case 'Secret':
        return secrets.has(keyOf(object.ref));
      case 'EndpointSlice': {
        const name = at(object.value, 'metadata', 'labels', 'kubernetes.io/service-name');
        return typeof name === 'string' && services.has(nameKey(object.ref.namespace, name));
      }
      default:
        return [...services].some((key) => isSelected(cluster, key, object));
    }
  };
  const onTheWay = cluster.rejections.filter(({ object }) => {
    const manifest = written.get(refKey(object));
    return manifest !== undefined && uses(manifest);
  });
  // By name: where an object stands in the texts says nothing. Those of one object keep their order.
  return onTheWay.toSorted((a, b) => compareNames(refKey(a.object), refKey(b.object)));
}

const keyOf = (ref: ObjectRef) => nameKey(ref.namespace, ref.name);

/** A workload or Pod whose labels a Service on the way selects. */
function isSelected(cluster: Cluster, service: string, { ref, value }: ManifestObject): boolean {
  const selector = cluster.services.get(service)?.selector ?? null;
  if (selector === null || !service.startsWith(`${ref.namespace}/`)) return false;
  const labels = at(value, 'spec', 'template', 'metadata', 'labels') ?? at(value, 'metadata', 'labels');
  return isRecord(labels) && Object.entries(selector).every(([key, wanted]) => labels[key] === wanted);
}

/** What `api`, `api.shop` and `api.shop.svc.cluster.local` could mean, seen from the client. */
function serviceNamesIn(cluster: Cluster, flow: Flow): readonly string[] {
  const [name = '', namespace] = flow.host.toLowerCase().split('.');
  const own = flow.from.kind === 'pod' || flow.from.kind === 'workload' ? flow.from.namespace : null;
  return [...(own === null ? [] : [nameKey(own, name)]), ...(namespace === undefined ? [] : [nameKey(namespace, name)]), ...byAddress(cluster, flow.host)];
}

/** A rejected Service may have asked for the very address or node port that is dialled. */
function byAddress(cluster: Cluster, host: string): readonly string[] {
  return cluster.manifests.objects
    .filter(({ ref, value }) => ref.kind === 'Service' && (at(value, 'spec', 'clusterIP') === host || at(value, 'spec', 'loadBalancerIP') === host))
    .map(({ ref }) => keyOf(ref));
}

/** The hosts of an Ingress as written, whether or not it was taken; empty for a rule without host. */
export function hostsOf({ value }: ManifestObject): readonly string[] {
  const rules = list(at(value, 'spec', 'rules'));
  if (rules.length === 0) return [''];
  return rules.map((rule) => at(rule, 'host')).map((host) => (typeof host === 'string' ? host.toLowerCase() : ''));
}

const covers = (host: string, asked: string) => host === asked || (host.startsWith('*.') && asked.endsWith(host.slice(1)));

function backendsOf(value: JsonObject): readonly string[] {
  const paths = list(at(value, 'spec', 'rules')).flatMap((rule) => list(at(rule, 'http', 'paths')));
  const names = [...paths.map((path) => at(path, 'backend', 'service', 'name')), at(value, 'spec', 'defaultBackend', 'service', 'name')];
  return names.filter((name) => typeof name === 'string');
}

function secretsOf(value: JsonObject): readonly string[] {
  return list(at(value, 'spec', 'tls'))
    .map((entry) => at(entry, 'secretName'))
    .filter((name) => typeof name === 'string');
}

/** Without hostnames a route is for those of its listeners, which may be any. */
function routeCovers(value: JsonObject, asked: ReadonlySet<string>): boolean {
  const hostnames = list(at(value, 'spec', 'hostnames')).filter((host) => typeof host === 'string');
  return hostnames.length === 0 || hostnames.some((host) => [...asked].some((name) => covers(host.toLowerCase(), name)));
}

function routeBackends({ ref, value }: ManifestObject): readonly string[] {
  return list(at(value, 'spec', 'rules')).flatMap((rule) => list(at(rule, 'backendRefs')).flatMap((backend) => named(backend, ref.namespace)));
}

function routeParents({ ref, value }: ManifestObject): readonly string[] {
  return list(at(value, 'spec', 'parentRefs')).flatMap((parent) => named(parent, ref.namespace));
}

function named(reference: Json, usual: string): readonly string[] {
  const [name, namespace] = [at(reference, 'name'), at(reference, 'namespace')];
  return typeof name === 'string' ? [nameKey(typeof namespace === 'string' ? namespace : usual, name)] : [];
}

/** The value at a path of what a person wrote, whatever they wrote. */
function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  let here = value;
  for (const step of path) here = isRecord(here) ? here[step] : undefined;
  return here;
}

const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

function isRecord(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
