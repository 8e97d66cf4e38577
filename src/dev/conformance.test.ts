import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { conformance } from './conformance.ts';

const MANIFESTS = `
apiVersion: v1
kind: Service
metadata: { name: api, namespace: a }
spec: { selector: { app: api }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: api, namespace: a, labels: { app: api } }
spec: { containers: [{ name: api, image: api }] }
---
apiVersion: v1
kind: Pod
metadata: { name: client, namespace: a }
spec: { containers: [{ name: client, image: client }] }
`;
const request = { from: { pod: 'a/client' }, url: 'http://api/' };
const RIGHT = { name: 'by its short name', manifestFile: 'm.yaml', request, expect: { services: { 'a/api': 1 } }, source: 'owner/name@abcdef0 a/b' };
const WRONG = { ...RIGHT, name: 'nobody there', expect: { failure: 'refused' } };
const UNSUPPORTED = { ...RIGHT, name: 'an unheard scheme', request: { ...request, url: 'gopher://api/' } };

let folder: string;
let printed: string[];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'conformance-'));
  mkdirSync(path.join(folder, 'cases'));
  printed = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => printed.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => printed.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const figuresFile = () => path.join(folder, 'figures.json');
const run = (...args: readonly string[]) => conformance(args, figuresFile());

function suiteOf(...cases: readonly object[]) {
  writeFileSync(path.join(folder, 'cases/m.yaml'), MANIFESTS);
  writeFileSync(path.join(folder, 'cases/own.json'), JSON.stringify({ suite: 'own', source: 'ours', cases }));
}

it('without a folder there is nothing to compare', () => {
  expect(run()).toBe(0);
  expect(printed.join('\n')).toContain('npm run conformance -- DIR');
});

it('what passes and what is said to be unsupported is no miss', () => {
  suiteOf(RIGHT, UNSUPPORTED);
  expect(run(folder)).toBe(0);
  expect(printed[0]).toBe(`own                          1 of 2     unsupported 1, missed 0\n    unsupported in 1: url gopher://api/`);
});

it('a miss says which case, what was expected and what came', () => {
  suiteOf(RIGHT, WRONG);
  expect(run(folder)).toBe(1);
  expect(printed.join('\n')).toContain('own#1 nobody there\n        failure: expected "refused", came [null]');
});

it('misses beyond those to show are counted', () => {
  suiteOf(WRONG, WRONG, WRONG);
  expect(run(folder, '--show', '1')).toBe(1);
  expect(printed.join('\n')).toContain('2 misses not shown');
});

it('the suites may stand in the folder itself', () => {
  suiteOf(RIGHT);
  expect(run(path.join(folder, 'cases'))).toBe(0);
});

it('writes every verdict, and the figures of the page', () => {
  suiteOf(RIGHT, WRONG, UNSUPPORTED);
  const verdicts = path.join(folder, 'verdicts.json');
  run(folder, '--json', verdicts, '--write');
  expect(JSON.parse(readFileSync(verdicts, 'utf8'))).toMatchObject([
    { id: 0, kind: 'passed' },
    { id: 1, kind: 'failed' },
    { id: 2, kind: 'unsupported' },
  ]);
  const differences = [{ word: 'failure', of: null, expected: 'refused', came: [null] }];
  expect(JSON.parse(readFileSync(figuresFile(), 'utf8'))).toEqual({
    suites: [
      {
        suite: 'own',
        oracles: [{ repository: 'owner/name', commit: 'abcdef0', cases: 3 }],
        cases: 3,
        passed: 1,
        unsupported: [{ reason: 'url gopher://api/', cases: 1 }],
        misses: [{ id: 1, name: 'nobody there', source: 'owner/name@abcdef0 a/b', differences }],
      },
    ],
  });
});

it.each([[['--suite', 'other']], [['--suite', 'own', '--write']], [['--show', 'x']], [['--unheard']], [['another folder']]])('%j is wrong usage', (args) => {
  suiteOf(RIGHT);
  expect(run(folder, ...args)).toBe(2);
});

it('a folder without suites is wrong usage', () => {
  expect(run(folder)).toBe(2);
});
