/**
 * The proxy that a controller makes for each Gateway, in the Gateway's namespace: a Deployment and a Service with its
 * listeners' ports (S12.1.4). They are ordinary objects, so scheduling, addresses, load balancers and kube-proxy treat
 * them like any other. What was pasted of it is used as it stands.
 */
import { msg } from '../../../catalogue/message.ts';
import type { Listener } from '../../kinds/gateway-api/listener-spec.ts';
import type { Gateway } from '../../kinds/gateway/gateway-spec.ts';
import type { Pod } from '../../kinds/pod/pod-spec.ts';
import type { LoadBalancerIngress, Service } from '../../kinds/service/service-spec.ts';
import { nameKey, refKey } from '../../manifests/object-ref.ts';
import type { Environment } from '../environment.ts';
import { hexHash } from '../hash.ts';
import { type Ledger, recordProvenance } from '../ledger.ts';
import { byAge } from '../name-order.ts';
import type { Objects } from '../objects.ts';
import { type Labels, matchesLabels } from '../selectors.ts';
import { syntheticDeployment, syntheticPodSpec, syntheticService } from '../synthetic.ts';
import { resolveTargetPort } from '../target-port.ts';
import { claimOf, type RunningGatewayController } from './controllers.ts';
import { allowsListenerSet } from './listener-sets.ts';
import type { GatewayInfrastructure } from './settled.ts';

/** What stands for a Gateway before its Pods have names: by `nameKey` of the Gateway. */
export type Installed = ReadonlyMap<string, Installation>;

interface Installation {
  readonly workload: string | null;
  readonly service: string;
  /** Labels of its Pods. */
  readonly labels: Labels;
  readonly listens: GatewayInfrastructure['listens'];
}

/** The labels that all implementations put on what they make for a Gateway (GEP-1762). */
const GATEWAY_NAME = 'gateway.networking.k8s.io/gateway-name';
const GATEWAY_CLASS_NAME = 'gateway.networking.k8s.io/gateway-class-name';

const BY = 'Gateway controller';

export function installGateways(controllers: readonly RunningGatewayController[], objects: Objects, environment: Environment, ledger: Ledger): Installed {
  const out = new Map<string, Installation>();
  const takenHostPorts = new Set<string>();
  for (const gateway of [...objects.gateways.values()].sort(byAge)) {
    const claim = claimOf(gateway, controllers, objects.gatewayClasses);
    if (claim.kind === 'unclaimed') continue;
    const key = nameKey(gateway.ref.namespace, gateway.ref.name);
    const ports = portsOf(gateway, objects);
    out.set(key, pasted(gateway, objects, ports) ?? make(gateway, ports, claim.controller, takenHostPorts, objects, environment, ledger));
  }
  return out;
}

interface ListenerPort {
  readonly port: number;
  readonly transport: 'TCP' | 'UDP';
}

/** Each port once, of the Gateway and of the ListenerSets that it lets add listeners. */
function portsOf(gateway: Gateway, objects: Objects): readonly ListenerPort[] {
  const sets = [...objects.listenerSets.values()].filter((set) => allowsListenerSet(gateway, set, objects.namespaces));
  const out = new Map<string, ListenerPort>();
  for (const listener of [gateway, ...sets].flatMap(({ listeners }): readonly Listener[] => listeners)) {
    const transport = listener.protocol === 'UDP' ? 'UDP' : 'TCP';
    out.set(`${transport}/${listener.port}`, { port: listener.port, transport });
  }
  return [...out.values()];
}

/** The Service that bears the Gateway's name in its label, as `kubectl get` shows it. */
function pasted(gateway: Gateway, objects: Objects, ports: readonly ListenerPort[]): Installation | null {
  const { namespace, name } = gateway.ref;
  const service = [...objects.services.values()].find(({ ref, metadata }) => ref.namespace === namespace && metadata.labels[GATEWAY_NAME] === name);
  if (service === undefined || service.selector === null) return null;
  const { selector } = service;
  const workload = [...objects.workloads.values()].find(({ ref, template }) => ref.namespace === namespace && matchesLabels(template.labels, selector));
  const spec =
    workload?.template.spec ??
    [...objects.pods.values()].find(({ ref, metadata }) => ref.namespace === namespace && matchesLabels(metadata.labels, selector))?.spec;
  const listens = ports.flatMap(({ port, transport }) => {
    const own = service.ports.find((one) => one.port === port && one.protocol === transport);
    if (own === undefined) return [];
    const containerPort = (spec === undefined ? null : resolveTargetPort(spec, own)) ?? (typeof own.targetPort === 'number' ? own.targetPort : own.port);
    return [{ containerPort, port, transport }];
  });
  return { workload: workload === undefined ? null : refKey(workload.ref), service: nameKey(namespace, service.ref.name), labels: selector, listens };
}

function make(
  gateway: Gateway,
  ports: readonly ListenerPort[],
  controller: RunningGatewayController,
  takenHostPorts: Set<string>,
  objects: Objects,
  environment: Environment,
  ledger: Ledger,
): Installation {
  const { namespace, name: own } = gateway.ref;
  // A Gateway that was not pasted may not be there, whoever serves its class.
  const assumption = ledger.provenance.get(refKey(gateway.ref))?.assumption ?? controller.assumption;
  const name = freeName(objectName(`${own}-${gateway.gatewayClassName}`), namespace, objects);
  const selector: Labels = { [GATEWAY_NAME]: labelValue(own) };
  const labels: Labels = { ...gateway.infrastructure.labels, ...selector, [GATEWAY_CLASS_NAME]: labelValue(gateway.gatewayClassName) };
  const published = publishedBy(gateway);
  // Without load balancers a proxy is reached on ports of its node, where no other holds them (S8.5.6).
  const onHostPorts = environment.cloud === 'none' && published.length === 0;
  const containerPorts = ports.map(({ port, transport }) => {
    const key = `${transport}/${port}`;
    const hostPort = onHostPorts && !takenHostPorts.has(key) ? port : null;
    takenHostPorts.add(key);
    return { name: portName({ port, transport }), containerPort: port, protocol: transport, hostPort };
  });
  const workload = syntheticDeployment(namespace, name, 1, labels, syntheticPodSpec('proxy', '', containerPorts));
  objects.workloads.set(refKey(workload.ref), workload);
  const requested = gateway.addresses.find(({ type, value }) => type === 'IPAddress' && value !== null)?.value ?? null;
  const made = syntheticService(namespace, name, {
    type: onHostPorts ? 'NodePort' : 'LoadBalancer',
    selector,
    ports: ports.map((port) => ({ name: portName(port), protocol: port.transport, appProtocol: null, port: port.port, targetPort: port.port, nodePort: 0 })),
    annotations: gateway.infrastructure.annotations,
  });
  const service: Service = {
    ...made,
    metadata: { ...made.metadata, labels },
    loadBalancerIP: onHostPorts ? null : requested,
    statusIngress: published.length === 0 ? null : published,
  };
  const key = nameKey(namespace, name);
  objects.services.set(key, service);
  const why = msg('provenance.gateway-infrastructure', { gateway: nameKey(namespace, own) });
  for (const { ref } of [workload, service])
    recordProvenance(ledger, { object: ref }, BY, why, { object: gateway.ref, path: ['spec', 'listeners'] }, assumption);
  return {
    workload: refKey(workload.ref),
    service: key,
    labels: selector,
    listens: ports.map(({ port, transport }) => ({ containerPort: port, port, transport })),
  };
}

/** The addresses that the text shows in the status of a running Gateway. */
function publishedBy({ statusAddresses }: Gateway): readonly LoadBalancerIngress[] {
  return (statusAddresses ?? []).flatMap(({ type, value }): LoadBalancerIngress[] => {
    if (value === null || (type !== 'IPAddress' && type !== 'Hostname')) return [];
    return [type === 'IPAddress' ? { ip: value, hostname: null, ipMode: 'VIP' } : { ip: null, hostname: value, ipMode: 'VIP' }];
  });
}

function portName({ port, transport }: ListenerPort): string {
  return `${transport.toLowerCase()}-${port}`;
}

/** A name that a Service may have: names of Gateways hold dots and may be longer. */
function objectName(text: string): string {
  const plain = text.replace(/\./g, '-').replace(/^(?=\d)/, 'gateway-');
  return plain.length <= 58 ? plain : `${plain.slice(0, 49)}-${hexHash(text).slice(0, 8)}`;
}

/** Room for the suffix of Pods is left in both. */
function labelValue(text: string): string {
  return text.length <= 63 ? text : `${text.slice(0, 54)}-${hexHash(text).slice(0, 8)}`;
}

function freeName(name: string, namespace: string, objects: Objects): string {
  const isTaken = objects.services.has(nameKey(namespace, name)) || objects.workloads.has(refKey({ kind: 'Deployment', namespace, name }));
  return isTaken ? `${name}-proxy` : name;
}

/** The same once its Pods run. */
export function infrastructureOf(
  { workload, service, labels, listens }: Installation,
  namespace: string,
  pods: ReadonlyMap<string, Pod>,
  services: ReadonlyMap<string, Service>,
): GatewayInfrastructure {
  const own = [...pods].filter(([, pod]) => pod.ref.namespace === namespace && matchesLabels(pod.metadata.labels, labels)).map(([key]) => key);
  return { workload, service: services.has(service) ? service : null, pods: own, listens };
}
