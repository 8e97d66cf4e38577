import type { FailureCode } from '../../catalogue/meaning.ts';
import type { Message } from '../../catalogue/message.ts';
import type { ObjectRef } from './object-ref.ts';
import type { FieldPath, SourceRange } from './source.ts';

export type Severity = 'error' | 'warning' | 'info';

/**
 * Something worth telling about the texts or the objects: what, where, why by which rule.
 * `code` is stable and kebab-case (`yaml-syntax`, `selector-matches-no-pods`).
 */
export interface Finding {
  readonly code: FailureCode;
  readonly severity: Severity;
  readonly message: Message;
  /** The ranges that matter, the most telling first. Empty only when the text has no such place. */
  readonly ranges: readonly SourceRange[];
  readonly object?: ObjectRef;
  readonly path?: FieldPath;
  /** Rule ids of the specification, e.g. `S4.2.11`. */
  readonly rules: readonly RuleId[];
  /** What the API server calls a rejection, and the field that it names; absent for findings of other kinds. */
  readonly refusal?: { readonly category: RejectionCategory; readonly path: FieldPath };
}

/** `F-18`: one of the known ways in which a request fails. */
export type FailureId = `F-${number}`;

/** `S7.5.4`, `F-18`: a rule of the specification that this project follows. */
export type RuleId = `S${number}${string}` | FailureId | `U${number}`;

/** The API machinery's own error categories (semantics S4). `InternalError`: an allocator failed (S4.6.5). */
export type RejectionCategory = 'Required' | 'Invalid' | 'NotSupported' | 'Forbidden' | 'Duplicate' | 'TooLong' | 'TooMany' | 'InternalError';

/** Why the API server would not take an object. A rejected object does not exist for the request (S1.5). */
export interface Rejection {
  readonly object: ObjectRef;
  /** The field that is at fault, relative to the object: `spec.ports[1].name`. */
  readonly path: FieldPath;
  /** The field that the API server prints, where it is another: a rule over a list names the list. */
  readonly printed?: FieldPath;
  readonly category: RejectionCategory;
  readonly message: Message;
  readonly rule: RuleId;
}
