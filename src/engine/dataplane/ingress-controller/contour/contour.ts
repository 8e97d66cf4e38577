/**
 * Contour, which configures Envoy: a virtual host for each host of the rules, and in it routes in order of how much
 * they ask for (S11). HTTPProxy is not simulated. https://projectcontour.io/docs/main/config/ingress/
 */
import { msg } from '../../../../catalogue/message.ts';
import type { Ingress } from '../../../kinds/ingress/ingress-spec.ts';
import { nameKey } from '../../../manifests/object-ref.ts';
import { ownCertificate } from '../../proxy/certificate.ts';
import type { CertificateChoice, OnFailure, Target } from '../../proxy/proxy.ts';
import { resolveBackend } from '../backend.ts';
import { certificateOf } from '../certificate.ts';
import type { ControllerView } from '../implementation.ts';
import type { Dialect, Manner } from '../ranked/dialect.ts';
import { ENVOY_ANSWERS, ENVOY_WAITS, forwardedByEnvoy } from '../ranked/envoy.ts';
import { characters, elements, exact, wholeRegex } from '../ranked/path-pattern.ts';
import { ranked } from '../ranked/ranked.ts';
import { annotationReason, claimedIngresses } from '../route.ts';

const PREFIX = 'projectcontour.io/';
const FORCE = 'ingress.kubernetes.io/force-ssl-redirect';
const ALLOW_HTTP = 'kubernetes.io/ingress.allow-http';
const ORDER = { exact: 2, regex: 1, elements: 0, characters: 0 };
const LOOKS_LIKE_REGEX = /[\^+*[\]%]/;

const dialect: Dialect = {
  id: 'contour',
  onPlainText: 'closes',
  product: 'Contour',
  controllerStrings: ['projectcontour.io/'],
  rule: 'S11.4',
  // Envoy finds a virtual host by its ending, and Contour adds to each route that the wildcard is one label.
  hosts: { ask: 'closest', finds: 'any labels', matches: 'one label' },
  pattern: (_, { path, pathType }) => {
    if (pathType === 'Exact') return exact(path);
    if (pathType === 'Prefix') return elements(path);
    if (!LOOKS_LIKE_REGEX.test(path)) return characters(path);
    const regex = wholeRegex(path);
    return regex.kind === 'regex' && regex.pattern.error !== null ? null : regex;
  },
  rank: (_, __, { kind, text }) => [ORDER[kind], text.length],
  resolve: ({ cluster, controller }, namespace, backend) => {
    const service = backend.kind === 'service' ? cluster.services.get(nameKey(namespace, backend.name)) : undefined;
    if (service?.type !== 'ExternalName' || controller.config['enableExternalNameService'] === 'true') return resolveBackend(cluster, namespace, backend);
    return { kind: 'name-unfollowed', service, name: service.externalName ?? '' };
  },
  leavesOut: (_, { kind }) => kind === 'no-service' || kind === 'no-port' || kind === 'resource' || kind === 'name-unfollowed',
  closedTo: (view, { ingress, host }, { scheme }) => {
    const { annotations } = ingress.metadata;
    if (scheme === 'https') return secretOf(view, host, true) === null ? msg('ingress.contour.no-tls') : null;
    return annotations[ALLOW_HTTP] === 'false' && annotations[FORCE] !== 'true' ? msg('ingress.contour.no-http') : null;
  },
  redirectsAll: () => null,
  redirects: (_, ingress) =>
    ingress.metadata.annotations[FORCE] === 'true' ? { status: 301, why: msg('ingress.contour.redirect'), because: [annotationReason(ingress, FORCE)] } : null,
  // It is a route of the virtual host for all other hosts.
  defaultBackend: ({ cluster, controller }) => {
    const ingress = claimedIngresses(cluster, controller).find(({ defaultBackend }) => defaultBackend !== null);
    return ingress === undefined ? null : { ingress, onlyOtherHosts: true };
  },
  headers: (_, request) => forwardedByEnvoy(request),
  manner,
  onFailure: { answers: ENVOY_ANSWERS, tries: 1, limits: { whole: ENVOY_WAITS } },
  whyFirst: () => msg('ingress.contour.first'),
  certificate: (view, serverName) =>
    (serverName === null ? null : secretOf(view, serverName, false)) ?? ownCertificate([], { why: [], because: [], rules: ['S11.4'] }),
  refusesHandshake: (view, serverName) =>
    serverName !== null && secretOf(view, serverName, false) !== null
      ? null
      : { kind: 'handshake-failure', why: (host) => msg('ingress.contour.no-host', { host }), rule: 'S11.4' },
  annotations: { prefix: PREFIX, followed: new Set(['ingress.class', 'num-retries', 'response-timeout', 'retry-on', 'websocket-routes']) },
};

export const contour = ranked(dialect);

/** The usable Secret of the last `tls` entry for the host, whatever names its certificate has. `literally`: a wildcard is only itself. */
function secretOf({ cluster, controller }: ControllerView, name: string, literally: boolean): CertificateChoice | null {
  const host = name.toLowerCase();
  let found: CertificateChoice | null = null;
  for (const ingress of claimedIngresses(cluster, controller)) {
    for (const [index, { hosts }] of ingress.tls.entries()) {
      const own = hosts.map((candidate) => candidate.toLowerCase());
      const isNamed = own.some((candidate) => candidate === host || (!literally && candidate.startsWith('*.') && host.endsWith(candidate.slice(1))));
      if (isNamed) found = certificateOf(cluster, ingress, index, name) ?? found;
    }
  }
  return found;
}

function manner(_: ControllerView, { service, kind, ...target }: Target, ingress: Ingress): Manner {
  const { annotations } = ingress.metadata;
  const encrypted = new Set((service.metadata.annotations[`${PREFIX}upstream-protocol.tls`] ?? '').split(',').map((port) => port.trim()));
  const port = 'endpoints' in target ? target.port : service.ports.find((candidate) => candidate.port === target.port);
  const isEncrypted = port !== undefined && (encrypted.has(String(port.port)) || (port.name !== '' && encrypted.has(port.name)));
  const retries = Number(annotations[`${PREFIX}num-retries`] ?? 1);
  const isRetried = (annotations[`${PREFIX}retry-on`] ?? '') !== '' && Number.isInteger(retries) && retries > 0;
  return {
    tls: isEncrypted ? { kind: 'encrypt', sni: kind === 'external' ? (service.externalName ?? null) : null } : { kind: 'plain' },
    onFailure: { ...dialect.onFailure, limits: limitsOf(ingress), ...(isRetried && { tries: retries + 1, anyEndpoint: true }) },
  };
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `30s`, `1m30s`, or `infinity` for no limit; anything else leaves the limit of Envoy. */
function limitsOf(ingress: Ingress): NonNullable<OnFailure['limits']> {
  const text = ingress.metadata.annotations[`${PREFIX}response-timeout`] ?? '';
  if (text === 'infinity' || text === 'infinite') return {};
  const parts = /^(\d+(\.\d+)?(ms|[smh]))+$/.test(text) ? [...text.matchAll(/(\d+(?:\.\d+)?)(ms|[smh])/g)] : [];
  const whole = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ''] ?? 0), 0);
  return whole > 0 ? { whole, by: annotationReason(ingress, `${PREFIX}response-timeout`) } : { whole: ENVOY_WAITS };
}
