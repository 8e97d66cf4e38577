/** The Secret that a way names for a host: one that is named for it already, else one that has to be made. */
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import { freeName } from '../names.ts';
import type { EnvironmentEdit } from './way.ts';

export interface Certificate {
  readonly name: string;
  /** What has to be so for it to be there. */
  readonly environment: readonly EnvironmentEdit[];
}

export function certificateFor(cluster: Cluster, namespace: string, host: string, owner: string): Certificate {
  for (const { ref, tls } of cluster.ingresses.values()) {
    const known = ref.namespace === namespace ? tls.find(({ hosts, secretName }) => secretName !== null && hosts.includes(host))?.secretName : undefined;
    if (known != null) return { name: known, environment: [] };
  }
  const name = freeName(cluster, 'Secret', namespace, `${owner}-tls`, 'entry');
  const path = ['spec', 'environment', 'assume', `secret:${nameKey(namespace, name)}`];
  return { name, environment: [{ path, value: true, says: msg('compare.what-if.secret', { secret: name, host }) }] };
}
