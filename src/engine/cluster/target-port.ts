import type { PodSpec } from '../kinds/pod/pod-spec.ts';
import type { ServicePort } from '../kinds/service/service-spec.ts';

/**
 * The container port that a Service port means on one Pod (S5.5): a number as it is, declared or not; a name is the
 * first container port of that name and protocol. Null: this Pod has no such port.
 */
export function resolveTargetPort(spec: PodSpec, port: Pick<ServicePort, 'targetPort' | 'protocol'>): number | null {
  if (typeof port.targetPort === 'number') return port.targetPort;
  for (const container of spec.containers) {
    for (const declared of container.ports) {
      if (declared.name === port.targetPort && declared.protocol === port.protocol) return declared.containerPort;
    }
  }
  return null;
}
