// Node 20 runs no TypeScript: bundles an entry of src/ into the cache when its sources are newer, and imports it.
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

function newest(folder) {
  let time = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    time = Math.max(time, entry.isDirectory() ? newest(full) : statSync(full).mtimeMs);
  }
  return time;
}

/** @param {string} entry relative to src/, e.g. `cli/main.ts` */
export async function importBundled(entry) {
  const outDir = path.join(root, 'node_modules/.cache/podpath', path.dirname(entry));
  const name = `${path.basename(entry, '.ts')}.js`;
  const bundle = path.join(outDir, name);
  if (!existsSync(bundle) || statSync(bundle).mtimeMs < newest(path.join(root, 'src'))) {
    const { build } = await import('vite');
    await build({
      root,
      configFile: false,
      logLevel: 'silent',
      publicDir: false,
      build: {
        ssr: path.join(root, 'src', entry),
        outDir,
        emptyOutDir: true,
        target: 'node20',
        minify: false,
        rollupOptions: { output: { entryFileNames: name } },
      },
    });
  }
  return import(pathToFileURL(bundle).href);
}
