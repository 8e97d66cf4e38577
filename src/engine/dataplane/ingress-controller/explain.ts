/** Sentences that all implementations share: what was considered and why it lost, why a backend is empty. */
import type { Message } from '../../../catalogue/message.ts';
import { msg } from '../../../catalogue/message.ts';
import type { Controller } from '../../cluster/cluster.ts';
import type { Ingress } from '../../kinds/ingress/ingress-spec.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { RuleId } from '../../manifests/finding.ts';
import type { ObjectRef } from '../../manifests/object-ref.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import type { ConsideredChoice, Reason } from '../component.ts';
import { hostMatches } from '../proxy/host.ts';
import type { Empty, Resolved, Target } from '../proxy/proxy.ts';
import type { Route } from './route.ts';
import { ingressName, routeReason } from './route.ts';

const MOST_REFUSED = 10;

export function describeRoute(route: Pick<Route, 'ingress' | 'host' | 'path' | 'pathType'>): Message {
  const args = { path: route.path, pathType: route.pathType, ingress: ingressName(route.ingress) };
  return route.host === '' ? msg('ingress.entry.all-hosts', args) : msg('ingress.entry', { ...args, host: route.host });
}

/** The rule that decides, and what it leads to: a Pod, unless the Service stands for something else (S10.9). */
export function ruleTitle(path: string, ingress: Ingress, target: Target): Message {
  const args = { path, ingress: ingressName(ingress) };
  if (target.kind === 'external') return msg('ingress.title.rule.external', { ...args, name: target.name });
  if (target.kind === 'endpoints' && target.endpoints.every(({ pod }) => pod === null)) return msg('ingress.title.rule.endpoint', args);
  return msg('ingress.title.rule', args);
}

export function routeChoice(route: Route, result: ConsideredChoice['result'], why: Message, rules: readonly RuleId[]): ConsideredChoice {
  return { what: describeRoute(route), result, why, rules, because: [routeReason(route)] };
}

/** Why a Prefix or Exact entry does not match, in the words of the API (S9.4). */
export function whyNoMatch(route: Pick<Route, 'path' | 'pathType'>, path: string): Message {
  if (route.path.includes('?')) return msg('ingress.no-match.query', { pattern: route.path });
  if (route.pathType === 'Exact') return msg('ingress.no-match.exact', { pattern: route.path, path });
  return path.startsWith(route.path)
    ? msg('ingress.no-match.element', { pattern: route.path, path })
    : msg('ingress.no-match.prefix', { pattern: route.path, path });
}

/** The query of a URL is none of the path (S9.5); all else is told by the table of examples (S9.6). */
export function rulesOfNoMatch({ path }: Pick<Route, 'path'>): readonly RuleId[] {
  return path.includes('?') ? ['S9.5', 'F-74'] : ['S9.4', 'S9.6'];
}

/** Why another Ingress with the same host and path went first: by age, or by what stands for it (S1.4.7, S10.3). */
export function whyFirst(winner: Ingress, loser: Ingress): Message {
  const args = { ingress: ingressName(winner) };
  const [first, second] = [winner.metadata.creationTimestamp, loser.metadata.creationTimestamp];
  if (first === null || second === null) return msg('ingress.lost.same.undated', args);
  return first === second ? msg('ingress.lost.same.second', args) : msg('ingress.lost.same', args);
}

/** Ingresses in sight that the controller leaves to others, with the reason the control plane found. */
export function refusedChoices(controller: Controller, cluster: Cluster, host: string): readonly ConsideredChoice[] {
  // Those that speak of the request's host are what a person looks for, so they stand in front.
  const near: ConsideredChoice[] = [];
  const far: ConsideredChoice[] = [];
  for (const { ingress: key, why, rule } of controller.refuses) {
    if (near.length >= MOST_REFUSED) break;
    const ingress = cluster.ingresses.get(key);
    const list = ingress !== undefined && speaksOf(ingress, host) ? near : far;
    if (list.length >= MOST_REFUSED) continue;
    const because =
      ingress === undefined
        ? []
        : [{ object: ingress.ref, path: ingress.ingressClassName === null ? ['metadata', 'annotations'] : ['spec', 'ingressClassName'] }];
    list.push({ what: msg('ingress.entry.whole', { ingress: key }), result: 'excluded', why, rules: [rule], because });
  }
  return [...near, ...far].slice(0, MOST_REFUSED);
}

function speaksOf(ingress: Ingress, host: string): boolean {
  return ingress.rules.some((rule) => rule.host === '' || hostMatches(rule.host, host));
}

/** Why a backend leads nowhere, with the field to look at. */
export function whyEmpty(empty: Empty, at: Reason): { readonly why: Message; readonly because: readonly Reason[]; readonly rules: readonly RuleId[] } {
  const below = (...path: readonly string[]): Reason => ({ object: at.object, path: [...at.path, ...path] });
  switch (empty.kind) {
    case 'resource':
      return { why: msg('ingress.empty.resource', { what: empty.what }), because: [below('resource')], rules: ['S10.11'] };
    case 'no-service':
      return { why: msg('ingress.empty.no-service', { service: empty.service }), because: [below('service', 'name')], rules: ['S9.9', 'F-56'] };
    case 'no-port': {
      const service = nameKey(empty.service.ref.namespace, empty.service.ref.name);
      const why =
        empty.service.ports.length === 0
          ? msg('ingress.empty.no-ports', { service })
          : msg('ingress.empty.no-port', { service, port: empty.port, ports: empty.service.ports.map((port) => String(port.port)) });
      return { why, because: [below('service', 'port'), { object: empty.service.ref, path: ['spec', 'ports'] }], rules: ['S9.9', 'F-57'] };
    }
    case 'no-endpoints': {
      const service = nameKey(empty.service.ref.namespace, empty.service.ref.name);
      return {
        why: msg('ingress.empty.no-endpoints', { service }),
        because: [{ object: empty.service.ref, path: ['spec', 'selector'] }],
        rules: ['S9.9', 'S5.3', 'F-58'],
      };
    }
    case 'unhealthy': {
      const service = nameKey(empty.service.ref.namespace, empty.service.ref.name);
      return {
        why: msg('ingress.empty.unhealthy', { service, check: empty.check }),
        because: [{ object: empty.service.ref, path: ['spec', 'ports'] }],
        rules: ['S8.3.2', 'F-46'],
      };
    }
    case 'unresolved-name': {
      const service = nameKey(empty.service.ref.namespace, empty.service.ref.name);
      return {
        why: msg('ingress.empty.unresolved', { service, name: empty.name }),
        because: [{ object: empty.service.ref, path: ['spec', 'externalName'] }],
        rules: ['S6.11'],
      };
    }
    case 'name-unfollowed': {
      const service = nameKey(empty.service.ref.namespace, empty.service.ref.name);
      return {
        why: msg('ingress.empty.unfollowed', { service, name: empty.name }),
        because: [{ object: empty.service.ref, path: ['spec', 'type'] }],
        rules: ['S6.11'],
      };
    }
  }
}

/** Objects that a resolved backend was read from. */
export function readFor(resolved: Resolved): readonly ObjectRef[] {
  return 'service' in resolved && typeof resolved.service !== 'string' ? [resolved.service.ref] : [];
}
