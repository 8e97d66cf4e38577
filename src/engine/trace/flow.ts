/**
 * Who asks for what: the request as a person states it, before any name is resolved (semantics S1.1.3).
 */
export type Origin =
  | { readonly kind: 'external'; readonly ip: string }
  | { readonly kind: 'pod'; readonly namespace: string; readonly name: string }
  /** Any Pod of a workload: the first by name stands for all. */
  | { readonly kind: 'workload'; readonly workloadKind: string; readonly namespace: string; readonly name: string }
  | { readonly kind: 'node'; readonly name: string };

export type Scheme =
  | 'http'
  | 'https'
  | 'tcp'
  | 'udp'
  | 'sctp'
  | 'tls'
  | 'icmp'
  /** Only a question to the resolver: `method` is the type of record (RFC 4501). */
  | 'dns';

/** Types of records that a `dns` request may ask for. */
export const RECORD_TYPES = ['A', 'AAAA', 'CNAME', 'SRV', 'TXT', 'PTR'] as const;
export type RecordType = (typeof RECORD_TYPES)[number];

/** Where the client connects instead of the URL's host and port, like `curl --connect-to`. */
export type ConnectTo =
  | { readonly kind: 'address'; readonly host: string; readonly port: number }
  /** The published address of whatever serves Ingresses, or of one Gateway. */
  | { readonly kind: 'ingress'; readonly port: number }
  | { readonly kind: 'gateway'; readonly namespace: string; readonly name: string; readonly port: number }
  /** A Pod directly, no Service. */
  | { readonly kind: 'pod'; readonly namespace: string; readonly name: string; readonly port: number };

/** What stands in for an application that no manifest describes: how long it takes and how it fails. Times in milliseconds. */
export interface BackendBehaviour {
  /** Before it answers; 0 unless stated. */
  readonly delay?: number;
  /** Of the attempts at one request, those that fail first; all of them where a failure is stated without a count. */
  readonly failFirstAttempts?: number;
  /** A failing attempt gets this HTTP status. */
  readonly failStatus?: number;
  /** A failing attempt ends with a closed connection instead. */
  readonly failConnection?: boolean;
  /** Before it fails; `delay` unless stated. */
  readonly failDelay?: number;
  /** Headers of its answers, lower-case names. */
  readonly responseHeaders?: Readonly<Record<string, string>>;
}

/** What few requests state, and what no URL can say. */
export interface FlowDetails {
  /** Server name of the TLS handshake; the host of the URL unless stated. */
  readonly sni?: string;
  /** What the client speaks; HTTP/1.1 unless stated, or what TLS agrees on. */
  readonly httpVersion?: '1.1' | 'h2' | 'h2c';
  /** The client is a browser that was here before over HTTPS: it remembers that the host wants nothing else (S14.8). */
  readonly hsts?: boolean;
  /** The node at which a packet for an external or load-balancer address arrives (kube-proxy tests, BGP). */
  readonly viaNode?: string;
  /** Secret `namespace/name` with the certificate that the client shows when it is asked for one (`curl --cert`). */
  readonly clientCertificate?: string;
  /** How the application behaves for this request; it answers at once unless stated. */
  readonly backend?: BackendBehaviour;
}

export interface Flow extends FlowDetails {
  readonly from: Origin;
  readonly method: string;
  readonly scheme: Scheme;
  /** Host of the URL: what the client resolves, and the Host header unless overridden. No brackets around IPv6. */
  readonly host: string;
  /** Port of the URL, or the scheme's own (80, 443); 0 for icmp. */
  readonly port: number;
  /** Whether the URL spelled the port out: decides the Host header. */
  readonly portGiven: boolean;
  /** Path with query, beginning with `/`. */
  readonly path: string;
  /** Names as typed. A `host` entry overrides the Host header only. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly connectTo?: ConnectTo;
  readonly followRedirects?: boolean;
  /** The client does not check certificates (`curl -k`). */
  readonly insecure?: boolean;
}
