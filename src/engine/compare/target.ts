/**
 * What is being exposed: a Deployment, StatefulSet, DaemonSet, or Pods that stand alone; with the labels and ports that
 * a Service in front of it has to name.
 */
import type { Cluster } from '../cluster/cluster.ts';
import { matchesLabels, type Labels } from '../cluster/selectors.ts';
import { resolveTargetPort } from '../cluster/target-port.ts';
import type { ContainerPort, PodSpec } from '../kinds/pod/pod-spec.ts';
import type { Service, ServicePort } from '../kinds/service/service-spec.ts';
import { nameKey, type ObjectRef, refKey } from '../manifests/object-ref.ts';
import type { Backend, Trace } from '../trace/trace.ts';

export interface Target {
  readonly ref: ObjectRef;
  /** Of its Pods. */
  readonly labels: Labels;
  /** The fewest labels that a selector needs. */
  readonly selector: Labels;
  readonly spec: PodSpec;
  /** The Service that a StatefulSet names for the names of its Pods; null for others. */
  readonly serviceName: string | null;
}

const EXPOSED = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/** Everything that could be exposed, by namespace and name; controllers of the cluster itself are not. */
export function targetsIn(cluster: Cluster): readonly Target[] {
  const found: Target[] = [];
  for (const { ref, template, selector, serviceName } of cluster.workloads.values()) {
    if (!EXPOSED.has(ref.kind) || ref.namespace === 'kube-system' || isController(cluster, ref)) continue;
    const fewest = selector !== null && selector.matchExpressions.length === 0 ? selector.matchLabels : {};
    const target = { ref, labels: template.labels, selector: isEmpty(fewest) ? template.labels : fewest, spec: template.spec, serviceName };
    if (!isEmpty(target.selector)) found.push(target);
  }
  for (const pod of cluster.pods.values()) {
    if (pod.workload !== null || pod.ref.namespace === 'kube-system' || isEmpty(pod.metadata.labels)) continue;
    // Pods of the same labels stand behind the same Services: the first stands for them.
    if (found.some(({ ref, labels }) => ref.namespace === pod.ref.namespace && matchesLabels(labels, pod.metadata.labels))) continue;
    if (cluster.controllers.some(({ pods }) => pods.includes(nameKey(pod.ref.namespace, pod.ref.name)))) continue;
    found.push({ ref: pod.ref, labels: pod.metadata.labels, selector: pod.metadata.labels, spec: pod.spec, serviceName: null });
  }
  return found;
}

const isEmpty = (labels: Labels) => Object.keys(labels).length === 0;

/** What carries the traffic of others is not what somebody means to expose. */
function isController(cluster: Cluster, workload: ObjectRef): boolean {
  const key = refKey(workload);
  if ([...cluster.gatewayApi.gateways.values()].some(({ infrastructure }) => infrastructure?.workload === key)) return true;
  return cluster.controllers.some(({ pods }) => {
    const first = pods[0] === undefined ? undefined : cluster.pods.get(pods[0]);
    return first?.workload != null && refKey(first.workload) === key;
  });
}

/**
 * The one meant: what was chosen, else what the request reaches, else the namesake of a Service on its way, which would
 * be reached if all were well; else the first that does not ask itself.
 */
export function chooseTarget(targets: readonly Target[], chosen: ObjectRef | null, trace: Trace | null): Target | null {
  const byRef = targets.find(({ ref }) => chosen !== null && refKey(ref) === refKey(chosen));
  if (byRef !== undefined) return byRef;
  for (const { backend } of trace?.branches ?? []) {
    const target = backend === null ? undefined : targets.find((candidate) => reaches(candidate, backend));
    if (target !== undefined) return target;
  }
  const onTheWay = new Set(
    trace?.hops.flatMap(({ object, consulted }) => [object, ...consulted.map((entry) => entry.object)].map((ref) => ref && nameKey(ref.namespace, ref.name))),
  );
  const namesake = targets.find(({ ref }) => onTheWay.has(nameKey(ref.namespace, ref.name)));
  const asks = trace?.flow.from;
  const other = targets.find(
    ({ ref }) => asks === undefined || asks.kind === 'external' || asks.kind === 'node' || ref.namespace !== asks.namespace || ref.name !== asks.name,
  );
  return namesake ?? other ?? targets[0] ?? null;
}

/** Whether the request ended at a Pod of the target. */
export function reaches({ ref }: Target, { workload, pod }: Pick<Backend, 'workload' | 'pod'>): boolean {
  if (workload !== null) return refKey(workload) === refKey(ref);
  return pod !== null && ref.kind === 'Pod' && pod.namespace === ref.namespace;
}

/** Services that select the target's Pods, by name. */
export function servicesOf(cluster: Cluster, target: Target): readonly Service[] {
  return [...cluster.services.values()].filter(
    ({ ref, selector, type }) =>
      type !== 'ExternalName' && selector !== null && ref.namespace === target.ref.namespace && matchesLabels(target.labels, selector),
  );
}

/** Service port and what it leads to, as an applied manifest states it. */
export type ExposedPort = Pick<ServicePort, 'name' | 'protocol' | 'appProtocol' | 'port' | 'targetPort'>;

/**
 * The ports that a new Service gets: those of a Service that is there already, else one for each port that a container
 * declares. Where none is declared, port 80 (S5.7: declaring a port is only information).
 */
export function exposedPorts(target: Target, existing: Service | null, isHttp: boolean): readonly ExposedPort[] {
  if (existing !== null && existing.ports.length > 0) return existing.ports;
  const declared = target.spec.containers.flatMap(({ ports }) => ports);
  const [only] = declared;
  if (only === undefined) return [{ name: '', protocol: 'TCP', appProtocol: null, port: 80, targetPort: 80 }];
  if (declared.length > 1) return unique(declared).map((port) => exposed(port, port.containerPort, port.name ?? `port-${port.containerPort}`));
  return [exposed(only, isHttp && only.protocol === 'TCP' ? 80 : only.containerPort, '')];
}

function exposed({ containerPort, name, protocol }: ContainerPort, port: number, portName: string): ExposedPort {
  return { name: portName, protocol, appProtocol: null, port, targetPort: name ?? containerPort };
}

/** Two containers cannot have one number of one protocol, but a text may say so. */
function unique(ports: readonly ContainerPort[]): readonly ContainerPort[] {
  return ports.filter(
    (port, index) => ports.findIndex(({ containerPort, protocol }) => containerPort === port.containerPort && protocol === port.protocol) === index,
  );
}

/** Of a Service's ports the one that is meant: of the protocol, leading to that container port, or of that number. */
export function portFor(
  service: Service,
  target: Target,
  wanted: { readonly protocol: string; readonly endpoint: number | null; readonly port: number },
): ServicePort | null {
  const fitting = service.ports.filter(({ protocol }) => protocol === wanted.protocol);
  return (
    fitting.find((port) => wanted.endpoint !== null && resolveTargetPort(target.spec, port) === wanted.endpoint) ??
    fitting.find(({ port }) => port === wanted.port) ??
    fitting[0] ??
    service.ports[0] ??
    null
  );
}
