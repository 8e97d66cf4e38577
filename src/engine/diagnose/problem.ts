/**
 * What a person reads about something wrong: cause, places, what the client meets at which hop, how to confirm it. A
 * problem is plain data, so a fix can be asked for later from the problem alone.
 */
import type { FailureCode } from '../../catalogue/meaning.ts';
import type { Message } from '../../catalogue/message.ts';
import type { FailureId, RuleId, Severity } from '../manifests/finding.ts';
import type { ObjectRef } from '../manifests/object-ref.ts';
import type { FieldPath, SourceRange } from '../manifests/source.ts';
import type { Flow } from '../trace/flow.ts';
import type { Command } from '../trace/hop.ts';
import type { RequestDraft } from '../trace/request-draft.ts';

/** A request that shows the problem, and what becomes of it. */
export interface Proof {
  readonly flow: Flow;
  /** The same request for the request bar: one click plays it. */
  readonly draft: RequestDraft;
  /** Name of the saved request it is, if a person saved it. */
  readonly saved: string | null;
  /** False where the request arrives and the problem only changes how. */
  readonly fails: boolean;
  /** Number of the station at which the problem shows, from 1. */
  readonly station: number;
  /** Headline of that hop. */
  readonly at: Message;
  /** What the client sees, in one sentence and as its program prints it. */
  readonly summary: Message;
  readonly clientSees: readonly string[];
}

export interface Problem {
  /** Stable and kebab-case; the finding's page has this name. */
  readonly code: FailureCode;
  /** The failure mode it is an instance of; null where the catalogue of failures has none. */
  readonly failure: FailureId | null;
  readonly severity: Severity;
  /** The cause, in the person's own names. */
  readonly message: Message;
  /** Every range that matters, the most telling first. */
  readonly ranges: readonly SourceRange[];
  readonly object: ObjectRef | null;
  readonly path: FieldPath | null;
  readonly rules: readonly RuleId[];
  /** The most telling request; an error always has one, but for texts that the API server would not even take. */
  readonly proof: Proof | null;
  /** Names of the saved requests that meet the problem. */
  readonly savedRequests: readonly string[];
  /** Commands that confirm it on a real cluster, with the real names. */
  readonly confirm: readonly Command[];
  /** Where the cure lies when it is not in these texts. */
  readonly cure: Message | null;
  /** The reason that an annotation gives for leaving it as it is; null when nobody does. */
  readonly suppressed: string | null;
}
