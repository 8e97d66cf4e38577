import type { Finding } from '../../engine/index.ts';
import { useStore } from '../store/store.ts';
import { linesOf } from '../store/text-ranges.ts';
import { reveal } from '../store/view-actions.ts';
import controls from '../ui/controls.module.css';
import { t } from '../ui/locale.ts';

/** Leads to the line that a finding is about, where a text has one. */
export function FindingLine({ finding }: { readonly finding: Finding }) {
  const range = finding.ranges[0];
  const workspace = useStore((state) => state.workspace);
  const documents = useStore((state) => state.analysis?.documents);
  const lines = range && documents ? linesOf(workspace, documents, range) : null;
  if (!range || !lines) return null;
  return (
    <button type="button" className={controls.link} aria-label={t('app.show-lines-of', { file: range.file, line: lines.first })} onClick={() => reveal(range)}>
      {t('app.line', { line: lines.first })}
    </button>
  );
}
