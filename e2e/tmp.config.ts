import process from 'node:process';
import { defineConfig } from '@playwright/test';

const executablePath = process.env['PODPATH_CHROMIUM'];

/** The built page, served from a sub-path, as a static host would. */
export default defineConfig({
  testDir: '.',
  outputDir: '/tmp/pw-build',
  forbidOnly: true,
  retries: 0,
  workers: 2,
  // Times are measured when nothing else of ours runs.
  projects: [
    { name: 'flows', testIgnore: 'speed.spec.ts' },
    { name: 'speed', testMatch: 'speed.spec.ts', dependencies: ['flows'], fullyParallel: false },
  ],
  timeout: 30_000,
  expect: { timeout: 10_000 },
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] ? [['list'], ['json']] : [['list']],
  use: {
    baseURL: 'http://localhost:4283/some/folder/',
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      // Root has no sandbox to enter; the other flags keep Chromium from calling home.
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  webServer: { command: 'node e2e/serve-tmp.mjs', cwd: '..', port: 4283, reuseExistingServer: false },
});
