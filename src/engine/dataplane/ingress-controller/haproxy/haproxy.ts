/**
 * HAProxy Technologies' controller: paths stand in two maps, one for equal paths and one for beginnings, each behind
 * the host that matched (S11). https://www.haproxy.com/documentation/kubernetes-ingress/
 */
import { msg } from '../../../../catalogue/message.ts';
import type { Ingress } from '../../../kinds/ingress/ingress-spec.ts';
import { ownCertificate } from '../../proxy/certificate.ts';
import type { Target } from '../../proxy/proxy.ts';
import { compilePattern } from '../../proxy/regex/pattern.ts';
import { resolveBackend } from '../backend.ts';
import type { ControllerView, ReceivedRequest } from '../implementation.ts';
import type { Dialect, HttpsRedirect, Manner } from '../ranked/dialect.ts';
import { certificateAmong } from '../ranked/named-certificate.ts';
import { characters, elements, exact } from '../ranked/path-pattern.ts';
import { ranked } from '../ranked/ranked.ts';
import { annotationReason, claimedIngresses } from '../route.ts';

const PREFIX = 'haproxy.org/';
/** Of two that are of one length, the text that asks for more goes first. */
const KINDS = ['regex', 'characters', 'elements', 'exact'];

const dialect: Dialect = {
  id: 'haproxy',
  onPlainText: 'closes',
  product: 'HAProxy',
  controllerStrings: ['haproxy.org/ingress-controller'],
  rule: 'S11.3',
  hosts: { ask: 'closest', finds: 'one label', matches: 'one label' },
  pattern: (_, { path, pathType }) => {
    if (pathType === 'Exact') return exact(path);
    if (pathType === 'Prefix') return elements(path);
    return characters(path === '/' ? path : path.replace(/\/$/, ''));
  },
  rank: (_, __, { kind, text }) => [text.length, KINDS.indexOf(kind)],
  resolve: ({ cluster }, namespace, backend) => resolveBackend(cluster, namespace, backend),
  // A wrong port leaves a rule without servers; only without a Service there is no rule.
  leavesOut: ({ controller }, { kind }) =>
    kind === 'no-service' ||
    kind === 'resource' ||
    (kind === 'external' && controller.args.some((arg) => /^--?disable-service-external-name(=true)?$/.test(arg))),
  closedTo: () => null,
  redirectsAll: () => null,
  redirects,
  defaultBackend: ({ cluster, controller }) => {
    const ingress = claimedIngresses(cluster, controller).findLast(({ defaultBackend }) => defaultBackend !== null);
    return ingress === undefined ? null : { ingress, onlyOtherHosts: false };
  },
  headers: (view, request) => forwarded(view, request),
  manner,
  // Three retries, the last of them at another server; without a connection it answers 503. An answer may take 50 seconds.
  onFailure: { answers: { refused: 503, timeout: 503, slow: 504, reset: 502, tls: 503 }, tries: 4, onlyUnsent: true, limits: { perTry: 50_000 } },
  whyFirst: () => msg('ingress.haproxy.first'),
  certificate: (view, serverName) => {
    const named = serverName === null ? null : certificateAmong(view, serverName, false);
    if (named !== null) return named;
    const why = serverName === null ? msg('ingress.tls.no-name') : msg('ingress.haproxy.default-certificate', { host: serverName });
    const first = certificateAmong(view, serverName ?? '', true);
    if (first !== null) return { ...first, why: [why, ...first.why], rules: [...first.rules, 'S11.3'] };
    return ownCertificate([], { why: [why], because: [], rules: ['S11.3'] });
  },
  refusesHandshake: () => null,
  annotations: { prefix: PREFIX, followed: new Set(['ssl-redirect', 'ssl-redirect-code', 'ssl-redirect-port', 'path-rewrite', 'server-ssl', 'forwarded-for']) },
};

export const haproxy = ranked(dialect);

/** An annotation of the Ingress, else the same key of the ConfigMap. */
function setting({ controller }: ControllerView, { metadata }: Ingress, key: string): string | null {
  return metadata.annotations[`${PREFIX}${key}`] ?? controller.config[key] ?? null;
}

function isYes(value: string | null): boolean {
  return value !== null && /^(true|on|enabled?|yes|1)$/i.test(value.trim());
}

function redirects(view: ControllerView, ingress: Ingress): HttpsRedirect | null {
  const stated = setting(view, ingress, 'ssl-redirect');
  if (stated === null ? ingress.tls.length === 0 : !isYes(stated)) return null;
  const status = Number(setting(view, ingress, 'ssl-redirect-code') ?? 302);
  const port = Number(setting(view, ingress, 'ssl-redirect-port') ?? 443);
  return {
    status: [301, 302, 303, 307, 308].includes(status) ? status : 302,
    ...(Number.isInteger(port) && port > 0 && { port }),
    why: msg(stated === null ? 'ingress.haproxy.redirect.tls' : 'ingress.haproxy.redirect.stated'),
    because:
      ingress.metadata.annotations[`${PREFIX}ssl-redirect`] === undefined
        ? [{ object: ingress.ref, path: ['spec', 'tls'] }]
        : [annotationReason(ingress, `${PREFIX}ssl-redirect`)],
  };
}

/** It adds the client to `X-Forwarded-For`, and says `https` where TLS ended here. It sends no `X-Forwarded-Host`. */
function forwarded({ controller }: ControllerView, { http, peer, scheme }: ReceivedRequest) {
  const chain = http.headers['x-forwarded-for'];
  const adds = controller.config['forwarded-for'] === undefined || isYes(controller.config['forwarded-for']);
  return {
    ...http.headers,
    ...(adds && { 'x-forwarded-for': chain === undefined || chain === '' ? peer : `${chain}, ${peer}` }),
    ...(scheme === 'https' && { 'x-forwarded-proto': 'https' }),
  };
}

function manner(view: ControllerView, { service }: Target, ingress: Ingress, path: string): Manner {
  const encrypts = isYes(service.metadata.annotations[`${PREFIX}server-ssl`] ?? setting(view, ingress, 'server-ssl'));
  const after = rewritten(setting(view, ingress, 'path-rewrite'), path);
  return {
    tls: encrypts ? { kind: 'encrypt', sni: null } : { kind: 'plain' },
    path: after,
    ...(after !== path && {
      why: [msg('ingress.haproxy.rewrite', { before: path, after })],
      because: [annotationReason(ingress, `${PREFIX}path-rewrite`)],
    }),
  };
}

/** `/new` replaces every path; `(expression) /new/\1` only those that match, as a whole. */
function rewritten(value: string | null, path: string): string {
  const [first, second] = value?.trim().split(/\s+/) ?? [];
  if (first === undefined || first === '') return path;
  const match = compilePattern(second === undefined ? '^(.*)$' : first, { ignoreCase: false }).search(path);
  if (match.kind !== 'match') return path;
  return (second ?? first).replace(/\\(\d)/g, (_, digit: string) => match.groups[Number(digit)] ?? '');
}
