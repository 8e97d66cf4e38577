/**
 * Fields that cannot change while an object exists. A name that stands twice in the texts is applied twice, so the
 * second text is an update, and the API server refuses one that changes such a field: the object stays as it was.
 */
import { type Message, msg } from '../../catalogue/message.ts';
import type { Rejection, RejectionCategory, RuleId } from '../manifests/finding.ts';
import { formatFieldPath, type FieldPath } from '../manifests/source.ts';
import { shown } from './field-rules.ts';
import type { ApiObject } from './kind.ts';

export interface Change {
  readonly path: FieldPath;
  /** Null where nothing is written. */
  readonly before: string | null;
  readonly after: string | null;
  readonly rule: RuleId;
  readonly category?: RejectionCategory;
}

/** A rejection for each of the fields whose value is another than before. */
export function refuseChanges({ ref }: ApiObject, fields: readonly Change[]): readonly Rejection[] {
  return fields
    .filter(({ before, after }) => before !== after)
    .map(({ category = 'Invalid', ...change }) => ({ object: ref, path: change.path, category, message: why(change), rule: change.rule }));
}

function why({ path, before, after }: Change): Message {
  const field = formatFieldPath(path);
  if (after === null) return msg('rejection.immutable.taken-away', { path: field });
  if (before === null) return msg('rejection.immutable.added', { path: field, after: shown(after) });
  return msg('rejection.immutable', { path: field, before: shown(before), after: shown(after) });
}
