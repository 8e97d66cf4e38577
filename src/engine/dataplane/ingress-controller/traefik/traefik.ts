/**
 * Traefik v3 with its Kubernetes Ingress provider: every path becomes a router with a rule, and the router whose rule
 * has the longest text goes first (S11). IngressRoute is not simulated.
 * https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/ingress/
 */
import { msg } from '../../../../catalogue/message.ts';
import type { Cluster } from '../../../cluster/cluster.ts';
import type { Ingress, IngressBackend } from '../../../kinds/ingress/ingress-spec.ts';
import type { Service } from '../../../kinds/service/service-spec.ts';
import { nameKey } from '../../../manifests/object-ref.ts';
import { ownCertificate } from '../../proxy/certificate.ts';
import type { Resolved, Target } from '../../proxy/proxy.ts';
import { matchesPort, resolveBackend } from '../backend.ts';
import type { ControllerView, ReceivedRequest } from '../implementation.ts';
import type { Dialect, Manner } from '../ranked/dialect.ts';
import { certificateAmong } from '../ranked/named-certificate.ts';
import { characters, elements, exact, wholeRegex, type PathPattern } from '../ranked/path-pattern.ts';
import { ranked } from '../ranked/ranked.ts';
import { claimedIngresses, type Route } from '../route.ts';
import { forwardedByTraefik } from './forwarded.ts';
import { MIDDLEWARES, redirectBy, redirectStatus, rewriteBy } from './middlewares.ts';
import { entryPoint, flag, hasTls, isOn, portOf } from './settings.ts';

const PREFIX = 'traefik.ingress.kubernetes.io/';
const PROVIDER = 'providers.kubernetesingress';

const dialect: Dialect = {
  id: 'traefik',
  onPlainText: 'answers',
  product: 'Traefik',
  controllerStrings: ['traefik.io/ingress-controller'],
  rule: 'S11.2',
  hosts: { ask: 'all', finds: 'one label', matches: 'one label' },
  pattern,
  rank: (_, route, path) => [statedPriority(route.ingress) ?? ruleText(route, path).length],
  resolve,
  leavesOut: (view, resolved) => {
    if (resolved.kind !== 'no-endpoints') return !['endpoints', 'cluster-ip', 'external'].includes(resolved.kind);
    return !isOn(view.controller, `${PROVIDER}.allowemptyservices`) && !hasServing(view.cluster, resolved.service);
  },
  closedTo,
  redirectsAll: ({ controller }, { scheme, port, http }) => {
    const name = entryPoint(controller, port, scheme);
    const option = `entrypoints.${name}.http.redirections.entrypoint`;
    const to = flag(controller, `${option}.to`);
    if (to === null || flag(controller, `${option}.scheme`) === 'http') return null;
    const target = to.startsWith(':') ? Number(to.slice(1)) : portOf(controller, to.toLowerCase());
    return {
      status: redirectStatus(flag(controller, `${option}.permanent`) !== 'false', http.method),
      ...(target !== null && target > 0 && { port: target }),
      why: msg('ingress.traefik.redirect-all', { name }),
      because: [],
    };
  },
  redirects: redirectBy,
  // Only an Ingress without rules gives Traefik a default backend, and the first that does stays.
  defaultBackend: ({ cluster, controller }) => {
    const ingress = claimedIngresses(cluster, controller).find(({ rules, defaultBackend }) => rules.length === 0 && defaultBackend !== null);
    return ingress === undefined ? null : { ingress, onlyOtherHosts: false };
  },
  headers: forwardedByTraefik,
  manner,
  onFailure: { answers: { refused: 502, timeout: 504, slow: 504, reset: 502, tls: 500 }, tries: 1 },
  whyFirst: (_, route, path) => {
    const priority = statedPriority(route.ingress);
    if (priority !== null) return msg('ingress.traefik.first.stated', { priority: String(priority) });
    const rule = ruleText(route, path);
    return msg('ingress.traefik.first', { priority: String(rule.length), rule });
  },
  certificate: (view, serverName) => {
    const found = serverName === null ? null : certificateAmong(view, serverName, false);
    if (found !== null) return { ...found, why: [...found.why, msg('ingress.traefik.certificate')], rules: [...found.rules, 'S11.2'] };
    const why = serverName === null ? msg('ingress.tls.no-name') : msg('ingress.traefik.default-certificate', { host: serverName });
    return ownCertificate([], { why: [why], because: [], rules: ['S11.2'] });
  },
  refusesHandshake: () => null,
  annotations: { prefix: PREFIX, followed: new Set(['router.entrypoints', 'router.tls', 'router.priority', 'router.pathmatcher', 'router.middlewares']) },
};

export const traefik = ranked(dialect);

function pattern({ controller }: ControllerView, { ingress, path, pathType }: Route): PathPattern | null {
  const matcher =
    pathType === 'Exact' ? 'Path' : pathType === 'Prefix' ? 'PathPrefix' : (ingress.metadata.annotations[`${PREFIX}router.pathmatcher`] ?? 'PathPrefix');
  switch (matcher) {
    case 'Path':
      return exact(path);
    case 'PathPrefix':
      return isOn(controller, `${PROVIDER}.strictprefixmatching`) ? elements(path) : characters(path);
    case 'PathRegexp':
      return wholeRegex(`.*(?:${path}).*`);
    default:
      return null;
  }
}

/** The rule that Traefik makes of a path: its length is its priority. */
function ruleText({ host, path }: Route, { kind }: PathPattern): string {
  const hostRule = host.startsWith('*.') ? `HostRegexp(\`^[a-zA-Z0-9-]+${host.slice(1).replaceAll('.', '\\.')}$\`)` : host === '' ? null : `Host(\`${host}\`)`;
  return [hostRule, pathRule(path, kind)].filter((part) => part !== null).join(' && ');
}

function pathRule(path: string, kind: PathPattern['kind']): string {
  switch (kind) {
    case 'exact':
      return `Path(\`${path}\`)`;
    case 'characters':
      return `PathPrefix(\`${path}\`)`;
    case 'elements': {
      const key = path.replace(/\/+$/, '');
      return key === '' ? 'PathPrefix(`/`)' : `(Path(\`${key}\`) || PathPrefix(\`${key}/\`))`;
    }
    case 'regex':
      return `PathRegexp(\`${path}\`)`;
  }
}

function statedPriority({ metadata }: Ingress): number | null {
  const value = Number(metadata.annotations[`${PREFIX}router.priority`] ?? 0);
  return Number.isInteger(value) && value !== 0 ? value : null;
}

function closedTo({ controller }: ControllerView, { ingress }: Route, { port, scheme }: ReceivedRequest) {
  const { annotations } = ingress.metadata;
  const name = entryPoint(controller, port, scheme);
  const stated = (annotations[`${PREFIX}router.entrypoints`] ?? '').split(',').flatMap((entry) => entry.trim().toLowerCase() || []);
  if (stated.length > 0 && !stated.includes(name)) return msg('ingress.traefik.entry-point', { name });
  const hasOwnTls = annotations[`${PREFIX}router.tls`] === 'true';
  if (scheme === 'http') return hasOwnTls ? msg('ingress.traefik.tls-only') : null;
  return hasOwnTls || hasTls(controller, name) ? null : msg('ingress.traefik.no-tls');
}

function resolve({ cluster, controller }: ControllerView, namespace: string, backend: IngressBackend): Resolved {
  if (backend.kind === 'resource') return resolveBackend(cluster, namespace, backend);
  const service = cluster.services.get(nameKey(namespace, backend.name));
  if (service?.type === 'ExternalName' && !isOn(controller, `${PROVIDER}.allowexternalnameservices`))
    return { kind: 'name-unfollowed', service, name: service.externalName ?? '' };
  const port = service?.ports.find((candidate) => matchesPort(candidate, backend));
  if (service === undefined || port === undefined || service.type === 'ExternalName' || !isNative(controller, service))
    return resolveBackend(cluster, namespace, backend);
  const ip = service.clusterIPs[0];
  return service.headless || ip === undefined ? { kind: 'no-endpoints', service, port } : { kind: 'cluster-ip', service, ip, port: port.port };
}

function isNative(controller: ControllerView['controller'], service: Service): boolean {
  const stated = service.metadata.annotations[`${PREFIX}service.nativelb`];
  return stated === undefined ? isOn(controller, `${PROVIDER}.nativelbbydefault`) : stated === 'true';
}

/** Endpoints that end and still serve keep the rule in place, but get no new requests. */
function hasServing({ endpointSlices }: Cluster, { ref }: Service): boolean {
  return (endpointSlices.get(nameKey(ref.namespace, ref.name)) ?? []).some(({ endpoints }) => endpoints.some(({ serving }) => serving));
}

function manner(view: ControllerView, target: Target, ingress: Ingress, path: string): Manner {
  const { service } = target;
  const { annotations } = service.metadata;
  const rewrite = rewriteBy(view, ingress, path);
  const cookie = annotations[`${PREFIX}service.sticky.cookie.name`];
  const encrypts = speaksTls(target, annotations[`${PREFIX}service.serversscheme`]);
  const isChecked = !isOn(view.controller, 'serverstransport.insecureskipverify');
  const addresses =
    target.kind === 'endpoints' ? target.endpoints.map(({ ip }) => ip) : target.kind === 'nodes' ? [] : [target.kind === 'external' ? target.name : target.ip];
  const names = addresses.map((value) => ({ type: 'Hostname' as const, value }));
  const shown = nameKey(service.ref.namespace, service.ref.name);
  return {
    tls: encrypts ? { kind: 'encrypt', sni: null, ...(isChecked && { verifies: { trusts: 'system', names } }) } : { kind: 'plain' },
    ...(annotations[`${PREFIX}service.sticky.cookie`] === 'true' && cookie !== undefined && { sticky: { cookie, path: '/' } }),
    path: rewrite.path,
    why: [
      ...rewrite.why,
      ...(encrypts ? [msg('ingress.traefik.https', { service: shown })] : []),
      ...(target.kind === 'cluster-ip' ? [msg('ingress.traefik.native', { service: shown })] : []),
    ],
    because: rewrite.why.length === 0 ? [] : [{ object: ingress.ref, path: ['metadata', 'annotations', MIDDLEWARES] }],
  };
}

/** Port 443 and a port name that begins with `https` mean TLS, unless an annotation says which scheme. */
function speaksTls(target: Target, stated: string | undefined): boolean {
  if (stated !== undefined) return stated === 'https';
  if (target.kind === 'endpoints') return target.port.port === 443 || target.port.name.startsWith('https');
  const port = target.service.ports.find((candidate) => candidate.port === target.port);
  return target.port === 443 || (port?.name.startsWith('https') ?? false);
}
