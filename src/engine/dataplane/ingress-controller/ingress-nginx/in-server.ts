/** A request inside the server of its host: redirects, the location, access, and at last the upstream (S10.12). */
import type { Message } from '../../../../catalogue/message.ts';
import { msg } from '../../../../catalogue/message.ts';
import type { RuleId } from '../../../manifests/finding.ts';
import type { Reason } from '../../component.ts';
import type { Ingress } from '../../../kinds/ingress/ingress-spec.ts';
import { nameKey } from '../../../manifests/object-ref.ts';
import { hostMatches } from '../../proxy/host.ts';
import type { CertificateChoice } from '../../proxy/proxy.ts';
import type { RouteDecision } from '../implementation.ts';
import { annotationReason, ingressName, routeReason } from '../route.ts';
import type { Access } from './access.ts';
import { checkAccess } from './access.ts';
import type { Place } from './answers.ts';
import { answer, badRequest, NOWHERE } from './answers.ts';
import type { Annotations } from './annotations.ts';
import { readBytes } from './body-size.ts';
import { configuredCertificate } from './certificate-table.ts';
import type { Location, Server } from './configuration.ts';
import { CATCH_ALL } from './configuration.ts';
import { considered } from './considered.ts';
import { corsHeaders } from './cors.ts';
import { openOrClosed } from './closed-location.ts';
import { withErrorPage } from './error-page.ts';
import { forward } from './forward.ts';
import type { Handling } from './handling.ts';
import { hostWithoutPort } from './handling.ts';
import { checkLimits } from './limits.ts';
import type { Entry, LocationChoice } from './location-choice.ts';
import { chooseLocation, locationTable, needsRewrite } from './location-choice.ts';
import type { ServerChoice } from './server-choice.ts';
import { rewritePath } from './upstream-request.ts';

type InServer = Extract<ServerChoice, { kind: 'server' }>;

export function inServer(handling: Handling, choice: InServer): RouteDecision {
  const { server } = choice;
  const root = appRoot(handling, server);
  if (root !== null) return root;
  const table = locationTable(server);
  const chosen = chooseLocation(table, handling.uri);
  const health = healthCheck(handling, server, chosen);
  if (health !== null) return health;
  if (chosen.kind === 'none') return badRequest(handling.request.http.path);
  const { entry } = chosen;
  const place = placeOf(handling, choice, chosen, table.regexBecauseOf);
  const tooLarge = bodyTooLarge(handling, place, entry.location);
  if (tooLarge !== null) return tooLarge;
  if (chosen.kind === 'add-slash') return addSlash(handling, place, entry);
  return withErrorPage(handling, entry.location, inLocation(handling, server, entry, place));
}

/** The phases of one location, in nginx's order. */
function inLocation(handling: Handling, server: Server, entry: Entry, before: Place): RouteDecision {
  const { location } = entry;
  const { from } = location;
  // The catch-all's own location knows no redirect and no rewrite, whatever its Ingress says.
  const annotations = from?.annotations ?? null;
  const bending = location.bare ? null : annotations;
  const { closed, assumes } = openOrClosed(handling, location);
  const cors = closed === null && annotations?.cors != null ? corsHeaders(annotations.cors, handling.request.http.headers['origin'] ?? '') : null;
  const place: Place = { ...before, assumes: [...before.assumes, ...assumes], responseHeaders: { ...before.responseHeaders, ...cors } };
  if (closed !== null) return answer(place, closed);
  if (cors !== null && handling.request.http.method === 'OPTIONS') {
    return answer(place, {
      status: 204,
      title: msg('ingress.nginx.title.preflight'),
      why: msg('ingress.nginx.preflight'),
      rules: ['S10.25'],
      because: from === null ? [] : [annotationReason(from.ingress, from.annotations.nameOf('enable-cors'))],
    });
  }
  let path = handling.request.http.path;
  if (bending !== null && from !== null) {
    const redirect = redirectByAnnotation(handling, place, location, bending);
    if (redirect !== null) return redirect;
    if (needsRewrite(bending, entry.path)) {
      const rewritten = rewritePath(handling, bending, entry.path);
      const because = [annotationReason(from.ingress, bending.nameOf('rewrite-target'))];
      if (rewritten.kind === 'redirect')
        return answer(place, {
          status: 302,
          location: rewritten.location,
          title: msg('ingress.nginx.title.redirect', { location: rewritten.location }),
          why: msg('ingress.nginx.rewrite.redirect', { target: bending.rewriteTarget }),
          rules: ['S10.17'],
          because,
        });
      if (rewritten.kind === 'empty')
        return answer(place, {
          status: 500,
          title: msg('ingress.nginx.title.rewrite-empty'),
          why: msg('ingress.nginx.rewrite.empty', { target: bending.rewriteTarget }),
          rules: ['S10.17'],
          because,
        });
      path = rewritten.path;
    }
    const toHttps = redirectToHttps(handling, place, server, entry, bending);
    if (toHttps !== null) return toHttps;
  }
  const arranged = forward(handling, entry, place, path);
  // An empty upstream is noticed before access is checked; the 404 page stands behind it like any backend.
  if (arranged.result.kind === 'answer' && arranged.result.status === 503) return arranged;
  const limited = checkLimits(handling, from);
  if (limited.kind === 'over') return answer(place, limited.answer);
  const access = checkAccess(handling, from);
  if (access.kind === 'pass')
    return {
      ...arranged,
      why: [...arranged.why, ...limited.why, ...access.notes],
      effects: [...(arranged.effects ?? []), ...limited.why, ...access.notes],
      rules: [...arranged.rules, ...limited.rules, ...(access.notes.length > 0 ? (['S10.25'] as const) : [])],
      because: [...arranged.because, ...limited.because],
      consulted: [...(arranged.consulted ?? []), ...access.consulted],
      assumes: [...arranged.assumes, ...limited.assumes, ...access.assumes],
    };
  const because =
    from === null || access.annotation === null ? [] : [annotationReason(from.ingress, writtenName(from.annotations, from.ingress, access.annotation))];
  return answer(place, {
    ...access,
    title: accessTitle(access),
    rules: access.status === 403 ? ['S10.12', 'S10.24', access.why.id === 'ingress.nginx.address-lost' ? 'F-36' : 'F-70'] : ['S10.12', 'S10.25'],
    because,
  });
}

function accessTitle({ status, location }: Extract<Access, { kind: 'stop' }>): Message {
  if (status === 500) return msg('ingress.nginx.title.auth-unreachable');
  if (location !== undefined) return msg('ingress.nginx.title.redirect', { location });
  return msg(status === 403 ? 'ingress.nginx.title.forbidden' : 'ingress.nginx.title.unauthorized');
}

/** `allowlist-source-range` has an older name, and the one that is written is shown. */
function writtenName(
  annotations: Annotations,
  { metadata }: { readonly metadata: { readonly annotations: Readonly<Record<string, string>> } },
  short: string,
): string {
  const older = annotations.nameOf('whitelist-source-range');
  return short === 'allowlist-source-range' && metadata.annotations[annotations.nameOf(short)] === undefined ? older : annotations.nameOf(short);
}

function placeOf(handling: Handling, { server, by }: InServer, chosen: Exclude<LocationChoice, { kind: 'none' }>, regexBecauseOf: Location | null): Place {
  const { entry } = chosen;
  const { location } = entry;
  const { settings, request, host } = handling;
  const why: Message[] = [];
  const because: Reason[] = [];
  const rules: RuleId[] = ['S10.2', 'S10.4'];
  if (by === 'catch-all') why.push(msg('ingress.nginx.why.catch-all', { host }));
  else if (by === 'name') why.push(msg('ingress.why.host', { host }));
  else why.push(by === 'alias' ? msg('ingress.nginx.why.alias', { host, server: server.host }) : msg('ingress.why.wildcard-host', { host: server.host }));
  if (by === 'alias') rules.push('S10.25');
  if (location.route !== null) because.push(routeReason(location.route));
  if (server.duplicates.some(({ route }) => route.path === location.path)) rules.push('S10.3');
  if (chosen.kind === 'location') why.push(whyLocation(chosen, handling.uri));
  if (location.route?.pathType === 'ImplementationSpecific' && regexBecauseOf === null) why.push(msg('ingress.nginx.why.as-prefix'));
  if (location.route === null && location.upstream !== null && location.from !== null) {
    why.push(msg('ingress.why.default-backend', { ingress: ingressName(location.from.ingress) }));
    because.push({ object: location.from.ingress.ref, path: ['spec', 'defaultBackend'] });
    rules.push('S9.7');
  }
  if (regexBecauseOf === null) rules.push('S10.6');
  else {
    rules.push('S10.7');
    const { from } = regexBecauseOf;
    if (from !== null && from.ingress !== location.from?.ingress) {
      why.push(msg('ingress.nginx.why.regex-by-other', { ingress: ingressName(from.ingress) }));
      rules.push('F-63');
    }
    if (from !== null) because.push(annotationReason(from.ingress, from.annotations.nameOf(from.annotations.useRegex ? 'use-regex' : 'rewrite-target')));
  }
  for (const snippet of location.from?.annotations.snippets ?? []) why.push(msg('ingress.nginx.why.snippet', { snippet }));
  const hsts = request.scheme === 'https' && settings.hsts !== null ? { 'strict-transport-security': settings.hsts } : {};
  if (request.http.headers['x-forwarded-for'] !== undefined || request.http.headers['x-forwarded-proto'] !== undefined) {
    why.push(msg(settings.useForwardedHeaders ? 'ingress.nginx.why.believes-headers' : 'ingress.nginx.why.overwrites-headers'));
    rules.push('S14.5', 'S10.14');
  }
  if ('strict-transport-security' in hsts) {
    why.push(msg('ingress.nginx.why.hsts', { value: settings.hsts ?? '' }));
    rules.push('S14.8');
  }
  return {
    why,
    rules,
    because,
    considered: considered(handling, server, entry),
    ingress: location.from?.ingress ?? null,
    responseHeaders: { ...handling.addHeaders, ...hsts },
    assumes: [],
  };
}

function whyLocation({ entry, by }: Extract<LocationChoice, { kind: 'location' }>, path: string): Message {
  const { location } = entry;
  if (location.route === null) return msg('ingress.nginx.why.implicit', { path });
  if (by === 'regex') return msg('ingress.nginx.why.regex', { pattern: `^${entry.path}` });
  return by === 'exact' && location.type === 'Exact' ? msg('ingress.why.exact', { path: location.path }) : msg('ingress.why.prefix', { path: location.path });
}

/** `app-root` is asked for the whole server, before any location. */
function appRoot(handling: Handling, server: Server): RouteDecision | null {
  if (handling.uri !== '/') return null;
  const by = server.locations.find((location) => !location.bare && (location.from?.annotations.appRoot ?? '') !== '')?.from;
  if (by == null) return null;
  const location = `${handling.request.scheme}://${handling.request.http.host}${by.annotations.appRoot}`;
  const place: Place = {
    ...NOWHERE,
    considered: considered(handling, server, null),
    ingress: by.ingress,
    responseHeaders: handling.addHeaders,
  };
  const because = [annotationReason(by.ingress, by.annotations.nameOf('app-root'))];
  return answer(place, {
    status: 302,
    location,
    title: msg('ingress.nginx.title.redirect', { location }),
    why: msg('ingress.nginx.app-root', { path: by.annotations.appRoot }),
    rules: ['S10.12'],
    because,
  });
}

/** The catch-all server answers the health checks of load balancers itself. */
function healthCheck(handling: Handling, server: Server, chosen: LocationChoice): RouteDecision | null {
  const isLonger = chosen.kind === 'location' && (chosen.by !== 'prefix' || chosen.entry.path.length > '/healthz'.length);
  if (server.host !== CATCH_ALL || !handling.uri.startsWith('/healthz') || isLonger) return null;
  const place: Place = { ...NOWHERE, considered: considered(handling, server, null) };
  return answer(place, { status: 200, title: msg('ingress.nginx.title.health'), why: msg('ingress.nginx.health'), rules: ['S10.4'], because: [] });
}

function bodyTooLarge({ request }: Handling, place: Place, { from }: Location): RouteDecision | null {
  const size = request.http.headers['content-length'];
  const limit = readBytes(from?.annotations.proxyBodySize ?? '');
  if (size === undefined || !/^\d+$/.test(size) || limit === null || limit === 0 || Number(size) <= limit) return null;
  const because = from === null ? [] : [annotationReason(from.ingress, from.annotations.nameOf('proxy-body-size'))];
  return answer(place, {
    status: 413,
    title: msg('ingress.nginx.title.too-large'),
    why: msg('ingress.nginx.too-large', { size, limit: from!.annotations.proxyBodySize }),
    rules: ['S10.21', 'F-73'],
    because,
  });
}

function addSlash(handling: Handling, place: Place, entry: Entry): RouteDecision {
  const target = `${entry.path}${handling.query}`;
  const location = absolute(handling, target, entry.location.from?.annotations ?? null);
  return answer(place, {
    status: 301,
    location,
    title: msg('ingress.nginx.title.redirect', { location }),
    why: msg('ingress.nginx.add-slash', { path: entry.path }),
    rules: ['S10.12'],
    because: [],
  });
}

/** nginx completes a path to a URL with its own scheme, unless redirects are relative. */
function absolute({ request, host }: Handling, target: string, annotations: Annotations | null): string {
  if (!target.startsWith('/') || annotations?.relativeRedirects === true) return target;
  const port = annotations?.usePortInRedirects === true ? `:${request.port}` : '';
  return `${request.scheme}://${host}${port}${target}`;
}

function redirectByAnnotation(handling: Handling, place: Place, { from }: Location, annotations: Annotations): RouteDecision | null {
  const { redirect } = annotations;
  if (redirect === null || from === null) return null;
  const location = absolute(handling, redirect.url, annotations);
  const because = [annotationReason(from.ingress, annotations.nameOf(redirect.kind))];
  return answer(place, {
    status: redirect.code,
    location,
    title: msg('ingress.nginx.title.redirect', { location }),
    why: msg('ingress.nginx.redirect', { annotation: redirect.kind }),
    rules: ['S10.12'],
    because,
  });
}

/** S10.13: any `tls` section of its Ingress makes a host one with TLS, even where no entry names it. */
function whySecured({ cluster }: Handling, certificate: CertificateChoice | null, host: string): Message {
  const by = certificate?.because[0]?.object;
  const ingress = by === undefined ? undefined : cluster.ingresses.get(nameKey(by.namespace, by.name));
  const isCovered = (entry: Ingress['tls'][number]) =>
    entry.hosts.some((name) => hostMatches(name, host)) || (entry.secretName !== null && entry.secretName === certificate?.secret?.ref.name);
  return ingress === undefined || ingress.tls.some(isCovered)
    ? msg('ingress.nginx.https.tls', { host })
    : msg('ingress.nginx.https.tls-unnamed', { host, ingress: ingressName(ingress) });
}

/** S10.13, S10.14. */
function redirectToHttps(handling: Handling, place: Place, server: Server, entry: Entry, annotations: Annotations): RouteDecision | null {
  const { settings, forwarded, request, configuration, host } = handling;
  if (forwarded.scheme !== 'http' || settings.noTlsRedirectLocations.some((prefix) => entry.path.startsWith(prefix))) return null;
  const certificate = configuredCertificate(configuration, host);
  if (!annotations.forceSslRedirect && !(annotations.sslRedirect && certificate !== null)) return null;
  const target = annotations.preserveTrailingSlash ? request.http.path : request.http.path.replace(/\/$/, '');
  const port = annotations.usePortInRedirects ? ':443' : '';
  const location = `https://${hostWithoutPort(forwarded.host)}${port}${target}`;
  const { from } = entry.location;
  const because = annotations.forceSslRedirect
    ? from === null
      ? []
      : [annotationReason(from.ingress, annotations.nameOf('force-ssl-redirect'))]
    : (certificate?.because ?? []);
  const why = annotations.forceSslRedirect
    ? msg('ingress.nginx.https.forced')
    : whySecured(handling, certificate, server.host === CATCH_ALL ? host : server.host);
  const decision = answer(place, {
    status: settings.httpRedirectCode,
    location,
    title: msg('ingress.nginx.title.redirect', { location }),
    why,
    rules: ['S10.13', 'S10.14'],
    because,
  });
  // The usual loop: TLS ended in front, and nobody told ingress-nginx to believe the header that says so.
  const unheard = !settings.useForwardedHeaders && request.http.headers['x-forwarded-proto'] === 'https';
  return unheard ? { ...decision, why: [...decision.why, msg('ingress.nginx.https.unheard')], rules: [...decision.rules, 'F-27'] } : decision;
}
