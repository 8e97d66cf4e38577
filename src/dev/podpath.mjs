// Runs the command from its sources.
import process from 'node:process';
import { importBundled } from './run-bundled.mjs';

const { main } = await importBundled('cli/main.ts');
process.exitCode = await main(process.argv.slice(2));
