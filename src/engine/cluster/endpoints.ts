/**
 * Looking up what stands behind a Service port, as kube-proxy and proxies read it from EndpointSlices.
 */
import type { Service, ServicePort } from '../kinds/service/service-spec.ts';
import { canonicalIp } from '../manifests/ip.ts';
import { nameKey } from '../manifests/object-ref.ts';
import type { Cluster, Endpoint } from './cluster.ts';

/** Answers are remembered per cluster: clusters never change, and every hop asks. */
const remembered = new WeakMap<Cluster, Map<string, readonly Endpoint[]>>();

/**
 * Every endpoint of one Service port, ready or not, of both families, in the order of the slices. The port is given
 * whole or by its name (empty for an unnamed one). `[]` for a port or Service that does not exist.
 */
export function endpointsOf(cluster: Cluster, serviceKey: string, port: string | Pick<ServicePort, 'name' | 'protocol'>): readonly Endpoint[] {
  const wanted = typeof port === 'string' ? cluster.services.get(serviceKey)?.ports.find(({ name }) => name === port) : port;
  if (wanted === undefined) return [];
  let known = remembered.get(cluster);
  if (known === undefined) remembered.set(cluster, (known = new Map()));
  const id = `${serviceKey} ${wanted.protocol} ${wanted.name}`;
  let endpoints = known.get(id);
  if (endpoints === undefined) known.set(id, (endpoints = readSlices(cluster, serviceKey, wanted)));
  return endpoints;
}

/** The Service port with this number, or this name, and protocol where one is given. */
export function findServicePort(service: Service, port: number | string, protocol?: ServicePort['protocol']): ServicePort | null {
  return (
    service.ports.find((own) => (typeof port === 'number' ? own.port === port : own.name === port) && (protocol === undefined || own.protocol === protocol)) ??
    null
  );
}

/** S5.12: only `addresses[0]` counts, and slices of names are ignored. A port's name joins slice and Service (S5.6). */
function readSlices(cluster: Cluster, serviceKey: string, port: Pick<ServicePort, 'name' | 'protocol'>): readonly Endpoint[] {
  const byAddress = new Map<string, Endpoint>();
  for (const slice of cluster.endpointSlices.get(serviceKey) ?? []) {
    if (slice.addressType === 'FQDN') continue;
    for (const slicePort of slice.ports) {
      if (slicePort.port === null || slicePort.name !== port.name || slicePort.protocol !== port.protocol) continue;
      for (const endpoint of slice.endpoints) {
        const [first] = endpoint.addresses;
        if (first === undefined) continue;
        const ip = canonicalIp(first) ?? first;
        const id = `${ip} ${slicePort.port}`;
        // The same address may stand in two slices for a moment; the ready one counts.
        if (byAddress.get(id)?.ready === true) continue;
        const { ready, serving, terminating, hostname, hints } = endpoint;
        const pod = podBehind(cluster, endpoint.targetRef, ip);
        const node = endpoint.nodeName ?? (pod === null ? null : (cluster.pods.get(pod)?.node ?? null));
        const zone = endpoint.zone ?? (node === null ? null : (cluster.nodes.get(node)?.zone ?? null));
        byAddress.set(id, { ip, port: slicePort.port, protocol: slicePort.protocol, ready, serving, terminating, node, zone, hostname, pod, hints });
      }
    }
  }
  return [...byAddress.values()];
}

function podBehind(cluster: Cluster, target: { readonly kind: string; readonly namespace: string; readonly name: string } | null, ip: string): string | null {
  if (target?.kind === 'Pod') {
    const key = nameKey(target.namespace, target.name);
    if (cluster.pods.has(key)) return key;
  }
  const owner = cluster.addressOwners.get(ip);
  return owner?.kind === 'pod' ? owner.pod : null;
}
