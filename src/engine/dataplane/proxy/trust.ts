/**
 * Whether one side of a session believes the certificate of the other (S12.12.3, S12.12.5): by the name of who signed
 * it, its dates and the names it bears. Signatures are not checked: the engine has no keys.
 */
import type { Cluster } from '../../cluster/cluster.ts';
import type { CertificateFacts } from '../../kinds/secret/secret-spec.ts';
import type { Verification } from '../component.ts';
import { hostMatches } from './host.ts';
import { outdatedOn } from './validity.ts';

export type Distrusted = 'untrusted' | 'expired' | 'not-yet-valid' | 'name-mismatch';

/** Null when it is believed, or when nothing that is known speaks against it. */
export function distrustOf(certificate: CertificateFacts, { trusts, names }: Verification, date: string | null): Distrusted | null {
  if (!isSignedBy(certificate, trusts)) return 'untrusted';
  const outdated = outdatedOn(date, certificate);
  if (outdated !== null) return outdated;
  return names.length === 0 || names.some((name) => bears(certificate, name)) ? null : 'name-mismatch';
}

/** The names in bundles of authorities; a bundle without a readable name, such as an assumed one, may hold any. */
export function authoritiesIn({ configMaps }: Cluster, bundles: readonly string[]): 'unknown' | readonly string[] {
  const names = bundles.map((key) => configMaps.get(key)?.caNames ?? []);
  return names.some((list) => list.length === 0) ? 'unknown' : names.flat();
}

function isSignedBy({ selfSigned, issuer, commonName }: CertificateFacts, trusts: Verification['trusts']): boolean {
  if (trusts === 'unknown') return true;
  if (trusts === 'system') return !selfSigned;
  const signer = issuer ?? (selfSigned ? commonName : null);
  return signer === null || signer === undefined || trusts.includes(signer);
}

function bears({ names, uris = [] }: CertificateFacts, { type, value }: Verification['names'][number]): boolean {
  return type === 'URI' ? uris.includes(value) : names.some((name) => hostMatches(name, value));
}
