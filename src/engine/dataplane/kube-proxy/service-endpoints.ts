/**
 * The endpoints of one Service port as kube-proxy reads them from EndpointSlices: the first address of each entry,
 * one family at a time, names instead of numbers joined by port name and protocol (S5.12, S7.5.18).
 */
import type { Cluster, Endpoint } from '../../cluster/cluster.ts';
import type { EndpointSlice, SliceEndpoint } from '../../kinds/endpoint-slice/endpoint-slice-spec.ts';
import type { Service, ServicePort } from '../../kinds/service/service-spec.ts';
import { canonicalIp } from '../../manifests/ip.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import type { IpFamily } from '../network/ip-text.ts';

const memo = new WeakMap<Cluster, Map<string, readonly Endpoint[]>>();

/** Every entry of the port, ready or not, in slice order; the same `ip:port` counts once. */
export function serviceEndpoints(cluster: Cluster, service: Service, port: ServicePort, family: IpFamily): readonly Endpoint[] {
  let known = memo.get(cluster);
  if (known === undefined) memo.set(cluster, (known = new Map()));
  const serviceKey = nameKey(service.ref.namespace, service.ref.name);
  const key = `${serviceKey}:${port.name}/${port.protocol}/${family}`;
  let endpoints = known.get(key);
  if (endpoints === undefined) known.set(key, (endpoints = read(cluster, cluster.endpointSlices.get(serviceKey) ?? [], port, family)));
  return endpoints;
}

function read(cluster: Cluster, slices: readonly EndpointSlice[], port: ServicePort, family: IpFamily): readonly Endpoint[] {
  const out = new Map<string, Endpoint>();
  for (const slice of slices) {
    if (slice.addressType !== family) continue;
    for (const slicePort of slice.ports) {
      if (slicePort.name !== port.name || slicePort.protocol !== port.protocol || slicePort.port === null) continue;
      for (const entry of slice.endpoints) {
        const ip = canonicalIp(entry.addresses[0] ?? '');
        if (ip === null) continue;
        const key = `${ip} ${slicePort.port}`;
        if (out.has(key)) continue;
        const { ready, serving, terminating, hostname, hints } = entry;
        const zone = entry.zone ?? (entry.nodeName === null ? null : (cluster.nodes.get(entry.nodeName)?.zone ?? null));
        out.set(key, {
          ip,
          port: slicePort.port,
          protocol: port.protocol,
          ready,
          serving,
          terminating,
          node: entry.nodeName,
          zone,
          hostname,
          pod: podOf(cluster, entry, ip),
          hints,
        });
      }
    }
  }
  return [...out.values()];
}

/** The Pod an entry names, or the one that holds its address; null when no such Pod is in the manifests. */
function podOf(cluster: Cluster, entry: SliceEndpoint, ip: string): string | null {
  if (entry.targetRef?.kind === 'Pod') {
    const key = nameKey(entry.targetRef.namespace, entry.targetRef.name);
    if (cluster.pods.has(key)) return key;
  }
  const owner = cluster.addressOwners.get(ip);
  return owner?.kind === 'pod' ? owner.pod : null;
}
