/**
 * The connections that resolving a name needs: from the Pod to everyone who may answer it, by UDP and by TCP (S6.13,
 * S13.11). They are never drawn as hops of their own; policies decide on them like on any other connection.
 */
import type { Cluster } from '../../cluster/cluster.ts';
import { endpointsOf } from '../../cluster/endpoints.ts';
import { syntheticPod, syntheticPodSpec } from '../../cluster/synthetic.ts';
import type { Pod } from '../../kinds/pod/pod-spec.ts';
import { canonicalIp, cidrSize, nthAddress, parseCidr } from '../../manifests/ip.ts';
import type { Client } from '../client/origin.ts';
import type { ResolverQuery } from '../component.ts';
import { externalAddress } from '../external/address.ts';
import { endAt, podEnd, type End } from '../network-policy/connection.ts';
import { clusterDnsService } from './cluster-dns-address.ts';
import { clusterCache } from './node-cache.ts';
import type { Resolved } from './resolve.ts';

const DNS_PORT = 53;

/** Empty for clients that are no Pods: no policy applies to them. */
export function resolverQueries(
  cluster: Cluster,
  { pod, ips }: Pick<Client, 'pod' | 'ips'>,
  { server, conf }: Pick<Resolved, 'server' | 'conf'>,
): readonly ResolverQuery[] {
  if (pod === null || conf === null) return [];
  const from = podEnd(pod, ips[0] ?? '');
  const query = (to: End, udpPort = DNS_PORT, tcpPort = DNS_PORT): ResolverQuery => ({
    udp: { from, to, protocol: 'UDP', port: udpPort, masqueraded: false },
    tcp: { from, to, protocol: 'TCP', port: tcpPort, masqueraded: false },
  });
  switch (server) {
    case 'cluster': {
      const cache = clusterCache(cluster, pod, conf);
      // It listens on the node itself, so the query is never translated to a Pod of the cluster's DNS.
      if (cache !== null) return [query({ kind: 'address', ip: conf.nameservers[0] ?? '', node: pod.node })];
      return clusterDnsPods(cluster).map(({ pod: own, ip, udp, tcp }) => query(podEnd(own, ip), udp, tcp));
    }
    case 'other':
      return conf.nameservers.flatMap((address) => canonicalIp(address) ?? []).map((ip) => query(endAt(cluster, ip)));
    case 'node':
      // Whom a node asks is not told here: someone outside the cluster.
      return [query({ kind: 'address', ip: externalAddress('resolver'), node: null })];
    case 'public':
      return [];
  }
}

interface DnsPod {
  readonly pod: Pod;
  readonly ip: string;
  /** The container ports behind port 53 of the Service. */
  readonly udp: number;
  readonly tcp: number;
}

/** The Pods that answer for the cluster: as pasted, else the one that stands for them in every cluster. */
function clusterDnsPods(cluster: Cluster): readonly DnsPod[] {
  const service = clusterDnsService(cluster);
  const pods = new Map<string, DnsPod>();
  for (const port of service?.ports ?? []) {
    if (service === null || port.port !== DNS_PORT) continue;
    for (const endpoint of endpointsOf(cluster, `${service.ref.namespace}/${service.ref.name}`, port)) {
      const pod = endpoint.pod === null ? undefined : cluster.pods.get(endpoint.pod);
      if (pod === undefined) continue;
      const known = pods.get(endpoint.ip) ?? { pod, ip: endpoint.ip, udp: DNS_PORT, tcp: DNS_PORT };
      pods.set(endpoint.ip, port.protocol === 'UDP' ? { ...known, udp: endpoint.port } : { ...known, tcp: endpoint.port });
    }
  }
  if (pods.size > 0) return [...pods.values()];
  const pod = usualDnsPod(cluster);
  return [{ pod, ip: pod.status.podIPs[0] ?? '', udp: DNS_PORT, tcp: DNS_PORT }];
}

const remembered = new WeakMap<Cluster, Pod>();

/** The DNS Pod that nobody pasted, with the namespace, the label and the port names that it has in every cluster. */
export function usualDnsPod(cluster: Cluster): Pod {
  const known = remembered.get(cluster);
  if (known !== undefined) return known;
  const range = parseCidr(cluster.environment.podCIDR[0] ?? '');
  // Far from the addresses that Pods are given here.
  const address = range === null ? null : nthAddress(range, cidrSize(range) - 2n);
  const spec = syntheticPodSpec('coredns', '', [
    { name: 'dns', containerPort: DNS_PORT, protocol: 'UDP', hostPort: null },
    { name: 'dns-tcp', containerPort: DNS_PORT, protocol: 'TCP', hostPort: null },
    { name: 'metrics', containerPort: 9153, protocol: 'TCP', hostPort: null },
  ]);
  const made = syntheticPod('kube-system', 'coredns', { 'k8s-app': 'kube-dns' }, spec);
  const pod = { ...made, status: { ...made.status, podIPs: address === null ? [] : [address.text] } };
  remembered.set(cluster, pod);
  return pod;
}
