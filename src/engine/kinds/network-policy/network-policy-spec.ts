import type { ApiObject } from '../kind.ts';
import type { TransportProtocol } from '../pod/pod-spec.ts';
import type { LabelSelector } from '../workload/workload-spec.ts';

/** S2.9. */
export interface NetworkPolicy extends ApiObject {
  readonly ref: ApiObject['ref'] & { readonly kind: 'NetworkPolicy' };
  /** Pods of the policy's own namespace; an empty selector means all of them. */
  readonly podSelector: LabelSelector;
  /** The directions in which it isolates, the default applied (S3.16). */
  readonly policyTypes: readonly PolicyType[];
  /** No rule lets nothing in. */
  readonly ingress: readonly PolicyRule[];
  /** No rule lets nothing out. */
  readonly egress: readonly PolicyRule[];
}

export type PolicyType = 'Ingress' | 'Egress';

export interface PolicyRule {
  /** `from` or `to`: any of them; none means everybody. */
  readonly peers: readonly PolicyPeer[];
  /** Any of them; none means every port of every protocol. */
  readonly ports: readonly PolicyPort[];
}

export type PolicyPeer =
  | { readonly kind: 'selectors'; readonly pods: LabelSelector | null; readonly namespaces: LabelSelector | null }
  | { readonly kind: 'ip-block'; readonly cidr: string; readonly except: readonly string[] };

export interface PolicyPort {
  readonly protocol: TransportProtocol;
  /** Number or name of a container port; null means every port of the protocol. */
  readonly port: number | string | null;
  /** Last port of a range, itself included; null for a single port. */
  readonly endPort: number | null;
}
