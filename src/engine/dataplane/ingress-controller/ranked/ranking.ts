/** The rules of the claimed Ingresses in the order in which a controller tries them, made once for each cluster. */
import type { Cluster, Controller } from '../../../cluster/cluster.ts';
import { wildcardOf } from '../../proxy/host.ts';
import type { Resolved } from '../../proxy/proxy.ts';
import type { ControllerView } from '../implementation.ts';
import { claimedIngresses, routesOf, type Route } from '../route.ts';
import type { Dialect, HostChoice } from './dialect.ts';
import type { PathPattern } from './path-pattern.ts';

export interface Candidate {
  readonly route: Route;
  /** Null: the controller makes no rule of it. */
  readonly pattern: PathPattern | null;
  readonly rank: readonly number[];
  readonly resolved: Resolved;
  /** A rule stands in the controller's configuration. */
  readonly isRule: boolean;
}

export interface Ranking {
  /** By host, in order. */
  readonly byHost: ReadonlyMap<string, readonly Candidate[]>;
}

const memo = new WeakMap<Cluster, Map<Controller, Ranking>>();

export function rankingOf(dialect: Dialect, view: ControllerView): Ranking {
  let known = memo.get(view.cluster);
  if (known === undefined) memo.set(view.cluster, (known = new Map()));
  let ranking = known.get(view.controller);
  if (ranking === undefined) known.set(view.controller, (ranking = build(dialect, view)));
  return ranking;
}

/** Hosts of rules that cover a name, the closest first. */
export function coveringHosts({ byHost }: Ranking, { finds }: HostChoice, host: string): readonly string[] {
  const wildcards = finds === 'one label' ? [wildcardOf(host)] : suffixes(host);
  return [host, ...wildcards, ''].filter((name): name is string => name !== null && byHost.has(name));
}

/** In the order in which they are tried. */
export function inOrder(ranking: Ranking, hosts: readonly string[], { ask }: HostChoice): readonly Candidate[] {
  const all = hosts.flatMap((host) => ranking.byHost.get(host) ?? []);
  return ask === 'all' && hosts.length > 1 ? all.toSorted(byRank) : all;
}

function suffixes(host: string): readonly string[] {
  const labels = host.split('.');
  return labels.slice(1).map((_, index) => `*.${labels.slice(index + 1).join('.')}`);
}

function build(dialect: Dialect, view: ControllerView): Ranking {
  const byHost = new Map<string, Candidate[]>();
  for (const ingress of claimedIngresses(view.cluster, view.controller)) {
    for (const route of routesOf(ingress)) {
      const pattern = dialect.pattern(view, route);
      const resolved = dialect.resolve(view, ingress.ref.namespace, route.backend);
      const candidate: Candidate = {
        route,
        pattern,
        rank: pattern === null ? [] : dialect.rank(view, route, pattern),
        resolved,
        isRule: pattern !== null && !dialect.leavesOut(view, resolved, route.backend),
      };
      const list = byHost.get(route.host);
      if (list === undefined) byHost.set(route.host, [candidate]);
      else list.push(candidate);
    }
  }
  for (const list of byHost.values()) list.sort(byRank);
  return { byHost };
}

/** Those of equal rank keep the age of their Ingresses. */
function byRank(a: Candidate, b: Candidate): number {
  for (let index = 0; index < Math.max(a.rank.length, b.rank.length); index++) {
    const difference = (b.rank[index] ?? -Infinity) - (a.rank[index] ?? -Infinity);
    if (difference !== 0 && !Number.isNaN(difference)) return difference;
  }
  return 0;
}
