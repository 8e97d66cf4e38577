/**
 * What a request meets in the end, as its client sees it (semantics S1.6). A closed union; codes are stable.
 */
export type TlsErrorKind =
  | 'untrusted'
  | 'name-mismatch'
  | 'expired'
  | 'not-yet-valid'
  | 'unrecognized-name'
  | 'plain-http-on-tls-port'
  | 'wrong-version-number'
  | 'handshake-failure';

/** Who wrote an HTTP answer. */
export type Producer = 'app' | 'controller' | 'gateway' | 'mesh' | 'load-balancer' | 'external';

export type Outcome =
  | { readonly code: 'DNS_NXDOMAIN' | 'DNS_NODATA' | 'DNS_TIMEOUT' }
  | { readonly code: 'CONN_REFUSED' | 'NO_ROUTE' | 'CONN_TIMEOUT' | 'CONN_RESET' }
  | { readonly code: 'TLS_ERROR'; readonly kind: TlsErrorKind }
  /** An HTTP answer. `producer: 'app'` is a delivered request, whatever the status. `location` is set for redirects. */
  | {
      readonly code: 'HTTP';
      readonly status: number;
      readonly producer: Producer;
      readonly location?: string;
      /** `location` is the very URL that was asked for. */
      readonly loops?: true;
      readonly headers?: Readonly<Record<string, string>>;
      /** Of a gRPC answer: 0 OK, 12 UNIMPLEMENTED, 14 UNAVAILABLE (S12.11). */
      readonly grpcStatus?: number;
    }
  /** A connection or datagram without HTTP (tcp, udp, sctp, tls) that a container accepted; also an answered ping. */
  | { readonly code: 'ACCEPTED' }
  | { readonly code: 'REDIRECT_LOOP' }
  | { readonly code: 'UDP_SILENT' };

export type OutcomeCode = Outcome['code'];

/**
 * True when the request came to nothing. A redirect and a granted preflight request are answers, though a proxy on the way
 * gives them in the application's place.
 */
export function isFailure(outcome: Outcome): boolean {
  if (isDelivered(outcome)) return false;
  if (outcome.code !== 'HTTP') return true;
  const { status, grpcStatus = 0, loops = false } = outcome;
  return status < 200 || status >= 400 || grpcStatus !== 0 || loops;
}

/** True when the request ended at an application: a container port or an external host that answers. */
export function isDelivered(outcome: Outcome): boolean {
  return outcome.code === 'ACCEPTED' || (outcome.code === 'HTTP' && (outcome.producer === 'app' || outcome.producer === 'external'));
}
