/**
 * Everything the manifests do not say, with every default filled in (semantics S1.3). `stated` tells which keys
 * a person (or the texts) settled; the others are assumptions.
 */
import type { Cloud, ControllerSpec, EnvironmentSpec, ExternalDnsSpec, PodOverride, ProxyMode, PublicRecord } from '../kinds/scenario/scenario-spec.ts';
import type { Json } from '../manifests/document.ts';
import type { ObjectRef } from '../manifests/object-ref.ts';

export interface Environment {
  /** Closed world: nothing is inferred (S1.3a). */
  readonly complete: boolean;
  readonly kubernetesVersion: string;
  readonly clusterDomain: string;
  /** The day or instant of the request; null where neither a person nor a clock said it (S14.3). */
  readonly date: string | null;
  readonly podCIDR: readonly string[];
  readonly serviceCIDR: readonly string[];
  readonly nodePortRange: readonly [from: number, to: number];
  readonly proxyMode: ProxyMode;
  readonly masqueradeAll: boolean;
  readonly detectLocal: boolean;
  readonly nodePortAddresses: 'all' | 'primary' | readonly string[];
  readonly localhostNodePorts: boolean;
  readonly externalReachesNodes: 'anyAddress' | 'externalIPOnly';
  readonly cloud: Cloud;
  readonly cniEnforcesNetworkPolicy: boolean;
  readonly controllers: readonly ControllerSpec[];
  /** Null: nobody stated it (S2.8). */
  readonly gatewayAPIChannel: 'standard' | 'experimental' | null;
  readonly podDnsMode: 'disabled' | 'insecure' | 'verified';
  /** What the cluster's DNS serves beside that (S6.2, S6.15); `from` is the ConfigMap that says so. */
  readonly coreDNS: {
    /** Seconds. */
    readonly ttl: number;
    readonly ignoresEmptyServices: boolean;
    readonly namesPods: boolean;
    readonly from: ObjectRef | null;
  };
  /** Search domains of the nodes: they stand behind those of the cluster in every Pod (S6.6). */
  readonly nodeSearchDomains: readonly string[];
  /** Null: nobody says what publishes names (S6.9). */
  readonly externalDNS: ExternalDnsSpec | null;
  readonly publicDNS: Readonly<Record<string, PublicRecord>>;
  readonly pods: Readonly<Record<string, PodOverride>>;
  readonly loadBalancers: Readonly<Record<string, { readonly pending?: boolean }>>;
  readonly proxies: NonNullable<EnvironmentSpec['proxies']>;
  readonly assume: Readonly<Record<string, Json>>;
  readonly nodes: NonNullable<EnvironmentSpec['nodes']>;
  /** Keys of `EnvironmentSpec` that were stated. */
  readonly stated: readonly (keyof EnvironmentSpec)[];
}
