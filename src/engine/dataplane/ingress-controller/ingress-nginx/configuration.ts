/**
 * The model that ingress-nginx makes of its Ingresses: servers by host, locations by path, upstreams by Service and
 * port (S10.2–S10.5, S10.18). Built once per cluster. It follows the controller's own steps in their order, because
 * which Ingress wins, and what a canary joins, comes from that order.
 */
import type { Cluster, Controller } from '../../../cluster/cluster.ts';
import type { Ingress, IngressBackend } from '../../../kinds/ingress/ingress-spec.ts';
import type { CertificateChoice } from '../../proxy/proxy.ts';
import type { ControllerView } from '../implementation.ts';
import type { Route } from '../route.ts';
import { backendName, claimedIngresses, routesOf } from '../route.ts';
import type { Admitted, TurnedAway } from './admission.ts';
import { admit } from './admission.ts';
import type { Annotations, CanaryPolicy } from './annotations.ts';
import { serverCertificate } from './server-certificate.ts';
import type { Settings } from './settings.ts';
import { settingsOf } from './settings.ts';
import { webhookOf } from './webhook.ts';

/** ingress-nginx takes ImplementationSpecific as Prefix (`SetDefaultNGINXPathType`). */
export type LocationType = 'Exact' | 'Prefix';

export interface Location {
  readonly path: string;
  readonly type: LocationType;
  /** The rule entry it was made from; null for the `/` that every server has (S10.5). */
  readonly route: Route | null;
  /** Whose annotations hold here; null on the catch-all server without an Ingress. */
  readonly from: Admitted | null;
  /** Name of an upstream; null for the controller's default backend. */
  readonly upstream: string | null;
  /** The catch-all server's own `/`: annotations about redirects and rewrites do not hold there. */
  readonly bare: boolean;
}

export interface Server {
  /** Lower case; `_` for the one that takes every other host. */
  readonly host: string;
  readonly locations: readonly Location[];
  /** Entries that another Ingress had before: never served (S10.3). */
  readonly duplicates: readonly { readonly route: Route; readonly winner: Ingress }[];
  /** Entries whose backend is no Service: nothing is made of them. */
  readonly skipped: readonly Route[];
  readonly aliases: readonly string[];
  readonly certificate: CertificateChoice | null;
  readonly fromToWww: boolean;
  readonly passthrough: Admitted | null;
}

export interface Upstream {
  readonly name: string;
  readonly namespace: string;
  readonly backend: Extract<IngressBackend, { kind: 'service' }>;
  readonly annotations: Annotations;
  readonly ingress: Ingress;
  /** Set where a canary Ingress made it: it takes no location of its own. */
  readonly canary: CanaryPolicy | null;
  /** Canary upstreams that share its requests; only the first does (S10.18). */
  readonly alternatives: readonly Alternative[];
}

export interface Alternative {
  readonly upstream: string;
  readonly route: Route;
}

export interface Configuration {
  readonly settings: Settings;
  readonly servers: ReadonlyMap<string, Server>;
  readonly upstreams: ReadonlyMap<string, Upstream>;
  readonly turnedAway: readonly TurnedAway[];
  /** Entries of canaries that joined nothing. */
  readonly strayCanaries: readonly Route[];
}

export const CATCH_ALL = '_';

const memo = new WeakMap<Cluster, Map<Controller, Configuration>>();

export function configurationOf({ cluster, controller }: ControllerView): Configuration {
  let known = memo.get(cluster);
  if (known === undefined) memo.set(cluster, (known = new Map()));
  let configuration = known.get(controller);
  if (configuration === undefined) known.set(controller, (configuration = build(cluster, controller)));
  return configuration;
}

type Making<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };
interface MakingServer extends Omit<Making<Server>, 'locations'> {
  locations: Making<Location>[];
  /** By type and path. */
  byPath: Map<string, Making<Location>>;
  untouched: Set<Making<Location>>;
}

function build(cluster: Cluster, controller: Controller): Configuration {
  const settings = settingsOf(controller);
  const { admitted, turnedAway } = admit(claimedIngresses(cluster, controller), settings, webhookOf(cluster, controller, settings));
  const upstreams = makeUpstreams(admitted);
  const servers = makeServers(cluster, settings, admitted, upstreams);
  for (const one of admitted) addLocations(one, servers, upstreams);
  const canaries = admitted.filter(({ annotations }) => annotations.canary !== null);
  const strayCanaries = canaries.flatMap(({ ingress }) => joinCanary(ingress, servers, upstreams));
  return { settings, servers, upstreams, turnedAway, strayCanaries };
}

function makeUpstreams(admitted: readonly Admitted[]): Map<string, Making<Upstream>> {
  const upstreams = new Map<string, Making<Upstream>>();
  const make = ({ ingress, annotations }: Admitted, backend: IngressBackend): Making<Upstream> | null => {
    if (backend.kind === 'resource') return null;
    const { namespace } = ingress.ref;
    return { name: backendName(namespace, backend), namespace, backend, annotations, ingress, canary: annotations.canary, alternatives: [] };
  };
  for (const one of admitted) {
    // A default backend is made anew each time, an entry's upstream only once: the first Ingress shapes it.
    const fallback = one.ingress.defaultBackend === null ? null : make(one, one.ingress.defaultBackend);
    if (fallback !== null) upstreams.set(fallback.name, fallback);
    for (const rule of one.ingress.rules) {
      for (const { backend } of rule.paths) {
        const upstream = make(one, backend);
        if (upstream !== null && !upstreams.has(upstream.name)) upstreams.set(upstream.name, upstream);
      }
    }
  }
  return upstreams;
}

function newServer(host: string, root: Making<Location>): MakingServer {
  return {
    host,
    locations: [root],
    byPath: new Map([[`${root.type} ${root.path}`, root]]),
    untouched: new Set([root]),
    duplicates: [],
    skipped: [],
    aliases: [],
    certificate: null,
    fromToWww: false,
    passthrough: null,
  };
}

function hostOfRule(host: string): string {
  return host === '' ? CATCH_ALL : host.toLowerCase();
}

function makeServers(cluster: Cluster, settings: Settings, admitted: readonly Admitted[], upstreams: ReadonlyMap<string, Upstream>): Map<string, MakingServer> {
  const catchAll: Making<Location> = { path: '/', type: 'Prefix', route: null, from: null, upstream: null, bare: true };
  const servers = new Map([[CATCH_ALL, newServer(CATCH_ALL, catchAll)]]);
  const mainline = admitted.filter(({ annotations }) => annotations.canary === null);
  for (const one of mainline) {
    const { ingress } = one;
    const fallback = ingress.defaultBackend?.kind === 'service' ? backendName(ingress.ref.namespace, ingress.defaultBackend) : null;
    const usable = fallback !== null && upstreams.has(fallback) ? fallback : null;
    // Only an Ingress without rules takes the requests of every other host (S10.4).
    if (usable !== null && catchAll.from === null && ingress.rules.length === 0) {
      catchAll.from = one;
      catchAll.upstream = usable;
      servers.get(CATCH_ALL)!.untouched.clear();
    }
    for (const rule of ingress.rules) {
      const host = hostOfRule(rule.host);
      if (!servers.has(host)) servers.set(host, newServer(host, { path: '/', type: 'Prefix', route: null, from: one, upstream: usable, bare: false }));
    }
  }
  for (const one of mainline) {
    for (const rule of one.ingress.rules) {
      const server = servers.get(hostOfRule(rule.host))!;
      if (server.aliases.length === 0) server.aliases = [...one.annotations.aliases];
      if (one.annotations.sslPassthrough) server.passthrough ??= one;
      if (server.host !== CATCH_ALL) server.certificate ??= serverCertificate(cluster, settings, one.ingress, server.host);
    }
  }
  // An alias that is some server's own name is that server's (S10.25).
  for (const server of servers.values()) server.aliases = server.aliases.filter((alias) => !servers.has(alias));
  return servers;
}

function addLocations(one: Admitted, servers: ReadonlyMap<string, MakingServer>, upstreams: ReadonlyMap<string, Upstream>): void {
  for (const route of routesOf(one.ingress)) {
    const server = servers.get(hostOfRule(route.host)) ?? servers.get(CATCH_ALL)!;
    const upstream = route.backend.kind === 'service' ? upstreams.get(backendName(one.ingress.ref.namespace, route.backend)) : undefined;
    // A resource is skipped, so the server's `/` answers; a canary's upstream has no location of its own.
    if (route.backend.kind === 'resource' && one.annotations.canary === null) server.skipped.push(route);
    if (upstream === undefined || upstream.canary !== null) continue;
    const type: LocationType = route.pathType === 'Exact' ? 'Exact' : 'Prefix';
    const key = `${type} ${route.path}`;
    const known = server.byPath.get(key);
    if (known === undefined) {
      const location: Making<Location> = { path: route.path, type, route, from: one, upstream: upstream.name, bare: false };
      server.locations.push(location);
      server.byPath.set(key, location);
    } else if (server.untouched.delete(known)) Object.assign(known, { route, from: one, upstream: upstream.name, bare: false });
    else {
      server.duplicates.push({ route, winner: known.from?.ingress ?? one.ingress });
      continue;
    }
    if (one.annotations.fromToWww) server.fromToWww = true;
  }
}

/** A canary joins the upstream of the location with its host, path and type (S10.18). Gives the entries that join none. */
function joinCanary(ingress: Ingress, servers: ReadonlyMap<string, MakingServer>, upstreams: ReadonlyMap<string, Making<Upstream>>): Route[] {
  return routesOf(ingress).filter((route) => {
    const name = route.backend.kind === 'service' ? backendName(ingress.ref.namespace, route.backend) : null;
    const canary = name === null ? undefined : upstreams.get(name);
    const server = servers.get(hostOfRule(route.host));
    if (canary === undefined || server === undefined) return true;
    const type: LocationType = route.pathType === 'Exact' ? 'Exact' : 'Prefix';
    let joined = false;
    for (const location of server.locations) {
      const primary = location.upstream === null ? undefined : upstreams.get(location.upstream);
      if (primary === undefined) continue;
      // The same Service on both sides: nothing to split.
      if (primary.name === canary.name) return true;
      if (primary.canary !== null || location.path !== route.path || location.type !== type) continue;
      if (!primary.alternatives.some((alternative) => alternative.upstream === canary.name)) primary.alternatives.push({ upstream: canary.name, route });
      joined = true;
    }
    return !joined;
  });
}
