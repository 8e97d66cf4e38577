/**
 * One kind of finding. It names decisions of the engine by what the engine says about them: the message of a rejection,
 * of a settled fact, or of a hop. So a finding follows from a decision, never from a second reading of the texts.
 */
import type { FailureCode } from '../../catalogue/meaning.ts';
import type { Message, MessageId } from '../../catalogue/message.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { FailureId } from '../manifests/finding.ts';
import type { SourceRange } from '../manifests/source.ts';
import type { Flow } from '../trace/flow.ts';
import type { Change } from './change.ts';
import type { Problem } from './problem.ts';

export interface FindingKind {
  /** Stable and kebab-case. */
  readonly code: FailureCode;
  /** Which decisions are this fault, and which failure mode each is; null where the catalogue of failures has none. Earlier ones say more. */
  readonly decisions: Readonly<Partial<Record<MessageId, FailureId | null>>>;
  /**
   * `cause`: the fault itself. `symptom`: where a fault shows that another finding explains; raised only when none does.
   * `note`: the request arrives, though not as meant. `opening`: it arrives, and the person expects it to be refused.
   * `astray`: it arrives at another Service than the person expects.
   */
  readonly role: 'cause' | 'symptom' | 'note' | 'opening' | 'astray';
  /** Codes of what requests show when this is the cause. */
  readonly explains?: readonly FailureCode[];
  /** False where the rest of the fault may just not have been pasted; only asked of a part of a cluster. */
  readonly isCertain?: (problem: Problem, cluster: Cluster) => boolean;
  /** True where a request of our own choosing may itself be what is wrong, so that only one of a person counts. */
  readonly isGuess?: (message: Message, flow: Flow) => boolean;
  /** Set where only some of these decisions are the fault. */
  readonly applies?: (message: Message) => boolean;
  /** The sentence of the finding, where what the hop says of one of its choices makes sense beside that choice only. */
  readonly tell?: (message: Message, what: Message) => Message;
  /** Sensible repairs, the smallest first; each is tried on the engine before it is offered. */
  readonly repairs?: (problem: Problem, cluster: Cluster) => readonly Repair[];
  /** More places that belong to it: the labels beside the selector. */
  readonly places?: (problem: Problem, cluster: Cluster) => readonly SourceRange[];
  /** Where the cure lies when no edit of these texts helps. */
  readonly cure?: (problem: Problem) => Message;
}

/** A fault that the engine stated, with the kind of finding it is. */
export interface Decided {
  readonly kind: FindingKind;
  readonly failure: FailureId | null;
  readonly message: Message;
}

/** What one fix would change. */
export type Repair = readonly Change[];
