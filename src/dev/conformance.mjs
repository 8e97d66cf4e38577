// `npm run conformance -- DIR`: compares the engine with suites of cases in DIR. Without a folder there is nothing to compare.
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { importBundled } from './run-bundled.mjs';

const { conformance } = await importBundled('dev/conformance.ts');
const figuresFile = path.join(path.dirname(fileURLToPath(import.meta.url)), '../conformance/figures.json');
process.exitCode = conformance(process.argv.slice(2), figuresFile);
