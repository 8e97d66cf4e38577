import type { Value } from './case.ts';

/** The fields of an answer of `trace --batch` that a case can ask about. What is absent counts as null. */
export interface Answer {
  /** What the engine does not simulate; not empty: it did not answer. */
  readonly unsupported?: readonly string[];
  readonly branches?: readonly AnswerBranch[];
  readonly resolution?: { readonly addresses?: readonly string[] | null; readonly cname?: string | null } | null;
  readonly policy?: { readonly verdict?: string | null } | null;
  readonly tls?: { readonly certificateNames?: readonly string[] | null } | null;
  readonly interceptedByKubeProxy?: boolean | null;
  readonly ingressAddressAssigned?: Readonly<Record<string, boolean>> | null;
  readonly conditions?: readonly AnswerCondition[] | null;
  readonly attachedRoutes?: readonly { readonly object: string; readonly listener: string | null; readonly count: number }[] | null;
  readonly attachedListenerSets?: Readonly<Record<string, number>> | null;
}

export interface AnswerBranch {
  readonly probability: number;
  readonly end?: string | null;
  readonly service?: string | null;
  readonly workload?: { readonly namespace: string; readonly name: string } | null;
  readonly pod?: string | null;
  readonly endpoint?: string | null;
  readonly status?: number | null;
  readonly grpcStatus?: number | null;
  readonly failure?: string | null;
  readonly stage?: string | null;
  readonly blockedBy?: readonly { readonly kind?: string | null }[] | null;
  readonly redirect?: Readonly<Record<string, Value>> | null;
  readonly responseHeaders?: Headers | null;
  readonly atBackend?: AnswerAtBackend | null;
  readonly mirrors?: readonly { readonly service: string; readonly percent: number }[] | null;
}

/** Names in any case. */
type Headers = Readonly<Record<string, string | readonly string[]>>;

export interface AnswerAtBackend {
  readonly method?: Value;
  readonly path?: Value;
  readonly host?: Value;
  readonly tls?: Value;
  readonly sni?: Value;
  readonly clientCertificate?: Value;
  readonly headers?: Headers | null;
  readonly sourceIP?: { readonly kind?: string | null } | null;
}

export interface AnswerCondition {
  readonly object: string;
  readonly parent?: string | null;
  readonly listener?: string | null;
  readonly type: string;
  readonly status: string;
  readonly reason?: string | null;
}
