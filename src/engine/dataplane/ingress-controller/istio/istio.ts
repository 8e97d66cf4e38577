/**
 * Istio's ingress gateway for Ingress objects: each host becomes a VirtualService that Envoy carries out (S11).
 * Istio's own Gateway and VirtualService are not simulated.
 * https://istio.io/latest/docs/tasks/traffic-management/ingress/kubernetes-ingress/
 */
import { msg } from '../../../../catalogue/message.ts';
import { nameKey } from '../../../manifests/object-ref.ts';
import { ownCertificate, secretCertificate } from '../../proxy/certificate.ts';
import type { CertificateChoice } from '../../proxy/proxy.ts';
import { resolveBackend } from '../backend.ts';
import type { ControllerView, RefusedHandshake } from '../implementation.ts';
import type { Dialect } from '../ranked/dialect.ts';
import { ENVOY_ANSWERS, forwardedByEnvoy } from '../ranked/envoy.ts';
import { elements, exact, type PathPattern } from '../ranked/path-pattern.ts';
import { ranked } from '../ranked/ranked.ts';
import { claimedIngresses } from '../route.ts';

const dialect: Dialect = {
  id: 'istio',
  onPlainText: 'closes',
  product: 'Istio',
  controllerStrings: ['istio.io/ingress-controller'],
  rule: 'S11.5',
  hosts: { ask: 'closest', finds: 'any labels', matches: 'any labels' },
  pattern: (_, { path, pathType }) => {
    if (pathType === 'Exact') return exact(path);
    return pathType === 'Prefix' ? elements(path) : glob(path);
  },
  rank: (_, { pathType, path }, { kind, text }) => [pathType === 'ImplementationSpecific' ? text.length : path.length, kind === 'exact' ? 1 : 0],
  resolve: ({ cluster }, namespace, backend) => resolveBackend(cluster, namespace, backend),
  // A port by number is taken as it is; a name has to be looked up, and then the Service and its port must exist.
  leavesOut: (_, { kind }, backend) =>
    kind === 'resource' || (backend.kind === 'service' && 'name' in backend.port && (kind === 'no-service' || kind === 'no-port')),
  closedTo: (_, { ingress, host }, { scheme }) => {
    if (scheme === 'http') return null;
    const isCovered = ingress.tls.some(({ hosts, secretName }) => secretName !== null && (hosts.length === 0 || hosts.some((name) => covers(name, host))));
    return isCovered ? null : msg('ingress.istio.no-tls');
  },
  redirectsAll: () => null,
  redirects: () => null,
  // Istio ignores `spec.defaultBackend`.
  defaultBackend: () => null,
  headers: (_, request) => forwardedByEnvoy(request),
  manner: () => ({ tls: { kind: 'plain' } }),
  // Two retries by default, of connections that fail. Istio switches the limit of Envoy off.
  onFailure: { answers: ENVOY_ANSWERS, tries: 3, onlyUnsent: true },
  whyFirst: () => msg('ingress.istio.first'),
  certificate: (view, serverName) => {
    const choice = tlsOf(view, serverName);
    return choice.kind === 'certificate' ? choice.certificate : ownCertificate([], { why: [], because: [], rules: ['S11.5'] });
  },
  refusesHandshake: (view, serverName) => {
    const choice = tlsOf(view, serverName);
    return choice.kind === 'certificate' ? null : choice.refused;
  },
  annotations: { prefix: 'ingress.istio.io/', followed: new Set() },
};

export const istio = ranked(dialect);

/** `/a/*` and `/a.*` are beginnings, `*` alone is every path, and anything else must be equal. */
function glob(path: string): PathPattern {
  if (['*', '/*', '.*'].includes(path)) return elements('/');
  return /(\/|\.)\*$/.test(path) ? elements(path.slice(0, -2)) : exact(path);
}

function covers(name: string, host: string): boolean {
  const wanted = name.toLowerCase();
  return wanted === '*' || wanted === host || (wanted.startsWith('*.') && host.endsWith(wanted.slice(1)));
}

type Tls = { readonly kind: 'certificate'; readonly certificate: CertificateChoice } | { readonly kind: 'refused'; readonly refused: RefusedHandshake };

/** The gateway reads Secrets of its own namespace only, and without one it does not finish a handshake. */
function tlsOf(view: ControllerView, serverName: string | null): Tls {
  const { cluster, controller } = view;
  const host = serverName?.toLowerCase() ?? '';
  const [namespace = ''] = controller.pods[0]?.split('/') ?? [];
  for (const ingress of claimedIngresses(cluster, controller)) {
    for (const [index, { hosts, secretName }] of ingress.tls.entries()) {
      if (secretName === null || !(hosts.length === 0 || hosts.some((name) => covers(name, host)))) continue;
      const key = nameKey(namespace, secretName);
      const secret = cluster.secrets.get(key);
      const at = [{ object: ingress.ref, path: ['spec', 'tls', index] }];
      const certificate = secret?.usableForTls === true ? secretCertificate(cluster, 'ingress', secret, host, at, 'S9.8') : null;
      if (certificate !== null) return { kind: 'certificate', certificate };
      return { kind: 'refused', refused: { kind: 'handshake-failure', why: () => msg('ingress.istio.secret', { secret: key }), rule: 'S11.5' } };
    }
  }
  return { kind: 'refused', refused: { kind: 'handshake-failure', why: (name) => msg('ingress.istio.no-host', { host: name }), rule: 'S11.5' } };
}
