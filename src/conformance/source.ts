/** Where a case was read: a repository and what of it. */
export interface CaseSource {
  /** `owner/name` on GitHub. */
  readonly repository: string;
  /** Null: the newest. */
  readonly commit: string | null;
  /** File or folder; null where the source names none. */
  readonly path: string | null;
}

const REPOSITORY = String.raw`([\w.-]+/[\w.-]+)`;
const COMMIT = String.raw`(?:@([0-9a-f]{7,40}))?`;
const SOURCE = new RegExp(String.raw`^${REPOSITORY}${COMMIT}(?:\s+([\w.-]+(?:/[\w.-]+)+)${COMMIT})?(?=[\s,;]|$)`);

/** Reads `owner/name@commit path …`; null for what names no repository. */
export function readSource(source: string): CaseSource | null {
  const [, repository, commit, path, commitOfPath] = SOURCE.exec(source) ?? [];
  return repository === undefined ? null : { repository, commit: commit ?? commitOfPath ?? null, path: path ?? null };
}

/** The page of GitHub that shows it. */
export function sourceUrl({ repository, commit, path }: CaseSource): string {
  const tree = commit ?? 'HEAD';
  if (path === null) return `https://github.com/${repository}${commit === null ? '' : `/tree/${commit}`}`;
  return `https://github.com/${repository}/blob/${tree}/${path}`;
}
