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
  /** By its label, or because the cluster autoscaler is about to remove it (S8.1.4). */
  readonly excludedFromLoadBalancers: boolean;
}
