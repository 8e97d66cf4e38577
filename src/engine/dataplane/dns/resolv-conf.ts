import type { Cluster } from '../../cluster/cluster.ts';
import type { Pod } from '../../kinds/pod/pod-spec.ts';
import type { FieldPath } from '../../manifests/source.ts';
import { msg, type Message } from '../../../catalogue/message.ts';
import { clusterDnsAddress } from './cluster-dns-address.ts';
import { nodeCacheOf } from './node-cache.ts';
import type { ResolverLibrary } from './resolver-library.ts';

/** What stands in a client's `/etc/resolv.conf`, and why (S6.6, S6.8). */
export interface ResolvConf {
  /** Who answers: the cluster's DNS, the resolver of the node, or another server that `dnsConfig` names. */
  readonly server: 'cluster' | 'node' | 'other';
  readonly nameservers: readonly string[];
  /** Search domains in order, without trailing dots. */
  readonly search: readonly string[];
  readonly ndots: number;
  readonly why: Message;
  /** The field that decided, on the Pod. */
  readonly path: FieldPath;
}

const MAX_SEARCH_DOMAINS = 32;

/** The resolver configuration that the kubelet writes for a Pod (S6.6–S6.8). */
export function resolvConfOf(cluster: Cluster, pod: Pod): ResolvConf {
  const { dnsPolicy, dnsConfig, hostNetwork } = pod.spec;
  const zone = cluster.environment.clusterDomain;
  const dns = clusterDnsAddress(cluster);
  const cache = nodeCacheOf(cluster, pod.node);
  const own = `${pod.ref.namespace}.svc.${zone}`;
  const path: FieldPath = ['spec', 'dnsPolicy'];

  if (dnsPolicy === 'None') {
    return {
      server: dnsConfig.nameservers.some((address) => address === dns || cache?.addresses.includes(address) === true) ? 'cluster' : 'other',
      nameservers: dnsConfig.nameservers,
      search: dnsConfig.searches,
      ndots: dnsConfig.ndots ?? 1,
      why: msg('dns.policy.none', { pod: podName(pod) }),
      path,
    };
  }
  const usesNode = dnsPolicy === 'Default' || (dnsPolicy === 'ClusterFirst' && hostNetwork);
  return {
    server: usesNode ? 'node' : 'cluster',
    nameservers: [...(usesNode ? [] : [dns]), ...dnsConfig.nameservers],
    search: unique([...(usesNode ? [] : [own, `svc.${zone}`, zone]), ...cluster.environment.nodeSearchDomains, ...dnsConfig.searches]).slice(
      0,
      MAX_SEARCH_DOMAINS,
    ),
    ndots: dnsConfig.ndots ?? (usesNode ? 1 : 5),
    why: usesNode
      ? dnsPolicy === 'Default'
        ? msg('dns.policy.default', { pod: podName(pod) })
        : msg('dns.policy.host-network', { pod: podName(pod) })
      : msg('dns.policy.cluster-first', { pod: podName(pod) }),
    path,
  };
}

/**
 * The names that a resolver asks for, in order (S6.7). A trailing dot asks for that name alone. glibc asks for a name
 * with at least `ndots` dots as typed first, for any other last; musl leaves the search list out for the former. Windows
 * takes every name with a dot as it is, and puts one suffix behind any other: that of the Pod's namespace.
 */
export function queriesFor(name: string, conf: Pick<ResolvConf, 'search' | 'ndots'>, library: ResolverLibrary = 'glibc'): readonly string[] {
  const lower = name.toLowerCase();
  if (lower.endsWith('.')) return [lower.slice(0, -1)];
  const searched = conf.search.map((domain) => `${lower}.${domain.toLowerCase().replace(/\.$/, '')}`);
  const dots = lower.split('.').length - 1;
  switch (library) {
    case 'glibc':
      return unique(dots >= conf.ndots ? [lower, ...searched] : [...searched, lower]);
    case 'musl':
      return dots >= conf.ndots ? [lower] : unique([...searched, lower]);
    case 'windows':
      return dots > 0 ? [lower] : [searched[0] ?? lower];
  }
}

const podName = (pod: Pod) => `${pod.ref.namespace}/${pod.ref.name}`;
const unique = (values: readonly string[]) => [...new Set(values)];
