import { describe, expect, it } from 'vitest';
import { matchesExpression, matchesLabels, selectAll } from './selectors.ts';

const expression = (key: string, operator: string, ...values: readonly string[]) => ({ key, operator, values });

it.each([
  ['In', ['a', 'b'], true],
  ['In', ['b'], false],
  ['NotIn', ['a'], false],
  ['NotIn', ['b'], true],
  ['Exists', [], true],
  ['DoesNotExist', [], false],
  ['Gt', ['1'], false],
  ['Unheard', ['a'], false],
])('the label app: a and the operator %s %j', (operator, values, matches) => {
  expect(matchesExpression({ app: 'a' }, expression('app', operator, ...values))).toBe(matches);
});

it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])('%s is a label only where it is written', (key) => {
  expect(matchesExpression({}, expression(key, 'Exists'))).toBe(false);
  expect(matchesExpression({}, expression(key, 'DoesNotExist'))).toBe(true);
  expect(matchesLabels({}, Object.fromEntries([[key, 'a']]))).toBe(false);
  const labels = Object.fromEntries([[key, 'a']]);
  expect(matchesExpression(labels, expression(key, 'In', 'a'))).toBe(true);
  expect(
    selectAll(
      [{ namespace: 'n', selector: labels }],
      [
        { namespace: 'n', labels: {} },
        { namespace: 'n', labels },
      ],
    ),
  ).toEqual([[1]]);
});

describe('selecting for all Services at once', () => {
  it('finds what comparing each with each finds', () => {
    const labelled = [
      { namespace: 'a', labels: { app: 'web', tier: 'front' } },
      { namespace: 'a', labels: { app: 'web' } },
      { namespace: 'b', labels: { tier: 'front', app: 'web' } },
    ];
    const selecting = [
      { namespace: 'a', selector: { app: 'web' } },
      { namespace: 'a', selector: { tier: 'front', app: 'web' } },
      { namespace: 'b', selector: { app: 'web', tier: 'front' } },
      { namespace: 'b', selector: { app: 'api' } },
      { namespace: 'c', selector: { app: 'web' } },
    ];
    expect(selectAll(selecting, labelled)).toEqual([[0, 1], [0], [2], [], []]);
  });
});
