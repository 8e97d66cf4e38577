/**
 * The certificate that an application shows, as far as manifests tell: that of a Secret its Pod mounts. A proxy that
 * was told whom to expect ends the handshake when it is another (S12.12.3).
 */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { Pod } from '../../kinds/pod/pod-spec.ts';
import type { CertificateFacts, Secret } from '../../kinds/secret/secret-spec.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import type { Carry, Reason, Verification } from '../component.ts';
import { day } from '../proxy/validity.ts';
import { distrustOf, type Distrusted } from '../proxy/trust.ts';

export interface Distrust {
  readonly kind: Distrusted;
  readonly why: Message;
  readonly because: readonly Reason[];
}

/** Null when the proxy goes on: it checks nothing, it is content, or nothing is known of the certificate. */
export function distrustedBy({ proxied }: Carry, cluster: Cluster, pod: Pod): Distrust | null {
  const { verifies } = proxied ?? {};
  const secret = verifies === undefined ? null : servedSecret(cluster, pod);
  if (verifies === undefined || secret === null || secret.certificate === null) return null;
  const kind = distrustOf(secret.certificate, verifies, cluster.environment.date);
  if (kind === null) return null;
  const key = nameKey(secret.ref.namespace, secret.ref.name);
  return {
    kind,
    why: whyDistrusted(kind, key, secret.certificate, verifies, cluster.environment.date ?? ''),
    because: [
      { object: pod.ref, path: ['spec', 'volumes'] },
      { object: secret.ref, path: ['data', 'tls.crt'] },
    ],
  };
}

function whyDistrusted(
  kind: Distrusted,
  secret: string,
  { names, notBefore, notAfter }: CertificateFacts,
  { names: wanted }: Verification,
  date: string,
): Message {
  switch (kind) {
    case 'untrusted':
      return msg('pod.certificate.untrusted', { secret });
    case 'expired':
      return msg('pod.certificate.expired', { secret, date, notAfter: day(notAfter ?? '') });
    case 'not-yet-valid':
      return msg('pod.certificate.not-yet-valid', { secret, date, notBefore: day(notBefore ?? '') });
    case 'name-mismatch':
      return msg('pod.certificate.names', { secret, names, wanted: wanted.map(({ value }) => value) });
  }
}

/** Of the Secrets that are mounted, the first that holds a certificate with its key. */
function servedSecret({ secrets }: Cluster, { ref, spec }: Pod): Secret | null {
  for (const name of spec.secretVolumes ?? []) {
    const secret = secrets.get(nameKey(ref.namespace, name));
    if (secret?.usableForTls === true) return secret;
  }
  return null;
}
