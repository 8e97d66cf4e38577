import { useEffect, useState } from 'react';
import type { Problem } from '../../engine/diagnosis.ts';
import type { Workspace } from '../../engine/index.ts';
import { askFixes } from '../store/problem-actions.ts';
import type { OfferedFix } from '../worker/diagnosis.ts';
import controls from '../ui/controls.module.css';
import { t } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import styles from './Findings.module.css';

interface Props {
  readonly problem: Problem;
  readonly workspace: Workspace;
  readonly onFix: (fix: OfferedFix) => void;
}

/** Edits that mend the problem, each shown before it is made. They are tried when the problem is opened. */
export function FixList({ problem, workspace, onFix }: Props) {
  const [offered, setOffered] = useState<{ readonly problem: Problem; readonly fixes: readonly OfferedFix[] } | null>(null);
  useEffect(() => {
    let isCurrent = true;
    askFixes(workspace, problem).then(
      (fixes) => {
        if (isCurrent) setOffered({ problem, fixes });
      },
      () => {},
    );
    return () => {
      isCurrent = false;
    };
  }, [problem, workspace]);
  if (offered?.problem !== problem) return <p aria-busy="true">{t('findings.trying')}</p>;
  if (offered.fixes.length === 0) return null;
  return (
    <div className={styles.part}>
      <h4>{t('findings.fixes', { count: offered.fixes.length })}</h4>
      <ul className={styles.fixes}>
        {offered.fixes.map((fix) => (
          <FixItem key={JSON.stringify(fix.files)} fix={fix} onFix={() => onFix(fix)} />
        ))}
      </ul>
    </div>
  );
}

function FixItem({ fix, onFix }: { readonly fix: OfferedFix; readonly onFix: () => void }) {
  return (
    <li className={styles.fix}>
      <FixChange fix={fix} />
      <button type="button" className={controls.primary} onClick={onFix}>
        {t('findings.apply')}
      </button>
    </li>
  );
}

/** What an edit does, line by line. */
export function FixChange({ fix }: { readonly fix: OfferedFix }) {
  return (
    <>
      <p>
        {fix.what.map((message) => (
          <span key={JSON.stringify(message)}>
            <Rich message={message} />{' '}
          </span>
        ))}
        {fix.saved.of > 0 && t('findings.after', { arrive: fix.saved.asWanted, of: fix.saved.of })}
      </p>
      {fix.lines.map(({ file, hunks }) =>
        hunks.map(({ line, lines }) => (
          <pre key={`${file} ${line}`} className={styles.diff} aria-label={t('findings.diff', { file, line })}>
            {lines.map(({ kind, text }, index) => (
              // Lines may be equal; they never change their order.
              // oxlint-disable-next-line react/no-array-index-key
              <span key={index} data-kind={kind}>
                {SIGNS[kind]} {text}
                {'\n'}
              </span>
            ))}
          </pre>
        )),
      )}
      {fix.changes.map(({ name, before, after }) => (
        <p key={name}>
          {name}: <Rich message={before} /> → <Rich message={after} />
        </p>
      ))}
    </>
  );
}

const SIGNS = { same: ' ', gone: '−', new: '+' } as const;
