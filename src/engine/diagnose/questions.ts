/**
 * Requests by which problems are looked for: those that a person saved or sent, those that the manifests invite, and
 * those that would meet one object.
 */
import type { Cluster } from '../cluster/cluster.ts';
import { serviceBackends } from '../cluster/inference.ts';
import { matchesLabels } from '../cluster/selectors.ts';
import { clientFor, ingressRequests, originOf, plainPath, requestsTo, suggestRequests } from '../dataplane/suggest.ts';
import type { Route } from '../kinds/gateway-api/route-spec.ts';
import { scenario } from '../kinds/scenario/scenario.ts';
import type { SavedRequest } from '../kinds/scenario/scenario-spec.ts';
import type { Json, ManifestObject } from '../manifests/document.ts';
import { isList, isObject } from '../manifests/json.ts';
import { nameKey, refKey, type ObjectRef } from '../manifests/object-ref.ts';
import type { FieldPath } from '../manifests/source.ts';
import type { Flow, Origin } from '../trace/flow.ts';
import { draftOf } from '../trace/draft-of.ts';
import type { RequestDraft } from '../trace/request-draft.ts';
import { EXTERNAL_CLIENT, readRequest } from '../trace/request.ts';
import { manifestOf } from './change.ts';
import { invitedByPolicies, questionsAboutPolicy } from './policy-questions.ts';

export interface Question {
  readonly flow: Flow;
  readonly draft: RequestDraft;
  /** Set when a person saved it: where it stands in the Scenario. */
  readonly saved: { readonly request: SavedRequest; readonly scenario: ObjectRef; readonly path: FieldPath } | null;
  /** Asked by a person: sent or saved. The others are of our choosing. */
  readonly isTheirs: boolean;
  /** A rule of a network policy names who asks and who is asked. */
  readonly isInvited: boolean;
}

/** Suggested ones that are tried, so that a cluster of any size is looked at in the same time. */
const MOST_SUGGESTED = 120;

export function questionsOf(cluster: Cluster, request: Flow | null): readonly Question[] {
  const own = request === null ? [] : [{ flow: request, draft: draftOf(request), saved: null, isTheirs: true, isInvited: false }];
  const suggested = suggestRequests(cluster, MOST_SUGGESTED).flatMap(({ draft }) => questionOf(draft));
  const invited = invitedByPolicies(cluster).flatMap(({ from, url }) => questionOf(draftFor(from, url)).map((question) => ({ ...question, isInvited: true })));
  return distinct([...own, ...savedQuestions(cluster), ...invited, ...suggested, ...localPolicyQuestions(cluster)]);
}

export function savedQuestions(cluster: Pick<Cluster, 'manifests'>): readonly Question[] {
  return cluster.manifests.objects
    .filter(({ ref, apiVersion }) => ref.kind === scenario.kind && scenario.apiVersions.includes(apiVersion))
    .flatMap((manifest) => {
      const names = list(at(manifest.value, 'spec', 'requests')).map((entry) => at(entry, 'name'));
      return (scenario.read(manifest).object?.requests ?? []).map((request): Question => ({
        flow: request.flow,
        draft: draftOf(request.flow),
        saved: { request, scenario: manifest.ref, path: ['spec', 'requests', Math.max(0, names.indexOf(request.name))] },
        isTheirs: true,
        isInvited: false,
      }));
    });
}

/** Requests on whose way the object should stand; also of an object that the API server would not take. */
export function questionsAbout(cluster: Cluster, ref: ObjectRef): readonly Question[] {
  const key = nameKey(ref.namespace, ref.name);
  switch (ref.kind) {
    case 'Service':
      return [...aboutService(cluster, ref), ...ingressesTo(cluster, key)];
    case 'Ingress': {
      const ingress = cluster.ingresses.get(key);
      return ingress === undefined ? writtenIngress(manifestOf(cluster.manifests, ref)) : asked(ingressRequests(cluster, ingress));
    }
    case 'IngressClass':
      return [...cluster.ingresses.values()]
        .filter(({ ingressClassName }) => ingressClassName === ref.name)
        .slice(0, 3)
        .flatMap((ingress) => asked(ingressRequests(cluster, ingress)));
    case 'Secret':
      return [...cluster.ingresses.values()]
        .filter((ingress) => ingress.ref.namespace === ref.namespace && ingress.tls.some(({ secretName }) => secretName === ref.name))
        .flatMap((ingress) => asked(ingressRequests(cluster, ingress)));
    case 'NetworkPolicy': {
      const policy = cluster.networkPolicies.get(key);
      const about = policy === undefined ? [] : questionsAboutPolicy(cluster, policy);
      return [...about.flatMap(({ from, url }) => questionOf(draftFor(from, url))), ...aboutLabelled(cluster, ref)];
    }
    case 'Gateway':
    case 'ListenerSet':
      return [...cluster.routes.values()]
        .filter(({ parentRefs }) => parentRefs.some(({ name }) => name === ref.name))
        .flatMap((route) => toRoute(cluster, route));
    case 'EndpointSlice':
    case 'Endpoints':
      return [...cluster.services.values()]
        .filter((service) => service.ref.namespace === ref.namespace && (service.selector === null || ref.name.startsWith(service.ref.name)))
        .flatMap((service) => asked(requestsTo(cluster, service)));
    default: {
      const route = cluster.routes.get(refKey(ref));
      return route === undefined ? aboutLabelled(cluster, ref) : toRoute(cluster, route);
    }
  }
}

/** By the names and the first path of a route, with TLS where the listeners of its Gateways want it. */
function toRoute(cluster: Cluster, route: Route): readonly Question[] {
  const paths = route.protocol === 'http' ? route.rules.flatMap(({ matches }) => matches.map(({ path }) => plainPath(path.value))) : ['/'];
  const gateways = [...cluster.gateways.values()].filter(({ ref }) => route.parentRefs.some(({ name }) => name === ref.name));
  const protocols = gateways.flatMap(({ listeners }) => listeners.map(({ protocol }) => protocol));
  const schemes =
    protocols.length > 0 && protocols.every((protocol) => protocol === 'HTTPS') ? ['https'] : protocols.includes('HTTPS') ? ['http', 'https'] : ['http'];
  return route.hostnames.slice(0, 2).flatMap((hostname) => {
    const host = hostname.replace(/^\*\./, 'www.');
    return schemes.flatMap((scheme) => questionOf(draftFor(OUTSIDE, `${scheme}://${host}${paths[0] ?? '/'}`)));
  });
}

function aboutService(cluster: Cluster, ref: ObjectRef): readonly Question[] {
  const service = cluster.services.get(nameKey(ref.namespace, ref.name));
  if (service !== undefined) return asked(requestsTo(cluster, service));
  const written = manifestOf(cluster.manifests, ref);
  const client = clientFor(cluster, { ref, selector: null });
  const ports = list(at(written?.value, 'spec', 'ports'));
  const number = ports.map((port) => at(port, 'port')).find((port) => typeof port === 'number') ?? 80;
  const nodePort = ports.map((port) => at(port, 'nodePort')).find((port) => typeof port === 'number');
  const node = [...cluster.nodes.values()][0]?.addresses[0]?.address;
  return [
    ...(client === null ? [] : questionOf(draftFor(originOf(client), `http://${nameKey('', ref.name)}.${ref.namespace}:${number}/`))),
    ...(nodePort === undefined || node === undefined ? [] : questionOf(draftFor(OUTSIDE, `http://${node}:${nodePort}/`))),
  ];
}

/** Requests to the Services that select the Pods of a workload, or the Pod; of a StatefulSet also to its first Pod by name. */
function aboutLabelled(cluster: Cluster, ref: ObjectRef): readonly Question[] {
  const written = manifestOf(cluster.manifests, ref)?.value;
  // A policy stands on the way to the Pods that it selects.
  const labels =
    at(written, 'spec', 'template', 'metadata', 'labels') ?? at(written, 'spec', 'podSelector', 'matchLabels') ?? at(written, 'metadata', 'labels');
  if (!isObject(labels)) return [];
  const texts = Object.fromEntries(Object.entries(labels).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])));
  const services = [...cluster.services.values()].filter(
    ({ ref: { namespace }, selector }) => namespace === ref.namespace && selector !== null && matchesLabels(texts, selector),
  );
  const serviceName = at(written, 'spec', 'serviceName');
  const client = typeof serviceName === 'string' ? clientFor(cluster, { ref, selector: null }) : null;
  const ports = list(at(written, 'spec', 'template', 'spec', 'containers')).flatMap((container) => list(at(container, 'ports')));
  const port = ports.map((entry) => at(entry, 'containerPort')).find((number) => typeof number === 'number') ?? 80;
  const first =
    client === null || typeof serviceName !== 'string'
      ? []
      : questionOf(draftFor(originOf(client), `tcp://${ref.name}-0.${serviceName}.${ref.namespace}:${port}`));
  return [
    ...first,
    ...services.flatMap((service) => [...asked(requestsTo(cluster, service)), ...ingressesTo(cluster, nameKey(ref.namespace, service.ref.name))]),
  ];
}

function ingressesTo(cluster: Cluster, service: string): readonly Question[] {
  return [...cluster.ingresses.values()]
    .filter((ingress) => serviceBackends(ingress).some(({ name }) => nameKey(ingress.ref.namespace, name) === service))
    .slice(0, 3)
    .flatMap((ingress) => asked(ingressRequests(cluster, ingress)));
}

function writtenIngress(manifest: ManifestObject | null): readonly Question[] {
  return list(at(manifest?.value, 'spec', 'rules')).flatMap((rule) => {
    const host = at(rule, 'host');
    if (typeof host !== 'string' || host === '') return [];
    const path = list(at(rule, 'http', 'paths')).map((entry) => at(entry, 'path'))[0];
    return questionOf(draftFor(OUTSIDE, `http://${host.replace(/^\*\./, 'www.').replace(/:\d+$/, '')}${plainPath(typeof path === 'string' ? path : '/')}`));
  });
}

/** A policy `Local` answers differently on every node, so every node is asked. */
function localPolicyQuestions(cluster: Cluster): readonly Question[] {
  const nodes = [...cluster.nodes.values()].slice(0, 5);
  return [...cluster.services.values()]
    .filter(({ manifest, ports }) => manifest !== null && ports.length > 0)
    .slice(0, MOST_SUGGESTED)
    .flatMap((service) => {
      const [port] = service.ports;
      const scheme = port!.protocol === 'TCP' ? 'http' : port!.protocol.toLowerCase();
      const outside = service.externalTrafficPolicy === 'Local' && service.type === 'NodePort' && port!.nodePort > 0;
      const inside = service.internalTrafficPolicy === 'Local' && !service.headless && service.clusterIPs[0] !== undefined;
      return nodes.flatMap(({ ref, addresses }) => {
        const address = addresses.find(({ type }) => type === 'InternalIP')?.address;
        return [
          ...(outside && address !== undefined ? questionOf(draftFor(OUTSIDE, `${scheme}://${address}:${port!.nodePort}`)) : []),
          ...(inside ? questionOf(draftFor({ kind: 'node', name: ref.name }, `${scheme}://${service.clusterIPs[0]!}:${port!.port}`)) : []),
        ];
      });
    });
}

const OUTSIDE: Origin = { kind: 'external', ip: EXTERNAL_CLIENT };

export function draftFor(from: Origin, url: string): RequestDraft {
  return { from, method: 'GET', url, headers: [], connectTo: '', followRedirects: false, insecure: false };
}

function asked(suggestions: readonly { readonly draft: RequestDraft }[]): readonly Question[] {
  return suggestions.flatMap(({ draft }) => questionOf(draft));
}

export function questionOf(draft: RequestDraft): readonly Question[] {
  const { flow } = readRequest(draft);
  return flow === null ? [] : [{ flow, draft, saved: null, isTheirs: false, isInvited: false }];
}

function distinct(questions: readonly Question[]): readonly Question[] {
  const seen = new Map<string, Question>();
  for (const question of questions) {
    const key = JSON.stringify(question.flow);
    if (!seen.has(key) || (question.saved !== null && seen.get(key)!.saved === null)) seen.set(key, question);
  }
  return [...seen.values()];
}

function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  let here = value;
  for (const step of path) here = here !== undefined && isObject(here) ? here[step] : undefined;
  return here;
}

const list = (value: Json | undefined): readonly Json[] => (value !== undefined && isList(value) ? value : []);
