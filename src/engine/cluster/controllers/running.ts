/** A controller that runs, before its Pods have names and its Service an address. */
import type { ControllerSpec } from '../../kinds/scenario/scenario-spec.ts';
import type { Controller } from '../cluster.ts';
import type { Planner } from '../ingress-balancers/balancer-plan.ts';
import type { Labels } from '../selectors.ts';

/** What a controller takes for its own (S9.2, S10.1). */
export interface ClaimRules {
  /** What `spec.controller` of the IngressClasses it serves says; with a slash at its end, how it begins. */
  readonly controllerString: string;
  /** Names of IngressClasses: `only` these of its own, these whoever's they are (`any`), or these beside its own (`also`). Null: names do not count. */
  readonly classNames: { readonly names: readonly string[]; readonly count: 'only' | 'any' | 'also' } | null;
  /** What the legacy annotation must equal. */
  readonly legacyClass: string;
  /** What else it may equal. */
  readonly alsoClasses?: readonly string[];
  /** Set where `spec.ingressClassName` names a class of somebody else, whatever it says. */
  readonly readsAnnotationOnly?: true;
  /** Claims Ingresses that name no class, or is presumed to. */
  readonly withoutClass: boolean;
  /** Null: all. */
  readonly namespaces: readonly string[] | null;
}

export interface RunningController {
  readonly name: string;
  readonly kind: ControllerSpec['kind'];
  readonly implementation: string;
  readonly claims: ClaimRules;
  /** Set where it makes load balancers that carry the traffic. */
  readonly planner?: Planner;
  readonly config: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  readonly service: string | null;
  /** Its Pods: those with these labels in this namespace. Null: it runs outside the cluster. */
  readonly pods: { readonly namespace: string; readonly labels: Labels } | null;
  readonly listens: Controller['listens'];
  readonly assumption: string | null;
  readonly statement: Controller['statement'];
  readonly standIn: Controller['standIn'];
}

/** What a controller is and what it claims, before anything says where it runs. */
export type Identity = Omit<RunningController, 'service' | 'pods' | 'listens'>;

export type Place = Pick<RunningController, 'service' | 'pods' | 'listens'>;
