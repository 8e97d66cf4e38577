import { useEffect, useRef } from 'react';
import { findingsPage } from '../../catalogue/en/findings-page.ts';
import { learnWords } from '../../catalogue/page-words.ts';
import type { Problem } from '../../engine/diagnosis.ts';
import type { Workspace } from '../../engine/index.ts';
import { applyFix } from '../store/problem-actions.ts';
import { useStore, type View } from '../store/store.ts';
import { linesOf } from '../store/text-ranges.ts';
import { openProblemOf, showFixesAt } from '../store/view-actions.ts';
import type { Analysis } from '../worker/analysis.ts';
import controls from '../ui/controls.module.css';
import { t } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import styles from './Findings.module.css';
import { FixList } from './FixList.tsx';
import { useProblems } from './use-problems.ts';

learnWords(findingsPage);

/** What is wrong at one line of the texts, with the edits that mend it, over the page. Escape leads back to the line. */
export function QuickFix() {
  const at = useStore((state) => state.view.fixesAt);
  return at === null ? null : <FixesAt at={at} />;
}

function FixesAt({ at }: { readonly at: NonNullable<View['fixesAt']> }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const documents = useStore((state) => state.analysis?.documents);
  const found = useProblems();
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);
  const problems = found === null || documents === undefined ? null : problemsAt(found.problems, found.workspace, documents, at);
  return (
    <dialog ref={dialog} className={styles.dialog} aria-label={t('findings.at', at)} onClose={() => showFixesAt(null)}>
      <h2 className={styles.group}>{t('findings.at', at)}</h2>
      {problems === null && <p aria-busy="true">{t('findings.working')}</p>}
      {problems?.length === 0 && <p>{t('findings.none-here')}</p>}
      {found !== null &&
        problems?.map((problem) => (
          <section key={JSON.stringify(problem.message)} className={styles.part}>
            <p>
              <strong>
                <Rich message={problem.message} />
              </strong>
            </p>
            <FixList
              problem={problem}
              workspace={found.workspace}
              onFix={(fix) => {
                dialog.current?.close();
                applyFix(found.workspace, fix);
              }}
            />
            {problem.cure !== null && (
              <p>
                <Rich message={problem.cure} />
              </p>
            )}
            {problem.object !== null && <More object={problem.object} />}
          </section>
        ))}
      <form method="dialog">
        <button type="submit" className={controls.button}>
          {t('app.close')}
        </button>
      </form>
    </dialog>
  );
}

function More({ object }: { readonly object: NonNullable<Problem['object']> }) {
  return (
    <button
      type="button"
      className={controls.link}
      onClick={() => {
        showFixesAt(null);
        openProblemOf(object);
      }}
    >
      {t('findings.more')}
    </button>
  );
}

/** Those that begin at the line; where none does, those that cover it. */
function problemsAt(problems: readonly Problem[], workspace: Workspace, documents: Analysis['documents'], { file, line }: NonNullable<View['fixesAt']>) {
  const placed = problems.map((problem) => ({
    problem,
    places: problem.ranges.flatMap((range) => (range.file === file ? (linesOf(workspace, documents, range) ?? []) : [])),
  }));
  const beginning = placed.filter(({ places }) => places.some(({ first }) => first === line));
  const covering = placed.filter(({ places }) => places.some(({ first, last }) => first <= line && line <= last));
  return (beginning.length > 0 ? beginning : covering).map(({ problem }) => problem);
}
