import type { Message } from '../../catalogue/message.ts';
import type { ObjectRef } from './object-ref.ts';
import type { FieldPath, SourceRange } from './source.ts';

export type Severity = 'error' | 'warning' | 'info';

/**
 * Something worth telling about the texts or the objects: what, where, why by which rule.
 * `code` is stable and kebab-case (`yaml-syntax`, `selector-matches-no-pods`).
 */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  readonly message: Message;
  /** The ranges that matter, the most telling first. Empty only when the text has no such place. */
  readonly ranges: readonly SourceRange[];
  readonly object?: ObjectRef;
  readonly path?: FieldPath;
  /** Rule ids of the specification, e.g. `S4.2.11`. */
  readonly rules: readonly RuleId[];
}

/** `F-18`: one of the known ways in which a request fails. */
export type FailureId = `F-${number}`;

/** `S7.5.4`, `F-18`: a rule of the specification that this project follows. */
export type RuleId = `S${number}${string}` | FailureId | `U${number}`;

/** The API machinery's own error categories (semantics S4). */
export type RejectionCategory = 'Required' | 'Invalid' | 'NotSupported' | 'Forbidden' | 'Duplicate' | 'TooLong' | 'TooMany';

/** Why the API server would not take an object. A rejected object does not exist for the request (S1.5). */
export interface Rejection {
  readonly object: ObjectRef;
  /** As the API server prints it, relative to the object: `spec.ports[1].name`. */
  readonly path: FieldPath;
  readonly category: RejectionCategory;
  readonly message: Message;
  readonly rule: RuleId;
}
