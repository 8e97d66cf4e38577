/** The certificate that a proxy shows, and what its client makes of it (S14.3). */
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { Secret } from '../../kinds/secret/secret-spec.ts';
import type { RuleId } from '../../manifests/finding.ts';
import { nameKey, refKey } from '../../manifests/object-ref.ts';
import type { TlsErrorKind } from '../../trace/outcome.ts';
import type { Reason } from '../component.ts';
import { hostMatches } from './host.ts';
import { outdatedOn, validityAssumed } from './validity.ts';
import { presume } from './presuppose.ts';
import type { CertificateChoice, Proxy } from './proxy.ts';

/** What a client that checks says, in the order in which OpenSSL does; null when it is content. */
export function verify({ environment }: Cluster, choice: CertificateChoice, host: string): TlsErrorKind | null {
  if (!choice.trusted) return 'untrusted';
  const certificate = choice.secret?.certificate ?? null;
  const outdated = certificate === null ? null : outdatedOn(environment.date, certificate);
  if (outdated !== null) return outdated;
  return choice.names.some((name) => hostMatches(name, host)) ? null : 'name-mismatch';
}

/** The controller's own certificate, for a name that nothing else covers. */
export function ownCertificate(names: readonly string[], partial: Pick<CertificateChoice, 'why' | 'because' | 'rules'>): CertificateChoice {
  return { secret: null, names, trusted: false, assumes: [], ...partial };
}

/** What a usable Secret gives for a host; null where a person says that it does not fit. */
export function secretCertificate(
  cluster: Cluster,
  speaker: Proxy['speaker'],
  secret: Secret,
  host: string,
  because: readonly Reason[],
  rule: RuleId,
): CertificateChoice | null {
  const key = nameKey(secret.ref.namespace, secret.ref.name);
  // A certificate that cannot be read here (a placeholder, a redacted text) is taken as the one it should be.
  if (secret.certificate === null) {
    const why = msg('proxy.tls.unread', { secret: key, host });
    const { holds, assumes } = presume(cluster, `certificate:${key}`, why);
    return holds ? { secret, names: [host], trusted: true, why: [why], because, rules: [rule, 'S14.3'], assumes } : null;
  }
  const { names, commonName, selfSigned } = secret.certificate;
  const shown = names.length > 0 ? names : commonName === null ? [] : [commonName];
  const isAssumed = cluster.provenance.get(refKey(secret.ref))?.assumption != null;
  const why = isAssumed ? msg('proxy.tls.assumed', { secret: key, names: shown }) : msg(`${speaker}.tls.secret`, { secret: key, names: shown });
  const dated = validityAssumed(cluster.environment, key, secret.certificate);
  return { secret, names: shown, trusted: !selfSigned, why: [why], because, rules: [rule], assumes: dated === null ? [] : [dated] };
}

/** Whether a Secret's certificate covers a host by any of its names; unreadable ones are taken to. */
export function covers(secret: Secret, host: string): boolean {
  if (secret.certificate === null) return true;
  const { names, commonName } = secret.certificate;
  return [...names, ...(commonName === null ? [] : [commonName])].some((name) => hostMatches(name, host));
}
