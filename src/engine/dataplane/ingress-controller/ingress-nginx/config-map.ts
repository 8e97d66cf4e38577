import type { Cluster } from '../../../cluster/cluster.ts';

const memo = new WeakMap<Cluster, ReadonlyMap<string, Readonly<Record<string, string>>>>();

/** `data` of a pasted ConfigMap by `namespace/name`; null when it was not pasted. Only texts are kept. */
export function configMap(cluster: Cluster, key: string): Readonly<Record<string, string>> | null {
  let maps = memo.get(cluster);
  if (maps === undefined) memo.set(cluster, (maps = read(cluster)));
  return maps.get(key) ?? null;
}

function read({ manifests }: Cluster): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const maps = new Map<string, Readonly<Record<string, string>>>();
  for (const { ref, value } of manifests.objects) {
    if (ref.kind !== 'ConfigMap') continue;
    const { data } = value;
    const entries = typeof data === 'object' && data !== null && !Array.isArray(data) ? Object.entries(data) : [];
    maps.set(`${ref.namespace}/${ref.name}`, Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string')));
  }
  return maps;
}
