import type { ApiObject } from '../kind.ts';

/** S2.5. */
export interface Node extends ApiObject {
  readonly addresses: readonly { readonly type: 'InternalIP' | 'ExternalIP' | 'Hostname' | 'InternalDNS' | 'ExternalDNS'; readonly address: string }[];
  readonly podCIDRs: readonly string[];
  readonly unschedulable: boolean;
  readonly ready: boolean;
  readonly zone: string | null;
  readonly region: string | null;
  readonly providerID: string | null;
  /** On its way out of the cluster: being deleted, or marked by the cluster autoscaler (S7.10.2). */
  readonly leaving: boolean;
  /** By its label, or because it is leaving (S8.1.4). */
  readonly excludedFromLoadBalancers: boolean;
}
