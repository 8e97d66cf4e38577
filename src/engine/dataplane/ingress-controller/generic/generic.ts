/**
 * A controller that follows the text of the Ingress API and nothing else (S9, S11.1): for classes whose controller is
 * not modelled. It knows no annotation and sends nobody to HTTPS. Where the API leaves the answer open, the sentence
 * says so. https://kubernetes.io/docs/concepts/services-networking/ingress/
 */
import type { Message } from '../../../../catalogue/message.ts';
import { msg } from '../../../../catalogue/message.ts';
import type { IngressBackend } from '../../../kinds/ingress/ingress-spec.ts';
import type { ConsideredChoice, Reason } from '../../component.ts';
import { resolveBackend } from '../backend.ts';
import { ownCertificate } from '../../proxy/certificate.ts';
import { certificateOf } from '../certificate.ts';
import { windowAround } from '../../proxy/explain.ts';
import { refusedChoices, routeChoice, rulesOfNoMatch, ruleTitle, whyFirst, whyNoMatch } from '../explain.ts';
import { forwardedHeaders } from '../../proxy/forwarded-headers.ts';
import { hostMatches, hostOf } from '../../proxy/host.ts';
import type { CertificateChoice } from '../../proxy/proxy.ts';
import type { ControllerView, IngressImplementation, ReceivedRequest, RouteDecision, Shadow } from '../implementation.ts';
import { prefixKey, splitTarget } from '../../proxy/path.ts';
import type { Route } from '../route.ts';
import { claimedIngresses, ingressName, routeReason } from '../route.ts';
import { serve, type Chosen } from '../serve.ts';
import type { HostRoutes, RoutingTable } from '../routing-table.ts';
import { bestRoute, hostsFor, routingTable } from '../routing-table.ts';

/** Entries listed of one host entry; three may cover a request. */
const MOST_OF_A_HOST = 15;

export const generic: IngressImplementation = {
  id: 'generic',
  onPlainText: 'answers',
  product: 'Ingress controller',
  controllerStrings: [],
  expectsProxyProtocol: () => null,
  certificate,
  passthrough: () => null,
  refusesHandshake: () => null,
  route,
  order: ({ cluster, controller }, host) => hostsFor(routingTable(cluster, controller), host).flatMap((routes) => routes.inOrder()),
  shadowed,
  onFailure: { answers: { refused: 502, timeout: 504, slow: 504, reset: 502, tls: 502 }, tries: () => 1 },
};

function certificate({ cluster, controller }: ControllerView, serverName: string | null): CertificateChoice {
  for (const ingress of serverName === null ? [] : claimedIngresses(cluster, controller)) {
    for (const [index, entry] of ingress.tls.entries()) {
      if (!entry.hosts.some((host) => hostMatches(host, serverName!))) continue;
      const choice = certificateOf(cluster, ingress, index, serverName!);
      if (choice !== null) return choice;
      const why = msg('ingress.tls.secret-unusable', { secret: `${ingress.ref.namespace}/${entry.secretName ?? ''}`, host: serverName! });
      return ownCertificate([], { why: [why], because: [{ object: ingress.ref, path: ['spec', 'tls', index] }], rules: ['S9.8'] });
    }
  }
  return ownCertificate([], {
    why: [serverName === null ? msg('ingress.tls.no-name') : msg('ingress.tls.none', { host: serverName })],
    because: [],
    rules: ['S9.8'],
  });
}

function route(view: ControllerView, request: ReceivedRequest): RouteDecision {
  const host = hostOf(request.http.host);
  const { path } = splitTarget(request.http.path);
  const table = routingTable(view.cluster, view.controller);
  const covering = hostsFor(table, host);
  for (const routes of covering) {
    const best = bestRoute(routes, path);
    if (best === null) continue;
    return forward(view, request, best.ingress.ref.namespace, best.backend, routeReason(best, 'backend'), {
      title: (target) => ruleTitle(best.path, best.ingress, target),
      why: [whyHost(best), whyPath(best)],
      rules: ['S9.3', 'S9.4', 'S9.5', ...(twinsOf(best, routes).length > 0 ? (['S9.10'] as const) : [])],
      because: [routeReason(best)],
      considered: considered(view, covering, host, path, best),
      ingress: best.ingress,
      label: best.path,
    });
  }
  return byDefault(view, request, table, covering, host, path);
}

/** Of entries for one host that match the same paths, the first in order serves (S9.10). */
function shadowed({ cluster, controller }: ControllerView): readonly Shadow[] {
  return [...routingTable(cluster, controller).hosts.values()].flatMap(({ exact, prefix, inOrder }) =>
    inOrder().flatMap((entry): readonly Shadow[] => {
      const winner = entry.pathType === 'Exact' ? exact.get(entry.path) : prefix.get(prefixKey(entry.path));
      return winner === undefined || winner === entry ? [] : [{ route: entry, winner: winner.ingress }];
    }),
  );
}

/** S9.7: no rule matches. */
function byDefault(
  view: ControllerView,
  request: ReceivedRequest,
  table: RoutingTable,
  covering: readonly HostRoutes[],
  host: string,
  path: string,
): RouteDecision {
  const own = new Set(covering.flatMap((routes) => [...routes.exact.values(), ...routes.prefix.values()].map((entry) => entry.ingress)));
  const ingress = table.defaults.find((candidate) => own.has(candidate)) ?? table.defaults[0];
  const choices = considered(view, covering, host, path, null);
  const none = msg(covering.length === 0 ? 'ingress.why.no-host' : 'ingress.why.no-path', { host, path });
  if (ingress === undefined || ingress.defaultBackend === null) {
    return {
      result: { kind: 'answer', status: 404 },
      title: msg('ingress.title.no-match', { host, path }),
      why: [none, msg('ingress.generic.no-match')],
      effects: [none],
      rules: covering.length === 0 ? ['S9.3', 'S9.7', 'S11.1', 'F-54'] : ['S9.4', 'S9.6', 'S9.7', 'S11.1', 'F-55'],
      because: [],
      considered: choices,
      ingress: null,
      read: [],
      assumes: [],
      responseHeaders: {},
    };
  }
  const at: Reason = { object: ingress.ref, path: ['spec', 'defaultBackend'] };
  return forward(view, request, ingress.ref.namespace, ingress.defaultBackend, at, {
    title: () => msg('ingress.title.default-backend', { ingress: ingressName(ingress) }),
    why: [none, msg('ingress.why.default-backend', { ingress: ingressName(ingress) })],
    rules: ['S9.7'],
    because: [at],
    considered: choices,
    ingress,
    label: null,
  });
}

function forward(view: ControllerView, request: ReceivedRequest, namespace: string, backend: IngressBackend, at: Reason, chosen: Chosen): RouteDecision {
  const http = { ...request.http, scheme: 'http' as const, headers: forwardedHeaders(request) };
  return serve(view.cluster, resolveBackend(view.cluster, namespace, backend), at, chosen, {
    http,
    tls: { kind: 'plain' },
    unavailable: { status: 503, why: msg('ingress.generic.empty') },
  });
}

/** Entries that match the same paths as this one and came later (S9.10). */
function twinsOf(best: Route, { inOrder }: HostRoutes): readonly Route[] {
  return inOrder().filter((entry) => entry !== best && entry.path === best.path && entry.pathType === best.pathType);
}

function whyHost(best: Route): Message {
  if (best.host === '') return msg('ingress.why.all-hosts');
  return best.host.startsWith('*.') ? msg('ingress.why.wildcard-host', { host: best.host }) : msg('ingress.why.host', { host: best.host });
}

function whyPath(best: Route): Message {
  return best.pathType === 'Exact' ? msg('ingress.why.exact', { path: best.path }) : msg('ingress.why.prefix', { path: best.path });
}

/** Every entry of the covering hosts in the order in which they go, then what the controller leaves to others. */
function considered(view: ControllerView, covering: readonly HostRoutes[], host: string, path: string, best: Route | null): readonly ConsideredChoice[] {
  const own = covering.flatMap((routes) => windowAround(routes.inOrder(), best, MOST_OF_A_HOST).map((entry) => judge(entry, path, best)));
  return [...own, ...refusedChoices(view.controller, view.cluster, host)];
}

function judge(entry: Route, path: string, best: Route | null): ConsideredChoice {
  if (entry === best) return routeChoice(entry, 'taken', whyPath(entry), ['S9.5']);
  const matches = entry.pathType === 'Exact' ? entry.path === path : isElementPrefix(entry.path, path);
  if (!matches || best === null) return routeChoice(entry, 'excluded', whyNoMatch(entry, path), rulesOfNoMatch(entry));
  if (entry.host !== best.host) return routeChoice(entry, 'lost', msg('ingress.lost.host', { host: best.host }), ['S9.3']);
  if (entry.path === best.path && entry.pathType === best.pathType) return routeChoice(entry, 'lost', whyFirst(best.ingress, entry.ingress), ['S9.10']);
  if (best.pathType === 'Exact') return routeChoice(entry, 'lost', msg('ingress.lost.exact', { path: best.path }), ['S9.5']);
  return routeChoice(entry, 'lost', msg('ingress.lost.longer', { path: best.path }), ['S9.5']);
}

function isElementPrefix(pattern: string, path: string): boolean {
  const key = prefixKey(pattern);
  return path === key || path.startsWith(`${key}/`);
}
