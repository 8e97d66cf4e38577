/** What is wrong between Services and Pods: selectors that match nothing, Pods that are not ready, ports without a name. */
import { msg } from '../../../catalogue/message.ts';
import type { Pod } from '../../kinds/pod/pod-spec.ts';
import type { Service, ServicePort } from '../../kinds/service/service-spec.ts';
import type { Workload } from '../../kinds/workload/workload-spec.ts';
import { nameKey, refKey } from '../../manifests/object-ref.ts';
import type { Cluster } from '../cluster.ts';
import { handMadeFault } from '../hand-made-endpoints.ts';
import { type Ledger, recordFinding } from '../ledger.ts';
import { isPartOf, nearest } from '../../manifests/near-miss.ts';
import { rangesOf } from '../ranges.ts';
import { matchesLabels } from '../selectors.ts';
import { resolveTargetPort } from '../target-port.ts';
import { automaticHintsAnnotation } from '../topology-hints.ts';

/** `selected`: by Service key, the Pods that each selector matches. */
export function reportServices(cluster: Cluster, selected: ReadonlyMap<string, readonly Pod[]>, ledger: Ledger): void {
  const labels = lazily(() => countLabels(cluster.pods));
  const idle = lazily(() =>
    [...cluster.workloads.values()].filter(({ ref, replicas }) => replicas === 0 && ref.kind !== 'CronJob' && ref.kind !== 'DaemonSet'),
  );
  for (const [key, pods] of selected) {
    const service = cluster.services.get(key);
    if (service === undefined || service.manifest === null) continue;
    // Pasted endpoints show that there are Pods, though none was pasted with them.
    const hasEndpoints = cluster.endpointSlices.get(key)?.some(({ madeBy, endpoints }) => madeBy !== 'controller' && endpoints.length > 0) === true;
    if (pods.length === 0 && hasEndpoints) continue;
    if (pods.length === 0) reportDeadSelector(key, service, cluster, idle(), labels, ledger);
    else if (cluster.endpointSlices.get(key)?.[0]?.madeBy === 'controller') {
      reportBroadSelector(key, service, pods, cluster, ledger);
      reportPorts(key, service, pods, cluster, ledger);
    }
    const annotation = automaticHintsAnnotation(service);
    if (annotation !== null) {
      recordFinding(
        ledger,
        'topology-mode-auto',
        'info',
        { object: service, path: ['metadata', 'annotations', annotation] },
        msg('cluster.topology-mode-auto', { service: key }),
        ['S5.11', 'U20'],
      );
    }
  }
}

/** Services without a selector: what keeps the endpoints that somebody wrote from them (S5.6). */
export function reportHandMadeEndpoints(cluster: Cluster, ledger: Ledger): void {
  for (const service of cluster.services.values()) {
    if (service.manifest === null) continue;
    const told = new Set<string>();
    for (const port of service.ports) {
      const fault = handMadeFault(cluster, service, port);
      if (fault === null || fault.at.manifest === null || told.has(fault.why.id)) continue;
      told.add(fault.why.id);
      const meant = fault.slice === null && !isSelectorMisspelt(service, ledger) ? workloadMeant(cluster, service, port) : null;
      if (meant !== null) {
        const args = { service: nameKey(service.ref.namespace, service.ref.name), workload: nameKey(meant.ref.namespace, meant.ref.name) };
        const also = [{ object: meant, path: ['spec', 'template', 'metadata', 'labels'] }];
        recordFinding(
          ledger,
          'selector-matches-no-pods',
          'warning',
          { object: service, path: ['spec'] },
          msg('cluster.selector.absent', args),
          ['S5.1', 'S5.6', 'F-18'],
          also,
        );
        continue;
      }
      const { manifest, path } = fault.at;
      // Of a part of a cluster the endpoints may just not have been pasted.
      const severity = fault.slice === null && !cluster.environment.complete ? 'info' : 'warning';
      const ranges = rangesOf(ledger.manifests, { manifest }, path);
      ledger.findings.push({ code: 'hand-made-endpoints', severity, message: fault.why, ranges, object: manifest.ref, path, rules: fault.rules });
    }
  }
}

/** The field itself is a slip of the hand, which has been told. */
function isSelectorMisspelt({ ref }: Service, { findings }: Ledger): boolean {
  return findings.some(({ object, message }) => object !== undefined && refKey(object) === refKey(ref) && message.args['near'] === 'spec.selector');
}

/** Of the workloads whose Pods no Service selects, the one of the same name, or the only one that has the port. */
function workloadMeant(cluster: Cluster, { ref }: Service, { targetPort }: ServicePort): Workload | null {
  const services = [...cluster.services.values()].filter(({ ref: own }) => own.namespace === ref.namespace);
  const idle = [...cluster.workloads.values()].filter(
    (workload) =>
      workload.manifest !== null &&
      workload.ref.namespace === ref.namespace &&
      !services.some(({ selector }) => selector !== null && matchesLabels(workload.template.labels, selector)),
  );
  const named = idle.find((workload) => isAlike(workload.ref.name, ref.name));
  if (named !== undefined) return named;
  const able = idle.filter(({ template }) =>
    template.spec.containers.some(({ ports }) => ports.some(({ name, containerPort }) => targetPort === containerPort || targetPort === name)),
  );
  return able.length === 1 ? able[0]! : null;
}

const isAlike = (a: string, b: string) => a === b || isPartOf(a, b);

/** Without tag and digest: another tag is another version of the same application. */
const repositoryOf = ({ template }: Workload) => (template.spec.containers[0]?.image ?? '').replace(/@.*$/, '').replace(/:[^:/]*$/, '');

/** F-19: besides the workload that has the Service's name, the selector matches Pods of one that runs something else. */
function reportBroadSelector(key: string, service: Service, pods: readonly Pod[], cluster: Cluster, ledger: Ledger): void {
  const names = new Set(pods.flatMap(({ workload }) => (workload === null ? [] : refKey(workload))));
  if (names.size < 2) return;
  const workloads = [...cluster.workloads.values()].filter(
    ({ ref, manifest, template }) => manifest !== null && ref.namespace === service.ref.namespace && matchesLabels(template.labels, service.selector ?? {}),
  );
  const meant = workloads.filter(({ ref, template }) => isAlike(ref.name, service.ref.name) || Object.values(template.labels).includes(service.ref.name));
  const [own] = meant;
  const other = workloads.find((workload) => !meant.includes(workload) && own !== undefined && repositoryOf(workload) !== repositoryOf(own));
  if (own === undefined || other === undefined) return;
  const shared = pods.filter(({ workload }) => workload !== null && workload.name === other.ref.name && workload.kind === other.ref.kind).length;
  if (shared === 0) return;
  const args = { service: key, pods: shared, other: nameKey(other.ref.namespace, other.ref.name), meant: nameKey(own.ref.namespace, own.ref.name) };
  recordFinding(
    ledger,
    'selector-too-broad',
    'warning',
    { object: service, path: ['spec', 'selector'] },
    msg('cluster.selector.too-broad', args),
    ['S5.13', 'F-19'],
    [{ object: other, path: ['spec', 'template', 'metadata', 'labels'] }],
  );
}

type LabelCounts = ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, number>>>;

/** Namespace, key, value: number of Pods. */
function countLabels(pods: ReadonlyMap<string, Pod>): LabelCounts {
  const out = new Map<string, Map<string, Map<string, number>>>();
  for (const { ref, metadata } of pods.values()) {
    const keys = out.get(ref.namespace) ?? new Map<string, Map<string, number>>();
    out.set(ref.namespace, keys);
    for (const [key, value] of Object.entries(metadata.labels)) {
      const values = keys.get(key) ?? new Map<string, number>();
      keys.set(key, values);
      values.set(value, (values.get(value) ?? 0) + 1);
    }
  }
  return out;
}

function reportDeadSelector(
  key: string,
  service: Service,
  cluster: Cluster,
  idleWorkloads: readonly Workload[],
  counts: () => LabelCounts,
  ledger: Ledger,
): void {
  const selector = service.selector ?? {};
  const path = ['spec', 'selector'];
  const idle = idleWorkloads.find(({ ref, template }) => ref.namespace === service.ref.namespace && matchesLabels(template.labels, selector));
  if (idle !== undefined) {
    const message = msg('cluster.selector.no-replicas', { service: key, workload: nameKey(idle.ref.namespace, idle.ref.name) });
    recordFinding(ledger, 'selector-matches-no-pods', 'warning', { object: service, path }, message, ['S5.2'], [{ object: idle, path: ['spec', 'replicas'] }]);
    return;
  }
  const here = counts().get(service.ref.namespace) ?? new Map<string, ReadonlyMap<string, number>>();
  for (const [label, value] of Object.entries(selector)) {
    const values = here.get(label);
    if (values !== undefined && !values.has(value)) {
      const near = nearest(value, values.keys());
      if (near === null) continue;
      const args = { wanted: `${label}: ${value}`, distance: near.distance, found: `${label}: ${near.word}`, pods: values.get(near.word)! };
      recordFinding(ledger, 'selector-matches-no-pods', 'error', { object: service, path: [...path, label] }, msg('cluster.selector.near', args), [
        'S5.2',
        'S4.2.25',
      ]);
      return;
    }
    const key2 = values === undefined ? nearest(label, here.keys()) : null;
    if (key2 !== null) {
      const pods = [...here.get(key2.word)!.values()].reduce((sum, count) => sum + count, 0);
      const message = msg('cluster.selector.near-key', { wanted: label, distance: key2.distance, found: key2.word, pods });
      recordFinding(ledger, 'selector-matches-no-pods', 'error', { object: service, path: [...path, label] }, message, ['S5.2', 'S4.2.25']);
      return;
    }
  }
  // Only where each label occurs somewhere is it worth looking for a Pod with all of them.
  const isElsewhere = [...counts().keys()].some(
    (namespace) =>
      namespace !== service.ref.namespace && Object.entries(selector).every(([label, value]) => counts().get(namespace)?.get(label)?.has(value) === true),
  );
  const elsewhere = isElsewhere ? [...cluster.pods.values()].find((pod) => matchesLabels(pod.metadata.labels, selector))?.ref.namespace : undefined;
  const labels = Object.entries(selector)
    .map(([label, value]) => `${label}=${value}`)
    .join(',');
  const other = labelWithValue(selector, here);
  if (elsewhere === undefined && other !== null) {
    const message = msg('cluster.selector.other-key', { ...other, service: key });
    recordFinding(ledger, 'selector-matches-no-pods', 'error', { object: service, path: [...path, other.key] }, message, ['S5.2', 'S4.2.25']);
    return;
  }
  const message =
    elsewhere === undefined
      ? msg('cluster.selector.none', { service: key, labels })
      : msg('cluster.selector.elsewhere', { service: key, labels, namespace: elsewhere });
  recordFinding(ledger, 'selector-matches-no-pods', 'warning', { object: service, path }, message, ['S5.1', 'S5.2']);
}

/** A label of Pods here that has a wanted value under another key: `app: web` where `name: web` is wanted. */
function labelWithValue(
  selector: Readonly<Record<string, string>>,
  here: ReadonlyMap<string, ReadonlyMap<string, number>>,
): { readonly key: string; readonly wanted: string; readonly found: string; readonly pods: number } | null {
  for (const [key, value] of Object.entries(selector)) {
    if (here.has(key)) continue;
    for (const [label, values] of here) {
      const pods = values.get(value);
      if (pods !== undefined) return { key, wanted: `${key}: ${value}`, found: `${label}: ${value}`, pods };
    }
  }
  return null;
}

function reportPorts(key: string, service: Service, pods: readonly Pod[], cluster: Cluster, ledger: Ledger): void {
  for (const [index, port] of service.ports.entries()) {
    const path = ['spec', 'ports', index, 'targetPort'];
    const at = { object: service, path };
    if (typeof port.targetPort === 'string') {
      const lacking = pods.filter((pod) => resolveTargetPort(pod.spec, port) === null);
      if (lacking.length === 0) continue;
      const names = new Set(lacking.flatMap((pod) => pod.spec.containers.flatMap((container) => container.ports.flatMap(({ name }) => name ?? []))));
      const near = nearest(port.targetPort, names);
      const otherProtocol = lacking.flatMap((pod) => pod.spec.containers.flatMap((container) => container.ports)).find(({ name }) => name === port.targetPort);
      const message =
        otherProtocol !== undefined
          ? msg('cluster.target-port.protocol', { name: port.targetPort, protocol: otherProtocol.protocol, wanted: port.protocol })
          : near !== null
            ? msg('cluster.target-port.near', { name: port.targetPort, near: near.word })
            : msg('cluster.target-port.missing', { service: key, name: port.targetPort, pods: lacking.length });
      recordFinding(ledger, 'target-port-name-missing', lacking.length === pods.length ? 'error' : 'warning', at, message, [
        'S5.5',
        otherProtocol === undefined ? 'F-23' : 'F-38',
      ]);
      continue;
    }
    const declared = new Set(
      pods.flatMap((pod) =>
        pod.spec.containers.flatMap((container) =>
          container.ports.filter(({ protocol }) => protocol === port.protocol).map(({ containerPort }) => containerPort),
        ),
      ),
    );
    if (declared.size > 0 && !declared.has(port.targetPort)) {
      const message = msg('cluster.target-port.undeclared', { service: key, port: port.targetPort, declared: [...declared].map(String) });
      recordFinding(ledger, 'target-port-undeclared', 'warning', at, message, ['S4.2.25', 'S5.7', 'F-22']);
    }
    if (service.headless && port.targetPort !== port.port) {
      recordFinding(ledger, 'headless-port-differs', 'info', at, msg('cluster.headless-port', { service: key, port: port.port, target: port.targetPort }), [
        'S4.2.25',
        'S6.1',
      ]);
    }
  }
  const slices = cluster.endpointSlices.get(key) ?? [];
  // Terminating endpoints that still serve are used when no other is ready (S7.2).
  if (slices.some((slice) => slice.endpoints.some(({ ready, serving, terminating }) => ready || (serving && terminating)))) return;
  if (pods.some((pod) => service.ports.length === 0 || service.ports.some((port) => resolveTargetPort(pod.spec, port) !== null))) {
    recordFinding(
      ledger,
      'pods-not-ready',
      'warning',
      { object: service, path: ['spec', 'selector'] },
      msg('cluster.pods-not-ready', { service: key, pods: pods.length }),
      ['S5.3', 'S5.4', 'F-20'],
    );
  }
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
