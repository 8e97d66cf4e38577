import type { Fix, Problem } from '../../engine/diagnosis.ts';
import type { RequestDraft, Workspace } from '../../engine/index.ts';
import type { Hunk } from './lines-changed.ts';

export interface ProblemQuestion {
  readonly workspace: Workspace;
  /** The request that was sent last, if any. */
  readonly request: RequestDraft | null;
}

export interface FixQuestion {
  readonly workspace: Workspace;
  readonly problem: Problem;
}

/** A fix that the engine has tried, ready to be shown and applied. */
export interface OfferedFix extends Omit<Fix, 'files'> {
  /** The changed files as they would be. */
  readonly files: Workspace;
  /** What changes, line by line. */
  readonly lines: readonly { readonly file: string; readonly hunks: readonly Hunk[] }[];
}
