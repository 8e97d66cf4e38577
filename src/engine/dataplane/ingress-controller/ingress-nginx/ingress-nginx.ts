/**
 * ingress-nginx v1.15: nginx behind a controller that writes its configuration (S10). A request passes nginx's phases
 * in their order (S10.12); the first that answers ends it. Snippets and other nginx configuration of a person's own
 * are not simulated. https://kubernetes.github.io/ingress-nginx/
 */
import { msg } from '../../../../catalogue/message.ts';
import { hostMatches, hostOf } from '../../proxy/host.ts';
import type { CertificateChoice } from '../../proxy/proxy.ts';
import type { ControllerView, IngressImplementation, IngressPassthrough, ReceivedRequest, RefusedHandshake, RouteDecision } from '../implementation.ts';
import { isTarget } from '../../proxy/proxy.ts';
import { splitTarget } from '../../proxy/path.ts';
import type { Route } from '../route.ts';
import { annotationReason, ingressName } from '../route.ts';
import { blockedBy } from './blocklist.ts';
import { configuredCertificate } from './certificate-table.ts';
import { defaultCertificate } from './server-certificate.ts';
import { clientAddress } from './client-address.ts';
import { configMap } from './config-map.ts';
import { CATCH_ALL, configurationOf } from './configuration.ts';
import type { Handling } from './handling.ts';
import { badRequest, blocked, twinRedirect } from './answers.ts';
import { locationTable } from './location-choice.ts';
import { inServer } from './in-server.ts';
import { NGINX_ANSWERS, triesOf } from './patience.ts';
import { chooseServer } from './server-choice.ts';
import { settingsOf } from './settings.ts';
import { streamService } from './stream-services.ts';
import { resolveUpstream } from './upstream.ts';
import { normalizePath } from './uri.ts';

export const ingressNginx: IngressImplementation = {
  id: 'ingress-nginx',
  product: 'ingress-nginx',
  controllerStrings: ['k8s.io/ingress-nginx'],
  expectsProxyProtocol: ({ controller }) => settingsOf(controller).useProxyProtocol,
  certificate,
  passthrough,
  stream: streamService,
  refusesHandshake,
  onPlainText: 'answers',
  route,
  order,
  shadowed: (view) => [...configurationOf(view).servers.values()].flatMap(({ duplicates }) => duplicates),
  onFailure: { answers: NGINX_ANSWERS, tries: ({ controller }) => triesOf(settingsOf(controller)) },
};

function certificate(view: ControllerView, serverName: string | null): CertificateChoice {
  const configuration = configurationOf(view);
  const host = serverName === null ? null : hostOf(serverName);
  const configured = host === null ? null : configuredCertificate(configuration, host);
  if (configured !== null) return configured;
  const missing = host === null ? undefined : configuration.turnedAway.find(({ ingress }) => ingress.tls.some(({ hosts }) => namesHost(hosts, host)));
  if (missing !== undefined) {
    const { ingress, path, rules, assumes } = missing;
    const why = [msg('ingress.nginx.would-match', { ingress: ingressName(ingress) }), missing.why];
    const because = [{ object: ingress.ref, path }];
    return { ...defaultCertificate(view.cluster, configuration.settings, { why, because, rules: ['S10.15', ...rules] }), assumes };
  }
  const why = host === null ? msg('ingress.tls.no-name') : msg('ingress.tls.none', { host });
  return defaultCertificate(view.cluster, configuration.settings, { why: [why], because: [], rules: ['S10.15'] });
}

function namesHost(hosts: readonly string[], host: string): boolean {
  return hosts.some((name) => hostMatches(name.toLowerCase(), host));
}

function refusesHandshake(view: ControllerView, serverName: string | null): RefusedHandshake | null {
  const configuration = configurationOf(view);
  if (!configuration.settings.sslRejectHandshake) return null;
  const choice = chooseServer(configuration, hostOf(serverName ?? ''));
  if (choice.kind !== 'server' || choice.server.host !== CATCH_ALL) return null;
  return { kind: 'unrecognized-name', why: (host) => msg('ingress.tls.rejected', { host }), rule: 'S10.15' };
}

/** S10.25: by server name to the Service's ClusterIP; only the `/` of the host says which Service. */
function passthrough(view: ControllerView, serverName: string | null): IngressPassthrough | null {
  const configuration = configurationOf(view);
  if (!configuration.settings.sslPassthrough || serverName === null) return null;
  const choice = chooseServer(configuration, hostOf(serverName));
  const by = choice.kind === 'server' ? choice.server.passthrough : null;
  if (choice.kind !== 'server' || by === null) return null;
  const root = choice.server.locations.find((location) => location.path === '/' && location.upstream !== null);
  const upstream = root?.upstream == null ? undefined : configuration.upstreams.get(root.upstream);
  if (upstream === undefined) return null;
  const resolved = resolveUpstream(view.cluster, configuration.settings, { ...upstream, annotations: { ...upstream.annotations, serviceUpstream: true } });
  if (!isTarget(resolved)) return null;
  return { target: resolved, ingress: by.ingress, because: [annotationReason(by.ingress, by.annotations.nameOf('ssl-passthrough'))] };
}

/** Locations of the host's server as nginx tries them; each rule once. */
function order(view: ControllerView, host: string): readonly Route[] {
  const choice = chooseServer(configurationOf(view), hostOf(host));
  return [...new Set(locationTable(choice.server).entries.flatMap(({ location }) => location.route ?? []))];
}

function route(view: ControllerView, request: ReceivedRequest): RouteDecision {
  const configuration = configurationOf(view);
  const { settings } = configuration;
  const { path, query } = splitTarget(request.http.path);
  const host = hostOf(request.http.host);
  const uri = normalizePath(path);
  if (uri === null || host === '') return badRequest(request.http.path);
  const headers = (key: string | null) => lowerCase(key === null ? null : configMap(view.cluster, key));
  const handling: Handling = {
    view,
    cluster: view.cluster,
    configuration,
    settings,
    request,
    host,
    uri,
    query,
    client: clientAddress(settings, request),
    forwarded: forwardedOf(request, settings.useForwardedHeaders),
    proxyHeaders: headers(settings.proxySetHeaders),
    addHeaders: headers(settings.addHeaders),
  };
  const choice = chooseServer(configuration, host);
  const block = blockedBy(settings, request.http.headers);
  if (block !== null) return blocked(handling, block);
  const decision = choice.kind === 'twin' ? twinRedirect(handling, choice.server, choice.from) : inServer(handling, choice);
  return { ...decision, assumes: [...decision.assumes, ...webhookAssumes(handling)] };
}

/** An Ingress of this host that the webhook keeps out could have decided. */
function webhookAssumes({ configuration, host }: Handling): RouteDecision['assumes'] {
  const concerned = configuration.turnedAway.filter(({ ingress }) => ingress.rules.some((rule) => rule.host === '' || hostMatches(rule.host, host)));
  return [...new Map(concerned.flatMap(({ assumes }) => assumes.map((assumption) => [assumption.id, assumption]))).values()];
}

/** S10.14: a proxy in front is believed only with `use-forwarded-headers`. */
function forwardedOf({ http, scheme, port }: ReceivedRequest, trust: boolean): Handling['forwarded'] {
  const own = { scheme, host: http.host, port: scheme === 'https' ? '443' : String(port) };
  if (!trust) return own;
  return {
    scheme: http.headers['x-forwarded-proto'] ?? own.scheme,
    host: http.headers['x-forwarded-host']?.split(',')[0] ?? own.host,
    port: http.headers['x-forwarded-port'] ?? own.port,
  };
}

function lowerCase(headers: Readonly<Record<string, string>> | null): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
}
