/** Values of S1.3 that nobody stated and that something in the cluster rests on: listed, and flipped in one click. */
import { msg, type Message } from '../../catalogue/message.ts';
import type { ApiObject } from '../kinds/kind.ts';
import type { Cloud, ProxyMode } from '../kinds/scenario/scenario-spec.ts';
import { environmentChoices, recordDefault, yesOrNo } from './assumptions.ts';
import { cloudInTexts } from './cloud-in-texts.ts';
import type { Cluster, LoadBalancer } from './cluster.ts';
import type { Ledger } from './ledger.ts';
import { CLOUD_ASSUMPTION } from './load-balancers.ts';
import { KUBE_VIP_ELECTION } from './load-balancers/kube-vip.ts';
import { STRICT_ARP } from './load-balancers/strict-arp.ts';
import { NODES_ASSUMPTION, type Nodes } from './nodes.ts';
import type { Objects } from './objects.ts';
import { resolveTargetPort } from './target-port.ts';
import type { Pod } from '../kinds/pod/pod-spec.ts';

const CLOUDS: Readonly<Record<Cloud, Message>> = {
  none: msg('assume.cloud.none'),
  'aws-intree': msg('assume.cloud.aws-intree'),
  'aws-lbc': msg('assume.cloud.aws-lbc'),
  gcp: msg('assume.cloud.gcp'),
  azure: msg('assume.cloud.azure'),
  'metallb-l2': msg('assume.cloud.metallb-l2'),
  'metallb-bgp': msg('assume.cloud.metallb-bgp'),
  'kube-vip-arp': msg('assume.cloud.kube-vip-arp'),
  'kube-vip-bgp': msg('assume.cloud.kube-vip-bgp'),
  'generic-proxy': msg('assume.cloud.generic-proxy'),
  'generic-passthrough': msg('assume.cloud.generic-passthrough'),
};

const PROXY_MODES: Readonly<Record<ProxyMode, Message>> = {
  iptables: msg('assume.proxy.iptables'),
  nftables: msg('assume.proxy.nftables'),
  ipvs: msg('assume.proxy.ipvs'),
  ebpf: msg('assume.proxy.ebpf'),
};

export function recordDefaults(
  cluster: Cluster,
  objects: Objects,
  { from: nodesFrom, invented }: Nodes,
  selected: ReadonlyMap<string, readonly Pod[]>,
  ledger: Ledger,
): void {
  const { environment } = cluster;
  const isStated = (key: (typeof environment.stated)[number]) => environment.stated.includes(key);
  const services = [...cluster.services.values()];
  const balancers = [...cluster.loadBalancers.values()].filter((balancer) => cluster.services.get(balancer.service)?.type === 'LoadBalancer');
  if (!isStated('cloud') && balancers.length > 0) {
    const choices = environmentChoices(
      'cloud',
      keysOf(CLOUDS).map((value) => ({ label: CLOUDS[value], value, current: value === environment.cloud })),
    );
    const clue = environment.complete ? null : cloudInTexts(objects, cluster.manifests);
    const message = environment.complete
      ? (publishedBalancer(balancers, environment.cloud) ?? msg('assume.cloud.closed'))
      : clue === null
        ? msg('assume.cloud')
        : msg('assume.cloud.by-mark', { mark: clue.mark });
    // Whether anybody provides the load balancer is what its Service presupposes; where its status shows one, only the kind is open.
    const isPresupposed = balancers.some((balancer) => balancer.assumption === CLOUD_ASSUMPTION);
    recordDefault(ledger, CLOUD_ASSUMPTION, message, choices, isPresupposed ? 'inferred' : 'default');
  }
  const isLocal = ({ service }: LoadBalancer) => cluster.services.get(service)?.externalTrafficPolicy === 'Local';
  if (environment.cloud === 'kube-vip-arp' && environment.assume[KUBE_VIP_ELECTION] === undefined && balancers.some(isLocal)) {
    recordDefault(ledger, KUBE_VIP_ELECTION, msg('assume.kube-vip-election'), yesOrNo(KUBE_VIP_ELECTION));
  }
  const isByArp = environment.cloud === 'kube-vip-arp' || environment.cloud === 'metallb-l2';
  if (environment.proxyMode === 'ipvs' && isByArp && environment.assume[STRICT_ARP] === undefined && balancers.length > 0) {
    recordDefault(ledger, STRICT_ARP, msg('assume.strict-arp'), yesOrNo(STRICT_ARP));
  }
  if (!isStated('proxyMode') && services.length > 0) {
    const choices = environmentChoices(
      'proxyMode',
      keysOf(PROXY_MODES).map((value) => ({ label: PROXY_MODES[value], value, current: value === environment.proxyMode })),
    );
    recordDefault(ledger, 'proxyMode', msg('assume.proxy-mode', { mode: environment.proxyMode }), choices);
  }
  if (nodesFrom === 'synthetic')
    recordDefault(ledger, NODES_ASSUMPTION, msg('assume.nodes', { names: [...cluster.nodes.keys()] }), nodeChoices(cluster.nodes.size));
  if (nodesFrom === 'mentions') {
    const names = [...cluster.nodes.keys()];
    const message = invented.size > 0 ? msg('assume.nodes-mentioned-only', { names, invented: [...invented] }) : msg('assume.nodes-mentioned', { names });
    recordDefault(ledger, NODES_ASSUMPTION, message, mentionedChoices(names));
  }
  if (nodesFrom === 'manifests' && invented.size > 0) recordDefault(ledger, NODES_ASSUMPTION, msg('assume.node-addresses', { invented: [...invented] }), []);
  if (environment.assume['pods-ready'] === undefined && [...cluster.pods.values()].some((pod) => pod.status.from === 'synthesized')) {
    recordDefault(ledger, 'pods-ready', msg('assume.pods-ready'), yesOrNo('pods-ready'));
  }
  if (
    environment.assume['listening'] === undefined &&
    services.some((service) => hasUndeclaredPort(selected.get(`${service.ref.namespace}/${service.ref.name}`) ?? [], service.ports))
  ) {
    recordDefault(ledger, 'listening', msg('assume.listening'), yesOrNo('listening'));
  }
  const opensNodes =
    services.some(({ type }) => type === 'NodePort' || type === 'LoadBalancer') ||
    [...cluster.pods.values()].some(({ spec }) => spec.hostNetwork || spec.containers.some(({ ports }) => ports.some(({ hostPort }) => hostPort !== null)));
  if (!isStated('externalReachesNodes') && opensNodes) {
    const { externalReachesNodes: now } = environment;
    const choices = environmentChoices('externalReachesNodes', [
      { label: msg('assume.reaches.any'), value: 'anyAddress', current: now === 'anyAddress' },
      { label: msg('assume.reaches.external'), value: 'externalIPOnly', current: now === 'externalIPOnly' },
    ]);
    recordDefault(ledger, 'externalReachesNodes', now === 'anyAddress' ? msg('assume.reaches-any') : msg('assume.reaches-external'), choices);
  }
  if (!isStated('cniEnforcesNetworkPolicy') && cluster.networkPolicies.size > 0) {
    const choices = environmentChoices('cniEnforcesNetworkPolicy', [
      { label: msg('assume.yes'), value: true, current: true },
      { label: msg('assume.no'), value: false, current: false },
    ]);
    recordDefault(ledger, 'cniEnforcesNetworkPolicy', msg('network-policy.assume.enforced'), choices);
  }
  const isUndated = ({ metadata }: ApiObject) => metadata.creationTimestamp === null;
  const ranked = [cluster.ingresses, cluster.routes, cluster.listenerSets, cluster.backendTLSPolicies];
  if (ranked.some((map) => [...map.values()].filter(isUndated).length > 1)) recordDefault(ledger, 'age-order', msg('assume.age-order'), []);
}

/** A status shows an address although no provider is known: how such a load balancer delivers is what is assumed (S8.6). */
function publishedBalancer(balancers: readonly LoadBalancer[], cloud: Cloud): Message | null {
  const published = cloud === 'none' ? balancers.find(({ state }) => state === 'active') : undefined;
  if (published === undefined) return null;
  return msg(published.mode === 'proxy' ? 'assume.cloud.published-proxy' : 'assume.cloud.published');
}

function keysOf<K extends string>(record: Readonly<Record<K, unknown>>): readonly K[] {
  return Object.keys(record) as K[];
}

/** One to three nodes, each in a zone of its own. */
function nodeChoices(current: number): ReturnType<typeof environmentChoices> {
  const letters = ['a', 'b', 'c'];
  return environmentChoices(
    'nodes',
    [1, 2, 3].map((count) => ({
      label: msg('assume.node-count', { count }),
      value: letters.slice(0, count).map((letter) => ({ name: `node-${letter}`, zone: `zone-${letter}` })),
      current: count === current,
    })),
  );
}

/** The nodes that the texts mention, or one more that they do not. */
function mentionedChoices(names: readonly string[]): ReturnType<typeof environmentChoices> {
  const other = ['node-a', 'node-b', 'node-c'].find((name) => !names.includes(name)) ?? 'node-other';
  const choice = (list: readonly string[], current: boolean) => ({
    label: msg('assume.node-count', { count: list.length }),
    value: list.map((name) => ({ name })),
    current,
  });
  return environmentChoices('nodes', [choice(names, true), choice([...names, other], false)]);
}

/** U11: a number that no container declares is taken to be listened on. */
function hasUndeclaredPort(
  pods: readonly Pod[],
  ports: readonly { readonly targetPort: number | string; readonly protocol: Pod['spec']['containers'][number]['ports'][number]['protocol'] }[],
): boolean {
  const [first] = pods;
  if (first === undefined) return false;
  return ports.some((port) => {
    const number = resolveTargetPort(first.spec, port);
    return (
      number !== null &&
      !first.spec.containers.some((container) => container.ports.some(({ containerPort, protocol }) => containerPort === number && protocol === port.protocol))
    );
  });
}
