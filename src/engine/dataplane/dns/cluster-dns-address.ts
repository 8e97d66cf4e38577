import type { Cluster } from '../../cluster/cluster.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import { nthAddress, parseCidr } from '../../manifests/ip.ts';

const NAMES = ['kube-dns', 'coredns', 'rke2-coredns-rke2-coredns'];

/** The Service of the cluster's DNS, if it was pasted. */
export function clusterDnsService(cluster: Cluster): Service | null {
  for (const name of NAMES) {
    const service = cluster.services.get(`kube-system/${name}`);
    if (service) return service;
  }
  return null;
}

/** ClusterIP of the cluster's DNS: as pasted, else the tenth address of the Service range, as kubeadm chooses (S6.6). */
export function clusterDnsAddress(cluster: Cluster): string {
  const pasted = clusterDnsService(cluster)?.clusterIPs[0];
  if (pasted !== undefined && pasted !== 'None') return pasted;
  const range = parseCidr(cluster.environment.serviceCIDR[0] ?? '10.96.0.0/16');
  return (range && nthAddress(range, 10)?.text) ?? '10.96.0.10';
}

/**
 * True when the cluster's DNS was pasted and every Pod behind it is known to be down: its queries get no answer.
 * A DNS Service without any Pod in sight is taken to work.
 */
export function clusterDnsIsDown(cluster: Cluster): boolean {
  const service = clusterDnsService(cluster);
  if (service === null) return false;
  const key = `${service.ref.namespace}/${service.ref.name}`;
  const endpoints = (cluster.endpointSlices.get(key) ?? []).flatMap((slice) => slice.endpoints);
  const known = endpoints.length > 0 || (cluster.excludedPods.get(key) ?? []).length > 0;
  return known && !endpoints.some((endpoint) => endpoint.ready || (endpoint.serving && endpoint.terminating));
}
