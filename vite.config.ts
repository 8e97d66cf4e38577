import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { firstAnswerPlugin } from './src/dev/first-answer-plugin.ts';

export default defineConfig({
  // Relative, so that the build works from any folder of any static host.
  base: './',
  plugins: [react(), firstAnswerPlugin()],
  build: {
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    target: 'es2022',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    // One file for all that the first load needs: cut up along what later chunks share, it would pack worse.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'index', tags: ['$initial'] }] } } },
  },
  worker: { format: 'es' },
  // A busy machine is no failure: the speed of the engine is measured by `npm run bench`, not by this limit.
  // The engine holds no state between calls, so files share one set of modules: half the time of a set for each.
  test: { include: ['src/**/*.test.ts'], testTimeout: 60_000, isolate: false },
});
