import type { Message } from '../../catalogue/message.ts';
import type { Json } from '../manifests/document.ts';
import type { FieldPath } from '../manifests/source.ts';

/**
 * An environment value nobody stated (semantics S1.3, S1.3a). Flipping one is a text edit of `scenario.yaml`.
 */
export interface Assumption {
  /** Stable within a workspace: `cloud`, `pods:shop/api`, `controller:nginx`, `dns:shop.example.com`. */
  readonly id: string;
  /**
   * `inferred`: the pasted part presupposes it; a verdict that rests on it is *depends*.
   * `default`: a value of S1.3 with a usual setting; listed, and the verdict stands.
   */
  readonly origin: 'inferred' | 'default';
  /** One sentence: what is assumed and why. */
  readonly message: Message;
  readonly choices: readonly AssumptionChoice[];
}

export interface AssumptionChoice {
  readonly label: Message;
  /** The choice in force now. */
  readonly current: boolean;
  /** The edit of the Scenario document that states this choice; `value: undefined` removes the field. */
  readonly set: { readonly path: FieldPath; readonly value: Json | undefined };
}
