/**
 * What a person switched about single Pods: not ready, gone, terminating, deaf (`environment.pods`). The last word on a
 * Pod's state, whatever its manifest says.
 */
import type { Pod, PodStatus } from '../kinds/pod/pod-spec.ts';
import type { PodOverride } from '../kinds/scenario/scenario-spec.ts';
import { nameKey } from '../manifests/object-ref.ts';
import type { Environment } from './environment.ts';

/** The switches of one Pod, by `namespace/name`. An exact name outweighs `namespace/prefix-*`, a longer prefix a shorter one. */
export function podOverride(environment: Environment, pod: string): PodOverride | null {
  const matching = Object.keys(environment.pods)
    .filter((key) => key === pod || (key.endsWith('*') && pod.startsWith(key.slice(0, -1))))
    .sort((a, b) => Number(a === pod) - Number(b === pod) || a.length - b.length);
  if (matching.length === 0) return null;
  return Object.assign({}, ...matching.map((key) => environment.pods[key])) as PodOverride;
}

/** The Pod as switched; null when it is gone. A Pod on a node that is down is not ready (S17.4). */
export function applyOverrides(environment: Environment, pod: Pod, nodeIsDown: boolean): Pod | null {
  const override = podOverride(environment, nameKey(pod.ref.namespace, pod.ref.name));
  if (override === null && !nodeIsDown) return pod;
  if (override?.gone === true) return null;
  const phase = override?.phase ?? pod.status.phase;
  const running = phase === 'Running';
  const status: PodStatus = {
    phase,
    // A Pod that has not started has no address yet; one that has ended keeps none either.
    podIPs: running || override?.phase === undefined ? pod.status.podIPs : [],
    ready: running && !nodeIsDown && (override?.ready ?? pod.status.ready),
    terminating: override?.terminating ?? pod.status.terminating,
    listensOnLocalhostOnly: override?.localhostOnly ?? pod.status.listensOnLocalhostOnly,
    ...(pod.status.stopped !== undefined && override?.ready !== true && { stopped: pod.status.stopped }),
    from: 'environment',
  };
  return { ...pod, status };
}
