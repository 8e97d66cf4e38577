/** Small clusters and packets for tests of the data plane, built by hand so that each test states all it rests on. */
import { msg } from '../../../catalogue/message.ts';
import { addressOwners } from '../../cluster/address-owners.ts';
import type { Cluster, LoadBalancer } from '../../cluster/cluster.ts';
import { NO_GATEWAYS } from '../../cluster/gateways/settled.ts';
import type { Environment } from '../../cluster/environment.ts';
import type { EndpointSlice, SliceEndpoint } from '../../kinds/endpoint-slice/endpoint-slice-spec.ts';
import type { ApiObject } from '../../kinds/kind.ts';
import type { Node } from '../../kinds/node/node-spec.ts';
import type { ContainerPort, Pod } from '../../kinds/pod/pod-spec.ts';
import type { Service, ServicePort } from '../../kinds/service/service-spec.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import type { Memory } from '../../trace/memory.ts';
import { NO_MEMORY } from '../../trace/memory.ts';
import type { Protocol } from '../../trace/packet.ts';
import { formatSocket } from '../../trace/packet.ts';
import type { Carry, Component, Decision, HopDecision, Place, State } from '../component.ts';

function object(kind: string, key: string): ApiObject {
  const [namespace, name] = key.includes('/') ? (key.split('/') as [string, string]) : ['', key];
  return {
    ref: { kind, namespace, name },
    metadata: { name, namespace, labels: {}, annotations: {}, creationTimestamp: null, deletionTimestamp: null, owners: [] },
    manifest: null,
    order: 0,
  };
}

export function node(name: string, internalIP: string, more: Partial<Node> & { readonly externalIP?: string } = {}): Node {
  const { externalIP, ...rest } = more;
  return {
    ...object('Node', name),
    addresses: [{ type: 'InternalIP', address: internalIP }, ...(externalIP === undefined ? [] : [{ type: 'ExternalIP' as const, address: externalIP }])],
    podCIDRs: [],
    unschedulable: false,
    ready: true,
    zone: null,
    region: null,
    providerID: null,
    leaving: false,
    excludedFromLoadBalancers: false,
    ...rest,
  };
}

export function pod(key: string, on: string, ip: string, ports: readonly Partial<ContainerPort>[] = [], hostNetwork = false): Pod {
  return {
    ...object('Pod', key),
    spec: {
      containers: [
        {
          name: 'app',
          image: 'app',
          args: [],
          ports: ports.map((port) => ({ name: null, containerPort: 8080, protocol: 'TCP', hostPort: null, hostIP: null, ...port })),
          hasReadinessProbe: false,
          readinessPort: null,
          sidecar: false,
        },
      ],
      nodeName: on,
      nodeSelector: {},
      nodeAffinity: [],
      hostNetwork,
      hostname: null,
      subdomain: null,
      dnsPolicy: 'ClusterFirst',
      dnsConfig: { nameservers: [], searches: [], ndots: null },
      readinessGates: [],
      serviceAccountName: null,
    },
    status: { phase: 'Running', podIPs: [ip], ready: true, terminating: false, listensOnLocalhostOnly: false, from: 'status' },
    synthesized: false,
    workload: null,
    node: on,
  };
}

export function service(
  key: string,
  clusterIP: string,
  more: Omit<Partial<Service>, 'ports'> & { readonly ports?: readonly Partial<ServicePort>[] } = {},
): Service {
  const { ports = [{}], ...rest } = more;
  return {
    ...object('Service', key),
    type: 'ClusterIP',
    selector: { app: 'app' },
    ports: ports.map((port) => ({ name: '', protocol: 'TCP', appProtocol: null, port: 80, targetPort: 8080, nodePort: 0, ...port })),
    headless: false,
    clusterIPs: [clusterIP],
    ipFamilies: [clusterIP.includes(':') ? 'IPv6' : 'IPv4'],
    ipFamilyPolicy: 'SingleStack',
    externalIPs: [],
    externalName: null,
    loadBalancerIP: null,
    loadBalancerClass: null,
    loadBalancerSourceRanges: [],
    allocateLoadBalancerNodePorts: true,
    externalTrafficPolicy: null,
    internalTrafficPolicy: 'Cluster',
    healthCheckNodePort: 0,
    sessionAffinity: { kind: 'None' },
    publishNotReadyAddresses: false,
    trafficDistribution: null,
    statusIngress: null,
    ...rest,
  };
}

export interface EndpointSketch extends Partial<SliceEndpoint> {
  readonly ip: string;
  readonly on?: string;
}

/** One slice per family for port 8080 of an unnamed Service port. */
export function slices(key: string, endpoints: readonly EndpointSketch[], port: Partial<EndpointSlice['ports'][number]> = {}): readonly EndpointSlice[] {
  return (['IPv4', 'IPv6'] as const).map((addressType) => ({
    ...object('EndpointSlice', `${key}-1`),
    serviceName: key.split('/')[1] ?? '',
    addressType,
    ports: [{ name: '', port: 8080, protocol: 'TCP', appProtocol: null, ...port }],
    endpoints: endpoints
      .filter(({ ip }) => ip.includes(':') === (addressType === 'IPv6'))
      .map(({ ip, on, ...rest }) => ({
        addresses: [ip],
        ready: true,
        serving: true,
        terminating: false,
        hostname: null,
        nodeName: on ?? null,
        zone: null,
        targetRef: null,
        hints: { forZones: [], forNodes: [] },
        ...rest,
      })),
    madeBy: 'manifest',
  }));
}

export function balancer(key: string, more: Partial<LoadBalancer> = {}): LoadBalancer {
  return {
    service: key,
    product: 'Load balancer',
    state: 'active',
    why: msg('kube-proxy.verb'),
    rules: [],
    decidedBy: null,
    mode: 'passthroughVip',
    ingress: [{ ip: '203.0.113.10', hostname: null, ipMode: 'VIP' }],
    addresses: ['203.0.113.10'],
    ownAddress: '192.0.2.201',
    scheme: 'internet-facing',
    preservesClientIP: true,
    proxyProtocol: false,
    tls: null,
    http: false,
    announced: false,
    heedsLocal: true,
    sourceFilter: 'own',
    hashesSource: false,
    notes: [],
    nodes: ['node-a', 'node-b'],
    excluded: [],
    assumption: null,
    ...more,
  };
}

export interface Sketch {
  readonly nodes?: readonly Node[];
  readonly pods?: readonly Pod[];
  readonly services?: readonly Service[];
  readonly slices?: readonly EndpointSlice[];
  readonly balancers?: readonly LoadBalancer[];
  readonly environment?: Partial<Environment>;
}

/** Two nodes, node-a 192.0.2.11 and node-b 192.0.2.12; Pods in 10.244.0.0/16, Services in 10.96.0.0/16. */
export function clusterWith(sketch: Sketch): Cluster {
  const keyOf = ({ ref }: ApiObject) => nameKey(ref.namespace, ref.name);
  const byKey = <T extends ApiObject>(list: readonly T[]) => new Map(list.map((one) => [keyOf(one), one]));
  const nodes = byKey(sketch.nodes ?? [node('node-a', '192.0.2.11'), node('node-b', '192.0.2.12')]);
  const pods = byKey(sketch.pods ?? []);
  const services = byKey(sketch.services ?? []);
  const loadBalancers = new Map((sketch.balancers ?? []).map((one) => [one.service, one]));
  const endpointSlices = new Map<string, EndpointSlice[]>();
  for (const slice of sketch.slices ?? []) {
    const key = nameKey(slice.ref.namespace, slice.serviceName ?? '');
    endpointSlices.set(key, [...(endpointSlices.get(key) ?? []), slice]);
  }
  return {
    environment: { ...ENVIRONMENT, ...sketch.environment },
    arrangement: {},
    manifests: { documents: [], objects: [], findings: [] },
    namespaces: new Map(),
    nodes,
    pods,
    workloads: new Map(),
    services,
    ingresses: new Map(),
    ingressClasses: new Map(),
    networkPolicies: new Map(),
    secrets: new Map(),
    configMaps: new Map(),
    gatewayClasses: new Map(),
    gateways: new Map(),
    listenerSets: new Map(),
    routes: new Map(),
    referenceGrants: new Map(),
    backendTLSPolicies: new Map(),
    gatewayApi: NO_GATEWAYS,
    endpointSlices,
    excludedPods: new Map(),
    controllers: [],
    loadBalancers,
    addressOwners: addressOwners(nodes, pods, services, loadBalancers, []),
    publicRecords: new Map(),
    defaults: new Map(),
    provenance: new Map(),
    assumptions: new Map(),
    rejections: [],
    findings: [],
  };
}

const ENVIRONMENT: Environment = {
  complete: true,
  kubernetesVersion: '1.37',
  clusterDomain: 'cluster.local',
  podCIDR: ['10.244.0.0/16', 'fd00:10:244::/56'],
  serviceCIDR: ['10.96.0.0/16', 'fd00:10:96::/112'],
  nodePortRange: [30000, 32767],
  proxyMode: 'iptables',
  masqueradeAll: false,
  detectLocal: true,
  nodePortAddresses: 'all',
  localhostNodePorts: true,
  externalReachesNodes: 'anyAddress',
  cloud: 'none',
  cniEnforcesNetworkPolicy: true,
  controllers: [],
  gatewayAPIChannel: null,
  podDnsMode: 'insecure',
  coreDNS: { ttl: 30, ignoresEmptyServices: false, namesPods: false, from: null },
  nodeSearchDomains: [],
  externalDNS: null,
  date: null,
  publicDNS: {},
  pods: {},
  loadBalancers: {},
  proxies: [],
  assume: {},
  nodes: [],
  stated: [],
};

export interface Arrival {
  readonly cluster: Cluster;
  readonly place: Place;
  /** `203.0.113.7`, or with a port. */
  readonly from: string;
  /** `10.96.0.10:80`, `[fd00::1]:80`; an address alone is a ping. */
  readonly to: string;
  readonly protocol?: Protocol;
  readonly https?: boolean;
  readonly client?: Partial<Carry['client']>;
  /** Who set the source address; the client itself unless said. */
  readonly source?: Carry['source'];
  readonly memory?: Partial<Memory>;
}

export function stateOf({ place, from, to, protocol = 'TCP', https = false, client, source = 'preserved' }: Arrival): State {
  const [, ip = to, port] = /^\[?(.+?)\]?(?::(\d+))?$/.exec(to.includes('.') || to.startsWith('[') ? to : `[${to}]`) ?? [];
  const scheme = https ? 'https' : 'http';
  return {
    place,
    packet: {
      src: { ip: from, port: protocol === 'ICMP' ? 0 : 50000 },
      dst: { ip, port: Number(port ?? 0) },
      protocol,
      tls: https ? { mode: 'tls', sni: 'shop.example.com' } : { mode: 'none' },
      http: protocol === 'TCP' ? { method: 'GET', scheme, host: 'shop.example.com', path: '/', headers: {} } : null,
    },
    carry: {
      client: { kind: 'external', ip: from, node: null, pod: null, ...client },
      resolution: { name: ip, rcode: 'NONE', addresses: [ip], cname: null },
      service: null,
      source,
      redirects: 0,
      visited: [],
      certificateNames: [],
      terminatedAt: null,
      responseHeaders: {},
      flow: { from: { kind: 'external', ip: from }, method: 'GET', scheme, host: ip, port: Number(port ?? 0), portGiven: true, path: '/', headers: [] },
    },
  };
}

export function decide(component: Component, arrival: Arrival): Decision {
  return component(stateOf(arrival), { cluster: arrival.cluster, memory: { ...NO_MEMORY, ...arrival.memory } });
}

export function hopOf(component: Component, arrival: Arrival): HopDecision {
  const decision = decide(component, arrival);
  if (decision.kind !== 'hop') throw new Error(`no hop, but a pass to ${JSON.stringify(decision.to.place)}`);
  return decision;
}

/** `192.0.2.11:* → 10.244.1.7:8080 pod shop/api-0 ×0.5 (node)` per way on, or `ends CONN_REFUSED`. */
export function waysOf(component: Component, arrival: Arrival): readonly string[] {
  const decision = decide(component, arrival);
  if (decision.kind === 'pass') return [`passes to ${formatPlace(decision.to.place)}`];
  const { becomes } = decision;
  if (becomes.kind === 'end') return [`ends ${becomes.outcome.code}`];
  return becomes.to.map(({ packet, place, probability, carry }) => {
    const share = probability === 1 ? '' : ` ×${Number(probability.toFixed(3))}`;
    return `${formatSocket(packet.src)} → ${formatSocket(packet.dst)} at ${formatPlace(place)}${share} (${carry.source})`;
  });
}

function formatPlace(place: Place): string {
  switch (place.kind) {
    case 'client':
      return 'client';
    case 'node':
      return `node ${place.node} by ${place.entered}`;
    case 'network':
      return `network from ${place.from}`;
    case 'load-balancer':
      return `load balancer ${place.service}`;
    case 'ingress-balancer':
      return `load balancer ${place.name}`;
    case 'pod':
      return `pod ${place.pod}`;
    case 'external':
      return `external ${place.name}`;
  }
}
