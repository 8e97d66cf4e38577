/** Why each rule that was considered did or did not serve the request. */
import { msg, type Message } from '../../../../catalogue/message.ts';
import { nameKey } from '../../../manifests/object-ref.ts';
import type { ConsideredChoice } from '../../component.ts';
import { isTarget, type Empty } from '../../proxy/proxy.ts';
import { routeChoice, whyEmpty, whyFirst } from '../explain.ts';
import type { ControllerView, ReceivedRequest } from '../implementation.ts';
import { routeReason } from '../route.ts';
import type { Dialect } from './dialect.ts';
import { matchesPath, samePattern, whyMatched, whyUnmatched } from './path-pattern.ts';
import type { Candidate } from './ranking.ts';

/** One request, and what came of it. */
export interface Asked {
  readonly dialect: Dialect;
  readonly view: ControllerView;
  readonly request: ReceivedRequest;
  readonly host: string;
  readonly path: string;
  /** The host whose rules alone are asked; null where those of all hosts are, or none is for the host. */
  readonly closest: string | null;
  readonly best: Candidate | null;
}

export function judge({ dialect, view, request, path, closest, best }: Asked, candidate: Candidate, matchesHost: boolean): ConsideredChoice {
  const { route, pattern, isRule } = candidate;
  const { product, rule } = dialect;
  if (candidate === best) return routeChoice(route, 'taken', whyMatched(candidate.pattern!, route.path), [rule]);
  if (pattern === null) return routeChoice(route, 'excluded', msg('ingress.ranked.no-rule', { product, path: route.path }), [rule]);
  if (!isRule) return leftOut(dialect, candidate);
  const closed = dialect.closedTo(view, route, request);
  if (closed !== null) return routeChoice(route, 'excluded', closed, [rule]);
  if (closest !== null && route.host !== closest) return routeChoice(route, 'excluded', msg('ingress.ranked.closest', { product, host: closest }), [rule]);
  if (!matchesHost) return routeChoice(route, 'excluded', msg('ingress.why.wildcard-host', { host: route.host }), ['S9.3', rule]);
  if (best === null || !matchesPath(pattern, path)) return routeChoice(route, 'excluded', whyUnmatched(pattern, route.path, path), ['S9.4', rule]);
  if (best.route.host === route.host && samePattern(best.pattern!, pattern))
    return routeChoice(route, 'lost', whyFirst(best.route.ingress, route.ingress), ['S9.10']);
  return routeChoice(route, 'lost', msg('ingress.ranked.lost', { path: best.route.path, product }), [rule]);
}

function leftOut({ rule, product }: Dialect, { route, resolved }: Candidate): ConsideredChoice {
  if (resolved.kind === 'resource')
    return routeChoice(route, 'excluded', msg('ingress.ranked.resource', { what: resolved.what, product }), [rule, 'S9.9', 'F-56']);
  if (isTarget(resolved)) return routeChoice(route, 'excluded', msg('ingress.ranked.no-rule', { product, path: route.path }), [rule]);
  const empty = whyEmpty(resolved, routeReason(route, 'backend'));
  const choice = routeChoice(route, 'excluded', whyLeftOut(resolved, product), [rule, ...empty.rules]);
  return { ...choice, because: [...(choice.because ?? []), ...empty.because] };
}

/** There would be a rule, but for its backend. */
function whyLeftOut(empty: Exclude<Empty, { kind: 'resource' }>, product: string): Message {
  if (empty.kind === 'no-service') return msg('ingress.ranked.without.service', { product, service: empty.service });
  const service = nameKey(empty.service.ref.namespace, empty.service.ref.name);
  switch (empty.kind) {
    case 'no-port':
      return msg('ingress.ranked.without.port', { product, service, port: empty.port });
    case 'no-endpoints':
    case 'unhealthy':
      return msg('ingress.ranked.without.endpoints', { product, service });
    case 'unresolved-name':
    case 'name-unfollowed':
      return msg('ingress.ranked.without.name', { product, service, name: empty.name });
  }
}
