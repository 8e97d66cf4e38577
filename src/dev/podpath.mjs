// Runs the command from its sources.
import process from 'node:process';
import { importBundled } from './run-bundled.mjs';

// A reader such as `head` may close its end before everything is written.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
});

const { main } = await importBundled('cli/main.ts');
process.exitCode = await main(process.argv.slice(2));
