import type { Evidence } from '../../engine/index.ts';
import { goToPage } from '../store/link-actions.ts';
import { useStore } from '../store/store.ts';
import { linesOf } from '../store/text-ranges.ts';
import { reveal } from '../store/view-actions.ts';
import controls from '../ui/controls.module.css';
import { t } from '../ui/locale.ts';

/** Where a rule stands in the texts; a press leads there. Nothing for what no text holds. */
export function RuleLines({ evidence }: { readonly evidence: readonly Evidence[] }) {
  const workspace = useStore((state) => state.workspace);
  const documents = useStore((state) => state.analysis?.documents);
  const range = evidence.find((each) => each.range !== null)?.range ?? null;
  const lines = range !== null && documents ? linesOf(workspace, documents, range) : null;
  if (range === null || lines === null) return null;
  return (
    <button
      type="button"
      className={controls.link}
      onClick={() => {
        goToPage('path');
        reveal(range);
      }}
    >
      {t('app.show-lines-of', { file: range.file, line: lines.first })}
    </button>
  );
}
