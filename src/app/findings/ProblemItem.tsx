import { useEffect, useRef } from 'react';
import type { Problem } from '../../engine/diagnosis.ts';
import { ruleSource, type Workspace } from '../../engine/index.ts';
import { goToPage } from '../store/link-actions.ts';
import { playProof } from '../store/problem-actions.ts';
import { useStore } from '../store/store.ts';
import { linesOf } from '../store/text-ranges.ts';
import { reveal } from '../store/view-actions.ts';
import type { OfferedFix } from '../worker/diagnosis.ts';
import controls from '../ui/controls.module.css';
import { t } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import { Confirm } from './Confirm.tsx';
import { FailureLink } from './FailureLink.tsx';
import styles from './Findings.module.css';
import { FixList } from './FixList.tsx';
import { ProofOf } from './ProofOf.tsx';

interface Props {
  readonly problem: Problem;
  readonly workspace: Workspace;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
  readonly onFix: (fix: OfferedFix) => void;
}

/** One problem; opened, everything that is known about it. */
export function ProblemItem({ problem, workspace, isOpen, onOpen, onFix }: Props) {
  const head = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isOpen) head.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);
  return (
    <li className={styles.problem} data-severity={problem.severity}>
      <button ref={head} type="button" className={styles.head} aria-expanded={isOpen} onClick={onOpen}>
        <span>
          <Rich message={problem.message} plain />
        </span>
        <span className={styles.code}>
          {problem.code}
          {problem.failure !== null && ` ${problem.failure}`}
        </span>
      </button>
      {isOpen && <Details problem={problem} workspace={workspace} onFix={onFix} />}
    </li>
  );
}

function Details({ problem, workspace, onFix }: Pick<Props, 'problem' | 'workspace' | 'onFix'>) {
  const { proof, confirm, cure, suppressed, rules } = problem;
  const source = rules.map((rule) => ruleSource(rule)).find((candidate) => candidate !== null);
  return (
    <div className={styles.details}>
      {suppressed !== null && <p>{t('findings.suppressed', { reason: suppressed })}</p>}
      <Places problem={problem} />
      {proof !== null && (
        <ProofOf proof={proof}>
          <button type="button" className={controls.button} onClick={() => playProof(problem)}>
            {t('findings.play')}
          </button>
        </ProofOf>
      )}
      <FixList problem={problem} workspace={workspace} onFix={onFix} />
      {cure !== null && (
        <p>
          <Rich message={cure} />
        </p>
      )}
      <Confirm commands={confirm} />
      {source !== undefined && (
        <p>
          {rules.join(', ')} ·{' '}
          <a href={source.url} target="_blank" rel="noreferrer">
            {source.title}
          </a>
        </p>
      )}
      <p>
        <FailureLink code={problem.code} />
      </p>
    </div>
  );
}

function Places({ problem }: { readonly problem: Problem }) {
  const workspace = useStore((state) => state.workspace);
  const documents = useStore((state) => state.analysis?.documents);
  const places = problem.ranges.flatMap((range) => {
    const lines = documents ? linesOf(workspace, documents, range) : null;
    return lines === null ? [] : [{ range, line: lines.first }];
  });
  if (places.length === 0) return null;
  return (
    <p className={styles.places}>
      {places.map(({ range, line }) => (
        <button
          key={JSON.stringify(range)}
          type="button"
          className={controls.link}
          onClick={() => {
            goToPage('path');
            reveal(range);
          }}
        >
          {range.file}:{line}
        </button>
      ))}
    </p>
  );
}
