import type { ApiObject } from '../kind.ts';
import type { TransportProtocol } from '../pod/pod-spec.ts';

export type ServiceType = 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName';
export type TrafficPolicy = 'Cluster' | 'Local';

export interface ServicePort {
  /** Empty when the only port has no name. */
  readonly name: string;
  readonly protocol: TransportProtocol;
  readonly appProtocol: string | null;
  readonly port: number;
  /** Number, or the name of a container port (S3.4, S5.5). */
  readonly targetPort: number | string;
  /** 0 until allocated, and for types without one. */
  readonly nodePort: number;
}

/** S2.1, with defaults of S3.1–S3.10. Addresses and node ports are filled in by `cluster/addresses.ts`. */
export interface Service extends ApiObject {
  readonly type: ServiceType;
  /** Null when absent or empty: no controller makes its endpoints (S5.1). */
  readonly selector: Readonly<Record<string, string>> | null;
  readonly ports: readonly ServicePort[];
  readonly headless: boolean;
  /** As stated: `[]` when the API server is to choose. Allocated ones after admission. */
  readonly clusterIPs: readonly string[];
  readonly ipFamilies: readonly ('IPv4' | 'IPv6')[];
  readonly ipFamilyPolicy: 'SingleStack' | 'PreferDualStack' | 'RequireDualStack';
  readonly externalIPs: readonly string[];
  readonly externalName: string | null;
  readonly loadBalancerIP: string | null;
  readonly loadBalancerClass: string | null;
  readonly loadBalancerSourceRanges: readonly string[];
  readonly allocateLoadBalancerNodePorts: boolean;
  /** Null where it has no meaning (S3.5, S3.6). */
  readonly externalTrafficPolicy: TrafficPolicy | null;
  readonly internalTrafficPolicy: TrafficPolicy | null;
  readonly healthCheckNodePort: number;
  readonly sessionAffinity: { readonly kind: 'None' } | { readonly kind: 'ClientIP'; readonly timeoutSeconds: number };
  readonly publishNotReadyAddresses: boolean;
  readonly trafficDistribution: 'PreferClose' | 'PreferSameZone' | 'PreferSameNode' | null;
  /** As pasted from a real cluster; null when the text has no `status.loadBalancer.ingress`. */
  readonly statusIngress: readonly LoadBalancerIngress[] | null;
}

export interface LoadBalancerIngress {
  readonly ip: string | null;
  readonly hostname: string | null;
  readonly ipMode: 'VIP' | 'Proxy';
}
