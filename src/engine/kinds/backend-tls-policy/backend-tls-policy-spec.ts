import type { GroupKind } from '../gateway-api/names.ts';
import type { ApiObject } from '../kind.ts';

/** How a Gateway dials a Service with TLS (S12.12.3). */
export interface BackendTLSPolicy extends ApiObject {
  /** In the policy's own namespace; `sectionName` is the name of a Service port, null: all ports. */
  readonly targetRefs: readonly (GroupKind & { readonly name: string; readonly sectionName: string | null })[];
  readonly caCertificateRefs: readonly (GroupKind & { readonly name: string })[];
  /** `System`: the authorities that the proxy's own system trusts. */
  readonly wellKnownCACertificates: string | null;
  /** The server name that is asked for, and that the certificate must bear unless `subjectAltNames` are given. */
  readonly hostname: string;
  readonly subjectAltNames: readonly { readonly type: 'Hostname' | 'URI'; readonly value: string }[];
}
