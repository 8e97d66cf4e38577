import { describe, expect, it } from 'vitest';
import { renderText } from '../../catalogue/render.ts';
import { rule, through } from './gateway/test-gateway.ts';

describe('what the manifests show at the end of a request', () => {
  const world = {
    rules: [
      rule('{ path: { value: /gone } }', 'gone'),
      rule('{ path: { value: /moved } }', 'lost'),
      '{ matches: [{ path: { value: /away } }], filters: [{ type: RequestRedirect, requestRedirect: { scheme: https } }] }',
    ],
  };
  const causes = (path: string) => through(world, `http://x${path}`).causes.map(({ message }) => renderText(message));
  it('is what is wrong with the rule that it took', () => {
    expect(causes('/gone')).toEqual(['There is no Service shop/gone.']);
    expect(causes('/moved')).toEqual(['There is no Service shop/lost.']);
  });
  it('is nothing where other rules are wrong', () => expect(causes('/away')).toEqual([]));
});
