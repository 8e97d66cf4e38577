/** Label selectors as workloads write them (S4.3.2), and the plain maps that Services and ReplicationControllers use. */
import { msg } from '../../../catalogue/message.ts';
import type { Field } from '../field.ts';
import { checkLabelKey, checkLabels, checkLabelValue, shown } from '../field-rules.ts';
import type { LabelSelector } from './workload-spec.ts';

type Expression = LabelSelector['matchExpressions'][number];

/** Null when no selector is written. */
export function readLabelSelector(field: Field): LabelSelector | null {
  if (!field.isSet) return null;
  const matchLabels = field.get('matchLabels').textMap();
  checkLabels(field.get('matchLabels'), matchLabels);
  return {
    matchLabels,
    matchExpressions: field
      .get('matchExpressions')
      .items()
      .flatMap((expression) => readExpression(expression) ?? []),
  };
}

function readExpression(field: Field): Expression | null {
  const key = field.get('key').text() ?? '';
  checkLabelKey(field.get('key'), key);
  const values = field.get('values').texts();
  for (const value of field.get('values').items()) checkLabelValue(value, value.text() ?? '');
  const operator = readOperator(field.get('operator'));
  if (operator === null) return null;
  const list = field.get('values');
  const takesValues = operator === 'In' || operator === 'NotIn';
  if (takesValues && values.length === 0) list.reject('Required', 'S4.3.2', msg('rejection.selector.values-missing', { path: list.name, operator }));
  if (!takesValues && values.length > 0) list.reject('Forbidden', 'S4.3.2', msg('rejection.selector.values-forbidden', { path: list.name, operator }));
  return { key, operator, values };
}

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;

function readOperator(field: Field): Expression['operator'] | null {
  field.offers(OPERATORS);
  const text = field.text();
  const operator = OPERATORS.find((known) => known === text) ?? null;
  if (operator === null) {
    field.reject('Invalid', 'S4.3.2', msg('rejection.not-supported', { path: field.name, value: shown(text ?? ''), allowed: OPERATORS }));
  }
  return operator;
}

/** Whether labels satisfy all of a selector. An empty selector is satisfied by any labels. */
export function selectorMatches(selector: LabelSelector, labels: Readonly<Record<string, string>>): boolean {
  const value = (key: string) => (Object.hasOwn(labels, key) ? labels[key] : undefined);
  return (
    Object.entries(selector.matchLabels).every(([key, wanted]) => value(key) === wanted) &&
    selector.matchExpressions.every(({ key, operator, values }) => {
      const own = value(key);
      switch (operator) {
        case 'In':
          return own !== undefined && values.includes(own);
        case 'NotIn':
          return own === undefined || !values.includes(own);
        case 'Exists':
          return own !== undefined;
        case 'DoesNotExist':
          return own === undefined;
      }
    })
  );
}

export function isEmptySelector(selector: LabelSelector): boolean {
  return Object.keys(selector.matchLabels).length === 0 && selector.matchExpressions.length === 0;
}
