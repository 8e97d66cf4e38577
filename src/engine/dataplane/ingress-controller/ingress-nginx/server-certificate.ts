/** What an Ingress's `tls` settles for one server, and the certificate that stands in for all others (S10.15). */
import type { Message } from '../../../../catalogue/message.ts';
import { msg } from '../../../../catalogue/message.ts';
import type { Cluster } from '../../../cluster/cluster.ts';
import type { Ingress } from '../../../kinds/ingress/ingress-spec.ts';
import { nameKey } from '../../../manifests/object-ref.ts';
import { covers, ownCertificate } from '../../proxy/certificate.ts';
import { certificateOf } from '../certificate.ts';
import type { CertificateChoice } from '../../proxy/proxy.ts';
import type { Settings } from './settings.ts';

/** Name in the certificate that the controller makes for itself at start. */
const FAKE = ['ingress.local'];

/**
 * What an Ingress settles for one of its hosts; null when it has no `tls` at all. With `tls` but without a usable
 * Secret for the host it settles on the default certificate, and the server counts as one with TLS (S10.13).
 */
export function serverCertificate(cluster: Cluster, settings: Settings, ingress: Ingress, host: string): CertificateChoice | null {
  if (ingress.tls.length === 0) return null;
  const because = [{ object: ingress.ref, path: ['spec', 'tls'] }];
  const named = ingress.tls.findIndex((entry) => entry.hosts.some((name) => name.toLowerCase() === host));
  const index = named >= 0 ? named : ingress.tls.findIndex((entry) => coveredBy(cluster, ingress, entry.secretName, host));
  const entry = ingress.tls[index];
  const instead = (why: readonly Message[]) => defaultCertificate(cluster, settings, { why, because, rules: ['S10.15'] });
  if (entry === undefined) return instead([msg('ingress.nginx.tls.not-named', { host })]);
  if (entry.secretName === null) return instead([msg('ingress.nginx.tls.no-secret-name', { host })]);
  const key = nameKey(ingress.ref.namespace, entry.secretName);
  const choice = certificateOf(cluster, ingress, index, host);
  if (choice === null) return instead([msg('ingress.tls.secret-unusable', { secret: key, host })]);
  if (choice.secret !== null && !covers(choice.secret, host)) return instead([msg('ingress.nginx.tls.not-covered', { secret: key, host })]);
  return { ...choice, rules: ['S10.15'] };
}

/** Whether a Secret's certificate names the host, for entries that do not: unreadable ones are not tried. */
function coveredBy(cluster: Cluster, ingress: Ingress, secretName: string | null, host: string): boolean {
  const secret = secretName === null ? undefined : cluster.secrets.get(nameKey(ingress.ref.namespace, secretName));
  return secret?.certificate != null && secret.usableForTls && covers(secret, host);
}

/** The certificate of `--default-ssl-certificate`, else the one the controller made for itself. */
export function defaultCertificate(cluster: Cluster, settings: Settings, partial: Pick<CertificateChoice, 'why' | 'because' | 'rules'>): CertificateChoice {
  const secret = settings.defaultSslCertificate === null ? undefined : cluster.secrets.get(settings.defaultSslCertificate);
  if (secret === undefined || !secret.usableForTls || secret.certificate === null)
    return ownCertificate(FAKE, { ...partial, why: [...partial.why, msg('ingress.nginx.tls.fake')] });
  const { names, selfSigned } = secret.certificate;
  const key = nameKey(secret.ref.namespace, secret.ref.name);
  return { ...partial, secret, names, trusted: !selfSigned, assumes: [], why: [...partial.why, msg('ingress.nginx.tls.default', { secret: key })] };
}
