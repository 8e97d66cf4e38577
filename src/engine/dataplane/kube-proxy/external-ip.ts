import type { Service } from '../../kinds/service/service-spec.ts';
import { canonicalIp } from '../../manifests/ip.ts';

/** `spec.externalIPs`: addresses someone routes to a node by other means; kube-proxy takes what arrives (S7.11). */
export function externalIPs(service: Service): readonly string[] {
  return service.externalIPs.map(canonicalIp).filter((ip) => ip !== null);
}
