/** Which of a Pod's ports somebody listens on, as far as manifests and environment tell (S5.7). */
import { podOverride } from '../../cluster/pod-overrides.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ContainerPort, Pod, TransportProtocol } from '../../kinds/pod/pod-spec.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import type { FieldPath } from '../../manifests/source.ts';

export type Listening =
  /** `declared` is null for a port that no container declares: declaring is only information (S5.7, U11). */
  | { readonly kind: 'listens'; readonly declared: { readonly port: ContainerPort; readonly path: FieldPath } | null }
  | { readonly kind: 'closed' }
  | { readonly kind: 'localhost-only' }
  /** The number is declared, for another protocol. */
  | { readonly kind: 'other-protocol'; readonly protocols: readonly TransportProtocol[]; readonly path: FieldPath };

export function listeningOn(cluster: Cluster, pod: Pod, port: number, protocol: TransportProtocol, overLoopback: boolean): Listening {
  const override = podOverride(cluster.environment, nameKey(pod.ref.namespace, pod.ref.name));
  if (override?.closed?.includes(port)) return { kind: 'closed' };
  if (pod.status.listensOnLocalhostOnly && !overLoopback) return { kind: 'localhost-only' };
  const declared = declaredPorts(pod).filter((candidate) => candidate.port.containerPort === port);
  const exact = declared.find((candidate) => candidate.port.protocol === protocol);
  if (exact !== undefined) return { kind: 'listens', declared: exact };
  const other = declared[0];
  if (other !== undefined) return { kind: 'other-protocol', protocols: declared.map((candidate) => candidate.port.protocol), path: other.path };
  return cluster.environment.assume['listening'] === false ? { kind: 'closed' } : { kind: 'listens', declared: null };
}

/** Every declared port with its place in the Pod. Sidecars stand behind the regular containers (S5.5). */
export function declaredPorts(pod: Pod): readonly { readonly port: ContainerPort; readonly path: FieldPath }[] {
  const regular = pod.spec.containers.filter(({ sidecar }) => !sidecar).length;
  return pod.spec.containers.flatMap((container, at) =>
    container.ports.map((port, index) => ({
      port,
      path: container.sidecar
        ? ['spec', 'initContainers', at - regular, 'ports', index, 'containerPort']
        : ['spec', 'containers', at, 'ports', index, 'containerPort'],
    })),
  );
}

/** HTTP status the application answers with. */
export function statusOf(cluster: Cluster, pod: Pod): number {
  return podOverride(cluster.environment, nameKey(pod.ref.namespace, pod.ref.name))?.status ?? 200;
}
