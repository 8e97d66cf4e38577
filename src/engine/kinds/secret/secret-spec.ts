import type { ApiObject } from '../kind.ts';

/** What a certificate says about itself; read on the way in, before the payload is dropped. */
export interface CertificateFacts {
  readonly commonName: string | null;
  /** DNS names and IP addresses of the subject alternative name. */
  readonly names: readonly string[];
  /** ISO 8601. */
  readonly notBefore: string | null;
  readonly notAfter: string | null;
  readonly selfSigned: boolean;
  /** Common name of who signed it; absent when it is not known. */
  readonly issuer?: string;
  /** URIs of the subject alternative name; absent when there are none. */
  readonly uris?: readonly string[];
}

/** S2.7. Holds no payload: only which keys exist and what the certificate says. */
export interface Secret extends ApiObject {
  readonly type: string;
  readonly keys: readonly string[];
  /** Null when there is no readable `tls.crt`. */
  readonly certificate: CertificateFacts | null;
  /** True when `tls.crt` and `tls.key` are both present and not empty. */
  readonly usableForTls: boolean;
}
