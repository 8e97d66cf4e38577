/**
 * The EndpointSlice controller (S5): which addresses stand behind each Service. Slices that were pasted are the truth
 * for their Service; for the others the selector decides. Never looks at what a container really listens on (S5.7).
 * https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/
 */
import { msg, type Message } from '../../catalogue/message.ts';
import type { EndpointSlice, SliceEndpoint } from '../kinds/endpoint-slice/endpoint-slice-spec.ts';
import type { Node } from '../kinds/node/node-spec.ts';
import type { Pod } from '../kinds/pod/pod-spec.ts';
import type { Service } from '../kinds/service/service-spec.ts';
import type { RuleId } from '../manifests/finding.ts';
import type { IpFamily } from '../manifests/ip.ts';
import { nameKey } from '../manifests/object-ref.ts';
import { familyOf } from './address-family.ts';
import type { Cluster } from './cluster.ts';
import { type Ledger, recordProvenance } from './ledger.ts';
import type { RunningPods } from './pods.ts';
import { selectAll } from './selectors.ts';
import { resolveTargetPort } from './target-port.ts';
import { hintsFor } from './topology-hints.ts';

/** `--max-endpoints-per-slice` (S5.8). */
const MOST_ENDPOINTS = 100;

type Excluded = Cluster['excludedPods'] extends ReadonlyMap<string, readonly (infer E)[]> ? E : never;

export interface Slices {
  readonly endpointSlices: ReadonlyMap<string, readonly EndpointSlice[]>;
  readonly excludedPods: ReadonlyMap<string, readonly Excluded[]>;
  /** By Service key: how many Pods the selector matches. Services without a controller's slices are absent. */
  readonly selected: ReadonlyMap<string, readonly Pod[]>;
}

export function endpointSlices(
  services: ReadonlyMap<string, Service>,
  { pods, gone, nodes }: RunningPods,
  pasted: readonly EndpointSlice[],
  ledger: Ledger,
): Slices {
  const written = writtenSlices(pasted, services, pods, gone);
  const slices = new Map<string, readonly EndpointSlice[]>();
  const excluded = new Map<string, readonly Excluded[]>();
  const selected = new Map<string, readonly Pod[]>();
  const podList = [...pods.values()];
  // S5.1: without a selector, or as ExternalName, no controller makes slices.
  const selecting = [...services.values()].filter((service) => service.selector !== null && service.type !== 'ExternalName');
  const matches = selectAll(
    selecting.map((service) => ({ namespace: service.ref.namespace, selector: service.selector! })),
    podList.map((pod) => ({ namespace: pod.ref.namespace, labels: pod.metadata.labels })),
  );
  const made = new Map<string, readonly EndpointSlice[]>();
  for (const [index, service] of selecting.entries()) {
    const key = nameKey(service.ref.namespace, service.ref.name);
    const matching = matches[index]!.map((position) => podList[position]!);
    selected.set(key, matching);
    if (written.has(key)) continue;
    const result = slicesOf(service, matching, nodes);
    made.set(key, result.slices);
    if (result.excluded.length > 0) excluded.set(key, result.excluded);
    const why = msg('provenance.endpoint-slice', { service: key, pods: matching.length });
    const from = { object: service.ref, path: ['spec', 'selector'] };
    for (const slice of result.slices) recordProvenance(ledger, { object: slice.ref }, 'EndpointSlice controller', why, from);
  }
  for (const key of services.keys()) {
    const own = written.get(key) ?? made.get(key);
    if (own !== undefined) slices.set(key, own);
  }
  // Slices of a Service that was not pasted are kept: the Service may be what is missing.
  for (const [key, own] of written) if (!slices.has(key)) slices.set(key, own);
  return { endpointSlices: slices, excludedPods: excluded, selected };
}

/** Pasted EndpointSlices by Service; mirrored Endpoints only where there are none (S5.6). */
function writtenSlices(
  pasted: readonly EndpointSlice[],
  services: ReadonlyMap<string, Service>,
  pods: ReadonlyMap<string, Pod>,
  gone: ReadonlySet<string>,
): ReadonlyMap<string, readonly EndpointSlice[]> {
  const bySource = { manifest: new Map<string, EndpointSlice[]>(), mirrored: new Map<string, EndpointSlice[]>() };
  for (const slice of pasted) {
    if (slice.serviceName === null) continue;
    const key = nameKey(slice.ref.namespace, slice.serviceName);
    const source = bySource[slice.madeBy === 'mirrored' ? 'mirrored' : 'manifest'];
    const known = source.get(key);
    const seen = withSwitches(slice, services.get(key)?.publishNotReadyAddresses ?? false, pods, gone);
    if (known === undefined) source.set(key, [seen]);
    else known.push(seen);
  }
  return new Map([...bySource.mirrored, ...bySource.manifest]);
}

/** A person's switches on Pods reach pasted slices too: a Pod made not ready is no ready endpoint, a deleted one none. */
function withSwitches(slice: EndpointSlice, publishNotReady: boolean, pods: ReadonlyMap<string, Pod>, gone: ReadonlySet<string>): EndpointSlice {
  const podKey = ({ targetRef }: SliceEndpoint) => (targetRef?.kind === 'Pod' ? nameKey(targetRef.namespace, targetRef.name) : '');
  const isSwitched = (key: string) => gone.has(key) || pods.get(key)?.status.from === 'environment';
  if (!slice.endpoints.some((endpoint) => isSwitched(podKey(endpoint)))) return slice;
  const endpoints = slice.endpoints.flatMap((endpoint): SliceEndpoint[] => {
    const key = podKey(endpoint);
    if (gone.has(key)) return [];
    const pod = pods.get(key);
    return [pod?.status.from === 'environment' ? { ...endpoint, ...conditionsOf(pod, publishNotReady) } : endpoint];
  });
  return { ...slice, endpoints };
}

/** S5.3. */
function conditionsOf(pod: Pod, publishNotReady: boolean): Pick<SliceEndpoint, 'ready' | 'serving' | 'terminating'> {
  const { ready: serving, terminating } = pod.status;
  return { ready: publishNotReady || (serving && !terminating), serving, terminating };
}

function slicesOf(
  service: Service,
  matching: readonly Pod[],
  nodes: ReadonlyMap<string, Node>,
): { readonly slices: readonly EndpointSlice[]; readonly excluded: readonly Excluded[] } {
  const excluded: Excluded[] = [];
  const groups = new Map<string, { readonly type: IpFamily; readonly ports: EndpointSlice['ports']; readonly endpoints: SliceEndpoint[] }>();
  const families = service.ipFamilies.length === 0 ? (['IPv4'] as const) : service.ipFamilies;
  for (const pod of matching) {
    const key = nameKey(pod.ref.namespace, pod.ref.name);
    const reason = whyNoEndpoint(pod, service, nodes);
    if (reason !== null) {
      excluded.push({ pod: key, ...reason });
      continue;
    }
    const ports = portsOf(service, pod);
    for (const name of ports.unresolved) {
      excluded.push({ pod: key, why: msg('cluster.excluded.port-name', { pod: key, name }), rule: 'S5.5' });
    }
    for (const family of families) {
      const address = pod.status.podIPs.find((ip) => familyOf(ip) === family);
      if (address === undefined) continue;
      const id = `${family} ${ports.id}`;
      let group = groups.get(id);
      if (group === undefined) groups.set(id, (group = { type: family, ports: ports.resolved, endpoints: [] }));
      group.endpoints.push(endpointOf(pod, address, service, nodes));
    }
  }
  // S5.8: a Service without any Pod still has one empty slice.
  if (groups.size === 0) groups.set('', { type: families[0]!, ports: [], endpoints: [] });
  const slices: EndpointSlice[] = [];
  for (const { type, ports, endpoints } of groups.values()) {
    const hinted = hintsFor(service, endpoints);
    for (let from = 0; from === 0 || from < hinted.length; from += MOST_ENDPOINTS) {
      slices.push(makeSlice(service, slices.length + 1, type, ports, hinted.slice(from, from + MOST_ENDPOINTS)));
    }
  }
  return { slices, excluded };
}

/** S5.2; null when the Pod is a candidate. */
function whyNoEndpoint(pod: Pod, service: Service, nodes: ReadonlyMap<string, Node>): { readonly why: Message; readonly rule: RuleId } | null {
  const key = nameKey(pod.ref.namespace, pod.ref.name);
  const { phase, podIPs } = pod.status;
  if (phase === 'Succeeded' || phase === 'Failed') return { why: msg('cluster.excluded.ended', { pod: key, phase }), rule: 'S5.2' };
  const node = pod.node ?? pod.spec.nodeName;
  if (node !== null && !nodes.has(node) && !service.publishNotReadyAddresses) {
    return { why: msg('cluster.excluded.node-missing', { pod: key, node }), rule: 'S5.2' };
  }
  if (podIPs.length === 0) return { why: msg('cluster.excluded.no-address', { pod: key, phase }), rule: 'S5.2' };
  const families: readonly string[] = service.ipFamilies;
  if (families.length > 0 && !podIPs.some((ip) => families.includes(familyOf(ip)))) {
    return { why: msg('cluster.excluded.family', { pod: key, families }), rule: 'S5.2' };
  }
  return null;
}

/** The Service's ports as this Pod offers them; ports whose name it lacks are left out (S5.5). */
function portsOf(service: Service, pod: Pod): { readonly id: string; readonly resolved: EndpointSlice['ports']; readonly unresolved: readonly string[] } {
  let id = '';
  const resolved: EndpointSlice['ports'][number][] = [];
  const unresolved: string[] = [];
  for (const port of service.ports) {
    const number = resolveTargetPort(pod.spec, port);
    if (number === null) {
      unresolved.push(String(port.targetPort));
      continue;
    }
    id += `${number},`;
    resolved.push({ name: port.name, port: number, protocol: port.protocol, appProtocol: port.appProtocol });
  }
  return { id: unresolved.length === 0 ? id : `${id} ${unresolved.join()}`, resolved, unresolved };
}

function endpointOf(pod: Pod, address: string, service: Service, nodes: ReadonlyMap<string, Node>): SliceEndpoint {
  const named = pod.spec.hostname !== null && pod.spec.hostname !== '' && pod.spec.subdomain === service.ref.name;
  return {
    addresses: [address],
    ...conditionsOf(pod, service.publishNotReadyAddresses),
    hostname: named ? pod.spec.hostname : null,
    nodeName: pod.node,
    zone: pod.node === null ? null : (nodes.get(pod.node)?.zone ?? null),
    targetRef: pod.ref,
    hints: NO_HINTS,
  };
}

const NO_HINTS: SliceEndpoint['hints'] = { forZones: [], forNodes: [] };

function makeSlice(service: Service, number: number, type: IpFamily, ports: EndpointSlice['ports'], endpoints: readonly SliceEndpoint[]): EndpointSlice {
  const { namespace, name: serviceName } = service.ref;
  const name = `${serviceName}-${number}`;
  return {
    ref: { kind: 'EndpointSlice', namespace, name },
    metadata: {
      name,
      namespace,
      labels: { 'kubernetes.io/service-name': serviceName, 'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io' },
      annotations: {},
      creationTimestamp: null,
      deletionTimestamp: null,
      owners: [{ kind: 'Service', name: serviceName, controller: true }],
    },
    manifest: null,
    order: service.order,
    serviceName,
    addressType: type,
    ports,
    endpoints,
    madeBy: 'controller',
  };
}
