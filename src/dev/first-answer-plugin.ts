import { runnerImport, type Plugin } from 'vite';
import type * as FirstAnswerModule from './first-answer.ts';

const ID = 'virtual:first-answer';

/** Gives the page `virtual:first-answer`: what the engine says about the first example, computed while building. */
export function firstAnswerPlugin(): Plugin {
  let isBuild = false;
  return {
    name: 'podpath:first-answer',
    configResolved: (config) => {
      isBuild = config.command === 'build';
    },
    resolveId: (source) => (source === ID ? `\0${ID}` : null),
    async load(id) {
      if (id !== `\0${ID}`) return null;
      const { module } = await runnerImport<typeof FirstAnswerModule>('./src/dev/first-answer.ts', { configFile: false, logLevel: 'error' });
      const json = JSON.stringify(module.firstAnswer);
      if (!isBuild) return `export const loadFirstAnswer = async () => (${json});`;
      // A file of data, which the browser need not read as a program.
      const file = this.emitFile({ type: 'asset', name: 'first-answer.json', source: json });
      return `export const loadFirstAnswer = async () => (await fetch(import.meta.ROLLUP_FILE_URL_${file})).json();`;
    },
  };
}
