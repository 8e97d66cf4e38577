// Runs the benchmark from its sources.
import { importBundled } from './run-bundled.mjs';

const { bench } = await importBundled('dev/bench.ts');
bench();
