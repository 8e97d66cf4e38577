// Weighs the build against the budgets, gzip -9, by what the page really requests before the example plays.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { gzipSync } from 'node:zlib';

/** kB of 1000 bytes, gzip. */
const BUDGETS = {
  'JavaScript on the main thread before the example plays': 170,
  'everything until the example plays': 260,
  'everything until it can be changed, worker included': 510,
  fonts: 90,
};

const DIST = 'dist';
const gz = (file) => gzipSync(readFileSync(path.join(DIST, file)), { level: 9 }).length;
const raw = (file) => readFileSync(path.join(DIST, file)).length;
const assets = readdirSync(path.join(DIST, 'assets')).map((name) => `assets/${name}`);
const html = readFileSync(path.join(DIST, 'index.html'), 'utf8');

/** Files a script pulls in by itself: static imports, followed to the end. */
function withImports(entry, seen = new Set()) {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  const code = readFileSync(path.join(DIST, entry), 'utf8');
  for (const match of code.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) withImports(`assets/${match[1]}`, seen);
  return seen;
}

const entries = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map((match) => match[1]);
const main = new Set(entries.flatMap((entry) => [...withImports(entry)]));
const worker = new Set(assets.filter((name) => /worker-[\w-]+\.js$/.test(name)).flatMap((name) => [...withImports(name)]));
const styles = [...html.matchAll(/href="\.\/(assets\/[^"]+\.css)"/g)].map((match) => match[1]);
// What the first visit shows before the worker is there.
const data = assets.filter((name) => name.endsWith('.json'));
const fonts = assets.filter((name) => name.endsWith('.woff2'));
if (entries.length === 0 || worker.size === 0) throw new Error('size: the build has no entry script or no worker; this check no longer knows its names');

const sum = (files, weigh) => [...files].reduce((total, file) => total + weigh(file), 0);
const measured = {
  'JavaScript on the main thread before the example plays': sum(main, gz),
  'everything until the example plays': sum(new Set([...main, ...data, ...styles]), gz) + gz('index.html'),
  'everything until it can be changed, worker included': sum(new Set([...main, ...data, ...worker, ...styles]), gz) + gz('index.html'),
  fonts: sum(fonts, raw),
};
let over = false;
for (const [what, limit] of Object.entries(BUDGETS)) {
  const kilobytes = measured[what] / 1000;
  const ok = kilobytes <= limit;
  over ||= !ok;
  console.log(`  ${ok ? 'ok  ' : 'OVER'} ${kilobytes.toFixed(1).padStart(6)} of ${limit} kB  ${what}`);
}
process.exitCode = over ? 1 : 0;
