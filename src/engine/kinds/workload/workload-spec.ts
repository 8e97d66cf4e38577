import type { PodSpec } from '../pod/pod-spec.ts';
import type { ApiObject } from '../kind.ts';

export type WorkloadKind = 'Deployment' | 'ReplicaSet' | 'StatefulSet' | 'DaemonSet' | 'Job' | 'CronJob' | 'ReplicationController';

export interface LabelSelector {
  readonly matchLabels: Readonly<Record<string, string>>;
  readonly matchExpressions: readonly {
    readonly key: string;
    readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
    readonly values: readonly string[];
  }[];
}

/** S2.4: what makes Pods from a template. One shape for all workload kinds. */
export interface Workload extends ApiObject {
  readonly ref: ApiObject['ref'] & { readonly kind: WorkloadKind };
  /** Parallelism for a Job; ignored for a DaemonSet. */
  readonly replicas: number;
  readonly selector: LabelSelector | null;
  readonly template: { readonly labels: Readonly<Record<string, string>>; readonly annotations: Readonly<Record<string, string>>; readonly spec: PodSpec };
  /** StatefulSet only. */
  readonly serviceName: string | null;
  readonly ordinalsStart: number;
}
