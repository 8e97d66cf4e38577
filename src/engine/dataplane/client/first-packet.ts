/** The first packet of a flow as its client writes it: TLS hello, HTTP request, ports. Nothing is resolved yet. */
import { parseIp } from '../../manifests/ip.ts';
import type { Flow, Scheme } from '../../trace/flow.ts';
import type { Memory } from '../../trace/memory.ts';
import type { HttpRequest, Packet, Protocol, TlsState } from '../../trace/packet.ts';
import { printHost } from '../../trace/request.ts';
import type { Client } from './origin.ts';

const PROTOCOL: Readonly<Record<Scheme, Protocol>> = { http: 'TCP', https: 'TCP', tcp: 'TCP', tls: 'TCP', udp: 'UDP', sctp: 'SCTP', icmp: 'ICMP', dns: 'UDP' };

/** `host` is what the client dials: a name until it is resolved. */
export function firstPacket(flow: Flow, client: Pick<Client, 'ips'>, memory: Memory, dial: { readonly host: string; readonly port: number }): Packet {
  const protocol = PROTOCOL[flow.scheme];
  return {
    src: { ip: client.ips[0] ?? '', port: protocol === 'ICMP' ? 0 : sourcePort(flow, memory.seed) },
    dst: { ip: dial.host, port: protocol === 'ICMP' ? 0 : dial.port },
    protocol,
    tls: tlsOf(flow),
    http: httpOf(flow, memory),
  };
}

/** An ephemeral port (RFC 6335: from 49152), the same for the same request. */
function sourcePort(flow: Flow, seed: number): number {
  let hash = seed >>> 0;
  for (const character of `${flow.method} ${flow.scheme}://${flow.host}:${flow.port}${flow.path}`) {
    hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  }
  return 49_152 + (hash % 16_384);
}

/** The client hello carries the host's name; an address is never sent as SNI (RFC 6066). */
function tlsOf(flow: Flow): TlsState {
  if (flow.scheme !== 'https' && flow.scheme !== 'tls') return { mode: 'none' };
  const host = flow.host.replace(/\.$/, '').toLowerCase();
  const sni = flow.sni ?? (parseIp(host) === null ? host : null);
  return {
    mode: 'tls',
    sni,
    ...(flow.httpVersion === 'h2' && { alpn: 'h2' }),
    ...(flow.clientCertificate !== undefined && { clientCertificate: flow.clientCertificate }),
  };
}

function httpOf(flow: Flow, memory: Memory): HttpRequest | null {
  if (flow.scheme !== 'http' && flow.scheme !== 'https') return null;
  const given = flow.headers.filter(([name]) => name.toLowerCase() !== 'host');
  const cookies = Object.entries(memory.cookies[flow.host] ?? {}).map(([name, value]): readonly [string, string] => ['cookie', `${name}=${value}`]);
  const headers: Record<string, string> = {};
  for (const [name, value] of [...given, ...cookies]) {
    const key = name.toLowerCase();
    const before = headers[key];
    headers[key] = before === undefined ? value : `${before}${key === 'cookie' ? '; ' : ','}${value}`;
  }
  return { method: flow.method, scheme: flow.scheme, host: hostHeader(flow), path: flow.path, headers };
}

/** The URL's authority, with the port where it is not the scheme's own (RFC 9110 section 7.2); a Host header overrides it. */
function hostHeader(flow: Flow): string {
  const override = flow.headers.find(([name]) => name.toLowerCase() === 'host')?.[1];
  if (override !== undefined) return override;
  const host = printHost(flow.host);
  const own = flow.scheme === 'https' ? 443 : 80;
  return flow.portGiven && flow.port !== own ? `${host}:${flow.port}` : host;
}
