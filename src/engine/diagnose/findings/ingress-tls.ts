/** Certificates that an Ingress controller shows, and redirects to HTTPS (S9.8, S10.13 to S10.15). */
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { suggest } from '../../manifests/near-miss.ts';
import { annotate, hostRuleNear, ingressOnTheWay, pastedIn, said, set, setThere } from '../edits.ts';
import type { FindingKind, Repair } from '../finding-kind.ts';
import type { Problem } from '../problem.ts';

export const ingressTls: readonly FindingKind[] = [
  {
    code: 'tls-secret-missing',
    role: 'cause',
    explains: ['tls-secret-unusable', 'tls-host-not-covered', 'certificate-mismatch'],
    decisions: { 'cluster.secret-missing': 'F-65', 'cluster.secret-elsewhere': 'F-06' },
    repairs: (problem, cluster) => {
      const { object, message } = problem;
      if (object === null) return [];
      if (message.id === 'cluster.secret-elsewhere') return [];
      const names = pastedIn(cluster.secrets, object.namespace)
        .filter(({ usableForTls }) => usableForTls)
        .map(({ ref }) => ref.name);
      const near = suggest(said(message, 'secret').split('/').at(-1) ?? '', names) ?? (names.length === 1 ? names[0]! : null);
      return near === null ? [] : setThere(problem, near);
    },
    cure: ({ object }) => msg('diagnose.cure.tls-secret', { namespace: object?.namespace ?? '' }),
  },
  {
    code: 'certificate-not-issued',
    role: 'cause',
    explains: ['tls-secret-unusable', 'tls-host-not-covered', 'certificate-mismatch'],
    decisions: {
      'cluster.certificate-waits': 'F-66',
      'cluster.certificate-waits-because': 'F-66',
      'cluster.issuer-missing': 'F-66',
      'cluster.challenge-wildcard': 'F-66',
    },
    cure: () => msg('diagnose.cure.issuance'),
  },
  {
    code: 'certificate-outdated',
    role: 'cause',
    decisions: {
      'proxy.tls.expired': 'F-66',
      'proxy.tls.not-yet-valid': 'F-66',
      'pod.certificate.expired': 'F-66',
      'pod.certificate.not-yet-valid': 'F-66',
    },
    cure: () => msg('diagnose.cure.renew'),
  },
  {
    code: 'tls-secret-unusable',
    role: 'cause',
    decisions: { 'cluster.secret-unusable': 'F-65', 'ingress.tls.secret-unusable': 'F-65' },
    cure: () => msg('diagnose.cure.tls-secret-keys'),
  },
  {
    code: 'tls-host-not-covered',
    role: 'cause',
    decisions: { 'ingress.nginx.tls.not-named': 'F-65', 'ingress.tls.none': 'F-65', 'ingress.nginx.tls.no-secret-name': 'F-65' },
    repairs: (problem, cluster) => [...hostRuleNear(problem, cluster), ...coverHost(problem, cluster)],
    cure: () => msg('diagnose.cure.certificate'),
  },
  {
    code: 'certificate-mismatch',
    role: 'cause',
    decisions: {
      'ingress.nginx.tls.not-covered': 'F-65',
      'proxy.tls.mismatch': 'F-65',
      'proxy.tls.nameless': 'F-65',
      'proxy.tls.untrusted': 'F-65',
      'ingress.tls.rejected': 'F-65',
      'ingress.tls.no-name': 'F-65',
    },
    cure: () => msg('diagnose.cure.certificate'),
  },
  {
    code: 'https-redirect-loop',
    role: 'cause',
    decisions: { 'ingress.nginx.https.unheard': 'F-27', 'proxy.title.redirect-loop': 'F-27' },
    repairs: (problem, cluster) => {
      const ingress = ingressOnTheWay(problem, cluster);
      return ingress === null ? [] : [[annotate(ingress.ref, 'nginx.ingress.kubernetes.io/ssl-redirect', 'false')]];
    },
    cure: () => msg('diagnose.cure.forwarded-headers'),
  },
];

/** Adds the host to the TLS entry of the Ingress that has a rule for it. */
function coverHost(problem: Problem, cluster: Cluster): readonly Repair[] {
  const host = problem.proof?.flow.sni ?? problem.proof?.flow.host ?? '';
  const ingress = [...cluster.ingresses.values()].find(
    ({ manifest, rules, tls }) => manifest !== null && tls.length > 0 && rules.some((rule) => rule.host === host),
  );
  const entry = ingress?.tls[0];
  if (ingress === undefined || entry === undefined) return [];
  if (entry.secretName === null)
    return pastedIn(cluster.secrets, ingress.ref.namespace).map(({ ref }) => [set(ingress.ref, ['spec', 'tls', 0, 'secretName'], ref.name)]);
  return [[set(ingress.ref, ['spec', 'tls', 0, 'hosts', entry.hosts.length], host)]];
}
