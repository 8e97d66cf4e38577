import type { LabelSelector } from '../workload/workload-spec.ts';
import type { GroupKind } from './names.ts';
import type { TargetRef } from './references.ts';

/** Which namespaces something may come from (S3.21). `None` only for ListenerSets. */
export type FromNamespaces = 'All' | 'Same' | 'Selector' | 'None';

export interface NamespacesAllowed {
  readonly from: FromNamespaces;
  /** Read with `from: Selector` only; null then selects nothing (S12.1.3). */
  readonly selector: LabelSelector | null;
}

export interface ListenerTls {
  readonly mode: 'Terminate' | 'Passthrough';
  readonly certificateRefs: readonly TargetRef[];
  readonly options: Readonly<Record<string, string>>;
}

/** `spec.listeners[i]` of a Gateway or of a ListenerSet. */
export interface Listener {
  readonly name: string;
  /** Lower case, maybe `*.` first; null: all hosts. */
  readonly hostname: string | null;
  readonly port: number;
  /** `HTTP`, `HTTPS`, `TLS`, `TCP`, `UDP`, or one of an implementation after its domain: `example.com/gopher`. */
  readonly protocol: string;
  readonly tls: ListenerTls | null;
  readonly allowedRoutes: {
    readonly namespaces: NamespacesAllowed;
    /** Empty: those that the protocol implies (S3.21). */
    readonly kinds: readonly GroupKind[];
  };
}
