import { describe, expect, it } from 'vitest';
import { ask, nginx, rules } from './test-world.ts';

describe('the request to repeat', () => {
  const again = (url: string, insecure = false) => {
    const { commands = [] } = ask(nginx([rules('', 'Prefix / api')]), url, { insecure });
    return commands.map(({ line }) => line).find((line) => line.startsWith('curl'));
  };
  it('leads the name to the address it had', () => expect(again('http://foo.com/a')).toBe('curl -v --resolve foo.com:80:203.0.113.10 http://foo.com/a'));
  it('goes to an address as it is', () => expect(again('http://203.0.113.10/a')).toBe('curl -v http://203.0.113.10/a'));
  it('leaves certificates unchecked where the request did', () =>
    expect(again('https://foo.com/a', true)).toBe('curl -v -k --resolve foo.com:443:203.0.113.10 https://foo.com/a'));
});
