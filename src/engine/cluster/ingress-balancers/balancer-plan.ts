/**
 * What a controller that lives in a cloud makes of the Ingresses it claims: load balancers, each a proxy of its own
 * that routes by their rules (S8.2.16, S8.3.2). Planners read objects only; addresses are settled for all in `settle.ts`.
 */
import type { Message } from '../../../catalogue/message.ts';
import type { IngressClass } from '../../kinds/ingress-class/ingress-class-spec.ts';
import type { Ingress } from '../../kinds/ingress/ingress-spec.ts';
import type { Secret } from '../../kinds/secret/secret-spec.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import type { Manifests } from '../../manifests/document.ts';
import type { Controller, IngressBalancer } from '../cluster.ts';
import type { Environment } from '../environment.ts';

export interface BalancerPlan extends Pick<IngressBalancer, 'name' | 'product' | 'scheme' | 'inbound' | 'trouble'> {
  /** Keys of the Ingresses that it serves, in the order in which their rules are tried. */
  readonly claims: readonly string[];
  readonly listens: Controller['listens'];
  /** The name it publishes; null: it publishes an address. */
  readonly hostname: string | null;
  /** The address that nodes and Pods see; null: one of the network of the nodes. */
  readonly source: string | null;
  /** Said where the map shows what it is. */
  readonly why: Message;
}

export interface PlanInput {
  /** Those the controller claims, oldest first. */
  readonly ingresses: readonly Ingress[];
  readonly ingressClasses: ReadonlyMap<string, IngressClass>;
  readonly services: ReadonlyMap<string, Service>;
  readonly secrets: ReadonlyMap<string, Secret>;
  readonly manifests: Manifests;
  readonly environment: Environment;
  readonly region: string;
}

export type Planner = (input: PlanInput) => readonly BalancerPlan[];
