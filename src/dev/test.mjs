// `npm test`: everything that must hold, in the order in which it fails fastest. Ends with `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { findBrowser } from './browser.mjs';

const OUT = 'node_modules/.cache/podpath-tests';
rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });

let passed = 0;
let failed = 0;

function step(title, command, args, { env = {}, count } = {}) {
  console.log(`\n— ${title}`);
  const started = performance.now();
  const { status } = spawnSync('npx', ['--no-install', command, ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  const counted = count?.();
  if (counted) {
    passed += counted.passed;
    failed += counted.failed;
    // A runner that died before or after its tests is a failure of its own.
    if (status !== 0 && counted.failed === 0) failed += 1;
  } else if (status === 0 && !count) passed += 1;
  // No report of a runner that should have made one counts as failed.
  else failed += 1;
  console.log(`  ${status === 0 ? 'ok' : 'FAILED'} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return status === 0;
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

function vitestCount() {
  const report = readJson(`${OUT}/unit.json`);
  return report && { passed: report.numPassedTests, failed: report.numFailedTests + report.numPendingTests + report.numTodoTests };
}

function playwrightCount() {
  const report = readJson(`${OUT}/browser.json`);
  return report && { passed: report.stats.expected, failed: report.stats.unexpected + report.stats.flaky + report.stats.skipped };
}

step('types', 'tsc', ['-p', 'tsconfig.json']);
step('types of the engine, which knows no browser and no Node', 'tsc', ['-p', 'src/engine']);
step('lint', 'oxlint', ['--type-aware', '--deny-warnings']);
step('format', 'oxfmt', ['--check']);
step('dead code', 'knip', []);
step('unit tests', 'vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${OUT}/unit.json`], { count: vitestCount });
const built = step('build', 'vite', ['build', '--logLevel', 'warn']);
if (built) {
  step('size', 'node', ['src/dev/size.mjs']);
  try {
    const browser = findBrowser();
    console.log(`\nBrowser: ${browser}`);
    step('browser tests', 'playwright', ['test', '-c', 'e2e/playwright.config.ts'], {
      env: { PODPATH_CHROMIUM: browser, PLAYWRIGHT_JSON_OUTPUT_FILE: path.resolve(OUT, 'browser.json') },
      count: playwrightCount,
    });
  } catch (error) {
    console.error(String(error instanceof Error ? error.message : error));
    failed += 1;
  }
} else {
  failed += 2;
}

console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
