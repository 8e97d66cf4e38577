/** Every key of `spec.environment` and what it takes (S1.3). */
import { msg } from '../../../catalogue/message.ts';
import type { ControllerSpec, EnvironmentSpec, ExternalDnsSpec, PodOverride, ProxySpec } from './scenario-spec.ts';
import { address, anything, boolean, choice, cidr, isNamespacedName, lenientText, list, namespacedName, port, text, type Shape } from './shape.ts';

/** Every field of the type has a shape and no other: a new one does not compile without it. */
type ShapesOf<T> = Readonly<Record<keyof T, Shape>>;

const CLOUDS = [
  'none',
  'aws-intree',
  'aws-lbc',
  'gcp',
  'azure',
  'metallb-l2',
  'metallb-bgp',
  'kube-vip-arp',
  'kube-vip-bgp',
  'generic-proxy',
  'generic-passthrough',
];

const cidrs: Shape = { kind: 'list', of: cidr, orOne: true };

const nodePortRange: Shape = {
  kind: 'text',
  check: (value) => {
    const [, from = '0', to = '0'] = /^(\d{1,5})-(\d{1,5})$/.exec(value) ?? [];
    return Number(from) >= 1 && Number(from) <= Number(to) && Number(to) <= 65_535;
  },
  wrong: ({ path }) => msg('manifests.scenario.range', { path }),
};

const node: Shape = {
  kind: 'fields',
  required: ['name'],
  fields: { name: text, zone: text, internalIP: address, externalIP: address, down: boolean },
};

const controller: Shape = {
  kind: 'fields',
  required: ['kind', 'name', 'implementation'],
  fields: {
    kind: choice('ingress', 'gateway', 'mesh'),
    name: text,
    implementation: text,
    class: text,
    // Null says that nothing exposes it: it is reached on its Pods' own addresses.
    service: { kind: 'either', of: [{ kind: 'constant', value: null }, namespacedName] },
    insteadOf: text,
    config: { kind: 'entries', of: lenientText },
    args: list(lenientText),
    unsupportedFeatures: list(text),
  } satisfies ShapesOf<ControllerSpec>,
};

const proxy: Shape = {
  kind: 'fields',
  required: ['name', 'address', 'service'],
  fields: { name: text, product: text, address, service: namespacedName, proxyProtocol: boolean } satisfies ShapesOf<ProxySpec>,
};

const publicRecord: Shape = {
  kind: 'fields',
  exactlyOne: true,
  fields: {
    address,
    cname: text,
    ingress: namespacedName,
    gateway: namespacedName,
    service: namespacedName,
    nodes: { kind: 'constant', value: true },
    none: { kind: 'constant', value: true },
  },
};

const milliseconds: Shape = { kind: 'integer', min: 0, max: 86_400_000 };

const podOverride: Shape = {
  kind: 'fields',
  fields: {
    ready: boolean,
    gone: boolean,
    phase: choice('Pending', 'Running', 'Succeeded', 'Failed'),
    terminating: boolean,
    localhostOnly: boolean,
    status: { kind: 'integer', min: 100, max: 599 },
    closed: list(port),
    tls: boolean,
    delay: milliseconds,
    failConnection: boolean,
  } satisfies ShapesOf<PodOverride>,
};

const date: Shape = {
  kind: 'text',
  check: (value) => /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?$/.test(value),
  wrong: ({ path }) => msg('manifests.scenario.date', { path }),
};

const externalDNS: Shape = {
  kind: 'fields',
  required: ['sources'],
  fields: { sources: list(text), domainFilters: list(text), publishInternalServices: boolean } satisfies ShapesOf<ExternalDnsSpec>,
};

export const environmentShape: Shape = {
  kind: 'fields',
  fields: {
    complete: boolean,
    kubernetesVersion: lenientText,
    clusterDomain: text,
    date,
    podCIDR: cidrs,
    serviceCIDR: cidrs,
    nodePortRange,
    nodes: list(node),
    proxyMode: choice('iptables', 'nftables', 'ipvs', 'ebpf'),
    masqueradeAll: boolean,
    detectLocal: boolean,
    nodePortAddresses: { kind: 'either', of: [choice('all', 'primary'), list(cidr)] },
    localhostNodePorts: boolean,
    externalReachesNodes: choice('anyAddress', 'externalIPOnly'),
    cloud: choice(...CLOUDS),
    cniEnforcesNetworkPolicy: boolean,
    controllers: list(controller),
    gatewayAPIChannel: choice('standard', 'experimental'),
    podDnsMode: choice('disabled', 'insecure', 'verified'),
    coredns: { kind: 'fields', fields: { ttl: { kind: 'integer', min: 0, max: 3600 }, ignoreEmptyService: boolean } },
    nodeSearchDomains: list(text),
    externalDNS,
    publicDNS: { kind: 'entries', of: publicRecord },
    pods: { kind: 'entries', of: podOverride, key: isNamespacedName },
    loadBalancers: { kind: 'entries', of: { kind: 'fields', fields: { pending: boolean } }, key: isNamespacedName },
    proxies: list(proxy),
    assume: { kind: 'entries', of: anything },
  } satisfies ShapesOf<EnvironmentSpec>,
};

const origin: Shape = {
  kind: 'either',
  of: [
    text,
    { kind: 'fields', required: ['workload', 'kind'], fields: { workload: namespacedName, kind: text } },
    { kind: 'fields', exactlyOne: true, fields: { external: address, pod: namespacedName, node: text, deployment: namespacedName } },
  ],
};

export const requestShape: Shape = {
  kind: 'fields',
  required: ['name', 'url'],
  fields: {
    name: lenientText,
    from: origin,
    method: text,
    url: text,
    headers: { kind: 'entries', of: lenientText },
    connectTo: text,
    followRedirects: boolean,
    insecure: boolean,
    sni: text,
    hsts: boolean,
    httpVersion: choice('1.1', 'h2', 'h2c'),
    viaNode: text,
    clientCertificate: namespacedName,
    backend: {
      kind: 'fields',
      fields: {
        delay: milliseconds,
        failFirstAttempts: { kind: 'integer', min: 0, max: 100 },
        failStatus: { kind: 'integer', min: 100, max: 599 },
        failConnection: boolean,
        failDelay: milliseconds,
        responseHeaders: { kind: 'entries', of: lenientText },
      },
    },
    expect: anything,
  },
};
