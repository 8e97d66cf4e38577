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
  /** Nothing says that somebody listens: no container declares the port, no Service targets it. */
  | { readonly kind: 'unmentioned' }
  /** The container that would listen has no process. */
  | { readonly kind: 'stopped'; readonly container: string; readonly reason: string }
  | { readonly kind: 'localhost-only' }
  /** The number is declared, for another protocol. */
  | { readonly kind: 'other-protocol'; readonly protocols: readonly TransportProtocol[]; readonly path: FieldPath };

export function listeningOn(cluster: Cluster, pod: Pod, port: number, protocol: TransportProtocol, overLoopback: boolean): Listening {
  const override = podOverride(cluster.environment, nameKey(pod.ref.namespace, pod.ref.name));
  if (override?.closed?.includes(port)) return { kind: 'closed' };
  const stopped = stoppedBehind(pod, port);
  if (stopped !== null) return { kind: 'stopped', ...stopped };
  if (pod.status.listensOnLocalhostOnly && !overLoopback) return { kind: 'localhost-only' };
  const declared = declaredPorts(pod).filter((candidate) => candidate.port.containerPort === port);
  const exact = declared.find((candidate) => candidate.port.protocol === protocol);
  if (exact !== undefined) return { kind: 'listens', declared: exact };
  const other = declared[0];
  if (other !== undefined) return { kind: 'other-protocol', protocols: declared.map((candidate) => candidate.port.protocol), path: other.path };
  const targeted = targetedPorts(cluster, pod);
  if (!targeted.has(socketPort(port, protocol)) && !isProbed(pod, port, protocol) && (targeted.size > 0 || declaredPorts(pod).length > 0))
    return { kind: 'unmentioned' };
  return cluster.environment.assume['listening'] === false ? { kind: 'closed' } : { kind: 'listens', declared: null };
}

/** The container that declares the port; without a declaration, any, when none of the Pod's containers runs. */
function stoppedBehind({ spec, status }: Pod, port: number): { readonly container: string; readonly reason: string } | null {
  const { stopped = [] } = status;
  const declaring = spec.containers.filter(({ ports }) => ports.some(({ containerPort }) => containerPort === port));
  const able = declaring.length > 0 ? declaring : spec.containers;
  const isDown = able.every(({ name }) => stopped.some(({ container }) => container === name));
  return isDown ? (stopped.find(({ container }) => able.some(({ name }) => name === container)) ?? null) : null;
}

const socketPort = (port: number, protocol: TransportProtocol) => `${port}/${protocol}`;

/** The kubelet probes a port over TCP that somebody is meant to answer on. */
function isProbed({ spec }: Pod, port: number, protocol: TransportProtocol): boolean {
  return protocol === 'TCP' && spec.containers.some(({ readinessPort }) => readinessPort === port);
}

/** Clusters never change, and every packet asks. */
const remembered = new WeakMap<Cluster, ReadonlyMap<string, ReadonlySet<string>>>();
const NONE: ReadonlySet<string> = new Set();

/** Ports of this Pod that endpoints of any Service name, ready or not (S1.3 `containers.listening`). */
function targetedPorts(cluster: Cluster, pod: Pod): ReadonlySet<string> {
  let byAddress = remembered.get(cluster);
  if (byAddress === undefined) remembered.set(cluster, (byAddress = portsByAddress(cluster)));
  const sets = pod.status.podIPs.flatMap((ip) => byAddress.get(ip) ?? []);
  return sets.length < 2 ? (sets[0] ?? NONE) : new Set(sets.flatMap((set) => [...set]));
}

function portsByAddress(cluster: Cluster): ReadonlyMap<string, ReadonlySet<string>> {
  const out = new Map<string, Set<string>>();
  for (const { ports, endpoints } of [...cluster.endpointSlices.values()].flat()) {
    const named = ports.flatMap(({ port, protocol }) => (port === null ? [] : [socketPort(port, protocol)]));
    for (const ip of endpoints.flatMap(({ addresses }) => addresses)) {
      const known = out.get(ip) ?? new Set();
      out.set(ip, known);
      for (const each of named) known.add(each);
    }
  }
  return out;
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
