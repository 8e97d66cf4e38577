import type { WorkloadKind } from './workload-spec.ts';

/** All kinds that make Pods from a template. */
export const WORKLOAD_KINDS: readonly WorkloadKind[] = ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'ReplicationController'];
