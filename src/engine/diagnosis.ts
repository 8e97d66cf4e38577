/**
 * The second door into the engine: what is wrong, why, and the smallest fix. It stands apart from `index.ts` so that a
 * page can load it only when somebody asks.
 */
export { applyFileEdits } from './diagnose/change.ts';
export { usesOf, type Use } from './diagnose/blast-radius.ts';
export { addressOfCode, codeFamilies, type CodeEntry, type CodeFamily } from './diagnose/codes.ts';
export { diagnose } from './diagnose/diagnose.ts';
export type { Problem } from './diagnose/problem.ts';
export { savedQuestions } from './diagnose/questions.ts';
export { fixesFor, type Fix } from './diagnose/repair.ts';
