import { describe, expect, it } from 'vitest';
import { nearest, suggest } from './near-miss.ts';

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
