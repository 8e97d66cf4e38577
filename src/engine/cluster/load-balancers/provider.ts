/**
 * What every provider of load balancers decides about one Service of type LoadBalancer (S8.1). Providers only read the
 * Service; addresses and eligible nodes are settled for all of them in `load-balancers.ts`.
 */
import { type Message, msg } from '../../../catalogue/message.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import type { RuleId } from '../../manifests/finding.ts';
import type { FieldPath } from '../../manifests/source.ts';
import type { DeliveryMode, LoadBalancer } from '../cluster.ts';
import type { Labels } from '../selectors.ts';

export interface Offer {
  readonly kind: 'offer';
  readonly product: string;
  readonly mode: DeliveryMode;
  readonly why: Message;
  readonly rules: readonly RuleId[];
  readonly decidedBy: FieldPath | null;
  readonly scheme: LoadBalancer['scheme'];
  readonly preservesClientIP: boolean;
  readonly proxyProtocol: boolean;
  readonly tls: LoadBalancer['tls'];
  readonly http: boolean;
  /** Publishes a name instead of an address. */
  readonly named: boolean;
  /** The address asked for, where the provider honours it. */
  readonly requestedIP: string | null;
  /**
   * Nodes announce the address themselves (S8.5): one of them or all, only while the Service has an endpoint or always,
   * each address by itself or all by one leader. Null: a machine, or a cloud, stands before the nodes.
   */
  readonly announced: { readonly spread: 'one-node' | 'all-nodes'; readonly needsEndpoint: boolean; readonly perService: boolean } | null;
  readonly sourceFilter: LoadBalancer['sourceFilter'];
  readonly hashesSource: boolean;
  readonly notes: LoadBalancer['notes'];
  /** Labels that a node must carry to be a target. */
  readonly targetLabels: Labels;
}

export interface Refusal {
  readonly kind: 'pending';
  readonly why: Message;
  readonly rules: readonly RuleId[];
  readonly decidedBy: FieldPath | null;
}

/** What most offers are. */
export const PLAIN: Omit<Offer, 'kind' | 'product' | 'mode' | 'why' | 'rules'> = {
  decidedBy: ['spec', 'type'],
  scheme: 'internet-facing',
  preservesClientIP: true,
  proxyProtocol: false,
  tls: null,
  http: false,
  named: false,
  requestedIP: null,
  announced: null,
  sourceFilter: 'own',
  hashesSource: false,
  notes: [],
  targetLabels: {},
};

export function refuse(why: Message, rules: readonly RuleId[], decidedBy: FieldPath | null): Refusal {
  return { kind: 'pending', why, rules, decidedBy };
}

export function annotationPath(name: string): FieldPath {
  return ['metadata', 'annotations', name];
}

/** S8.1.6: targets that are nodes are reached on node ports. */
export function needsNodePorts(service: Service): Refusal | null {
  if (service.ports.every(({ nodePort }) => nodePort !== 0)) return null;
  return refuse(msg('cluster.lb.needs-node-ports'), ['S8.1.6'], ['spec', 'allocateLoadBalancerNodePorts']);
}

/**
 * S8.1.8: what the health check asks with policy Cluster. With policy Local every provider asks `healthCheckNodePort`,
 * which the hop tells of.
 */
export function probeNote(service: Service, asks: 'kube-proxy' | 'node-port' | 'pod'): LoadBalancer['notes'] {
  if (asks !== 'pod' && service.externalTrafficPolicy === 'Local') return [];
  return [{ message: msg(`cluster.lb.probe-${asks}`), rules: ['S8.1.8'] }];
}

/** S7.7.3: some providers follow `sessionAffinity` themselves, so a client comes in at the same node again. */
export function hashNote(service: Service, product: string, rule: RuleId): LoadBalancer['notes'] {
  return service.sessionAffinity.kind === 'None' ? [] : [{ message: msg('cluster.lb.hashes-source', { product }), rules: [rule] }];
}

/** What holds of addresses that nodes announce, by how they do: who hears of them, and what a change of nodes does. */
export function announcementNote(mode: 'l2' | 'bgp', rule: RuleId): LoadBalancer['notes'][number] {
  return { message: mode === 'l2' ? msg('cluster.lb.same-network') : msg('cluster.lb.rehash'), rules: [rule] };
}

/** S8.1.7: what becomes of the deprecated field where the provider follows it. */
export function honoursLoadBalancerIP({ loadBalancerIP }: Service): LoadBalancer['notes'] {
  return loadBalancerIP === null ? [] : [{ message: msg('cluster.lb.requested-ip', { address: loadBalancerIP }), rules: ['S8.1.7'] }];
}
