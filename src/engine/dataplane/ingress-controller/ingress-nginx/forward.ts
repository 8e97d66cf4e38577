/** The last phase: the upstream of a location, its stand-in or its canary, and the request it gets (S10.9–S10.12, S10.18). */
import { msg } from '../../../../catalogue/message.ts';
import type { Service } from '../../../kinds/service/service-spec.ts';
import type { RuleId } from '../../../manifests/finding.ts';
import type { ConsideredChoice, Reason } from '../../component.ts';
import type { Resolved } from '../../proxy/proxy.ts';
import { isTarget } from '../../proxy/proxy.ts';
import { matchesPort } from '../backend.ts';
import { routeChoice, ruleTitle } from '../explain.ts';
import type { Target, Upstream as Outgoing } from '../../proxy/proxy.ts';
import type { RouteDecision } from '../implementation.ts';
import { annotationReason, backendPort, ingressName, routeReason } from '../route.ts';
import type { Annotations } from './annotations.ts';
import type { Place } from './answers.ts';
import { answer, unavailable } from './answers.ts';
import type { CanaryVerdict } from './canary.ts';
import { judgeCanary } from './canary.ts';
import { configMap } from './config-map.ts';
import type { Alternative, Location, Upstream } from './configuration.ts';
import { errorSentence } from './error-page.ts';
import type { Handling } from './handling.ts';
import type { Entry } from './location-choice.ts';
import { needsRewrite } from './location-choice.ts';
import { patienceOf } from './patience.ts';
import { missingFor } from './missing.ts';
import { encrypts, howSpoken, speaksHttp1 } from './spoken.ts';
import { defaultService, resolveUpstream, standIn } from './upstream.ts';
import { upstreamRequest } from './upstream-request.ts';
import { asked, serviceInUrl } from './url-service.ts';

/** `path` is the request's path as it goes on, query included. */
export function forward(handling: Handling, entry: Entry, place: Place, path: string): RouteDecision {
  const { configuration, cluster, settings } = handling;
  const { location } = entry;
  const upstream = location.upstream === null ? undefined : configuration.upstreams.get(location.upstream);
  if (upstream === undefined) return toDefaultBackend(handling, location, place, path);
  const at = backendField(location);
  const resolved = resolveUpstream(cluster, settings, upstream);
  const replacement = isTarget(resolved) ? null : standIn(cluster, location);
  if (!isTarget(resolved) && replacement === null) return unavailable(handling, place, emptyOf(resolved), at);
  const target = replacement ?? (resolved as Target);
  const extra = replacement === null ? rewriteHeaders(location.from?.annotations ?? null, entry) : standInHeaders(handling, location, upstream);
  const main = outgoing(handling, location, target, path, extra, 1);
  const canary = chooseCanary(handling, upstream);
  const split = canary === null ? [main] : shares(handling, location, main, canary, path, extra);
  const byTargetPort = resolved.kind === 'endpoints' && isQuirk(resolved, upstream);
  const title =
    location.route === null
      ? msg('ingress.title.default-backend', { ingress: location.from === null ? '' : ingressName(location.from.ingress) })
      : ruleTitle(location.path, location.route.ingress, target);
  const spoken = howSpoken(location, handling.request.scheme);
  const errors = errorSentence(handling, location);
  const mirror = mirrorOf(handling, location);
  const effects = [
    ...rewriteSentence(location, entry, handling.request.http.path, path),
    ...(byTargetPort
      ? [msg('ingress.nginx.target-port', { port: backendPort(upstream.backend), service: `${upstream.namespace}/${upstream.backend.name}` })]
      : []),
    ...(replacement === null ? [] : [msg('ingress.nginx.stand-in', { service: `${replacement.service.ref.namespace}/${replacement.service.ref.name}` })]),
    ...shapedSentence(location, upstream),
    ...(canary === null ? [] : [canary.verdict.why, ...sharedSentence(location, upstream, canary)]),
    ...spoken.why,
    ...mirrorSentence(location),
    ...errors,
  ];
  return {
    ...place,
    result: { kind: 'forward', to: split },
    title,
    why: [...place.why, ...effects],
    effects,
    rules: [
      ...place.rules,
      'S10.9',
      ...(split.some(isPicked) ? (['S10.19'] as const) : []),
      'S10.23',
      ...(spoken.why.length > 0 ? (['S10.22'] as const) : []),
      ...(location.from?.annotations.mirrorTarget == null && errors.length === 0 ? [] : (['S10.25'] as const)),
      ...(replacement === null ? [] : (['S10.11'] as const)),
      ...(byTargetPort ? (['S10.10', 'F-57'] as const) : []),
      ...(canary === null ? [] : (['S10.18'] as const)),
      ...(path === handling.request.http.path ? [] : (['S10.17'] as const)),
    ],
    because: [...place.because, at, ...rewriteReason(location, entry), ...spoken.because, ...(canary === null ? [] : canaryReasons(canary))],
    consulted: mirror === null ? [] : [asked(mirror, 'mirror-target')],
    considered: canary === null ? place.considered : besideTaken(place.considered, canaryChoice(canary)),
    read: isTarget(resolved) ? [resolved.service.ref] : [],
    responseHeaders: { ...place.responseHeaders, ...customHeaders(handling, location) },
  };
}

/** S10.2: the Ingress that names a Service and port first shapes what all others send there. */
function shapedSentence({ from }: Location, { annotations, ingress }: Upstream) {
  const isIdle = from?.annotations.serviceUpstream === true && !annotations.serviceUpstream;
  return isIdle ? [msg('ingress.nginx.shaped', { annotation: 'service-upstream', ingress: ingressName(ingress) })] : [];
}

/** S10.18: a canary joins a Service and port, whichever rules lead there. */
function sharedSentence({ route }: Location, { namespace, backend }: Upstream, { alternative }: Canary) {
  const isOther = route === null || route.host !== alternative.route.host || route.path !== alternative.route.path;
  return isOther ? [msg('ingress.nginx.canary.shared', { service: `${namespace}/${backend.name}` })] : [];
}

/** S10.19: one of several endpoints is picked. */
function isPicked({ target, sticky }: Outgoing): boolean {
  return sticky !== undefined || (target.kind === 'endpoints' && target.endpoints.length > 1);
}

/** S10.10: the backend names a target port of its Service, which is no port of it. */
function isQuirk({ service }: Extract<Target, { kind: 'endpoints' }>, { namespace, backend }: Upstream): boolean {
  const isOwn = service.ref.namespace === namespace && service.ref.name === backend.name;
  return isOwn && !service.ports.some((port) => matchesPort(port, backend));
}

/** The field that names the backend: the entry's, or the default backend of the Ingress. */
function backendField({ route, from }: Location): Reason {
  if (route !== null) return routeReason(route, 'backend');
  return { object: from!.ingress.ref, path: ['spec', 'defaultBackend'] };
}

function emptyOf(resolved: Resolved): Exclude<Resolved, Target> {
  if (isTarget(resolved)) throw new Error('a target is not empty');
  return resolved;
}

/** Nothing of an Ingress serves here: the controller's default backend, else nginx's own 404 page (S10.5). */
function toDefaultBackend(handling: Handling, location: Location, place: Place, path: string): RouteDecision {
  const { settings, cluster, host, uri } = handling;
  const target = settings.defaultBackendService === null ? null : defaultService(cluster, settings.defaultBackendService);
  if (target === null) {
    const why = msg('ingress.nginx.not-found');
    const missing = missingFor(handling);
    const rules: RuleId[] = ['S10.5', location.bare ? 'F-54' : 'F-55', ...missing.rules];
    const answered = answer(place, { status: 404, title: msg('ingress.title.no-match', { host, path: uri }), why, rules, because: missing.because });
    // How the request came here is what a person looks for, so it stands in front.
    return { ...answered, why: [...place.why, why, ...missing.why] };
  }
  const service = `${target.service.ref.namespace}/${target.service.ref.name}`;
  return {
    ...place,
    result: { kind: 'forward', to: [{ ...outgoing(handling, location, target, path, {}, 1), tls: { kind: 'plain' }, label: '*' }] },
    title: msg('ingress.nginx.title.default-service', { service }),
    why: [...place.why, msg('ingress.nginx.default-service', { service })],
    rules: [...place.rules, 'S10.5'],
    read: [target.service.ref],
  };
}

function outgoing(handling: Handling, location: Location, target: Target, path: string, extra: Readonly<Record<string, string>>, share: number): Outgoing {
  const { path: label, from, route } = location;
  const annotations = from?.annotations ?? null;
  const { proxySslName = null, affinity = null } = annotations ?? {};
  const mirror = mirrorOf(handling, location);
  return {
    share,
    target,
    request: upstreamRequest(handling, annotations, path, extra),
    tls: annotations !== null && encrypts(annotations, handling.request.scheme) ? { kind: 'encrypt', sni: proxySslName } : { kind: 'plain' },
    ...((annotations === null || speaksHttp1(annotations)) && { speaks: 'HTTP/1.1' }),
    ...(mirror !== null && { mirrors: [{ service: mirror.ref, percent: 100 }] }),
    label,
    why: route === null ? msg('ingress.upstream.default') : msg('ingress.upstream.rule', { path: label }),
    ...(from !== null && { onFailure: patienceOf(handling, location, backendField(location)) }),
    ...(affinity === null ? {} : { sticky: affinity }),
  };
}

interface Canary {
  readonly alternative: Alternative;
  readonly target: Target;
  readonly verdict: CanaryVerdict;
  readonly annotations: Annotations;
}

/** Null without a canary that could take requests: only the first counts, and only with endpoints (S10.18). */
function chooseCanary({ configuration, cluster, settings, request }: Handling, upstream: Upstream): Canary | null {
  const alternative = upstream.alternatives[0];
  const made = alternative === undefined ? undefined : configuration.upstreams.get(alternative.upstream);
  if (alternative === undefined || made === undefined || made.canary === null) return null;
  const target = resolveUpstream(cluster, settings, made);
  return isTarget(target) ? { alternative, target, verdict: judgeCanary(made.canary, request.http.headers), annotations: made.annotations } : null;
}

function shares(
  handling: Handling,
  location: Location,
  main: Outgoing,
  { target, verdict, alternative, annotations }: Canary,
  path: string,
  extra: Readonly<Record<string, string>>,
): readonly Outgoing[] {
  const why = msg('ingress.nginx.canary.stands', { ingress: ingressName(alternative.route.ingress) });
  const { sticky, ...plain } = outgoing(handling, location, target, path, extra, verdict.share);
  // A client that holds a cookie of one side stays there, whatever header, cookie and weight of the canary say.
  const kept = annotations.canaryKeepsAffinity ? sticky : (annotations.affinity ?? undefined);
  const sides: readonly Outgoing[] = [
    { ...main, share: 1 - verdict.share, ...(main.sticky !== undefined && { sticky: { ...main.sticky, beatsShares: true } }) },
    { ...plain, why, ...(kept !== undefined && { sticky: { ...kept, beatsShares: true } }) },
  ];
  return sides.filter(({ share, sticky: holds }) => share > 0 || holds !== undefined);
}

function canaryReasons({ alternative, verdict, annotations }: Canary): readonly Reason[] {
  const { ingress } = alternative.route;
  return [...(verdict.annotation === null ? [] : [annotationReason(ingress, annotations.nameOf(verdict.annotation))]), routeReason(alternative.route)];
}

/** The canary is listed behind the entry whose requests it shares. */
function besideTaken(considered: RouteDecision['considered'], canary: ConsideredChoice): RouteDecision['considered'] {
  const at = considered.findIndex(({ result }) => result === 'taken') + 1;
  return [...considered.slice(0, at), canary, ...considered.slice(at)];
}

function canaryChoice({ alternative, verdict }: Canary): ConsideredChoice {
  const result = verdict.share >= 1 ? 'taken' : verdict.share <= 0 ? 'lost' : 'possible';
  return { ...routeChoice(alternative.route, result, verdict.why, ['S10.18']), probability: verdict.share };
}

function rewriteHeaders(annotations: Annotations | null, { path, location }: Entry): Readonly<Record<string, string>> {
  if (annotations === null || location.bare || annotations.xForwardedPrefix === '' || !needsRewrite(annotations, path)) return {};
  return { 'x-forwarded-prefix': annotations.xForwardedPrefix };
}

function rewriteReason({ from, bare }: Location, { path }: Entry): readonly Reason[] {
  return from === null || bare || !needsRewrite(from.annotations, path) ? [] : [annotationReason(from.ingress, from.annotations.nameOf('rewrite-target'))];
}

function rewriteSentence({ from, bare }: Location, entry: Entry, before: string, after: string) {
  return from === null || bare || !needsRewrite(from.annotations, entry.path)
    ? []
    : [msg('ingress.nginx.rewrite', { target: from.annotations.rewriteTarget, before, after })];
}

/** The Service of this cluster that gets a copy; one outside is only told of. */
function mirrorOf({ cluster }: Handling, { from }: Location): Service | null {
  const target = from?.annotations.mirrorTarget ?? null;
  return target === null ? null : (serviceInUrl(cluster, target)?.service ?? null);
}

function mirrorSentence({ from }: Location) {
  return from === null || from.annotations.mirrorTarget === null ? [] : [msg('ingress.nginx.mirror', { target: from.annotations.mirrorTarget })];
}

/** A default backend that stands in is told for what and for whom. */
function standInHeaders({ request }: Handling, { from }: Location, { backend }: Upstream): Readonly<Record<string, string>> {
  const ref = from!.ingress.ref;
  return {
    'x-code': '503',
    'x-format': request.http.headers['accept'] ?? '',
    'x-namespace': ref.namespace,
    'x-ingress-name': ref.name,
    'x-service-name': backend.name,
    'x-service-port': backendPort(backend),
  };
}

function customHeaders({ cluster }: Handling, { from }: Location): Readonly<Record<string, string>> {
  const headers = from === null || from.annotations.customHeaders === null ? null : configMap(cluster, from.annotations.customHeaders);
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
}
