/**
 * What chooses Services by rules, told alike for the map: Ingress controllers and Gateways with the Ingresses and routes
 * they serve, and the ones among these that nobody serves. The map knows no other difference between them.
 */
import { msg, type Message } from '../catalogue/message.ts';
import { choicesOfGateway, choicesOfRoute, nameKey, refKey, servicesBehind, type Cluster, type ObjectRef, type RouteChoice } from '../engine/index.ts';
import { inferred } from './boxes.ts';
import type { Words } from './scene.ts';

type SettledGateway = Cluster['gatewayApi']['gateways'] extends ReadonlyMap<string, infer G> ? G : never;

/** A running proxy, drawn as its Pods. */
export interface Proxy {
  /** As the hops in its Pods name it: `ingress-nginx`, `Gateway shop/public`. */
  readonly component: string;
  /** `nameKey` of the Gateway; null for an Ingress controller. */
  readonly gateway: string | null;
  /** Names its box where it has no Pods. */
  readonly name: string;
  /** `nameKey` of its Pods. */
  readonly pods: readonly string[];
  /** Set for a load balancer that a cloud made for Ingresses: its address, and what it was made for. */
  readonly balancer: { readonly address: string | null; readonly object: ObjectRef | null } | null;
  /** `nameKey` of the Service that exposes it; null: clients reach the Pods themselves. */
  readonly service: string | null;
  /** False: nobody is sent here, as nothing names it. */
  readonly isWanted: boolean;
  readonly facts: readonly Words[];
  readonly assumptions: readonly string[];
  readonly choices: readonly Choice[];
}

/** An Ingress, a Gateway or a route that no proxy serves: it chooses nothing, and the map says why. */
export interface Unserved {
  readonly id: string;
  readonly object: ObjectRef;
  readonly kicker: Words;
  readonly fact: Message;
  readonly choices: readonly Choice[];
}

/** One rule and one Service that it leads to, in the order of the rules. */
export interface Choice {
  /** Empty: all hosts. */
  readonly host: string;
  readonly label: string;
  readonly backend: ObjectRef;
  /** Of the requests that match, 0 to 1. */
  readonly share: number;
  /** What lets the rule name a backend of another namespace, or is missing; null: it crosses none. */
  readonly gate: { readonly grant: ObjectRef | null } | null;
  /** Why no request gets there by this rule; null: some do. */
  readonly refused: Message | null;
}

export function proxiesOf(cluster: Cluster): readonly Proxy[] {
  const controllers = cluster.controllers.map(({ name, implementation, pods, service, claims, assumption, balancer }): Proxy => {
    const choices = claims.flatMap((claim) => choicesOfIngress(cluster, claim));
    const assumptions = assumption === null ? [] : inferred(cluster, [assumption]);
    const made = balancer === null ? null : { address: balancer.addresses[0] ?? null, object: cluster.ingresses.get(claims[0] ?? '')?.ref ?? null };
    const who = balancer === null ? { component: implementation, name } : { component: balancer.product, name: balancer.name };
    return { ...who, gateway: null, balancer: made, pods, service, isWanted: claims.length > 0, facts: [], assumptions, choices };
  });
  return [...controllers, ...[...cluster.gatewayApi.gateways.values()].flatMap((gateway) => proxyOfGateway(cluster, gateway))];
}

function proxyOfGateway(cluster: Cluster, gateway: SettledGateway): readonly Proxy[] {
  const { infrastructure, listeners, assumption } = gateway;
  if (infrastructure === null) return [];
  return [
    {
      component: `Gateway ${gateway.gateway}`,
      gateway: gateway.gateway,
      balancer: null,
      name: gateway.gateway,
      pods: infrastructure.pods,
      service: infrastructure.service,
      isWanted: listeners.some(({ serves }) => serves),
      facts: listenerFacts(listeners),
      assumptions: assumption === null ? [] : inferred(cluster, [assumption]),
      choices: choicesOfGateway(cluster, gateway).map(toChoice),
    },
  ];
}

/** Listeners named on a Gateway's box. */
const MAX_LISTENERS = 3;

function listenerFacts(listeners: SettledGateway['listeners']): readonly Words[] {
  const facts = listeners.map(({ name, serves }) => msg(serves ? 'scene.fact.listener' : 'scene.fact.listener-idle', { listener: name }));
  if (facts.length <= MAX_LISTENERS + 1) return facts;
  return [...facts.slice(0, MAX_LISTENERS), msg('scene.fact.more-listeners', { count: facts.length - MAX_LISTENERS })];
}

/** The proxy whose Pod decides a hop. */
export function proxyAt(proxies: readonly Proxy[], pod: string | null, component: string): Proxy | undefined {
  const own = proxies.filter(({ pods }) => pod === null || pods.includes(pod));
  return own.find((proxy) => proxy.component === component) ?? (pod === null ? undefined : own[0]);
}

/** The load balancer of this name. */
export function balancerAt(proxies: readonly Proxy[], name: string | null): Proxy | undefined {
  return proxies.find((proxy) => proxy.balancer !== null && proxy.name === name);
}

export function unservedOf(cluster: Cluster): readonly Unserved[] {
  const claimed = new Set(cluster.controllers.flatMap(({ claims }) => claims));
  const ingresses = [...cluster.ingresses].filter(([key]) => !claimed.has(key));
  const gateways = [...cluster.gatewayApi.gateways.values()].filter(({ infrastructure }) => infrastructure === null);
  return [
    ...ingresses.map(([key, { ref }]): Unserved => ({
      id: `ingress:${key}`,
      object: ref,
      kicker: msg('scene.box.ingress'),
      fact: msg('scene.fact.no-controller'),
      choices: choicesOfIngress(cluster, key),
    })),
    ...gateways.flatMap(({ gateway: key }): readonly Unserved[] => {
      const gateway = cluster.gateways.get(key);
      if (gateway === undefined) return [];
      const routes = [...cluster.routes].filter(([, route]) => namesGateway(route, gateway.ref));
      const choices = routes.flatMap(([route]) => choicesOfRoute(cluster, route).map(toChoice));
      return [{ id: `gateway:${key}`, object: gateway.ref, kicker: 'Gateway', fact: msg('scene.fact.no-controller'), choices }];
    }),
    ...refusedRoutes(cluster, null),
  ];
}

type Route = Cluster['routes'] extends ReadonlyMap<string, infer R> ? R : never;

function namesGateway({ parentRefs }: Route, { namespace, name }: ObjectRef): boolean {
  return parentRefs.some((parent) => parent.kind === 'Gateway' && parent.namespace === namespace && parent.name === name);
}

/** Routes that no listener takes, with the reason; those of one Gateway (`nameKey`), or all. Routes of a mesh need no listener. */
export function refusedRoutes(cluster: Cluster, gateway: string | null): readonly Unserved[] {
  return [...cluster.routes].flatMap(([key, route]): readonly Unserved[] => {
    const parents = route.parentRefs.filter(({ group, kind }) => group !== '' || kind !== 'Service');
    if (parents.length === 0 && route.parentRefs.length > 0) return [];
    const settled = cluster.gatewayApi.routes.get(key)?.parents.filter(({ parent }) => parent.kind !== 'Service') ?? [];
    if (settled.some(({ listeners }) => listeners.length > 0)) return [];
    const named = gateway === null ? undefined : cluster.gateways.get(gateway);
    if (gateway !== null && (named === undefined || !namesGateway(route, named.ref))) return [];
    // The box of a Gateway that nobody serves stands for its routes.
    const isIdle = (parent: (typeof parents)[number]) => {
      const found = cluster.gatewayApi.gateways.get(nameKey(parent.namespace, parent.name));
      return parent.kind === 'Gateway' && found !== undefined && found.infrastructure === null;
    };
    if (parents.some(isIdle)) return [];
    const reason = settled.flatMap(({ conditions }) => conditions.filter(({ type, status }) => type === 'Accepted' && status === 'False'))[0]?.reason;
    const fact = parents.length === 0 ? msg('scene.fact.no-parent') : reason === undefined ? msg('scene.fact.parent-missing') : whyRefused(reason);
    return [{ id: `route:${refKey(route.ref)}`, object: route.ref, kicker: route.ref.kind, fact, choices: choicesOfRoute(cluster, key).map(toChoice) }];
  });
}

/** The reason of a condition of a route, in two or three words. */
function whyRefused(reason: string): Message {
  switch (reason) {
    case 'NotAllowedByListeners':
      return msg('scene.fact.not-allowed');
    case 'NoMatchingListenerHostname':
      return msg('scene.fact.no-host');
    case 'NoMatchingParent':
      return msg('scene.fact.no-listener');
    default:
      return msg('scene.fact.not-accepted');
  }
}

function choicesOfIngress(cluster: Cluster, key: string): readonly Choice[] {
  const ingress = cluster.ingresses.get(key);
  if (ingress === undefined) return [];
  const { namespace } = ingress.ref;
  const choice = (host: string, label: string, name: string): Choice => {
    return { host, label, backend: { kind: 'Service', namespace, name }, share: 1, gate: null, refused: null };
  };
  const rules = ingress.rules.flatMap(({ host, paths }) =>
    paths.flatMap(({ path, backend }) =>
      servicesBehind(ingress, backend).map(({ name, share }) => ({ ...choice(host, path === '' ? '/' : path, name), share })),
    ),
  );
  return ingress.defaultBackend?.kind === 'service' ? [...rules, choice('', '*', ingress.defaultBackend.name)] : rules;
}

function toChoice({ host, label, backend, share, grant, refused }: RouteChoice): Choice {
  const gate = grant !== null || refused === 'RefNotPermitted' ? { grant } : null;
  return { host: host ?? '', label, backend, share, gate, refused: whyUnused(refused) };
}

function whyUnused(refused: RouteChoice['refused']): Message | null {
  switch (refused) {
    case null:
      return null;
    case 'RefNotPermitted':
      return msg('scene.fact.no-grant');
    case 'InvalidKind':
      return msg('scene.fact.no-service');
    case 'BackendNotFound':
      return msg('scene.fact.no-port');
    case 'UnsupportedProtocol':
      return msg('scene.fact.protocol');
    case 'Shadowed':
      return msg('scene.fact.shadowed');
    case 'WeightZero':
      return msg('scene.fact.weight-zero');
  }
}
