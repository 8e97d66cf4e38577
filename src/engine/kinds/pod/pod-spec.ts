import type { ApiObject } from '../kind.ts';

export type TransportProtocol = 'TCP' | 'UDP' | 'SCTP';

/** S2.3. */
export interface ContainerPort {
  readonly name: string | null;
  readonly containerPort: number;
  readonly protocol: TransportProtocol;
  readonly hostPort: number | null;
  readonly hostIP: string | null;
}

export interface Container {
  readonly name: string;
  readonly image: string;
  /** Command and arguments: flags may stand in either. */
  readonly args: readonly string[];
  readonly ports: readonly ContainerPort[];
  readonly hasReadinessProbe: boolean;
  /** Port of the readiness probe, number or name, when it has one. */
  readonly readinessPort: number | string | null;
  /** Path that the readiness probe asks for over plain HTTP, without a host or headers of its own; absent for any other probe. */
  readonly readinessPath?: string;
  /** An init container with `restartPolicy: Always`: runs beside the others (S5.5). */
  readonly sidecar: boolean;
}

export type DnsPolicy = 'ClusterFirst' | 'ClusterFirstWithHostNet' | 'Default' | 'None';

export interface PodSpec {
  /** Regular containers, then sidecars. Other init containers take no traffic. */
  readonly containers: readonly Container[];
  readonly nodeName: string | null;
  readonly nodeSelector: Readonly<Record<string, string>>;
  /** Required node affinity as label terms: any term, all its expressions. */
  readonly nodeAffinity: readonly (readonly { readonly key: string; readonly operator: string; readonly values: readonly string[] }[])[];
  readonly hostNetwork: boolean;
  readonly hostname: string | null;
  readonly subdomain: string | null;
  readonly dnsPolicy: DnsPolicy;
  readonly dnsConfig: { readonly nameservers: readonly string[]; readonly searches: readonly string[]; readonly ndots: number | null };
  readonly readinessGates: readonly string[];
  readonly serviceAccountName: string | null;
  /** Names of Secrets that are mounted: a server's certificate most often comes from one. Absent for none. */
  readonly secretVolumes?: readonly string[];
}

export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';

export interface PodStatus {
  readonly phase: PodPhase;
  /** All addresses, the first is the primary. Empty until scheduled. */
  readonly podIPs: readonly string[];
  /** Address of the node it runs on, where the status tells it. */
  readonly hostIP?: string;
  readonly ready: boolean;
  readonly terminating: boolean;
  /** Set by the environment (F-24): containers listen on 127.0.0.1 only. */
  readonly listensOnLocalhostOnly: boolean;
  /** Containers without a process, and why: `CrashLoopBackOff`, `ImagePullBackOff`. Absent when all run. */
  readonly stopped?: readonly { readonly container: string; readonly reason: string }[];
  /** `status`: read from the text; `synthesized`: assumed Running and Ready (S1.4.5); `environment`: a toggle. */
  readonly from: 'status' | 'synthesized' | 'environment';
}

export interface Pod extends ApiObject {
  readonly spec: PodSpec;
  readonly status: PodStatus;
  /** Made from a template; a real cluster gives it another name (S1.4.1). */
  readonly synthesized: boolean;
  /** The owning workload as a person knows it: the Deployment, not its ReplicaSet. */
  readonly workload: ApiObject['ref'] | null;
  /** The Node it runs on; null while Pending. */
  readonly node: string | null;
}
