/** Objects that no text holds: what stands in a cluster because something pasted presupposes it, or because it was stated. */
import type { ConfigMap } from '../kinds/config-map/config-map-spec.ts';
import type { Listener } from '../kinds/gateway-api/listener-spec.ts';
import type { Gateway } from '../kinds/gateway/gateway-spec.ts';
import type { GatewayClass } from '../kinds/gateway-class/gateway-class-spec.ts';
import type { IngressClass } from '../kinds/ingress-class/ingress-class-spec.ts';
import type { Metadata } from '../kinds/kind.ts';
import type { Namespace } from '../kinds/namespace/namespace-spec.ts';
import type { ContainerPort, Pod, PodSpec } from '../kinds/pod/pod-spec.ts';
import type { Secret } from '../kinds/secret/secret-spec.ts';
import type { Service, ServicePort, ServiceType, TrafficPolicy } from '../kinds/service/service-spec.ts';
import type { Workload } from '../kinds/workload/workload-spec.ts';
import type { Labels } from './selectors.ts';
import { ASSUMED_STATUS } from './workloads.ts';

/** Younger than anything pasted. */
const LAST = Number.MAX_SAFE_INTEGER;

function metadata(namespace: string, name: string, labels: Labels = {}, annotations: Labels = {}): Metadata {
  return { name, namespace, labels, annotations, creationTimestamp: null, deletionTimestamp: null, owners: [] };
}

export function syntheticNamespace(name: string): Namespace {
  // Every namespace carries its own name as a label (S2.10).
  return {
    ref: { kind: 'Namespace', namespace: '', name },
    metadata: metadata('', name, { 'kubernetes.io/metadata.name': name }),
    manifest: null,
    order: LAST,
  };
}

export function syntheticIngressClass(name: string, controller: string, isDefault: boolean): IngressClass {
  return { ref: { kind: 'IngressClass', namespace: '', name }, metadata: metadata('', name), manifest: null, order: LAST, controller, isDefault };
}

export function syntheticGatewayClass(name: string, controllerName: string): GatewayClass {
  return { ref: { kind: 'GatewayClass', namespace: '', name }, metadata: metadata('', name), manifest: null, order: LAST, controllerName, parametersRef: null };
}

/** One that lets no ListenerSet add to it. */
export function syntheticGateway(namespace: string, name: string, gatewayClassName: string, listeners: readonly Listener[]): Gateway {
  return {
    ref: { kind: 'Gateway', namespace, name },
    metadata: metadata(namespace, name),
    manifest: null,
    order: LAST,
    gatewayClassName,
    listeners,
    addresses: [],
    allowedListeners: { from: 'None', selector: null },
    frontendTls: null,
    backendClientCertificate: null,
    infrastructure: { labels: {}, annotations: {}, parametersRef: null },
    statusAddresses: null,
  };
}

/** A readable bundle of authorities. */
export function syntheticConfigMap(namespace: string, name: string): ConfigMap {
  const ref = { kind: 'ConfigMap', namespace, name };
  return { ref, metadata: metadata(namespace, name), manifest: null, order: LAST, keys: ['ca.crt'], caNames: [], caCertificate: 'readable' };
}

export interface ServiceParts {
  readonly type: ServiceType;
  readonly selector: Labels;
  readonly ports: readonly ServicePort[];
  readonly annotations?: Labels;
  readonly externalTrafficPolicy?: TrafficPolicy;
}

export function syntheticService(namespace: string, name: string, parts: ServiceParts): Service {
  return {
    ref: { kind: 'Service', namespace, name },
    metadata: metadata(namespace, name, {}, parts.annotations),
    manifest: null,
    order: LAST,
    type: parts.type,
    selector: parts.selector,
    ports: parts.ports,
    headless: false,
    clusterIPs: [],
    ipFamilies: [],
    ipFamilyPolicy: 'SingleStack',
    externalIPs: [],
    externalName: null,
    loadBalancerIP: null,
    loadBalancerClass: null,
    loadBalancerSourceRanges: [],
    allocateLoadBalancerNodePorts: parts.type === 'LoadBalancer',
    externalTrafficPolicy: parts.type === 'ClusterIP' ? null : (parts.externalTrafficPolicy ?? 'Cluster'),
    internalTrafficPolicy: 'Cluster',
    healthCheckNodePort: 0,
    sessionAffinity: { kind: 'None' },
    publishNotReadyAddresses: false,
    trafficDistribution: null,
    statusIngress: null,
  };
}

/** One container that declares the given ports. */
export function syntheticPodSpec(
  container: string,
  image: string,
  ports: readonly Omit<ContainerPort, 'hostIP'>[],
  args: readonly string[] = [],
  hostNetwork = false,
): PodSpec {
  return {
    containers: [
      {
        name: container,
        image,
        args,
        ports: ports.map((port) => ({ ...port, hostIP: null })),
        hasReadinessProbe: false,
        readinessPort: null,
        sidecar: false,
      },
    ],
    nodeName: null,
    nodeSelector: {},
    nodeAffinity: [],
    hostNetwork,
    hostname: null,
    subdomain: null,
    dnsPolicy: hostNetwork ? 'ClusterFirstWithHostNet' : 'ClusterFirst',
    dnsConfig: { nameservers: [], searches: [], ndots: null },
    readinessGates: [],
    serviceAccountName: null,
  };
}

export function syntheticPod(namespace: string, name: string, labels: Labels, spec: PodSpec): Pod {
  return {
    ref: { kind: 'Pod', namespace, name },
    metadata: metadata(namespace, name, labels),
    manifest: null,
    order: LAST,
    spec,
    status: ASSUMED_STATUS,
    synthesized: true,
    workload: null,
    node: null,
  };
}

export function syntheticDeployment(namespace: string, name: string, replicas: number, labels: Labels, spec: PodSpec): Workload {
  return {
    ref: { kind: 'Deployment', namespace, name },
    metadata: metadata(namespace, name, labels),
    manifest: null,
    order: LAST,
    replicas,
    selector: { matchLabels: labels, matchExpressions: [] },
    template: { labels, annotations: {}, spec },
    serviceName: null,
    ordinalsStart: 0,
  };
}

/** A certificate that any client trusts for these names. */
export function syntheticSecret(namespace: string, name: string, names: readonly string[]): Secret {
  return {
    ref: { kind: 'Secret', namespace, name },
    metadata: metadata(namespace, name),
    manifest: null,
    order: LAST,
    type: 'kubernetes.io/tls',
    keys: ['tls.crt', 'tls.key'],
    certificate: { commonName: names[0] ?? null, names, notBefore: null, notAfter: null, selfSigned: false },
    usableForTls: true,
  };
}
