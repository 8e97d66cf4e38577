/** What a rule does with a request that it takes: answers, sends elsewhere, or forwards to target groups by weight (S8.2.16). */
import { msg, type Message } from '../../../../catalogue/message.ts';
import { albAnnotation, type AlbIngress, albMap, albReason, targetSetting } from '../../../cluster/ingress-balancers/alb-annotations.ts';
import type { AlbAction, AlbRedirect, AlbTarget } from '../../../cluster/ingress-balancers/alb-rules.ts';
import type { Ingress } from '../../../kinds/ingress/ingress-spec.ts';
import type { RuleId } from '../../../manifests/finding.ts';
import { nameKey } from '../../../manifests/object-ref.ts';
import type { Assumption } from '../../../trace/assumption.ts';
import type { HttpRequest } from '../../../trace/packet.ts';
import type { ConsideredChoice, Reason } from '../../component.ts';
import { emptyChoices } from '../../proxy/explain.ts';
import { splitTarget } from '../../proxy/path.ts';
import { presume } from '../../proxy/presuppose.ts';
import { isTarget, type Upstream } from '../../proxy/proxy.ts';
import { readFor, whyEmpty } from '../explain.ts';
import type { AnsweredShare, ControllerView, ReceivedRequest, RouteDecision } from '../implementation.ts';
import { ingressName } from '../route.ts';
import { unfollowedByAlb } from './annotations.ts';
import type { Listener } from './members.ts';
import { targetGroup, tlsTo } from './targets.ts';

export interface Chosen {
  readonly one: AlbIngress;
  readonly action: AlbAction;
  /** The field that names the backend. */
  readonly at: Reason;
  /** The path as written; null for the default backend. */
  readonly path: string | null;
  readonly why: readonly Message[];
  readonly rules: readonly RuleId[];
  readonly because: readonly Reason[];
  readonly ingress: Ingress;
}

export interface Asked {
  readonly view: ControllerView;
  readonly request: ReceivedRequest;
  readonly listener: Listener;
  readonly considered: readonly ConsideredChoice[];
}

export function act(asked: Asked, chosen: Chosen): RouteDecision {
  const { action } = chosen;
  switch (action.kind) {
    case 'forward':
      return forward(asked, chosen, action);
    case 'redirect': {
      const location = locationOf(asked, action.to);
      return answer(asked, chosen, {
        status: action.status,
        location,
        title: msg('ingress.ranked.title.redirect', { location }),
        why: [msg('ingress.alb.action.redirect', { action: nameOf(chosen) })],
      });
    }
    case 'fixed-response':
      return answer(asked, chosen, {
        status: action.status,
        title: msg('ingress.alb.title.fixed', { status: action.status }),
        why: [msg('ingress.alb.action.fixed', { action: nameOf(chosen), status: action.status })],
      });
    case 'missing':
      return answer(asked, chosen, {
        status: 503,
        title: msg('ingress.alb.title.unavailable'),
        why: [msg('ingress.alb.action.missing', { annotation: action.annotation })],
      });
    // With these the controller makes nothing, so no request comes here.
    case 'unreadable':
    case 'resource':
      return answer(asked, chosen, { status: 503, title: msg('ingress.alb.title.unavailable'), why: [] });
  }
}

function nameOf({ at, one }: Chosen): string {
  const backend = at.path.includes('defaultBackend') ? one.ingress.defaultBackend : one.ingress.rules[Number(at.path[2])]?.paths[Number(at.path[5])]?.backend;
  return `actions.${backend?.name ?? ''}`;
}

function answer(
  { considered }: Asked,
  chosen: Chosen,
  { status, location, title, why }: { readonly status: number; readonly location?: string; readonly title: Message; readonly why: readonly Message[] },
): RouteDecision {
  return {
    result: { kind: 'answer', status, ...(location !== undefined && { location }) },
    title,
    why: [...chosen.why, ...why, ...unfollowedByAlb(chosen.ingress)],
    rules: chosen.rules,
    because: [...chosen.because, albReason(chosen.ingress, nameOf(chosen))],
    considered,
    ingress: chosen.ingress,
    read: [],
    assumes: [],
    responseHeaders: {},
  };
}

/** `#{host}` and the like stand for what was asked; a port that the scheme implies is left out. */
function locationOf({ request, listener }: Asked, to: AlbRedirect): string {
  const { path, query } = splitTarget(request.http.path);
  const own: Readonly<Record<string, string>> = {
    protocol: listener.protocol,
    host: request.http.host.replace(/:\d+$/, ''),
    port: String(listener.port),
    path: path.slice(1),
    query: query.slice(1),
  };
  const fill = (text: string) => text.replace(/#\{(\w+)\}/g, (whole, name: string) => own[name] ?? whole);
  const scheme = fill(to.protocol).toLowerCase();
  const port = fill(to.port);
  const isImplied = port === (scheme === 'https' ? '443' : '80');
  const asked = fill(to.query);
  return `${scheme}://${fill(to.host)}${isImplied ? '' : `:${port}`}${fill(to.path)}${asked === '' ? '' : `?${asked}`}`;
}

function forward(asked: Asked, chosen: Chosen, { to, isSticky }: Extract<AlbAction, { kind: 'forward' }>): RouteDecision {
  const { considered } = asked;
  const weighted = to.filter(({ weight }) => weight > 0);
  const total = weighted.reduce((sum, { weight }) => sum + weight, 0);
  const ways = weighted.map((target) => wayTo(asked, chosen, target, target.weight / total, weighted.length > 1, isSticky));
  const upstreams = ways.flatMap(({ upstream }) => upstream ?? []);
  const own = ways.flatMap(({ answered }) => answered ?? []);
  const common = {
    considered: [...considered, ...ways.flatMap((way) => way.choices)],
    ingress: chosen.ingress,
    read: ways.flatMap((way) => way.read),
    assumes: ways.flatMap((way) => way.assumes),
    responseHeaders: {},
    because: [...chosen.because, chosen.at, ...(to.length > 1 || to.some(({ kind }) => kind !== 'service') ? [albReason(chosen.ingress, nameOf(chosen))] : [])],
  };
  const why = [...chosen.why, ...ways.flatMap((way) => way.why), ...unfollowedByAlb(chosen.ingress)];
  if (upstreams.length === 0) {
    const [first] = own;
    return {
      ...common,
      result: { kind: 'answer', status: first?.status ?? 503, ...(first?.producer !== undefined && { producer: first.producer }) },
      title: first?.title ?? msg('ingress.alb.title.unavailable'),
      why: [...chosen.why, ...(first?.why ?? [msg('ingress.alb.no-weight')]), ...unfollowedByAlb(chosen.ingress)],
      rules: [...chosen.rules, ...(first?.rules ?? [])],
      because: [...common.because, ...(first?.because ?? [])],
    };
  }
  return {
    ...common,
    result: { kind: 'forward', to: upstreams, ...(own.length > 0 && { answered: own }) },
    title: titleOf(chosen, upstreams),
    why,
    rules: [...chosen.rules, 'S9.9', 'S8.6'],
  };
}

function titleOf({ path, ingress }: Chosen, upstreams: readonly Upstream[]): Message {
  if (path === null) return msg('ingress.title.default-backend', { ingress: ingressName(ingress) });
  const args = { product: 'AWS ALB', path, ingress: ingressName(ingress) };
  return upstreams.some(({ target }) => target.kind === 'nodes') ? msg('ingress.balancer.title.node', args) : msg('ingress.balancer.title.pod', args);
}

interface Way {
  readonly upstream: Upstream | null;
  readonly answered: AnsweredShare | null;
  readonly why: readonly Message[];
  readonly choices: readonly ConsideredChoice[];
  readonly read: RouteDecision['read'];
  readonly assumes: readonly Assumption[];
}

function wayTo({ view, request, listener }: Asked, chosen: Chosen, target: AlbTarget, share: number, isWeighted: boolean, isSticky: boolean): Way {
  const none: Way = { upstream: null, answered: null, why: [], choices: [], read: [], assumes: [] };
  const { cluster } = view;
  if (target.kind === 'target-group') {
    const { holds, assumes } = presume(cluster, `target-group:${target.name}`, msg('ingress.alb.assume.target-group', { name: target.name }));
    const title = msg('ingress.alb.title.target-group', { name: target.name });
    const why = [msg(holds ? 'ingress.alb.target-group' : 'ingress.alb.target-group.empty', { name: target.name })];
    return {
      ...none,
      assumes,
      answered: { share, status: holds ? 200 : 503, ...(holds && { producer: 'external' as const }), title, why, rules: ['S8.2.16'], because: [] },
    };
  }
  const { resolved, failsOpen, isNodes } = targetGroup(cluster, chosen.one, target);
  const label = chosen.path ?? '*';
  if (!isTarget(resolved)) {
    const empty = whyEmpty(resolved, chosen.at);
    const title = chosen.path === null ? msg('ingress.title.default-empty') : msg('ingress.title.empty', { path: chosen.path });
    const unavailable = resolved.kind === 'no-service' ? msg('ingress.alb.fixed-503') : msg('ingress.alb.no-target');
    const rules: readonly RuleId[] = [...empty.rules, 'S8.2.16'];
    return {
      ...none,
      answered: { share, status: 503, title, why: [empty.why, unavailable], rules, because: empty.because },
      choices: emptyChoices(cluster, resolved),
      read: readFor(resolved),
    };
  }
  const { service } = resolved;
  const key = nameKey(service.ref.namespace, service.ref.name);
  const attributes = albMap(targetSetting(chosen.one, service, 'target-group-attributes'));
  const keeps = attributes.get('stickiness.enabled') === 'true';
  const perTry = idleTimeout(chosen.ingress);
  return {
    ...none,
    why: [
      ...(isWeighted ? [msg('ingress.alb.weight', { service: key, percent: String(Math.round(share * 1000) / 10) })] : []),
      isNodes ? msg('ingress.alb.instance', { service: key }) : msg('ingress.alb.ip', { service: key }),
      ...(failsOpen === null ? [] : [msg('ingress.alb.fail-open', { service: key, check: failsOpen.question })]),
      msg('ingress.alb.cross-zone'),
    ],
    upstream: {
      share,
      target: resolved,
      request: { ...request.http, scheme: 'http', headers: forwarded(chosen.ingress, request, listener.port) },
      tls: tlsTo(chosen.one, service),
      label,
      why: chosen.path === null ? msg('ingress.upstream.default') : msg('ingress.upstream.rule', { path: chosen.path }),
      ...((keeps || isSticky) && { sticky: { cookie: keeps ? 'AWSALB' : 'AWSALBTG', path: '/', ...(isSticky && { beatsShares: true as const }) } }),
      onFailure: {
        answers: { refused: 502, timeout: 504, slow: 504, reset: 502, tls: 502 },
        tries: 1,
        limits: {
          perTry,
          ...(albAnnotation(chosen.ingress, 'load-balancer-attributes') !== null && { by: albReason(chosen.ingress, 'load-balancer-attributes') }),
        },
      },
    },
    read: [service.ref],
  };
}

/** S14.5: the client is added to the chain, unless an attribute keeps the header as it is or takes it away. */
function forwarded(ingress: Ingress, { http, peer, scheme }: ReceivedRequest, port: number): HttpRequest['headers'] {
  const { 'x-forwarded-for': chain, ...others } = http.headers;
  const mode = albMap(albAnnotation(ingress, 'load-balancer-attributes')).get('routing.http.xff_header_processing.mode') ?? 'append';
  const next = mode === 'remove' ? undefined : mode === 'preserve' ? chain : chain === undefined || chain === '' ? peer : `${chain}, ${peer}`;
  return { ...others, ...(next !== undefined && { 'x-forwarded-for': next }), 'x-forwarded-proto': scheme, 'x-forwarded-port': String(port) };
}

/** Milliseconds without an answer after which it gives up: 60 seconds unless its attributes say otherwise. */
function idleTimeout(ingress: Ingress): number {
  const stated = Number(albMap(albAnnotation(ingress, 'load-balancer-attributes')).get('idle_timeout.timeout_seconds') ?? 60);
  return (Number.isInteger(stated) && stated > 0 ? stated : 60) * 1000;
}
