// Finds a Chromium for the browser tests, or gets one and says so first.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { chromium } from '@playwright/test';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
  String.raw`C:\Program Files (x86)\Google\Chrome\Application\chrome.exe`,
];

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function installed() {
  const named = process.env.PODPATH_CHROMIUM;
  if (named) return named;
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return [...NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))), ...PLACES].find(isExecutable) ?? null;
}

function playwrights() {
  const file = chromium.executablePath();
  return existsSync(file) ? file : null;
}

function run(command, args, seconds) {
  console.log(`  $ ${command} ${args.join(' ')}`);
  return spawnSync(command, args, { stdio: 'inherit', timeout: seconds * 1000, shell: process.platform === 'win32' }).status === 0;
}

/** Path of a Chromium that can be started; throws with what to do when there is none and none can be had. */
export function findBrowser() {
  const found = installed() ?? playwrights();
  if (found) return found;

  console.log('No Chromium found. Installing the one of Playwright into its own cache:');
  if (run('npx', ['playwright', 'install', 'chromium'], 300) && playwrights()) return playwrights();

  if (process.platform === 'linux' && process.getuid?.() === 0) {
    console.log('That did not work. Installing the package `chromium` with the package manager of this system:');
    run('apt-get', ['update', '-qq'], 300);
    run('apt-get', ['install', '-y', '-qq', 'chromium'], 600);
    const now = installed();
    if (now) return now;
  }
  throw new Error('The browser tests need a Chromium. Install one, or name it in PODPATH_CHROMIUM.');
}
