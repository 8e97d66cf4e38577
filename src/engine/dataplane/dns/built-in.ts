/**
 * The two Services that every cluster has and hardly anybody pastes: the API server's, and that of the cluster's DNS
 * (S6.6, S6.13). https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/
 */
import type { Cluster } from '../../cluster/cluster.ts';
import { nthAddress, parseCidr } from '../../manifests/ip.ts';
import { nameKey, type ObjectRef } from '../../manifests/object-ref.ts';
import type { Protocol } from '../../trace/packet.ts';
import { clusterDnsAddress, clusterDnsService } from './cluster-dns-address.ts';

export interface BuiltIn {
  readonly kind: 'api-server' | 'dns';
  readonly object: ObjectRef;
  readonly address: string;
  readonly ports: readonly { readonly port: number; readonly protocol: Protocol }[];
}

/** Those that were not pasted, and whose address nobody else holds. */
export function builtIns(cluster: Cluster): readonly BuiltIn[] {
  const range = parseCidr(cluster.environment.serviceCIDR[0] ?? '');
  const first = range === null ? null : nthAddress(range, 1);
  const all: BuiltIn[] = [
    ...(first === null ? [] : [builtIn('api-server', 'default', 'kubernetes', first.text, [{ port: 443, protocol: 'TCP' }])]),
    ...(clusterDnsService(cluster) === null
      ? [
          builtIn('dns', 'kube-system', 'kube-dns', clusterDnsAddress(cluster), [
            { port: 53, protocol: 'UDP' },
            { port: 53, protocol: 'TCP' },
            { port: 9153, protocol: 'TCP' },
          ]),
        ]
      : []),
  ];
  return all.filter(
    ({ object, address }) =>
      cluster.environment.assume[`service:${nameKey(object.namespace, object.name)}`] !== false &&
      !cluster.services.has(nameKey(object.namespace, object.name)) &&
      !cluster.addressOwners.has(address),
  );
}

function builtIn(kind: BuiltIn['kind'], namespace: string, name: string, address: string, ports: BuiltIn['ports']): BuiltIn {
  return { kind, object: { kind: 'Service', namespace, name }, address, ports };
}
