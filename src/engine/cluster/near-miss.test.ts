import { describe, expect, it } from 'vitest';
import { compareNames } from './name-order.ts';
import { nearest, suggest } from './near-miss.ts';
import { selectAll } from './selectors.ts';

describe('near misses', () => {
  it('count letters added, left out, changed or swapped with their neighbour', () => {
    expect(nearest('serach', ['search'])).toEqual({ word: 'search', distance: 1 });
    expect(nearest('frontent', ['frontend', 'backend'])).toEqual({ word: 'frontend', distance: 1 });
    expect(nearest('apis', ['api'])).toEqual({ word: 'api', distance: 1 });
  });

  it('are none for an exact word, or one that is far', () => {
    expect(nearest('web', ['web', 'wef'])).toBeNull();
    expect(nearest('web', ['api'])).toBeNull();
    expect(nearest('a', ['b'])).toBeNull();
    expect(nearest('v1', ['v2'])).toBeNull();
    expect(nearest('release-1', ['release-2'])).toBeNull();
  });

  it('a name that has the word as a part is offered too', () => {
    expect(suggest('api', ['api-server', 'web'])).toBe('api-server');
    expect(suggest('api', ['capital'])).toBeNull();
  });
});

describe('the order of names', () => {
  it('reads numbers as numbers', () => {
    expect(['web-10', 'web-2', 'web', 'api', 'web-1'].sort(compareNames)).toEqual(['api', 'web', 'web-1', 'web-2', 'web-10']);
  });
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

  it('a key that every object inherits is not a label', () => {
    expect(selectAll([{ namespace: 'a', selector: { constructor: 'x' } }], [{ namespace: 'a', labels: {} }])).toEqual([[]]);
  });
});
