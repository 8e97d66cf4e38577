// `npm run corpus -- DIR`: tries real manifests of a folder. Without a folder there is nothing to try.
import process from 'node:process';
import { importBundled } from './run-bundled.mjs';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.log('Name a folder with manifests: npm run corpus -- DIR');
} else {
  const { tryCorpus } = await importBundled('dev/corpus.ts');
  process.exitCode = tryCorpus(folder) === 0 ? 0 : 1;
}
