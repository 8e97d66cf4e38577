/**
 * The documented case format: what somebody else's test suite says about one request, or about the status of objects.
 * Only what the suite states is in `expect`; a word that is absent is not compared.
 */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };

export interface Suite {
  readonly suite: string;
  /** Repository, commit and files, in the words of the suite's author. */
  readonly source: string;
  readonly cases: readonly Case[];
}

export interface Case {
  readonly name: string;
  /** Relative to the folder of the suites. */
  readonly manifestFile: string;
  readonly environment?: Value;
  /** Null or absent: the case is about the status that controllers write. */
  readonly request?: Value;
  readonly expect: Expectations;
  readonly source: string;
}

/** A Service, workload (`ns/name`), Pod or endpoint (`ip:port`) and its share of all requests; null is any share above 0. */
export type ExpectedShares = Readonly<Record<string, number | null>>;

export interface Expectations {
  /** True: every branch ends at a backend. False: none does. */
  readonly reached?: boolean;
  readonly services?: ExpectedShares;
  readonly workloads?: ExpectedShares;
  readonly pods?: ExpectedShares;
  readonly endpoints?: ExpectedShares;
  /** How far a share may be off; 0 when absent. */
  readonly shareTolerance?: number;
  readonly podsExact?: readonly string[];
  readonly distinctPods?: number;
  readonly workloadNamespace?: string;
  readonly podNamePrefix?: string;
  readonly status?: number | null;
  readonly statusAnyOf?: readonly (number | null)[];
  readonly statusNot?: readonly (number | null)[];
  /** Lowest and highest status, both allowed. */
  readonly statusRange?: readonly [number, number];
  readonly grpcStatus?: number | null;
  readonly grpcStatusNot?: readonly (number | null)[];
  readonly failure?: string | null;
  readonly failureAnyOf?: readonly (string | null)[];
  readonly failureStage?: string;
  /** A kind, such as NetworkPolicy. */
  readonly blockedBy?: string;
  readonly policy?: string;
  readonly redirect?: ExpectedRedirect;
  readonly responseHeaders?: Readonly<Record<string, string>>;
  readonly responseHeadersAnyOf?: Readonly<Record<string, readonly string[]>>;
  readonly responseHeadersAbsent?: readonly string[];
  readonly atBackend?: ExpectedAtBackend;
  readonly atBackendByWorkload?: Readonly<Record<string, ExpectedAtBackend>>;
  readonly sourceIP?: string;
  /** Service to the percentage of requests that it gets a copy of. */
  readonly mirroredTo?: Readonly<Record<string, number>>;
  readonly resolvesTo?: readonly string[];
  readonly cname?: string;
  readonly tlsCertificateFor?: string;
  readonly interceptedByKubeProxy?: boolean;
  readonly ingressAddressAssigned?: Readonly<Record<string, boolean>>;

  // Without a request:
  readonly conditions?: readonly ExpectedCondition[];
  readonly attachedRoutes?: readonly ExpectedCount[];
  readonly zeroAttachedRoutes?: readonly string[];
  readonly noAcceptedParents?: readonly string[];
  readonly onlyParents?: Readonly<Record<string, readonly string[]>>;
  readonly attachedListenerSets?: Readonly<Record<string, number>>;
}

export interface ExpectedRedirect {
  readonly status?: Value;
  readonly scheme?: Value;
  readonly host?: Value;
  readonly path?: Value;
  readonly location?: Value;
  readonly port?: Value;
  readonly portAnyOf?: readonly Value[];
  readonly locationAnyOf?: readonly Value[];
}

export interface ExpectedAtBackend {
  readonly path?: Value;
  readonly method?: Value;
  readonly host?: Value;
  readonly tls?: Value;
  readonly tlsServerName?: Value;
  readonly tlsClientCertificate?: Value;
  readonly headersPresent?: Readonly<Record<string, string | readonly string[]>>;
  readonly headersAbsent?: readonly string[];
}

/** References are `Kind/ns/name`. */
export interface ExpectedCondition {
  readonly object: string;
  readonly parent?: string | null;
  readonly listener?: string | null;
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
}

export interface ExpectedCount {
  readonly object: string;
  readonly listener: string;
  readonly count: number;
}
