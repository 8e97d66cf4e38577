/**
 * What every provider of load balancers decides about one Service of type LoadBalancer (S8.1). Providers only read the
 * Service; addresses and eligible nodes are settled for all of them in `load-balancers.ts`.
 */
import { type Message, msg } from '../../../catalogue/message.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import type { RuleId } from '../../manifests/finding.ts';
import type { FieldPath } from '../../manifests/source.ts';
import type { DeliveryMode, LoadBalancer } from '../cluster.ts';

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
  /** All eligible nodes take requests, or the one that announces the address. */
  readonly spread: 'all-nodes' | 'one-node';
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
  spread: 'all-nodes',
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
