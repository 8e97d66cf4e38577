/**
 * Fills in everything that the manifests do not say (S1.3). What the texts themselves prove, such as a Service CIDR by
 * a pasted ClusterIP, outweighs a default; what a person stated outweighs everything.
 */
import type { Cloud, EnvironmentSpec, ProxyMode, Scenario } from '../kinds/scenario/scenario-spec.ts';
import type { Manifests } from '../manifests/document.ts';
import { cidrContains, parseCidr, parseIp } from '../manifests/ip.ts';
import { cloudInTexts } from './cloud-in-texts.ts';
import { corefileIn } from './corefile.ts';
import type { Environment } from './environment.ts';
import { externalDnsIn } from './external-dns.ts';
import { isReadFromCluster, showsRunningCluster } from './evidence.ts';
import type { Objects } from './objects.ts';

export const DEFAULT_POD_CIDR = { IPv4: '10.244.0.0/16', IPv6: 'fd00:10:244::/56' } as const;
export const DEFAULT_SERVICE_CIDR = { IPv4: '10.96.0.0/16', IPv6: 'fd00:10:96::/112' } as const;
/** Seconds, as kubeadm's Corefile has it (S6.2). */
const KUBEADM_TTL = 30;
const DEFAULT_NODE_PORTS = [30000, 32767] as const;
/** The nodes of a cluster about which nothing is known. */
const DEFAULT_NODES = [
  { name: 'node-a', zone: 'zone-a' },
  { name: 'node-b', zone: 'zone-b' },
] as const;

export function resolveEnvironment(objects: Objects, manifests: Manifests, today: string | null): Environment {
  const spec = merge(objects.scenarios);
  const complete = spec.complete ?? false;
  const proxyMode: ProxyMode = spec.proxyMode ?? 'iptables';
  const cloud = spec.cloud ?? (complete ? 'none' : presumedCloud(objects, manifests));
  const corefile = corefileIn(manifests);
  const serviceCIDR = spec.serviceCIDR ?? serviceRanges(objects, complete);
  return {
    complete,
    kubernetesVersion: spec.kubernetesVersion ?? '1.37',
    clusterDomain: spec.clusterDomain ?? corefile?.zone ?? 'cluster.local',
    date: spec.date ?? today,
    podCIDR: spec.podCIDR ?? podRanges(objects, serviceCIDR),
    serviceCIDR,
    nodePortRange: parsePortRange(spec.nodePortRange) ?? nodePortRange(objects),
    proxyMode,
    masqueradeAll: spec.masqueradeAll ?? false,
    detectLocal: spec.detectLocal ?? true,
    nodePortAddresses: spec.nodePortAddresses ?? (proxyMode === 'nftables' ? 'primary' : 'all'),
    localhostNodePorts: spec.localhostNodePorts ?? true,
    externalReachesNodes: spec.externalReachesNodes ?? (HAS_PRIVATE_NODES.has(cloud) ? 'externalIPOnly' : 'anyAddress'),
    cloud,
    cniEnforcesNetworkPolicy: spec.cniEnforcesNetworkPolicy ?? true,
    controllers: spec.controllers ?? [],
    gatewayAPIChannel: spec.gatewayAPIChannel ?? null,
    podDnsMode: spec.podDnsMode ?? corefile?.pods ?? 'insecure',
    coreDNS: {
      ttl: spec.coredns?.ttl ?? corefile?.ttl ?? KUBEADM_TTL,
      ignoresEmptyServices: spec.coredns?.ignoreEmptyService ?? corefile?.ignoresEmptyServices ?? false,
      namesPods: corefile?.namesPods ?? false,
      from: corefile?.from ?? null,
    },
    nodeSearchDomains: spec.nodeSearchDomains ?? [],
    externalDNS: spec.externalDNS ?? externalDnsIn(objects),
    publicDNS: spec.publicDNS ?? {},
    pods: spec.pods ?? {},
    loadBalancers: spec.loadBalancers ?? {},
    proxies: spec.proxies ?? [],
    assume: spec.assume ?? {},
    nodes: spec.nodes ?? DEFAULT_NODES,
    stated: statedKeys(spec),
  };
}

/** Who only says what runs in whose place has not said that nothing else runs. */
function statedKeys(spec: EnvironmentSpec): readonly (keyof EnvironmentSpec)[] {
  const { controllers = [] } = spec;
  const onlyStandIns = controllers.length > 0 && controllers.every(({ insteadOf }) => insteadOf !== undefined);
  return (Object.keys(spec) as (keyof EnvironmentSpec)[]).filter((key) => key !== 'controllers' || !onlyStandIns);
}

/** The clouds that keep node addresses private (S1.3). */
const HAS_PRIVATE_NODES: ReadonlySet<Cloud> = new Set(['aws-intree', 'aws-lbc', 'gcp', 'azure']);

/** Several Scenario documents add up, the later ones over the earlier. */
function merge(scenarios: readonly Scenario[]): EnvironmentSpec {
  return Object.assign({}, ...scenarios.map((scenario) => scenario.environment)) as EnvironmentSpec;
}

/** S1.3a: the cloud whose marks the texts bear; where something needs one and none is known, a plain one. */
function presumedCloud(objects: Objects, manifests: Manifests): Cloud {
  const seen = cloudInTexts(objects, manifests);
  if (seen !== null) return seen.cloud;
  const isNeeded = objects.ingresses.size > 0 || objects.gateways.size > 0 || [...objects.services.values()].some((service) => service.type === 'LoadBalancer');
  return isNeeded ? 'generic-passthrough' : 'none';
}

/** `30000-32767`; null when it is no range. */
export function parsePortRange(text: string | undefined): readonly [number, number] | null {
  const match = /^\s*(\d{1,5})\s*-\s*(\d{1,5})\s*$/.exec(text ?? '');
  if (match === null) return null;
  const [from, to] = [Number(match[1]), Number(match[2])];
  return from >= 1 && to <= 65535 && from <= to ? [from, to] : null;
}

/** A node port that a running cluster gave proves its range, whatever the default (S4.6.1). */
function nodePortRange(objects: Objects): readonly [number, number] {
  let [from, to]: [number, number] = [...DEFAULT_NODE_PORTS];
  const isLive = showsRunningCluster(objects);
  for (const service of objects.services.values()) {
    if (!isLive && !isReadFromCluster(service)) continue;
    for (const { nodePort } of service.ports) {
      if (nodePort === 0) continue;
      from = Math.min(from, nodePort);
      to = Math.max(to, nodePort);
    }
  }
  return [from, to];
}

/**
 * The default range, or those of the ClusterIPs that a running cluster gave. In an open world any stated ClusterIP
 * tells the range: nobody said that it is the default. IPv6 joins where a Service asks for it.
 */
function serviceRanges(objects: Objects, complete: boolean): readonly string[] {
  const isLive = !complete || showsRunningCluster(objects);
  const ranges: string[] = [];
  let wantsV6 = false;
  let first: string | null = null;
  for (const service of objects.services.values()) {
    wantsV6 ||= service.ipFamilies.includes('IPv6') || service.ipFamilyPolicy === 'RequireDualStack';
    for (const ip of service.clusterIPs) {
      const address = parseIp(ip);
      if (address === null) continue;
      wantsV6 ||= address.family === 'IPv6';
      if (!isLive && !isReadFromCluster(service)) continue;
      first ??= address.family;
      const range = parseCidr(`${ip}/${address.family === 'IPv4' ? 16 : 112}`)!.text;
      if (!ranges.includes(range)) ranges.push(range);
    }
  }
  for (const family of wantsV6 ? (['IPv4', 'IPv6'] as const) : (['IPv4'] as const)) {
    const has = ranges.some((range) => parseCidr(range)!.family === family);
    const onlyOther = first !== null && first !== family;
    if (!has && !onlyOther) ranges.push(DEFAULT_SERVICE_CIDR[family]);
  }
  // The families of a cluster stand in one order for all: that of its first range.
  return ranges.sort((a, b) => Number(parseCidr(a)!.family !== (first ?? 'IPv4')) - Number(parseCidr(b)!.family !== (first ?? 'IPv4')));
}

/** Pod ranges of the nodes, or of the Pods as they run, else the default, in the families of the Services. */
function podRanges(objects: Objects, serviceCIDR: readonly string[]): readonly string[] {
  const stated = [...objects.nodes.values()].flatMap((node) => node.podCIDRs);
  const seen = [...objects.pods.values()].filter((pod) => !pod.spec.hostNetwork).flatMap((pod) => pod.status.podIPs);
  const families = [...new Set(serviceCIDR.flatMap((range) => parseCidr(range)?.family ?? []))];
  const ranges: string[] = families.map((family) => DEFAULT_POD_CIDR[family]);
  for (const text of [...stated, ...seen]) {
    const ip = text.split('/')[0]!;
    const address = parseIp(ip);
    if (address === null || ranges.some((range) => cidrContains(parseCidr(range)!, address))) continue;
    const range = parseCidr(`${ip}/${address.family === 'IPv4' ? 16 : 48}`)!;
    const unused = ranges.findIndex((other) => other === DEFAULT_POD_CIDR[range.family]);
    if (unused >= 0) ranges[unused] = range.text;
    else ranges.push(range.text);
  }
  return ranges;
}
