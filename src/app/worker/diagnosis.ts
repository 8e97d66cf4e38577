import type { FailureCode } from '../../catalogue/meaning.ts';
import type { Fix, Problem } from '../../engine/diagnosis.ts';
import type { RequestDraft, Workspace } from '../../engine/index.ts';
import type { Scene } from '../../scene/scene.ts';
import type { Analysis } from './analysis.ts';
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

export interface ExplainQuestion {
  /** Manifests that show the problem. */
  readonly workspace: Workspace;
  readonly code: FailureCode;
}

/** One kind of problem as an example shows it: nothing here is written by hand. */
export interface Explained {
  readonly workspace: Workspace;
  readonly problem: Problem;
  readonly fixes: readonly OfferedFix[];
  /** The request that shows it on the map; null where no request does. */
  readonly scene: Scene | null;
  readonly documents: Analysis['documents'];
}
