import { useState } from 'react';
import { findingsPage } from '../../catalogue/en/findings-page.ts';
import { learnWords } from '../../catalogue/page-words.ts';
import type { Problem } from '../../engine/diagnosis.ts';
import { refKey, type Severity, type Workspace } from '../../engine/index.ts';
import { goToPage } from '../store/link-actions.ts';
import { applyFix } from '../store/problem-actions.ts';
import { useStore, type PodpathState } from '../store/store.ts';
import type { OfferedFix } from '../worker/diagnosis.ts';
import controls from '../ui/controls.module.css';
import { t, text } from '../ui/locale.ts';
import { FailureLink } from './FailureLink.tsx';
import styles from './Findings.module.css';
import { Mended } from './Mended.tsx';
import { ProblemItem } from './ProblemItem.tsx';
import { useProblems } from './use-problems.ts';

learnWords(findingsPage);

const GROUPS: readonly Severity[] = ['error', 'warning', 'info'];

/** What is wrong in these manifests, why, which request fails because of it, and the edits that mend it. */
export function Findings() {
  const found = useProblems();
  const [filter, setFilter] = useState('');
  const [open, setOpen] = useState<number | null>(null);
  const wanted = useStore((state) => state.view.options.findings?.['of']);
  const [mended, setMended] = useState<{ readonly problem: Problem; readonly workspace: Workspace } | null>(null);
  const workspace = useStore((state) => state.workspace);
  const isEmpty = useStore(holdsNoManifests);
  const isAsked = useStore(({ analysis, sent }) => sent !== null || (analysis?.suggestions.length ?? 0) > 0);
  if (isEmpty) return <NothingPasted />;
  if (found === null) return <p className={styles.coming}>{t('findings.working')}</p>;
  const shown = found.problems.filter((problem) => matches(problem, filter.trim().toLowerCase()));
  const ofObject = shown.findIndex(({ object }) => object !== null && refKey(object) === wanted);
  const here = Math.min(open ?? Math.max(0, ofObject), Math.max(0, shown.length - 1));
  const fix = (problem: Problem, offered: OfferedFix) => {
    applyFix(found.workspace, offered);
    setMended({ problem, workspace: useStore.getState().workspace });
  };
  return (
    <article className={styles.page}>
      <h2 className={styles.title}>{t('app.view.findings')}</h2>
      {mended?.workspace === workspace && <Mended key={keyOf(mended.problem)} problem={mended.problem} />}
      {found.problems.length === 0 ? (
        <p>{isAsked ? t('findings.none') : t('findings.not-asked')}</p>
      ) : (
        <div className={styles.tools}>
          <label className={styles.filter}>
            {t('findings.filter')}
            <input className={controls.field} value={filter} onChange={({ target }) => setFilter(target.value)} />
          </label>
          <button type="button" className={controls.button} disabled={here === 0} onClick={() => setOpen(here - 1)}>
            {t('findings.previous')}
          </button>
          <button type="button" className={controls.button} disabled={here >= shown.length - 1} onClick={() => setOpen(here + 1)}>
            {t('findings.next')}
          </button>
          <p aria-live="polite">{t('findings.count', { count: shown.length })}</p>
        </div>
      )}
      {GROUPS.map((severity) => (
        <Group key={severity} severity={severity} shown={shown} here={here} workspace={found.workspace} onOpen={setOpen} onFix={fix} />
      ))}
    </article>
  );
}

/** Nothing but a Scenario, and no text that was meant to be more. */
function holdsNoManifests({ workspace, analysis }: PodpathState): boolean {
  if (workspace.every((file) => file.text.trim() === '')) return true;
  const pasted = analysis?.objects.filter(({ ref, state }) => ref.kind !== 'Scenario' && state !== 'derived');
  return pasted?.length === 0 && analysis?.findings.every(({ severity }) => severity !== 'error') === true;
}

/** Of a request that was sent before, nothing is said: there is no cluster that it could meet. */
function NothingPasted() {
  return (
    <article className={styles.page}>
      <h2 className={styles.title}>{t('app.view.findings')}</h2>
      <p>{t('findings.empty')}</p>
      <p className={styles.tools}>
        <button type="button" className={controls.primary} onClick={() => goToPage('path')}>
          {t('findings.empty.paste')}
        </button>
        <FailureLink code={null}>{t('findings.empty.failures')}</FailureLink>
      </p>
    </article>
  );
}

interface GroupProps {
  readonly severity: Severity;
  readonly shown: readonly Problem[];
  readonly here: number;
  readonly workspace: Workspace;
  readonly onOpen: (index: number) => void;
  readonly onFix: (problem: Problem, fix: OfferedFix) => void;
}

function Group({ severity, shown, here, workspace, onOpen, onFix }: GroupProps) {
  const own = shown.flatMap((problem, index) => (problem.severity === severity ? [{ problem, index }] : []));
  if (own.length === 0) return null;
  return (
    <section aria-label={t(`findings.group.${severity}`)}>
      <h3 className={styles.group}>{t(`findings.group.${severity}`)}</h3>
      <ul className={styles.list}>
        {own.map(({ problem, index }) => (
          <ProblemItem
            key={keyOf(problem)}
            problem={problem}
            workspace={workspace}
            isOpen={index === here}
            onOpen={() => onOpen(index)}
            onFix={(offered) => onFix(problem, offered)}
          />
        ))}
      </ul>
    </section>
  );
}

function matches({ code, failure, message, object }: Problem, wanted: string): boolean {
  return wanted === '' || [code, failure ?? '', text(message), object === null ? '' : refKey(object)].some((part) => part.toLowerCase().includes(wanted));
}

const keyOf = ({ code, object, path, message }: Problem) => JSON.stringify([code, object, path, message]);
