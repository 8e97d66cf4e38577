import type { Cluster } from '../../cluster/cluster.ts';
import { suggest } from '../../manifests/near-miss.ts';
import type { ObjectRef } from '../../manifests/object-ref.ts';

/**
 * The Service a person most likely meant: the same name in another namespace, else a similar name in this namespace.
 * Ties go by namespace and name. Null when nothing is near (F-06, F-08).
 */
export function nearService(cluster: Cluster, namespace: string, name: string): ObjectRef | null {
  const services = [...cluster.services.values()].map((service) => service.ref);
  const elsewhere = services.find((ref) => ref.name === name && ref.namespace !== namespace);
  if (elsewhere) return elsewhere;
  const here = services.filter((ref) => ref.namespace === namespace);
  const near = suggest(
    name,
    here.map((ref) => ref.name),
  );
  return here.find((ref) => ref.name === near) ?? null;
}
