/**
 * A packet as it is on the wire between two hops: addresses, TLS and the HTTP request inside (semantics S1.2).
 */
export type Protocol = 'TCP' | 'UDP' | 'SCTP' | 'ICMP';

export interface SocketAddress {
  readonly ip: string;
  /** `'*'` where the kernel may choose any (S7.5.17); 0 for ICMP. */
  readonly port: number | '*';
}

/** TLS as seen on this stretch (S14.1). A session spans from its client to the first terminator. */
export type TlsState =
  | { readonly mode: 'none' }
  /** `clientCertificate` is the Secret `namespace/name` whose certificate the client of this session shows. */
  | { readonly mode: 'tls'; readonly sni: string | null; readonly alpn?: string; readonly clientCertificate?: string };

export interface HttpRequest {
  readonly method: string;
  /** What the receiver of this packet would take as the scheme. */
  readonly scheme: 'http' | 'https';
  /** The Host header, with port if it has one. */
  readonly host: string;
  /** Path with query. */
  readonly path: string;
  /** Lower-case names, in order; no `host`. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface Packet {
  readonly src: SocketAddress;
  readonly dst: SocketAddress;
  readonly protocol: Protocol;
  readonly tls: TlsState;
  /** Null for tcp, udp, sctp, icmp, and where only ciphertext is visible it still holds what is inside. */
  readonly http: HttpRequest | null;
  /** PROXY protocol header in front of the stream, with the client address it carries. */
  readonly proxyProtocol?: SocketAddress;
}

/** `10.0.1.14:443`, `[fd00::1]:443`, `10.0.1.14` for ICMP. */
export function formatSocket(address: SocketAddress): string {
  const ip = address.ip.includes(':') ? `[${address.ip}]` : address.ip;
  return address.port === 0 ? address.ip : `${ip}:${address.port}`;
}
