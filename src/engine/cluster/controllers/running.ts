/** A controller that runs, before its Pods have names and its Service an address. */
import type { ControllerSpec } from '../../kinds/scenario/scenario-spec.ts';
import type { Controller } from '../cluster.ts';
import type { Planner } from '../ingress-balancers/balancer-plan.ts';
import type { Labels } from '../selectors.ts';

export interface RunningController {
  readonly name: string;
  readonly kind: ControllerSpec['kind'];
  readonly implementation: string;
  /** What `spec.controller` of the IngressClasses it serves says. */
  readonly controllerString: string;
  /** What the legacy annotation must equal. */
  readonly legacyClass: string;
  /** What else it may equal. */
  readonly alsoClasses?: readonly string[];
  /** Set where `spec.ingressClassName` names a class of somebody else, whatever it says. */
  readonly readsAnnotationOnly?: true;
  /** Set where it makes load balancers that carry the traffic. */
  readonly planner?: Planner;
  /** Claims Ingresses that name no class (S10.1), or is presumed to. */
  readonly watchesWithoutClass: boolean;
  readonly config: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  readonly service: string | null;
  /** Its Pods: those with these labels in this namespace. Null: it runs outside the cluster. */
  readonly pods: { readonly namespace: string; readonly labels: Labels } | null;
  readonly listens: Controller['listens'];
  readonly assumption: string | null;
  readonly standIn: Controller['standIn'];
}

/** What a controller is and what it claims, before anything says where it runs. */
export type Identity = Omit<RunningController, 'service' | 'pods' | 'listens'>;

export type Place = Pick<RunningController, 'service' | 'pods' | 'listens'>;

/** The value of `--flag=value` or `--flag value`; `true` for a bare flag, null when it is absent. */
export function flagValue(args: readonly string[], flag: string): string | null {
  for (const [index, arg] of args.entries()) {
    const text = arg.replace(/^--?/, '');
    if (text === flag) {
      const next = args[index + 1];
      return next === undefined || next.startsWith('-') ? 'true' : next;
    }
    if (text.startsWith(`${flag}=`)) return text.slice(flag.length + 1);
  }
  return null;
}
