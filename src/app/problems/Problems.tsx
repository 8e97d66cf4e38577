import { useState } from 'react';
import type { Finding, Severity } from '../../engine/index.ts';
import { useStore } from '../store/store.ts';
import { linesOf } from '../store/text-ranges.ts';
import { reveal } from '../store/view-actions.ts';
import controls from '../ui/controls.module.css';
import { Icon } from '../ui/Icon.tsx';
import { t } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import { NARROW, useMedia } from '../ui/use-media.ts';
import styles from './Problems.module.css';

const GROUPS: readonly Severity[] = ['error', 'warning', 'info'];
const MOST_SHOWN = 40;
const NO_FINDINGS: readonly Finding[] = [];

/** What is wrong or worth knowing, worst first. Each entry leads to its lines. */
export function Problems() {
  const findings = useStore((state) => state.analysis?.findings ?? NO_FINDINGS);
  const isNarrow = useMedia(NARROW);
  const [isFolded, setIsFolded] = useState<boolean | null>(null);
  const count = findings.filter((finding) => finding.severity !== 'info').length;
  // Where there is little room the text goes first: of several problems only the worst is read at once.
  const isBrief = isFolded === null && isNarrow && count > 1;
  const isOpen = !(isFolded ?? isBrief);
  const [worst] = findings;
  if (worst === undefined) return null;
  return (
    <section className={styles.problems} aria-label={t('app.part.problems')}>
      {count > 0 && (
        <h2>
          <button type="button" className={styles.title} aria-expanded={isOpen} onClick={() => setIsFolded(isOpen)}>
            {t('app.problems', { count })}
            <Icon name="down" />
          </button>
        </h2>
      )}
      {isBrief && (
        <ul className={styles.list}>
          <Problem finding={worst} />
        </ul>
      )}
      {isOpen && GROUPS.map((severity) => <Group key={severity} severity={severity} findings={findings.filter((finding) => finding.severity === severity)} />)}
    </section>
  );
}

function Group({ severity, findings }: { readonly severity: Severity; readonly findings: readonly Finding[] }) {
  const [showsAll, setShowsAll] = useState(false);
  if (findings.length === 0) return null;
  const shown = showsAll ? findings : findings.slice(0, MOST_SHOWN);
  const list = (
    <ul className={styles.list}>
      {shown.map((finding, index) => (
        // Two findings may be word for word the same.
        // oxlint-disable-next-line react/no-array-index-key
        <Problem key={`${finding.code} ${index}`} finding={finding} />
      ))}
      {shown.length < findings.length && (
        <li>
          <button type="button" className={controls.link} onClick={() => setShowsAll(true)}>
            {t('app.show-all', { count: findings.length })}
          </button>
        </li>
      )}
    </ul>
  );
  // Notes are not problems: they stay folded until someone asks.
  if (severity !== 'info') return list;
  return (
    <details className={styles.notes}>
      <summary>{t('app.problems.notes', { count: findings.length })}</summary>
      {list}
    </details>
  );
}

function Problem({ finding }: { readonly finding: Finding }) {
  const range = finding.ranges[0];
  const workspace = useStore((state) => state.workspace);
  const documents = useStore((state) => state.analysis?.documents);
  const lines = range && documents ? linesOf(workspace, documents, range) : null;
  return (
    <li className={styles.problem} data-severity={finding.severity}>
      <span className={styles.mark}>
        <Icon name={finding.severity === 'info' ? 'info' : 'error'} size={14} />
        <span className="visually-hidden">{t(`app.severity.${finding.severity}`)}</span>
      </span>
      <p>
        <Rich message={finding.message} />
      </p>
      {range && lines && (
        <button
          type="button"
          className={styles.show}
          aria-label={t('app.show-lines-of', { file: range.file, line: lines.first })}
          title={`${range.file}:${lines.first}`}
          onClick={() => reveal(range)}
        >
          {t('app.line', { line: lines.first })}
        </button>
      )}
    </li>
  );
}
