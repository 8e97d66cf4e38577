/** Controllers that pick a certificate by the names in it, from the Secrets of all `tls` sections. */
import { nameKey } from '../../../manifests/object-ref.ts';
import { hostMatches, hostOf } from '../../proxy/host.ts';
import { covers, secretCertificate } from '../../proxy/certificate.ts';
import type { CertificateChoice } from '../../proxy/proxy.ts';
import type { ControllerView } from '../implementation.ts';
import { claimedIngresses } from '../route.ts';

/** The first usable Secret whose certificate has the name, or the first of all where any will do; null when there is none. */
export function certificateAmong({ cluster, controller }: ControllerView, serverName: string, takesAny: boolean): CertificateChoice | null {
  const host = hostOf(serverName);
  for (const ingress of claimedIngresses(cluster, controller)) {
    for (const [index, { secretName, hosts }] of ingress.tls.entries()) {
      const secret = secretName === null ? undefined : cluster.secrets.get(nameKey(ingress.ref.namespace, secretName));
      if (secret === undefined || !secret.usableForTls) continue;
      // Of a certificate that cannot be read here, the hosts of its entry are all that is known.
      const fits = secret.certificate === null ? hosts.length === 0 || hosts.some((name) => hostMatches(name, host)) : covers(secret, host);
      if (!fits && !takesAny) continue;
      const choice = secretCertificate(cluster, 'ingress', secret, host, [{ object: ingress.ref, path: ['spec', 'tls', index] }], 'S9.8');
      if (choice !== null) return choice;
    }
  }
  return null;
}
