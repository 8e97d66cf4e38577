/** What a container does with a connection that reaches it (S5.7, S14.4); what it does is a matter of the environment. */
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import { annotate, hopsOf, ingressOnTheWay, podSource, said, set, written } from '../edits.ts';
import type { FindingKind, Repair } from '../finding-kind.ts';
import type { Problem } from '../problem.ts';

export const pods: readonly FindingKind[] = [
  {
    code: 'listens-on-localhost-only',
    role: 'cause',
    decisions: { 'pod.localhost-only': 'F-24' },
    cure: () => msg('diagnose.cure.localhost'),
  },
  {
    code: 'container-stopped',
    role: 'cause',
    decisions: { 'pod.stopped': 'F-21', 'pod.not-running': 'F-21' },
    cure: ({ message }) => msg('diagnose.cure.stopped', { pod: said(message, 'pod') }),
  },
  {
    code: 'application-closes-connection',
    role: 'cause',
    decisions: { 'pod.drops': 'F-59' },
    cure: () => msg('diagnose.cure.application-closes'),
  },
  {
    code: 'read-timeout-exceeded',
    role: 'cause',
    decisions: {
      'pod.too-slow.controller': 'F-60',
      'pod.too-slow.controller.seconds': 'F-60',
      'pod.too-slow.balancer': 'F-60',
      'pod.too-slow.balancer.seconds': 'F-60',
    },
    repairs: (problem, cluster) => {
      const ingress = ingressOnTheWay(problem, cluster);
      return ingress === null ? [] : [[annotate(ingress.ref, 'nginx.ingress.kubernetes.io/proxy-read-timeout', String(patience(problem)))]];
    },
    cure: () => msg('diagnose.cure.slow'),
  },
  {
    code: 'route-timeout-exceeded',
    role: 'cause',
    decisions: { 'pod.too-slow.route': 'F-85', 'pod.too-slow.route.seconds': 'F-85' },
    repairs: (problem, cluster) => {
      const { object, path } = problem;
      if (object === null || path?.at(-1) !== 'timeouts') return [];
      const stated = ['request', 'backendRequest'].filter((field) => written(cluster, object, [...path, field]) !== undefined);
      return [stated.map((field) => set(object, [...path, field], `${patience(problem)}s`))];
    },
    cure: () => msg('diagnose.cure.slow'),
  },
  {
    code: 'nobody-listens',
    role: 'cause',
    decisions: { 'pod.closed': 'F-22', 'pod.unmentioned': 'F-22' },
    repairs: listeningPort,
    cure: () => msg('diagnose.cure.listening'),
  },
  {
    code: 'transport-protocol-differs',
    role: 'cause',
    decisions: { 'pod.other-protocol': 'F-38' },
    repairs: (problem, cluster) => {
      const pod = cluster.pods.get(said(problem.message, 'pod'));
      const source = pod === undefined ? null : podSource(cluster, pod.ref);
      if (pod === undefined || source === null) return [];
      return pod.spec.containers.flatMap(({ ports }, i) =>
        ports.flatMap(({ containerPort }, j) =>
          containerPort === Number(said(problem.message, 'port'))
            ? [[set(source.object, [...source.path, 'spec', 'containers', i, 'ports', j, 'protocol'], said(problem.message, 'protocol'))]]
            : [],
        ),
      );
    },
    cure: () => msg('diagnose.cure.transport'),
  },
  {
    code: 'backend-speaks-tls',
    role: 'cause',
    decisions: { 'pod.plain-to-tls': 'F-61' },
    repairs: (problem, cluster) => backendProtocol(problem, cluster, 'HTTPS'),
    cure: () => msg('diagnose.cure.backend-protocol'),
  },
  {
    code: 'backend-speaks-grpc',
    role: 'cause',
    decisions: { 'pod.grpc-over-http1': 'F-61' },
    repairs: (problem, cluster) => backendProtocol(problem, cluster, 'GRPC'),
    cure: () => msg('diagnose.cure.backend-protocol'),
  },
  {
    code: 'backend-speaks-plain-text',
    role: 'cause',
    decisions: { 'pod.tls-to-plain': 'F-61' },
    repairs: (problem, cluster) => backendProtocol(problem, cluster, 'HTTP'),
    cure: () => msg('diagnose.cure.backend-protocol'),
  },
];

/** Whole seconds in which the application would have answered. */
function patience({ message }: Problem): number {
  const delay = Number(said(message, 'delay'));
  return Math.floor(message.id.endsWith('.seconds') ? delay : delay / 1000) + 1;
}

function backendProtocol(problem: Problem, cluster: Cluster, protocol: string): readonly Repair[] {
  const ingress = ingressOnTheWay(problem, cluster);
  return ingress === null ? [] : [[annotate(ingress.ref, 'nginx.ingress.kubernetes.io/backend-protocol', protocol)]];
}

/** The ports of Services on the way that lead to the port at which the request ends. */
function servicePorts(
  problem: Problem,
  cluster: Cluster,
): readonly { readonly object: NonNullable<Problem['object']>; readonly index: number; readonly target: number | string }[] {
  const hops = hopsOf(problem, cluster);
  const refs = hops.flatMap(({ object, consulted, evidence }) => [object, ...consulted.map((entry) => entry.object), ...evidence.map((entry) => entry.object)]);
  const keys = new Set(refs.flatMap((ref) => (ref?.kind === 'Service' ? nameKey(ref.namespace, ref.name) : [])));
  return [...keys].flatMap((key) => {
    const service = cluster.services.get(key);
    if (service === undefined || service.manifest === null) return [];
    return service.ports.map(({ targetPort }, index) => ({ object: service.ref, index, target: targetPort }));
  });
}

/** The targetPort that nobody listens on becomes one that the Pod declares. */
function listeningPort(problem: Problem, cluster: Cluster): readonly Repair[] {
  const port = Number(said(problem.message, 'port'));
  const declared =
    cluster.pods.get(said(problem.message, 'pod'))?.spec.containers.flatMap(({ ports }) => ports.map(({ containerPort }) => containerPort)) ?? [];
  return servicePorts(problem, cluster)
    .filter(({ target }) => target === port)
    .flatMap(({ object, index }) => declared.filter((other) => other !== port).map((other) => [set(object, ['spec', 'ports', index, 'targetPort'], other)]));
}
