import type { ApiObject } from '../kind.ts';

export type PathType = 'Exact' | 'Prefix' | 'ImplementationSpecific';

export type IngressBackend =
  | { readonly kind: 'service'; readonly name: string; readonly port: { readonly number: number } | { readonly name: string } }
  | { readonly kind: 'resource'; readonly apiGroup: string; readonly resourceKind: string; readonly name: string };

export interface IngressPath {
  readonly path: string;
  readonly pathType: PathType;
  readonly backend: IngressBackend;
}

export interface IngressRule {
  /** Empty: all hosts. */
  readonly host: string;
  readonly paths: readonly IngressPath[];
}

/** S2.6. */
export interface Ingress extends ApiObject {
  readonly ingressClassName: string | null;
  readonly defaultBackend: IngressBackend | null;
  readonly tls: readonly { readonly hosts: readonly string[]; readonly secretName: string | null }[];
  readonly rules: readonly IngressRule[];
  readonly statusIngress: readonly { readonly ip: string | null; readonly hostname: string | null }[] | null;
}
