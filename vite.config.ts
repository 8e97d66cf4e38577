import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Relative, so that the build works from any folder of any static host.
  base: './',
  plugins: [react()],
  build: { cssTarget: ['chrome123', 'firefox120', 'safari17.5'], target: 'es2022' },
  worker: { format: 'es' },
  test: { include: ['src/**/*.test.ts'] },
});
