/** Between the port of a Service and the ports of its Pods (S5.5, S5.7). */
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { matchesLabels } from '../../cluster/selectors.ts';
import type { Pod } from '../../kinds/pod/pod-spec.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import type { SourceRange } from '../../manifests/source.ts';
import { placesOf, podSource, said, set, setThere } from '../edits.ts';
import type { FindingKind, Repair } from '../finding-kind.ts';
import type { Problem } from '../problem.ts';

export const targetPorts: readonly FindingKind[] = [
  {
    code: 'target-port-name-missing',
    role: 'cause',
    decisions: { 'cluster.target-port.protocol': 'F-38', 'cluster.target-port.near': 'F-23', 'cluster.target-port.missing': 'F-23' },
    places: containerPorts,
    repairs: (problem, cluster) => {
      const { object, path, message } = problem;
      if (object === null || path === null) return [];
      if (message.id === 'cluster.target-port.protocol') return [[set(object, [...path.slice(0, -1), 'protocol'], said(message, 'protocol'))]];
      if (message.id === 'cluster.target-port.near') return setThere(problem, said(message, 'near'));
      return [...declaredPorts(problem, cluster).flatMap((port) => setThere(problem, port)), ...namedContainerPort(problem, cluster)];
    },
  },
  {
    code: 'target-port-undeclared',
    role: 'note',
    decisions: { 'cluster.target-port.undeclared': 'F-22' },
    places: containerPorts,
    repairs: (problem, cluster) => declaredPorts(problem, cluster).flatMap((port) => setThere(problem, port)),
  },
  {
    code: 'headless-port-differs',
    role: 'note',
    decisions: { 'cluster.headless-port': 'F-25' },
    cure: () => msg('diagnose.cure.headless-port'),
  },
];

function podsBehind({ object }: Problem, cluster: Cluster): readonly Pod[] {
  const service = object === null ? undefined : cluster.services.get(nameKey(object.namespace, object.name));
  const selector = service?.selector ?? null;
  if (object === null || selector === null) return [];
  return [...cluster.pods.values()].filter(({ ref, metadata }) => ref.namespace === object.namespace && matchesLabels(metadata.labels, selector));
}

/** Numbers that the Pods declare for the protocol of the Service port; at most three are worth offering. */
function declaredPorts(problem: Problem, cluster: Cluster): readonly number[] {
  const service = cluster.services.get(nameKey(problem.object?.namespace ?? '', problem.object?.name ?? ''));
  const protocol = service?.ports[Number(problem.path?.[2])]?.protocol ?? 'TCP';
  const ports = podsBehind(problem, cluster).flatMap(({ spec }) => spec.containers.flatMap((container) => container.ports));
  return [...new Set(ports.filter((port) => port.protocol === protocol).map(({ containerPort }) => containerPort))].slice(0, 3);
}

/** Gives the name that the Service asks for to the only port of the only container. */
function namedContainerPort(problem: Problem, cluster: Cluster): readonly Repair[] {
  const [pod] = podsBehind(problem, cluster);
  const source = pod === undefined ? null : podSource(cluster, pod.ref);
  const [container, ...others] = pod?.spec.containers ?? [];
  if (source === null || container === undefined || others.length > 0 || container.ports.length !== 1) return [];
  return [[set(source.object, [...source.path, 'spec', 'containers', 0, 'ports', 0, 'name'], said(problem.message, 'name'))]];
}

function containerPorts(problem: Problem, cluster: Cluster): readonly SourceRange[] {
  const [pod] = podsBehind(problem, cluster);
  const source = pod === undefined ? null : podSource(cluster, pod.ref);
  return source === null ? [] : placesOf(cluster, source.object, [...source.path, 'spec', 'containers', 0, 'ports']);
}
