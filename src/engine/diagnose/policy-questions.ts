/** Requests that network policies speak of: from who a rule names, to the Services of those that it is about (S13). */
import type { Cluster } from '../cluster/cluster.ts';
import { matchesLabels } from '../cluster/selectors.ts';
import { resolveTargetPort } from '../cluster/target-port.ts';
import { missOfPeer } from '../dataplane/network-policy/peers.ts';
import { pluginOf } from '../dataplane/network-policy/plugin.ts';
import { podEnd } from '../dataplane/network-policy/connection.ts';
import { originOf, urlTo } from '../dataplane/suggest.ts';
import type { NetworkPolicy, PolicyRule } from '../kinds/network-policy/network-policy-spec.ts';
import type { Pod } from '../kinds/pod/pod-spec.ts';
import type { Service } from '../kinds/service/service-spec.ts';
import { selectorMatches } from '../kinds/workload/label-selector.ts';
import { refKey } from '../manifests/object-ref.ts';
import type { Origin } from '../trace/flow.ts';

export interface PolicyQuestion {
  readonly from: Origin;
  readonly url: string;
}

const MOST_POLICIES = 60;
const MOST_OF_A_RULE = 3;
const MOST_NEIGHBOURS = 8;

/** What the rules invite: one end is selected, the other is named. If such a request fails, something is wrong. */
export function invitedByPolicies(cluster: Cluster): readonly PolicyQuestion[] {
  const running = runningPods(cluster);
  return [...cluster.networkPolicies.values()].slice(0, MOST_POLICIES).flatMap((policy) => {
    const own = selectedBy(policy, running);
    return [
      ...policy.ingress.flatMap((rule) => pairs(cluster, named(cluster, policy, rule, running), own, rule)),
      ...policy.egress.flatMap((rule) => pairs(cluster, own, named(cluster, policy, rule, running), rule)),
    ];
  });
}

/** From every neighbour to what the policy selects, and from there to every Service: what it could stop. */
export function questionsAboutPolicy(cluster: Cluster, policy: NetworkPolicy): readonly PolicyQuestion[] {
  const running = runningPods(cluster);
  const own = selectedBy(policy, running);
  const others = onePerWorkload(running.filter((pod) => !own.includes(pod))).slice(0, MOST_NEIGHBOURS);
  const [first] = own;
  return [
    ...(policy.policyTypes.includes('Ingress')
      ? others.flatMap((client) =>
          servicesOf(cluster, own)
            .slice(0, 1)
            .map((service) => ask(client, service)),
        )
      : []),
    ...(policy.policyTypes.includes('Egress') && first !== undefined
      ? servicesOf(cluster, others)
          .slice(0, MOST_NEIGHBOURS)
          .map((service) => ask(first, service))
      : []),
  ];
}

function runningPods(cluster: Cluster): readonly Pod[] {
  return [...cluster.pods.values()].filter(
    ({ status, node, ref }) => status.phase === 'Running' && node !== null && status.podIPs.length > 0 && ref.namespace !== 'kube-system',
  );
}

function selectedBy({ ref, podSelector }: NetworkPolicy, pods: readonly Pod[]): readonly Pod[] {
  return pods.filter((pod) => pod.ref.namespace === ref.namespace && selectorMatches(podSelector, pod.metadata.labels));
}

/** Pods that an entry names one by one; entries for everybody invite nobody in particular. */
function named(cluster: Cluster, policy: NetworkPolicy, { peers }: PolicyRule, pods: readonly Pod[]): readonly Pod[] {
  const plugin = pluginOf(cluster.environment);
  return pods.filter((pod) =>
    peers.some(
      (peer) => peer.kind === 'selectors' && peer.pods !== null && missOfPeer(cluster, plugin, policy, peer, podEnd(pod, pod.status.podIPs[0] ?? '')) === null,
    ),
  );
}

function pairs(cluster: Cluster, clients: readonly Pod[], servers: readonly Pod[], rule: PolicyRule): readonly PolicyQuestion[] {
  const services = servicesOf(cluster, servers).filter((service) => servers.some((pod) => selects(service, pod) && isMeant(rule, service, pod)));
  return onePerWorkload(clients)
    .flatMap((client) => services.filter((service) => !selects(service, client)).map((service) => ask(client, service)))
    .slice(0, MOST_OF_A_RULE);
}

/** The rule is for the first port of the Service, be it by the port of its Pods or, mistaken, by its own. */
function isMeant({ ports }: PolicyRule, service: Service, { spec }: Pod): boolean {
  const [own] = service.ports;
  if (ports.length === 0 || own === undefined) return true;
  const target = resolveTargetPort(spec, own);
  return ports.some(({ port, endPort, protocol }) => {
    if (protocol !== own.protocol) return false;
    if (typeof port !== 'number') return port === null || port === own.targetPort || port === own.name;
    return port === own.port || (target !== null && target >= port && target <= (endPort ?? port));
  });
}

function servicesOf(cluster: Cluster, pods: readonly Pod[]): readonly Service[] {
  return [...cluster.services.values()].filter((service) => service.ports.length > 0 && pods.some((pod) => selects(service, pod)));
}

function selects({ ref, selector }: Service, pod: Pod): boolean {
  return selector !== null && ref.namespace === pod.ref.namespace && matchesLabels(pod.metadata.labels, selector);
}

function onePerWorkload(pods: readonly Pod[]): readonly Pod[] {
  return [...new Map(pods.map((pod) => [refKey(pod.workload ?? pod.ref), pod])).values()];
}

function ask(client: Pod, { ref, ports }: Service): PolicyQuestion {
  const host = client.ref.namespace === ref.namespace ? ref.name : `${ref.name}.${ref.namespace}`;
  const [port] = ports;
  return { from: originOf(client), url: urlTo(host, port!.port, port!) };
}
