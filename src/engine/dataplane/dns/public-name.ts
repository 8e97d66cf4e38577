/** Whether a name that no record here knows reads like one of the public Internet, and not like a slip in a Service's name. */
import type { Cluster } from '../../cluster/cluster.ts';

/** Usual top-level domains. Any other ending may as well be a namespace. */
const PUBLIC_ENDINGS = new Set(
  'com|org|net|edu|gov|mil|int|info|biz|dev|app|cloud|xyz|online|site|tech|store|io|co|ai|me|tv|sh|eu|us|uk|de|fr|nl|be|es|it|pl|se|no|fi|dk|ch|at|cz|ie|pt|ca|au|nz|jp|cn|kr|in|br|mx|za|ru|ua'.split(
    '|',
  ),
);

/** `name` as typed. The namespaces of the cluster win over endings of the same name. */
export function readsLikePublicName(cluster: Cluster, name: string): boolean {
  const labels = name.toLowerCase().replace(/\.$/, '').split('.');
  const ending = labels.at(-1) ?? '';
  return labels.length > 1 && PUBLIC_ENDINGS.has(ending) && !cluster.namespaces.has(ending);
}
