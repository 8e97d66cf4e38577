/**
 * What a node or Pod receives from a load balancer (S8.6): addresses by delivery mode, TLS ended or begun anew, headers
 * that only an HTTP listener can add, and the PROXY protocol header (S8.7, S14.2, S14.5).
 */
import type { LoadBalancer } from '../../cluster/cluster.ts';
import type { ServicePort } from '../../kinds/service/service-spec.ts';
import type { HttpRequest, Packet, SocketAddress } from '../../trace/packet.ts';
import { formatSocket } from '../../trace/packet.ts';
import type { Carry, Proxied } from '../component.ts';
import type { Target } from './targets.ts';

/** Whether it ends TLS at this Service port. */
export function endsTLS({ tls }: LoadBalancer, port: ServicePort): boolean {
  return tls?.ports.includes(port.port) === true;
}

/** A proxy opens its own connection; so does a network load balancer that ends TLS. */
export function opensConnection(loadBalancer: LoadBalancer, port: ServicePort): boolean {
  return loadBalancer.mode === 'proxy' || endsTLS(loadBalancer, port);
}

/** Whether the target sees the client's address. What translates datagrams without a connection always keeps it (S8.2.8). */
export function preservesSource({ preservesClientIP, mode }: LoadBalancer, { protocol }: Packet): boolean {
  return preservesClientIP || (protocol === 'UDP' && mode !== 'proxy');
}

export function receivedBy(loadBalancer: LoadBalancer, port: ServicePort, packet: Packet, target: Target): Packet {
  const { mode, ownAddress, proxyProtocol } = loadBalancer;
  const src: SocketAddress = preservesSource(loadBalancer, packet) ? packet.src : { ip: ownAddress, port: '*' };
  const rest = { ...packet, ...encryption(loadBalancer, port, packet), ...(proxyProtocol && { proxyProtocol: packet.src }) };
  if (target.kind === 'pod') return { ...rest, src, dst: { ip: target.endpoint.ip, port: target.endpoint.port } };
  // Only a packet that is not touched still carries the load balancer's address.
  return mode === 'passthroughVip' ? packet : { ...rest, src, dst: { ip: target.ip, port: port.nodePort } };
}

function encryption(loadBalancer: LoadBalancer, port: ServicePort, packet: Packet): Pick<Packet, 'tls' | 'http'> {
  const ends = endsTLS(loadBalancer, port) && packet.tls.mode === 'tls';
  const reencrypts = ends && loadBalancer.tls?.reencrypt === true;
  const tls: Packet['tls'] = !ends ? packet.tls : reencrypts ? { mode: 'tls', sni: null } : { mode: 'none' };
  if (packet.http === null) return { tls, http: null };
  const http = ends ? { ...packet.http, scheme: tls.mode === 'tls' ? ('https' as const) : ('http' as const) } : packet.http;
  return { tls, http: loadBalancer.http ? withForwarded(http, packet) : http };
}

/** X-Forwarded-For grows at its end; the other two are set anew. */
function withForwarded(http: HttpRequest, { src, dst, tls }: Packet): HttpRequest {
  const before = http.headers['x-forwarded-for'];
  return {
    ...http,
    headers: {
      ...http.headers,
      'x-forwarded-for': before === undefined ? src.ip : `${before}, ${src.ip}`,
      'x-forwarded-proto': tls.mode === 'tls' ? 'https' : 'http',
      'x-forwarded-port': String(dst.port),
    },
  };
}

export function carriedBy(loadBalancer: LoadBalancer, port: ServicePort, packet: Packet, carry: Carry, target: Target, service: Carry['service']): Carry {
  const opens = opensConnection(loadBalancer, port);
  return {
    ...carry,
    service: target.kind === 'pod' ? service : carry.service,
    source: preservesSource(loadBalancer, packet) ? carry.source : 'load-balancer',
    terminatedAt: endsTLS(loadBalancer, port) && packet.tls.mode === 'tls' ? 'load-balancer' : carry.terminatedAt,
    ...(opens && { proxied: proxied(loadBalancer) }),
  };
}

/** An HTTP listener writes an answer of its own; a layer 4 proxy can only close the client's connection. */
function proxied({ product, http }: LoadBalancer): Proxied {
  return {
    producer: 'load-balancer',
    component: product,
    answers: http ? { refused: 503, timeout: 504, slow: 504, reset: 502, tls: 502 } : { refused: null, timeout: null, slow: null, reset: null, tls: null },
  };
}

/** `ip:port` a target is reached at. */
export function formatTarget(target: Target, port: ServicePort): string {
  return target.kind === 'pod' ? formatSocket(target.endpoint) : formatSocket({ ip: target.ip, port: port.nodePort });
}
