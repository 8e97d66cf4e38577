/**
 * The new connections a proxy opens: to a Pod directly, to a ClusterIP through the kernel of its own
 * node, or to a host outside (S1.7, S7.1.2, S10.9).
 */
import type { Cluster, Endpoint } from '../../cluster/cluster.ts';
import type { Pod } from '../../kinds/pod/pod-spec.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import type { Packet, SocketAddress, TlsState } from '../../trace/packet.ts';
import type { Carry, Place, Proxied } from '../component.ts';
import { externalAddress } from '../external/address.ts';
import { parseIp } from '../../manifests/ip.ts';
import type { OnFailure, Proxy, Target, Upstream, Visit } from './proxy.ts';

/** One way a request can go on from the proxy. */
export interface Dialled {
  readonly place: Place;
  readonly dst: SocketAddress;
  readonly share: number;
  /** Set where the connection goes to one endpoint of a Service. */
  readonly endpoint: Endpoint | null;
}

/** `ip:port`, as endpoints are told apart. */
export function endpointKey(endpoint: { readonly ip: string; readonly port: number | '*' }): string {
  return `${endpoint.ip}:${endpoint.port}`;
}

/** The endpoints that a request may still go to: those that failed are left out while others remain. */
export function openEndpoints(endpoints: readonly Endpoint[], failed: readonly string[]): readonly Endpoint[] {
  const open = endpoints.filter((endpoint) => !failed.includes(endpointKey(endpoint)));
  return open.length === 0 ? endpoints : open;
}

/** Every connection the target stands for; shares sum to 1. In the long run each ready endpoint gets the same (S10.19). */
export function dial({ cluster, proxy, state }: Visit, target: Target): readonly Dialled[] {
  switch (target.kind) {
    case 'endpoints': {
      const open = openEndpoints(target.endpoints, state.carry.failed ?? []);
      return open.map((endpoint) => ({
        place: proxy.outside === undefined ? placeOf(cluster, endpoint) : { kind: 'network', from: 'load-balancer' },
        dst: { ip: endpoint.ip, port: endpoint.port },
        share: 1 / open.length,
        endpoint,
      }));
    }
    case 'cluster-ip': {
      const own = cluster.pods.get(proxy.pod ?? '');
      const place: Place = { kind: 'node', node: own?.node ?? '', entered: own?.spec.hostNetwork === true ? 'local' : 'pod' };
      return [{ place, dst: { ip: target.ip, port: target.port }, share: 1, endpoint: null }];
    }
    case 'nodes':
      return target.nodes.map(({ ip }) => ({
        place: { kind: 'network', from: 'load-balancer' },
        dst: { ip, port: target.port.nodePort },
        share: 1 / target.nodes.length,
        endpoint: null,
      }));
    case 'external': {
      const ip = parseIp(target.name) === null ? (cluster.publicRecords.get(target.name)?.addresses[0] ?? externalAddress(target.name)) : target.name;
      // An address that something of this cluster holds is found by the network; a foreign host answers for itself.
      const place: Place = cluster.addressOwners.has(ip) ? { kind: 'network', from: 'node' } : { kind: 'external', name: target.name };
      return [{ place, dst: { ip, port: target.port }, share: 1, endpoint: null }];
    }
  }
}

/** An endpoint without a Pod of its own (a Service without selector) is found by its address. */
function placeOf(cluster: Cluster, endpoint: Endpoint): Place {
  return endpoint.pod !== null && cluster.pods.has(endpoint.pod) ? { kind: 'pod', pod: endpoint.pod } : { kind: 'network', from: 'node' };
}

/** The packet of the new connection: from the proxy's own address, with the request as rewritten. */
export function packetTo(visit: Visit, upstream: Pick<Upstream, 'request' | 'tls'>, dst: SocketAddress): Packet {
  const encrypted = upstream.tls.kind === 'encrypt';
  return {
    src: { ip: sourceAddress(visit, dst.ip), port: '*' },
    dst,
    protocol: 'TCP',
    tls: sessionOf(upstream.tls),
    http: { ...upstream.request, scheme: encrypted ? 'https' : 'http' },
  };
}

export function sessionOf(tls: Upstream['tls']): TlsState {
  if (tls.kind === 'plain') return { mode: 'none' };
  return { mode: 'tls', sni: tls.sni, ...(tls.clientCertificate !== undefined && { clientCertificate: tls.clientCertificate }) };
}

/** The proxy Pod's address of the same family; a Pod on the host network has its node's. */
export function sourceAddress({ cluster, proxy, state }: Visit, towards: string): string {
  if (proxy.outside !== undefined) return proxy.outside.address;
  const own: Pod | undefined = cluster.pods.get(proxy.pod ?? '');
  const family = parseIp(towards)?.family;
  return own?.status.podIPs.find((ip) => parseIp(ip)?.family === family) ?? own?.status.podIPs[0] ?? state.packet.dst.ip;
}

/** What the request carries on: the Service consulted, who sets the source now, what a failure becomes. */
export function carryOn(visit: Visit, target: Target, onFailure: OnFailure = visit.proxy.onFailure, tls?: Upstream['tls']): Carry {
  const { failed = [], elapsed = 0, ...carry } = visit.state.carry;
  const limits = onFailure.limits ?? {};
  const endpoints = target.kind === 'endpoints' ? target.endpoints.length : 1;
  const most = onFailure.anyEndpoint === true ? onFailure.tries : Math.min(onFailure.tries, endpoints);
  const left = limits.whole === undefined ? undefined : Math.max(0, limits.whole - elapsed);
  const waits = Math.min(limits.perTry ?? Infinity, left ?? Infinity);
  const proxied: Proxied = {
    producer: producerOf(visit.proxy),
    component: visit.proxy.product,
    answers: onFailure.answers,
    ...(failed.length > 0 && { attempt: failed.length }),
    ...(waits < Infinity && { waits, ...(limits.by !== undefined && { limitedBy: limits.by }) }),
    ...(limits.whole !== undefined && { patience: limits.whole }),
    ...(onFailure.backoff !== undefined && { backoff: onFailure.backoff }),
    ...(onFailure.onlyUnsent === true && { onlyUnsent: true }),
    ...(onFailure.retryOn !== undefined && { retryOn: onFailure.retryOn }),
    ...(tls?.kind === 'encrypt' && tls.verifies !== undefined && { verifies: tls.verifies }),
    ...(onFailure.grpcStatus !== undefined && { grpcStatus: onFailure.grpcStatus }),
    ...(failed.length + 1 < most && { again: visit.state }),
  };
  return { ...carry, service: target.service.ref, source: visit.proxy.source, proxied };
}

export function producerOf({ speaker }: Proxy): Proxied['producer'] {
  return speaker === 'ingress' ? 'controller' : speaker;
}

/** The Service's own address as the map shows it. */
export function serviceAddress(target: Target): string | null {
  const { service } = target;
  return service.headless ? 'None' : (service.clusterIPs[0] ?? null);
}

export function serviceName(target: Target): string {
  return nameKey(target.service.ref.namespace, target.service.ref.name);
}
