/**
 * An Application Load Balancer of AWS: on each listener the first rule that matches takes the request (S8.2.16). Its rules
 * are those that the AWS Load Balancer Controller wrote (`cluster/ingress-balancers`); nothing of the controller stands in the path.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html
 */
import { msg } from '../../../../catalogue/message.ts';
import { albAnnotation, albReason } from '../../../cluster/ingress-balancers/alb-annotations.ts';
import { sslRedirect } from '../../../cluster/ingress-balancers/alb-listeners.ts';
import { actionOf, type AlbRule } from '../../../cluster/ingress-balancers/alb-rules.ts';
import type { ConsideredChoice, Reason } from '../../component.ts';
import { windowAround } from '../../proxy/explain.ts';
import { hostOf } from '../../proxy/host.ts';
import { splitTarget } from '../../proxy/path.ts';
import { refusedChoices, routeChoice } from '../explain.ts';
import type { ControllerView, IngressImplementation, ReceivedRequest, RouteDecision, Shadow } from '../implementation.ts';
import { ingressName, routeReason, routesOf, type Route } from '../route.ts';
import { act, type Chosen } from './action.ts';
import { certificateOfAlb } from './certificate.ts';
import { commandsOfAlb } from './commands.ts';
import { matchesGlob, matchesGlobInAnyCase } from './glob.ts';
import { whyNot, type AskedOfRule } from './match.ts';
import { type Listener, listenerAt, listenersOf, membersOf, type OrderedRule } from './members.ts';

const MOST_RULES = 40;

export const awsAlb: IngressImplementation = {
  id: 'aws-alb',
  onPlainText: 'answers',
  product: 'AWS ALB',
  controllerStrings: ['ingress.k8s.aws/alb'],
  expectsProxyProtocol: () => null,
  certificate: certificateOfAlb,
  passthrough: () => null,
  refusesHandshake: () => null,
  route,
  order: (view, host) => {
    const listeners = listenersOf(view);
    const shown = listeners.find(({ protocol }) => protocol === 'HTTPS') ?? listeners[0];
    return (shown?.rules ?? []).filter(({ hosts }) => hosts.length === 0 || hosts.some((pattern) => matchesGlobInAnyCase(pattern, host))).map(routeOf);
  },
  shadowed,
  above: (_, route, next) =>
    route.ingress === next.ingress ? msg('ingress.alb.above.own') : msg('ingress.alb.above.group', { ingress: ingressName(route.ingress) }),
  commands: commandsOfAlb,
  // One try: an Application Load Balancer sends no request twice.
  onFailure: { answers: { refused: 502, timeout: 504, slow: 504, reset: 502, tls: 502 }, tries: () => 1 },
};

/** The entry of the Ingress that a rule was made of. */
function routeOf({ ingress, rule, index }: AlbRule): Route {
  return routesOf(ingress).find((route) => route.rule === rule && route.index === index)!;
}

function route(view: ControllerView, request: ReceivedRequest): RouteDecision {
  const listener = listenerAt(view, request.port);
  if (listener === null) throw new Error('no listener stands on this port');
  const { path, query } = splitTarget(request.http.path);
  const asked: AskedOfRule = { host: hostOf(request.http.host), path, query, method: request.http.method, headers: request.http.headers, peer: request.peer };
  const redirect = sslRedirect(membersOf(view));
  if (redirect !== null && listener.protocol === 'HTTP') {
    const location = `https://${asked.host}${redirect.port === 443 ? '' : `:${redirect.port}`}${request.http.path}`;
    return answered({
      status: 301,
      location,
      title: msg('ingress.ranked.title.redirect', { location }),
      why: [msg('ingress.alb.ssl-redirect', { ingress: ingressName(redirect.by.ingress) })],
      because: [albReason(redirect.by.ingress, 'ssl-redirect')],
      ingress: redirect.by.ingress,
    });
  }
  const best = listener.rules.find((rule) => whyNot(rule, asked) === null) ?? null;
  const considered = [
    ...windowAround(listener.rules, best, MOST_RULES).map((rule) => judge(listener, rule, best, asked)),
    ...refusedChoices(view.controller, view.cluster, asked.host),
  ];
  return best === null ? byDefault(view, request, listener, asked, considered) : act({ view, request, listener, considered }, chosen(best, asked));
}

function chosen(rule: OrderedRule, asked: AskedOfRule): Chosen {
  const { ingress, one, action } = rule;
  const entry = routeOf(rule);
  const host = rule.hosts.find((pattern) => matchesGlobInAnyCase(pattern, asked.host));
  return {
    one,
    action,
    at: routeReason(entry, 'backend'),
    path: entry.path,
    why: [
      host === undefined
        ? msg('ingress.why.all-hosts')
        : host.includes('*') || host.includes('?')
          ? msg('ingress.alb.host', { host })
          : msg('ingress.why.host', { host }),
      rule.paths.length === 0
        ? msg('ingress.alb.regex', { patterns: rule.pathRegexes })
        : msg('ingress.alb.path', { path: asked.path, pattern: rule.paths.find((pattern) => matchesGlob(pattern, asked.path)) ?? '' }),
      ...(rule.conditions.length === 0 ? [] : [msg('ingress.alb.conditions')]),
      msg('ingress.alb.first'),
    ],
    rules: ['S9.3', 'S9.4', 'S8.2.16'],
    because: [routeReason(entry), ...annotationsOf(entry)],
    ingress,
  };
}

/** Of a rule that annotations widen or narrow. */
function annotationsOf({ ingress, backend }: Route): readonly Reason[] {
  const name = backend.kind === 'service' ? `conditions.${backend.name}` : '';
  return albAnnotation(ingress, name) === null ? [] : [albReason(ingress, name)];
}

function judge(listener: Listener, rule: OrderedRule, best: OrderedRule | null, asked: AskedOfRule): ConsideredChoice {
  const entry = routeOf(rule);
  if (rule === best) return routeChoice(entry, 'taken', msg('ingress.alb.taken'), ['S8.2.16']);
  const why = whyNot(rule, asked);
  if (why !== null) return routeChoice(entry, 'excluded', why, ['S9.4', 'S8.2.16']);
  return routeChoice(entry, 'lost', msg('ingress.alb.later', { port: String(listener.port) }), ['S8.2.16']);
}

/** S9.7: the default action of the listener. */
function byDefault(
  view: ControllerView,
  request: ReceivedRequest,
  listener: Listener,
  asked: AskedOfRule,
  considered: readonly ConsideredChoice[],
): RouteDecision {
  const none = msg('ingress.alb.no-rule', { host: asked.host, path: asked.path });
  const one = listener.members.find(({ ingress }) => ingress.defaultBackend !== null);
  const backend = one?.ingress.defaultBackend ?? null;
  if (one === undefined || backend === null) {
    return answered({
      status: 404,
      title: msg('ingress.title.no-match', { host: asked.host, path: asked.path }),
      why: [none, msg('ingress.alb.no-match')],
      rules: ['S9.7', 'F-54'],
      considered,
    });
  }
  const at: Reason = { object: one.ingress.ref, path: ['spec', 'defaultBackend'] };
  return act(
    { view, request, listener, considered },
    {
      one,
      action: actionOf(one.ingress, backend),
      at,
      path: null,
      why: [none, msg('ingress.why.default-backend', { ingress: ingressName(one.ingress) })],
      rules: ['S9.7', 'S8.2.16'],
      because: [at],
      ingress: one.ingress,
    },
  );
}

function answered({
  status,
  location,
  rules = [],
  ...own
}: Pick<RouteDecision, 'title' | 'why'> &
  Partial<Pick<RouteDecision, 'rules' | 'because' | 'considered' | 'ingress'>> & { readonly status: number; readonly location?: string }): RouteDecision {
  const common = { because: [], considered: [], ingress: null, read: [], assumes: [], responseHeaders: {} };
  return { ...common, ...own, result: { kind: 'answer', status, ...(location !== undefined && { location }) }, rules: [...rules, 'S8.2.16'] };
}

/** A rule that asks for the same as an earlier one on every listener where it stands. */
function shadowed(view: ControllerView): readonly Shadow[] {
  const [listener] = listenersOf(view);
  const rules = listener?.rules ?? [];
  const key = ({ hosts, hostRegexes, paths, pathRegexes, conditions }: AlbRule) => JSON.stringify([hosts, hostRegexes, paths, pathRegexes, conditions]);
  return rules.flatMap((rule, index): readonly Shadow[] => {
    const winner = rules.slice(0, index).find((other) => key(other) === key(rule));
    return winner === undefined ? [] : [{ route: routeOf(rule), winner: winner.ingress }];
  });
}
