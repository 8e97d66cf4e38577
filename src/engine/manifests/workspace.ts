/**
 * The workspace is the whole state of Podpath: an ordered list of named texts.
 * Everything else (objects, cluster, trace, picture) is derived from it, so a lesson, a permalink, a test and
 * a bug report are the same thing. What manifests cannot say stands in `scenario.yaml` (see `scenario.ts`).
 */
export interface WorkspaceFile {
  /** Shown to people and used in source ranges; unique within a workspace, e.g. `shop.yaml`. */
  readonly name: string;
  readonly text: string;
}

export type Workspace = readonly WorkspaceFile[];

/** The one text of ours. It holds environment, saved requests and arrangement; never a person's manifests. */
export const SCENARIO_FILE = 'scenario.yaml';
