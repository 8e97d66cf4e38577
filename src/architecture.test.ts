import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import map from './ARCHITECTURE.md?raw';

/**
 * The import law: a file may import its own folder and the folders listed for it, nothing else of ours.
 * The longest matching key counts. Test files may import anything.
 */
const LAW: Readonly<Record<string, readonly string[]>> = {
  catalogue: [],
  'engine/manifests': ['catalogue'],
  'engine/trace': ['catalogue', 'engine/manifests'],
  'engine/kinds': ['catalogue', 'engine/manifests', 'engine/trace'],
  'engine/cluster': ['catalogue', 'engine/manifests', 'engine/trace', 'engine/kinds'],
  'engine/dataplane': ['catalogue', 'engine/manifests', 'engine/trace', 'engine/kinds', 'engine/cluster'],
  'engine/compare': ['catalogue', 'engine/manifests', 'engine/trace', 'engine/kinds', 'engine/cluster', 'engine/dataplane'],
  'engine/diagnose': ['catalogue', 'engine/manifests', 'engine/trace', 'engine/kinds', 'engine/cluster', 'engine/dataplane'],
  'engine/diagnosis.ts': ['engine/diagnose'],
  'engine/build': ['catalogue', 'engine/manifests', 'engine/trace', 'engine/kinds', 'engine/cluster', 'engine/dataplane'],
  'engine/index.ts': ['catalogue', 'engine/manifests', 'engine/trace', 'engine/kinds', 'engine/cluster', 'engine/dataplane', 'engine/compare', 'engine/build'],
  scene: ['catalogue', 'engine/index.ts'],
  examples: ['catalogue', 'engine/index.ts'],
  permalink: ['engine/index.ts'],
  cli: ['catalogue', 'engine/index.ts', 'engine/diagnosis.ts', 'conformance'],
  conformance: [],
  'app/theme': [],
  'app/ui': ['catalogue', 'engine/index.ts', 'app/theme'],
  'app/drawing': ['catalogue', 'engine/index.ts', 'scene', 'app/ui', 'app/theme'],
  'app/worker': ['catalogue', 'engine/index.ts', 'engine/diagnosis.ts', 'scene'],
  'app/store': ['catalogue', 'engine/index.ts', 'engine/diagnosis.ts', 'scene', 'permalink', 'examples', 'app/worker'],
  // Features: the store, shared parts, the engine's types. Never each other; App.tsx composes them.
  app: ['catalogue', 'engine/index.ts', 'engine/diagnosis.ts', 'scene', 'app/store', 'app/worker', 'app/drawing', 'app/ui', 'app/theme'],
  'app/examples': ['catalogue', 'examples', 'app/store', 'app/ui'],
  'app/exactness': ['catalogue', 'conformance', 'engine/index.ts', 'app/store', 'app/ui'],
  'app/App.tsx': ['catalogue', 'engine/index.ts', 'scene', 'examples', 'app'],
  'main.tsx': ['app'],
  // Runs at build time or from npm scripts; nothing of ours imports it but its types.
  dev: ['catalogue', 'engine/index.ts', 'engine/diagnosis.ts', 'scene', 'examples', 'app/worker', 'cli', 'conformance'],
  'virtual-modules.d.ts': ['dev'],
};

// Read, not imported: what this test imports would never be dead code to knip.
const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).map((file) => `./${file.split(path.sep).join('/')}`);
const sources = Object.fromEntries(
  files.filter((file) => /(?<!\.test)\.tsx?$/.test(file)).map((file) => [file, readFileSync(path.join(import.meta.dirname, file), 'utf8')] as const),
);

const isWithin = (file: string, room: string) => file === room || file.startsWith(`${room}/`);

function roomOf(path: string): string {
  const room = Object.keys(LAW)
    .filter((key) => isWithin(path, key))
    .sort((a, b) => b.length - a.length)[0];
  if (room === undefined) throw new Error(`${path} stands in no room of the import law`);
  // Each feature folder under app/ is a room of its own with the law of `app`.
  return room === 'app' ? path.split('/').slice(0, 2).join('/') : room;
}

function resolve(from: string, specifier: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const step of specifier.split('/')) {
    if (step === '..') parts.pop();
    else if (step !== '.') parts.push(step);
  }
  return parts.join('/');
}

it('every import follows the import law', () => {
  const broken: string[] = [];
  for (const [file, text] of Object.entries(sources)) {
    const path = file.slice(2);
    const room = roomOf(path);
    const allowed = LAW[room] ?? LAW['app']!;
    for (const match of text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)) {
      const target = resolve(path, match[1]!.replace(/\?.*$/, ''));
      if (!isWithin(target, room) && !allowed.some((other) => isWithin(target, other))) broken.push(`${path} → ${target}`);
    }
  }
  expect(broken).toEqual([]);
});

it('every path that ARCHITECTURE.md names exists', () => {
  const named = [...map.matchAll(/`src\/([\w./-]+)`/g)].map((match) => `./${match[1]!.replace(/\/$/, '')}`);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((path) => !files.some((file) => file === path || file.startsWith(`${path}/`)))).toEqual([]);
});

it('no room is a drawer without a charter', () => {
  expect(Object.keys(sources).filter((path) => /(^|\/)(utils?|common|helpers?|misc|lib)(\/|\.tsx?$)/.test(path))).toEqual([]);
});

it('every sentence a person may read stands in the catalogue', () => {
  const found: string[] = [];
  for (const [path, text] of Object.entries(sources)) {
    // `rule-source.ts` holds titles of other people's pages.
    if (path.startsWith('./catalogue/') || path.startsWith('./dev/') || path === './engine/trace/rule-source.ts') continue;
    const code = text
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/^\s*\/\/.*$/gm, '')
      .replace(/\s\/\/ .*$/gm, '')
      // `throw` is for our own bugs; nobody reads it but us.
      .replace(/throw new \w*Error\([^;]*;/g, '');
    const strings = [...code.matchAll(/'([^'\n]*)'|"([^"\n]*)"|`([^`\n]*)`/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
    const jsxTexts = path.endsWith('.tsx') ? [...code.matchAll(/>\s*([A-Z][a-z]+(?: [\w’]+)*[.!?…]?)\s*</g)].map((match) => match[1]!) : [];
    // Three plain words in a row are a sentence; commands, selectors, media queries and SVG paths are not.
    const isSentence = (string: string) =>
      /(^|\s)[A-Za-z]?[a-z’]+ [a-z’]{2,} [a-z’]{2,}\b/.test(string) &&
      !/kubectl|npm run|curl |var\(|nslookup|iptables|openssl|[{}=;]|https?:\/\//.test(string.replace(/\$\{[^}]*\}/g, ''));
    found.push(...strings.filter(isSentence).map((string) => `${path}: ${string}`), ...jsxTexts.map((string) => `${path}: ${string}`));
  }
  expect(found).toEqual([]);
});
