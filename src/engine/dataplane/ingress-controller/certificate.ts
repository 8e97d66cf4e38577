/**
 * Which certificate a server name gets from the `tls` entries of Ingresses, and what its client makes of it
 * (S9.8, S14.3). Dates are not judged: the engine has no clock.
 */
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { Ingress } from '../../kinds/ingress/ingress-spec.ts';
import type { Secret } from '../../kinds/secret/secret-spec.ts';
import { nameKey, refKey } from '../../manifests/object-ref.ts';
import type { TlsErrorKind } from '../../trace/outcome.ts';
import { hostMatches } from './host.ts';
import type { CertificateChoice } from './implementation.ts';
import { presume } from './presuppose.ts';

/** What a client that checks says; null when it is content. */
export function verify(choice: CertificateChoice, host: string): TlsErrorKind | null {
  if (!choice.trusted) return 'untrusted';
  return choice.names.some((name) => hostMatches(name, host)) ? null : 'name-mismatch';
}

/** The controller's own certificate, for a name that nothing else covers. */
export function ownCertificate(names: readonly string[], partial: Pick<CertificateChoice, 'why' | 'because' | 'rules'>): CertificateChoice {
  return { secret: null, names, trusted: false, assumes: [], ...partial };
}

/** What `tls` entry `index` of an Ingress gives for a host, or why it gives nothing. */
export function certificateOf(cluster: Cluster, ingress: Ingress, index: number, host: string): CertificateChoice | null {
  const entry = ingress.tls[index];
  const name = entry?.secretName ?? null;
  if (name === null) return null;
  const secret = cluster.secrets.get(nameKey(ingress.ref.namespace, name));
  if (secret === undefined || !secret.usableForTls) return null;
  const key = nameKey(secret.ref.namespace, secret.ref.name);
  const because = [{ object: ingress.ref, path: ['spec', 'tls', index] }];
  // A certificate that cannot be read here (a placeholder, a redacted text) is taken as the one it should be.
  if (secret.certificate === null) {
    const why = msg('ingress.tls.unread', { secret: key, host });
    const { holds, assumes } = presume(cluster, `certificate:${key}`, why);
    return holds ? { secret, names: [host], trusted: true, why: [why], because, rules: ['S9.8', 'S14.3'], assumes } : null;
  }
  const { names, commonName, selfSigned } = secret.certificate;
  const shown = names.length > 0 ? names : commonName === null ? [] : [commonName];
  const isAssumed = cluster.provenance.get(refKey(secret.ref))?.assumption != null;
  const why = msg(isAssumed ? 'ingress.tls.assumed' : 'ingress.tls.secret', { secret: key, names: shown });
  return { secret, names: shown, trusted: !selfSigned, why: [why], because, rules: ['S9.8'], assumes: [] };
}

/** Whether a Secret's certificate covers a host by any of its names; unreadable ones are taken to. */
export function covers(secret: Secret, host: string): boolean {
  if (secret.certificate === null) return true;
  const { names, commonName } = secret.certificate;
  return [...names, ...(commonName === null ? [] : [commonName])].some((name) => hostMatches(name, host));
}
