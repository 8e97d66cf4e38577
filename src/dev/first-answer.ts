import { examples } from '../examples/index.ts';
import { NO_MEMORY, type RequestDraft, type Workspace } from '../engine/index.ts';
import { analyse } from '../app/worker/analyse.ts';
import type { Analysis } from '../app/worker/analysis.ts';
import { wordsOf } from '../app/worker/words.ts';

/** What the worker would answer about the first example, so that the first visit need not wait for the worker. */
export interface FirstAnswer {
  readonly workspace: Workspace;
  readonly request: RequestDraft;
  readonly analysis: Analysis;
  readonly words: Readonly<Record<string, string>>;
}

const { load, request } = examples[0]!;
const workspace = await load();
const { analysis } = analyse({ workspace, request, memory: NO_MEMORY });

/** Made by the engine itself, at build time; nothing in it is written by hand. */
export const firstAnswer: FirstAnswer = { workspace, request, analysis, words: wordsOf(analysis, new Set()) };
