import type { Answer, AnswerCondition } from './answer.ts';
import type { Expectations, ExpectedCondition } from './case.ts';
import { difference, distinct, sameSet, type Difference } from './difference.ts';

/** A case without a request: the conditions that controllers write, and what attached to what. */
export function compareStatusView(expect: Expectations, answer: Answer): readonly Difference[] {
  const conditions = answer.conditions ?? [];
  const counts = new Map((answer.attachedRoutes ?? []).map(({ object, listener, count }) => [countKey(object, listener), { object, count }]));
  const found = (expect.conditions ?? []).flatMap((expected) => compareCondition(expected, conditions));
  for (const { object, listener, count } of expect.attachedRoutes ?? []) {
    const came = counts.get(countKey(object, listener))?.count;
    if (came !== count) found.push(difference('attachedRoutes', `${object} ${listener}`, count, came));
  }
  for (const object of expect.zeroAttachedRoutes ?? []) {
    const came = [...counts.values()].filter((entry) => entry.object === object && entry.count > 0).map(({ count }) => count);
    if (came.length > 0) found.push(difference('zeroAttachedRoutes', object, 0, came));
  }
  for (const object of expect.noAcceptedParents ?? []) {
    const accepting = conditions.filter((condition) => condition.object === object && condition.type === 'Accepted' && condition.status === 'True');
    if (accepting.length > 0)
      found.push(
        difference(
          'noAcceptedParents',
          object,
          [],
          accepting.map(({ parent }) => parent ?? null),
        ),
      );
  }
  for (const [object, parents] of Object.entries(expect.onlyParents ?? {})) {
    const came = distinct(conditions.filter((condition) => condition.object === object && condition.parent).map(({ parent }) => parent));
    if (!sameSet(came, parents)) found.push(difference('onlyParents', object, parents, came));
  }
  for (const [object, count] of Object.entries(expect.attachedListenerSets ?? {})) {
    const came = answer.attachedListenerSets?.[object];
    if (came !== count) found.push(difference('attachedListenerSets', object, count, came));
  }
  return found;
}

const countKey = (object: string, listener: string | null) => JSON.stringify([object, listener]);

/** A parent that the case does not name may be any; a listener must be the same, also where there is none. */
function compareCondition(expected: ExpectedCondition, conditions: readonly AnswerCondition[]): readonly Difference[] {
  const { object, type, status, reason } = expected;
  const parent = expected.parent ?? null;
  const listener = expected.listener ?? null;
  const came = conditions.filter(
    (condition) =>
      condition.object === object && condition.type === type && (parent === null || condition.parent === parent) && (condition.listener ?? null) === listener,
  );
  if (came.some((condition) => condition.status === status && (reason === undefined || condition.reason === reason))) return [];
  const where = [object, parent ?? listener, type].filter((part) => part !== null).join(' ');
  const text = (condition: { readonly status: string; readonly reason?: string | null }) => [condition.status, condition.reason].filter(Boolean).join(' ');
  return [difference('conditions', where, text({ status, ...(reason !== undefined && { reason }) }), came.length === 0 ? null : came.map(text))];
}
