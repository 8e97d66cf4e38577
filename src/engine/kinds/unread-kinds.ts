/** Kinds that are not read: which of them say nothing about a request's path, and which do. */
import { groupOf } from './find-kind.ts';

/** `silent`: never touches the path. `missing`: would change it. `unknown`: somebody's own kind. */
export type Unread = 'silent' | 'missing' | 'unknown';

export function classifyUnread(apiVersion: string, kind: string): Unread {
  const group = groupOf(apiVersion);
  if (kind === 'NetworkPolicy' || MISSING_GROUPS.has(group) || MISSING_KINDS.has(kind)) return 'missing';
  if (SILENT_GROUPS.has(group) || (isKubernetes(group) && SILENT_KINDS.has(kind)) || READ_ELSEWHERE.has(`${group} ${kind}`)) return 'silent';
  return 'unknown';
}

/** Groups without a domain, and those that only the project itself may use. */
function isKubernetes(group: string): boolean {
  return !group.includes('.') || group.endsWith('.k8s.io');
}

const MISSING_GROUPS: ReadonlySet<string> = new Set([
  'gateway.networking.k8s.io',
  'gateway.networking.x-k8s.io',
  'policy.networking.k8s.io',
  'multicluster.x-k8s.io',
]);

const MISSING_KINDS: ReadonlySet<string> = new Set(['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy', 'GlobalNetworkPolicy']);

const SILENT_GROUPS: ReadonlySet<string> = new Set([
  // Its challenges; certificates and issuers are read where Secrets are presupposed (S14.7).
  'acme.cert-manager.io',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'authorization.openshift.io',
  'autoscaling.k8s.io',
  'cert-manager.io',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'events.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  // Its pools and advertisements are read where load balancers get their addresses (S8.5.1).
  'metallb.io',
  'metrics.k8s.io',
  'monitoring.coreos.com',
  'node.k8s.io',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'snapshot.storage.k8s.io',
  'storage.k8s.io',
]);

/** Of a cloud's own kinds, those that are read where its load balancers route (S8.2.16, S8.3.2). */
const READ_ELSEWHERE: ReadonlySet<string> = new Set([
  'cloud.google.com BackendConfig',
  'elbv2.k8s.aws IngressClassParams',
  'networking.gke.io FrontendConfig',
  'networking.gke.io ManagedCertificate',
]);

const SILENT_KINDS: ReadonlySet<string> = new Set([
  'Binding',
  'ComponentStatus',
  'ControllerRevision',
  'Event',
  'Eviction',
  'HorizontalPodAutoscaler',
  'LimitRange',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'PodDisruptionBudget',
  'PodSecurityPolicy',
  'PodTemplate',
  'ResourceQuota',
  'ServiceAccount',
]);
