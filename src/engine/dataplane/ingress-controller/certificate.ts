/** Which certificate a server name gets from the `tls` entries of Ingresses (S9.8). */
import type { Cluster } from '../../cluster/cluster.ts';
import type { Ingress } from '../../kinds/ingress/ingress-spec.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import { secretCertificate } from '../proxy/certificate.ts';
import type { CertificateChoice } from '../proxy/proxy.ts';

/** What `tls` entry `index` of an Ingress gives for a host, or why it gives nothing. */
export function certificateOf(cluster: Cluster, ingress: Ingress, index: number, host: string): CertificateChoice | null {
  const name = ingress.tls[index]?.secretName ?? null;
  const secret = name === null ? undefined : cluster.secrets.get(nameKey(ingress.ref.namespace, name));
  if (secret === undefined || !secret.usableForTls) return null;
  return secretCertificate(cluster, 'ingress', secret, host, [{ object: ingress.ref, path: ['spec', 'tls', index] }], 'S9.8');
}
