import { expect, it } from 'vitest';
import { renderText } from '../catalogue/render.ts';
import { parseArgs } from './args.ts';

const trace = (...words: readonly string[]) => parseArgs(['trace', ...words]);

it('options take their value behind a space or an equals sign, and the last one counts', () => {
  const parsed = trace('-f', 'a', '--file=b=c', '-X', 'PUT', '--request=POST', '-H', 'A: b', '-L', '--json', 'http://x/');
  expect(parsed).toMatchObject({
    kind: 'trace',
    args: { files: ['a', 'b=c'], method: 'POST', headers: ['A: b'], followRedirects: true, json: true, insecure: false, url: 'http://x/', from: 'external' },
  });
});

it.each([[['constructor']], [['-f', 'a', '__proto__']]])('%j: a word that every object has as a key is a URL like another', (words) => {
  expect(trace(...words)).toMatchObject({ kind: 'trace', args: { url: words.at(-1) } });
});

it('--through asks what becomes of the request through each Ingress controller', () => {
  expect(trace('--through', 'http://x/')).toMatchObject({ args: { through: true } });
  expect(trace('http://x/')).toMatchObject({ args: { through: false } });
});

it.each([
  [['--constructor', 'x'], 'There is no option --constructor.'],
  [['--json=1', 'x'], 'There is no option --json.'],
  [['-f'], 'The option -f needs a value.'],
  [['--file=', 'x'], 'The option --file needs a value.'],
  [[], 'Which URL? Example: podpath trace -f shop.yaml https://shop.example.com/.'],
  [['a', 'b'], 'One URL at a time, please. Given: a and b.'],
  [['--batch', 'a'], '--batch takes manifests and requests from standard input only.'],
])('%j is told to be wrong', (words, why) => {
  const parsed = trace(...words);
  expect(parsed.kind === 'wrong' && renderText(parsed.why)).toBe(why);
});

it.each([[[]], [['--help']], [['trace', '-f', 'a', '--help']]])('%j asks for help', (words) => {
  expect(parseArgs(words)).toEqual({ kind: 'help' });
});

it('check takes files by name, a format, and what it fails on', () => {
  expect(parseArgs(['check', 'a.yaml', '-f', 'b', '--format=sarif', '--fail-on', 'warning'])).toEqual({
    kind: 'check',
    args: { files: ['b', 'a.yaml'], format: 'sarif', failOn: 'warning', complete: false },
  });
  expect(parseArgs(['check', 'a', '--json'])).toMatchObject({ kind: 'wrong' });
  expect(parseArgs(['check'])).toMatchObject({ kind: 'wrong' });
});

it('test takes files and a format', () => {
  expect(parseArgs(['test', 'a', '--format', 'junit', '--partial'])).toEqual({ kind: 'test', args: { files: ['a'], format: 'junit', partial: true } });
  expect(parseArgs(['test', 'a', '--format', 'sarif'])).toMatchObject({ kind: 'wrong' });
});
