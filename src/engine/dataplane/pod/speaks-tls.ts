/**
 * Whether the application on a port speaks TLS. No manifest states it, so it is what the environment says, else a guess
 * from names and numbers that shows as an assumption (S14.4).
 */
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { podOverride } from '../../cluster/pod-overrides.ts';
import type { Pod } from '../../kinds/pod/pod-spec.ts';
import type { ServicePort } from '../../kinds/service/service-spec.ts';
import { nameKey, type ObjectRef } from '../../manifests/object-ref.ts';
import type { Carry } from '../component.ts';
import type { Assumption } from '../../trace/assumption.ts';
import { declaredPorts } from './listening.ts';

export interface Spoken {
  readonly tls: boolean;
  /** Null when the environment states it. */
  readonly assumption: Assumption | null;
}

/** `arrives`: whether the packet comes with TLS; only then does the name of a Service port tell what is meant. */
export function speaksTls(cluster: Cluster, pod: Pod, port: number, { service, proxied }: Pick<Carry, 'service' | 'proxied'>, arrives: boolean): Spoken {
  const stated = podOverride(cluster.environment, nameKey(pod.ref.namespace, pod.ref.name))?.tls;
  if (stated !== undefined) return { tls: stated, assumption: null };
  // A proxy encrypts only where somebody told it to: a statement about the application, not a guess.
  const tls = (arrives && proxied !== undefined && proxied.producer !== 'load-balancer') || guess(cluster, pod, port, service, arrives);
  // A guess that lets the request arrive is the usual case; one that fails it may well be wrong.
  const harmless = tls === arrives || cluster.environment.complete;
  return { tls, assumption: assumptionOf(pod, port, tls, harmless ? 'default' : 'inferred') };
}

function guess(cluster: Cluster, pod: Pod, port: number, service: ObjectRef | null, arrives: boolean): boolean {
  const name = declaredPorts(pod).find((candidate) => candidate.port.containerPort === port)?.port.name ?? '';
  if (name.startsWith('https') || port === 443 || port === 8443) return true;
  if (name.startsWith('http') || port === 80) return false;
  const found = service === null ? undefined : cluster.services.get(nameKey(service.namespace, service.name));
  // What the Service says outweighs a usual number such as 8080.
  return arrives && (found?.ports ?? []).some((candidate) => (candidate.targetPort === port || candidate.targetPort === name) && meansTls(candidate));
}

function meansTls({ name, port, appProtocol }: ServicePort): boolean {
  return name.startsWith('https') || port === 443 || appProtocol?.toLowerCase() === 'https';
}

function assumptionOf(pod: Pod, port: number, tls: boolean, origin: Assumption['origin']): Assumption {
  const { workload, ref } = pod;
  const key = workload === null ? nameKey(ref.namespace, ref.name) : `${nameKey(workload.namespace, workload.name)}-*`;
  const path = ['spec', 'environment', 'pods', key, 'tls'];
  const args = { port, pods: key };
  return {
    id: `tls:${key}:${port}`,
    origin,
    message: tls ? msg('pod.assume.tls', args) : msg('pod.assume.plain', args),
    choices: [
      { label: msg('pod.assume.choice.tls'), current: tls, set: { path, value: true } },
      { label: msg('pod.assume.choice.plain'), current: !tls, set: { path, value: false } },
    ],
  };
}
