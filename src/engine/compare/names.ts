/** Names for objects that are made: sensible, valid, and of no other object of their kind and namespace. */
import type { Cluster } from '../cluster/cluster.ts';

/** DNS-1035 (S4.1.1): what every kind takes as a name. */
function label(text: string, most: number): string {
  const plain = text
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^[^a-z]+/, '');
  return (plain === '' ? 'app' : plain).slice(0, most).replace(/-+$/, '');
}

/** The first of `wanted`, `wanted-suffix`, `wanted-suffix-2`, … that no object of the kind has, written, rejected or made. */
export function freeName(cluster: Cluster, kind: string, namespace: string, wanted: string, suffix: string): string {
  const isTaken = takenIn(cluster, kind, namespace);
  const plain = label(wanted, 63);
  if (!isTaken(plain)) return plain;
  for (let number = 1; ; number++) {
    const end = number === 1 ? `-${suffix}` : `-${suffix}-${number}`;
    const name = `${label(wanted, 63 - end.length)}${end}`;
    if (!isTaken(name)) return name;
  }
}

function takenIn(cluster: Cluster, kind: string, namespace: string): (name: string) => boolean {
  const taken = new Set(cluster.manifests.objects.filter(({ ref }) => ref.kind === kind && ref.namespace === namespace).map(({ ref }) => ref.name));
  for (const made of [cluster.services, cluster.ingresses, cluster.secrets, cluster.gateways, cluster.routes] as const) {
    for (const { ref } of made.values()) if (ref.kind === kind && ref.namespace === namespace) taken.add(ref.name);
  }
  return (name) => taken.has(name);
}
