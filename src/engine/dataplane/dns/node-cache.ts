/**
 * NodeLocal DNSCache: a Pod on the network of every node that answers in the place of the cluster's DNS, and asks it for
 * what it does not know yet. https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/
 */
import type { Cluster } from '../../cluster/cluster.ts';
import type { Pod } from '../../kinds/pod/pod-spec.ts';
import { canonicalIp } from '../../manifests/ip.ts';

export interface NodeCache {
  readonly pod: Pod;
  /** What it listens on: `-localip`, with the ClusterIP of the cluster's DNS among them where kube-proxy is no IPVS. */
  readonly addresses: readonly string[];
}

const LABEL = 'node-local-dns';

/** The usual address where no flag says another. */
const USUAL = '169.254.20.10';

/** Null where none was pasted, or none runs on this node. */
export function nodeCacheOf(cluster: Cluster, node: string | null): NodeCache | null {
  if (node === null) return null;
  for (const pod of cluster.pods.values()) {
    if (pod.node !== node || pod.ref.namespace !== 'kube-system' || pod.metadata.labels['k8s-app'] !== LABEL || !pod.status.ready) continue;
    const args = pod.spec.containers.flatMap((container) => container.args);
    const at = args.findIndex((arg) => /^--?localip/.test(arg));
    const text = at < 0 ? USUAL : (/^--?localip=(.*)$/.exec(args[at]!)?.[1] ?? args[at + 1] ?? USUAL);
    return { pod, addresses: text.split(',').flatMap((address) => canonicalIp(address.trim()) ?? []) };
  }
  return null;
}

/** The cache that takes this client's queries: it listens on the first server of its resolver configuration. */
export function clusterCache(
  cluster: Cluster,
  { node }: { readonly node: string | null },
  conf: { readonly nameservers: readonly string[] } | null,
): NodeCache | null {
  const cache = nodeCacheOf(cluster, node);
  const [first] = conf?.nameservers ?? [];
  return cache !== null && first !== undefined && cache.addresses.includes(first) ? cache : null;
}
