/** Makes an implementation of a dialect: the first rule that is asked and matches serves (S9.5, S11). */
import type { Message } from '../../../../catalogue/message.ts';
import { msg } from '../../../../catalogue/message.ts';
import type { Ingress } from '../../../kinds/ingress/ingress-spec.ts';
import type { Reason } from '../../component.ts';
import { hostMatches, hostOf } from '../../proxy/host.ts';
import { splitTarget } from '../../proxy/path.ts';
import { isTarget, type Resolved } from '../../proxy/proxy.ts';
import { refusedChoices, ruleTitle, whyEmpty } from '../explain.ts';
import type { ControllerView, IngressImplementation, ReceivedRequest, RouteDecision, Shadow } from '../implementation.ts';
import { ingressName, routeReason } from '../route.ts';
import { serve, type Chosen } from '../serve.ts';
import { unfollowed } from './annotations.ts';
import type { Dialect, HttpsRedirect, Manner } from './dialect.ts';
import { judge, type Asked } from './judge.ts';
import { matchesPath, samePattern, whyMatched } from './path-pattern.ts';
import { coveringHosts, inOrder, rankingOf, type Candidate } from './ranking.ts';
import { windowAround } from '../../proxy/explain.ts';

const MOST_RULES = 40;

export function ranked(dialect: Dialect): IngressImplementation {
  const { id, product, controllerStrings, certificate, refusesHandshake, onPlainText, onFailure } = dialect;
  return {
    id,
    product,
    controllerStrings,
    expectsProxyProtocol: () => null,
    certificate,
    passthrough: () => null,
    refusesHandshake,
    onPlainText,
    route: (view, request) => route(dialect, view, request),
    order: (view, host) => {
      const ranking = rankingOf(dialect, view);
      return inOrder(ranking, coveringHosts(ranking, dialect.hosts, host), dialect.hosts).map((candidate) => candidate.route);
    },
    shadowed: (view) => shadowed(dialect, view),
    ...(dialect.commands !== undefined && { commands: dialect.commands }),
    onFailure: { ...onFailure, tries: () => onFailure.tries },
  };
}

function route(dialect: Dialect, view: ControllerView, request: ReceivedRequest): RouteDecision {
  const host = hostOf(request.http.host);
  const { path } = splitTarget(request.http.path);
  const before = request.scheme === 'http' ? dialect.redirectsAll(view, request) : null;
  if (before !== null) return redirected(request, before, { rules: [dialect.rule] });
  const ranking = rankingOf(dialect, view);
  const covering = coveringHosts(ranking, dialect.hosts, host);
  const closest = covering.find((name) => (ranking.byHost.get(name) ?? []).some((one) => stands(dialect, view, one, request)));
  const candidates = inOrder(ranking, covering, dialect.hosts);
  const isAsked = (candidate: Candidate) => dialect.hosts.ask === 'all' || candidate.route.host === closest;
  const best = candidates.find(
    (candidate) =>
      isAsked(candidate) && stands(dialect, view, candidate, request) && matchesHost(dialect, candidate, host) && matchesPath(candidate.pattern!, path),
  );
  const asked: Asked = { dialect, view, request, host, path, closest: dialect.hosts.ask === 'all' ? null : (closest ?? null), best: best ?? null };
  const considered = [
    ...windowAround(candidates, best ?? null, MOST_RULES).map((candidate) => judge(asked, candidate, matchesHost(dialect, candidate, host))),
    ...refusedChoices(view.controller, view.cluster, host),
  ];
  if (best === undefined) return byDefault(asked, considered, candidates, closest !== undefined);
  const { ingress } = best.route;
  const why = [whyHost(dialect, best), whyMatched(best.pattern!, best.route.path), dialect.whyFirst(view, best.route, best.pattern!)];
  return follow(asked, best.resolved, routeReason(best.route, 'backend'), {
    title: (target) => (dialect.title ?? ruleTitle)(best.route.path, ingress, target),
    why,
    rules: ['S9.3', 'S9.4', dialect.rule],
    because: [routeReason(best.route)],
    considered,
    ingress,
    label: best.route.path,
  });
}

/** It is a rule on the port that the request came by. */
function stands(dialect: Dialect, view: ControllerView, { route: entry, isRule }: Candidate, request: ReceivedRequest): boolean {
  return isRule && dialect.closedTo(view, entry, request) === null;
}

function matchesHost({ hosts }: Dialect, { route: entry }: Candidate, host: string): boolean {
  return hosts.matches === 'any labels' || entry.host === '' || hostMatches(entry.host, host);
}

/** The rule that would serve the request, had it come by another port; null where there is none. */
function closedHere({ dialect, view, request, path }: Asked, candidates: readonly Candidate[]): { readonly why: Message; readonly because: Reason } | null {
  const meant = candidates.find(({ isRule, pattern }) => isRule && pattern !== null && matchesPath(pattern, path));
  const why = meant === undefined ? null : dialect.closedTo(view, meant.route, request);
  return meant === undefined || why === null ? null : { why, because: routeReason(meant.route) };
}

/** S9.7: no rule matches. */
function byDefault(asked: Asked, considered: RouteDecision['considered'], candidates: readonly Candidate[], hasRules: boolean): RouteDecision {
  const { dialect, view, host, path } = asked;
  const closed = hasRules ? null : closedHere(asked, candidates);
  const none = closed?.why ?? msg(hasRules ? 'ingress.why.no-path' : 'ingress.why.no-host', { host, path });
  const fallback = dialect.defaultBackend(view);
  const backend = fallback === null || (fallback.onlyOtherHosts && hasRules) ? null : fallback.ingress.defaultBackend;
  const resolved = backend === null ? null : dialect.resolve(view, fallback!.ingress.ref.namespace, backend);
  if (fallback === null || backend === null || resolved === null || dialect.leavesOut(view, resolved, backend)) {
    const missing = fallback === null || resolved === null || isTarget(resolved) ? null : whyEmpty(resolved, defaultReason(fallback.ingress));
    return {
      result: { kind: 'answer', status: 404 },
      title: msg('ingress.title.no-match', { host, path }),
      why: [none, ...(missing === null ? [] : [missing.why]), msg('ingress.ranked.no-match', { product: dialect.product })],
      effects: [missing?.why ?? none],
      rules: ['S9.7', dialect.rule, ...(missing?.rules ?? []), ...(closed === null ? ([hasRules ? 'F-55' : 'F-54'] as const) : [])],
      because: missing?.because ?? (closed === null ? [] : [closed.because]),
      considered,
      ingress: null,
      read: [],
      assumes: [],
      responseHeaders: {},
    };
  }
  const { ingress } = fallback;
  const at = defaultReason(ingress);
  return follow(asked, resolved, at, {
    title: () => msg('ingress.title.default-backend', { ingress: ingressName(ingress) }),
    why: [none, msg('ingress.why.default-backend', { ingress: ingressName(ingress) })],
    rules: ['S9.7', dialect.rule],
    because: [at],
    considered,
    ingress,
    label: null,
  });
}

function defaultReason({ ref }: Ingress): Reason {
  return { object: ref, path: ['spec', 'defaultBackend'] };
}

/** The rule is chosen: a redirect to HTTPS, else its backend. */
function follow({ dialect, view, request }: Asked, resolved: Resolved, at: Reason, chosen: Chosen): RouteDecision {
  const redirect = request.scheme === 'http' ? dialect.redirects(view, chosen.ingress, request) : null;
  if (redirect !== null) return redirected(request, redirect, chosen);
  const { path: asked, query } = splitTarget(request.http.path);
  const manner: Manner = isTarget(resolved) ? dialect.manner(view, resolved, chosen.ingress, asked) : { tls: { kind: 'plain' } };
  const { why = [], because = [], path = asked, ...sent } = manner;
  const http = {
    ...request.http,
    path: path === asked ? request.http.path : `${path}${query}`,
    scheme: 'http' as const,
    headers: dialect.headers(view, request),
  };
  const told: Chosen = {
    ...chosen,
    why: [...chosen.why, ...why, ...unfollowed(dialect.annotations, chosen.ingress)],
    effects: why,
    because: [...chosen.because, ...because],
  };
  const unavailable = dialect.unavailable?.(view) ?? { status: 503, why: msg('ingress.ranked.unavailable', { product: dialect.product }) };
  const decision = serve(view.cluster, resolved, at, told, { ...sent, http, unavailable });
  return { ...decision, assumes: [...decision.assumes, ...(dialect.assumes?.(view, resolved) ?? [])] };
}

/** Without a rule, nothing of the Ingresses took part. */
function redirected(
  request: ReceivedRequest,
  { status, port = 443, why, because }: HttpsRedirect,
  chosen: Pick<Chosen, 'rules'> & Partial<Pick<Chosen, 'why' | 'because' | 'considered' | 'ingress'>>,
): RouteDecision {
  const location = `https://${hostOf(request.http.host)}${port === 443 ? '' : `:${port}`}${request.http.path}`;
  return {
    result: { kind: 'answer', status, location },
    title: msg('ingress.ranked.title.redirect', { location }),
    why: [...(chosen.why ?? []), why],
    effects: [why],
    rules: chosen.rules,
    because: [...(chosen.because ?? []), ...because],
    considered: chosen.considered ?? [],
    ingress: chosen.ingress ?? null,
    read: [],
    assumes: [],
    responseHeaders: {},
  };
}

function whyHost({ hosts }: Dialect, { route: { host } }: Candidate): Message {
  if (host === '') return msg('ingress.why.all-hosts');
  if (!host.startsWith('*.')) return msg('ingress.why.host', { host });
  return hosts.matches === 'any labels' ? msg('ingress.ranked.wildcard-any', { host }) : msg('ingress.why.wildcard-host', { host });
}

/** Of rules for one host that match the same paths, the first serves (S9.10). */
function shadowed(dialect: Dialect, view: ControllerView): readonly Shadow[] {
  return [...rankingOf(dialect, view).byHost.values()].flatMap((list) =>
    list.flatMap((candidate, index): readonly Shadow[] => {
      const { pattern, isRule } = candidate;
      if (!isRule) return [];
      const winner = list.slice(0, index).find((other) => other.isRule && samePattern(other.pattern!, pattern!));
      return winner === undefined ? [] : [{ route: candidate.route, winner: winner.route.ingress }];
    }),
  );
}
