/**
 * Hosts and paths of the claimed Ingresses, ready for look-up: a table of hosts, and in each a table of exact paths
 * and one of element-wise prefixes (S9.3–S9.5). A look-up costs as many steps as the path has elements, whatever the
 * number of rules. For controllers that follow the API text; others order their rules themselves.
 */
import type { Cluster, Controller } from '../../cluster/cluster.ts';
import type { Ingress } from '../../kinds/ingress/ingress-spec.ts';
import { wildcardOf } from '../proxy/host.ts';
import { prefixKey, prefixKeys } from '../proxy/path.ts';
import type { Route } from './route.ts';
import { claimedIngresses, routesOf } from './route.ts';

export interface HostRoutes {
  /** As the rules write it, lower case; empty for all hosts. */
  readonly host: string;
  readonly exact: ReadonlyMap<string, Route>;
  readonly prefix: ReadonlyMap<string, Route>;
  /** Every entry, the ones that go first in front; ties keep the age of their Ingress. */
  readonly inOrder: () => readonly Route[];
}

export interface RoutingTable {
  readonly hosts: ReadonlyMap<string, HostRoutes>;
  /** Ingresses with a `spec.defaultBackend`, oldest first. */
  readonly defaults: readonly Ingress[];
}

const memo = new WeakMap<Cluster, Map<Controller, RoutingTable>>();

export function routingTable(cluster: Cluster, controller: Controller): RoutingTable {
  let known = memo.get(cluster);
  if (known === undefined) memo.set(cluster, (known = new Map()));
  let table = known.get(controller);
  if (table === undefined) known.set(controller, (table = build(claimedIngresses(cluster, controller))));
  return table;
}

/** Host entries that cover the request's host, most specific first (S9.3). */
export function hostsFor(table: RoutingTable, host: string): readonly HostRoutes[] {
  return [host, wildcardOf(host), ''].flatMap((name) => (name === null ? [] : (table.hosts.get(name) ?? [])));
}

/** The entry that wins for a path, or null (S9.5). */
export function bestRoute(routes: HostRoutes, path: string): Route | null {
  const exact = routes.exact.get(path);
  if (exact !== undefined) return exact;
  for (const key of prefixKeys(path)) {
    const prefix = routes.prefix.get(key);
    if (prefix !== undefined) return prefix;
  }
  return null;
}

function build(ingresses: readonly Ingress[]): RoutingTable {
  const lists = new Map<string, Route[]>();
  for (const ingress of ingresses) {
    for (const route of routesOf(ingress)) {
      const list = lists.get(route.host);
      if (list === undefined) lists.set(route.host, [route]);
      else list.push(route);
    }
  }
  const hosts = new Map([...lists].map(([host, list]) => [host, hostRoutes(host, list)]));
  return { hosts, defaults: ingresses.filter((ingress) => ingress.defaultBackend !== null) };
}

function hostRoutes(host: string, list: readonly Route[]): HostRoutes {
  const exact = new Map<string, Route>();
  const prefix = new Map<string, Route>();
  for (const route of list) {
    const [table, key] = route.pathType === 'Exact' ? [exact, route.path] : [prefix, prefixKey(route.path)];
    const known = table.get(key);
    // `/foo/` and `/foo` match the same requests: the longer text goes first, then the older Ingress.
    if (known === undefined || route.path.length > known.path.length) table.set(key, route);
  }
  let sorted: readonly Route[] | null = null;
  return { host, exact, prefix, inOrder: () => (sorted ??= [...list].sort(byPrecedence)) };
}

function byPrecedence(a: Route, b: Route): number {
  const [x, y] = [prefixKey(a.path), prefixKey(b.path)];
  if (x.length !== y.length) return y.length - x.length;
  if (x !== y) return x < y ? -1 : 1;
  if ((a.pathType === 'Exact') !== (b.pathType === 'Exact')) return a.pathType === 'Exact' ? -1 : 1;
  return b.path.length - a.path.length;
}
