import type { Json } from '../../manifests/document.ts';
import type { ApiObject } from '../kind.ts';
import type { Flow } from '../../trace/flow.ts';

/** What a person said about the world beside their manifests; every key optional (design 2.2, semantics S1.3). */
export interface EnvironmentSpec {
  readonly complete?: boolean;
  readonly kubernetesVersion?: string;
  readonly clusterDomain?: string;
  /** The day of the request, `2026-11-29`, or an instant of it in UTC: certificates have dates (S14.3). */
  readonly date?: string;
  readonly podCIDR?: readonly string[];
  readonly serviceCIDR?: readonly string[];
  readonly nodePortRange?: string;
  readonly nodes?: readonly {
    readonly name: string;
    readonly zone?: string;
    readonly internalIP?: string;
    readonly externalIP?: string;
    readonly down?: boolean;
  }[];
  readonly proxyMode?: ProxyMode;
  readonly masqueradeAll?: boolean;
  readonly detectLocal?: boolean;
  readonly nodePortAddresses?: 'all' | 'primary' | readonly string[];
  readonly localhostNodePorts?: boolean;
  readonly externalReachesNodes?: 'anyAddress' | 'externalIPOnly';
  readonly cloud?: Cloud;
  readonly cniEnforcesNetworkPolicy?: boolean;
  readonly controllers?: readonly ControllerSpec[];
  /** Which channel of the Gateway API's CRDs is installed (S2.8). */
  readonly gatewayAPIChannel?: 'standard' | 'experimental';
  readonly podDnsMode?: 'disabled' | 'insecure' | 'verified';
  /** How long clients may keep an answer of the cluster's DNS, in seconds, and whether it names Services without endpoints. */
  readonly coredns?: { readonly ttl?: number; readonly ignoreEmptyService?: boolean };
  /** What stands in the `search` line of the nodes' own resolv.conf. */
  readonly nodeSearchDomains?: readonly string[];
  /** What publishes names of the cluster in public DNS; absent for nobody. */
  readonly externalDNS?: ExternalDnsSpec;
  /** Host to what it resolves to: an address, a name, or an object that publishes one. */
  readonly publicDNS?: Readonly<Record<string, PublicRecord>>;
  /** `namespace/name` of a Pod (or `namespace/prefix-*`) to what is different about it. */
  readonly pods?: Readonly<Record<string, PodOverride>>;
  /** `namespace/name` of a Service of type LoadBalancer to what is different about it. */
  readonly loadBalancers?: Readonly<Record<string, { readonly pending?: boolean }>>;
  /** Proxies outside the cluster that someone set up by hand before a Service's node ports (S8.5.6, S8.6 last row). */
  readonly proxies?: readonly ProxySpec[];
  /** Answers to inferences, by assumption id: false refuses, true confirms, anything else is the value. */
  readonly assume?: Readonly<Record<string, Json>>;
}

/** Flags of external-dns (S6.9). https://kubernetes-sigs.github.io/external-dns/latest/docs/flags/ */
export interface ExternalDnsSpec {
  /** `--source`: kinds of objects whose hosts are published, in upstream's spelling. */
  readonly sources: readonly string[];
  /** `--domain-filter`: only names below these domains; none for all. */
  readonly domainFilters?: readonly string[];
  /** `--publish-internal-services`: Services of type ClusterIP too. */
  readonly publishInternalServices?: boolean;
}

export type ProxyMode = 'iptables' | 'nftables' | 'ipvs' | 'ebpf';
export type Cloud =
  | 'none'
  | 'aws-intree'
  | 'aws-lbc'
  | 'gcp'
  | 'azure'
  | 'metallb-l2'
  | 'metallb-bgp'
  | 'kube-vip-arp'
  | 'kube-vip-bgp'
  | 'generic-proxy'
  | 'generic-passthrough';

export interface ControllerSpec {
  readonly kind: 'ingress' | 'gateway' | 'mesh';
  readonly name: string;
  /** Whose rules it follows: `generic`, `ingress-nginx`. */
  readonly implementation: string;
  /** Name of the IngressClass or GatewayClass it serves. */
  readonly class?: string;
  /** `namespace/name` of the Service that exposes it; null: reached on its Pods' own addresses. */
  readonly service?: string | null;
  /**
   * The Ingress controller in whose place it runs, by its name or implementation: it claims what that one would, in its
   * pasted Pods and behind its pasted Service, and reads none of its settings. Where several have the name, `class` and
   * `service` say which one is meant. A list of such controllers alone does not say that no other runs.
   */
  readonly insteadOf?: string;
  /** ConfigMap keys and command-line flags it runs with. */
  readonly config?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Features of the Gateway API that it lacks, in upstream's spelling: `HTTPRouteCORS`. */
  readonly unsupportedFeatures?: readonly string[];
}

export interface ProxySpec {
  readonly name: string;
  /** Heading on the map: `NGINX`, `HAProxy`. */
  readonly product?: string;
  /** The address clients connect to, and the source that nodes see. */
  readonly address: string;
  /** `namespace/name` of the Service of type NodePort it spreads requests over. It listens on that Service's ports. */
  readonly service: string;
  /** Puts a PROXY protocol header with the client's address in front of each connection (S8.2.10). */
  readonly proxyProtocol?: boolean;
}

export type PublicRecord =
  | { readonly address: string }
  | { readonly cname: string }
  /** `namespace/name` of an object whose published address the record holds. */
  | { readonly ingress: string }
  | { readonly gateway: string }
  | { readonly service: string }
  | { readonly nodes: true }
  /** The name does not exist, whatever the manifests suggest. */
  | { readonly none: true };

export interface PodOverride {
  readonly ready?: boolean;
  /** Deleted: no such Pod any more. */
  readonly gone?: boolean;
  readonly phase?: 'Pending' | 'Running' | 'Succeeded' | 'Failed';
  readonly terminating?: boolean;
  readonly localhostOnly?: boolean;
  /** HTTP status the application answers with; 200 unless said. */
  readonly status?: number;
  /** Ports nobody listens on although the Service targets them. */
  readonly closed?: readonly number[];
  /** The application speaks TLS on its ports. */
  readonly tls?: boolean;
  /** Milliseconds that the application takes to answer. */
  readonly delay?: number;
  /** The application takes the connection and closes it without an answer. */
  readonly failConnection?: boolean;
}

/** A request a person saved, with what they expect of it. */
export interface SavedRequest {
  readonly name: string;
  readonly flow: Flow;
  readonly expect: Json | null;
}

/** Our own document, `podpath.dev/v1` (design 2.2). */
export interface Scenario extends ApiObject {
  readonly environment: EnvironmentSpec;
  readonly requests: readonly SavedRequest[];
  /** How far below its computed place a box of the map stands, by the box's id; px, above where negative. */
  readonly arrangement: Readonly<Record<string, number>>;
}
