import { useEffect, useRef, useState } from 'react';
import { meaningOf } from '../../catalogue/meaning.ts';
import type { CodeEntry, CodeFamily } from '../../engine/diagnosis.ts';
import type { Severity } from '../../engine/index.ts';
import controls from '../ui/controls.module.css';
import { t, text } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import { FailureLink } from './FailureLink.tsx';
import styles from './Failures.module.css';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

interface Props {
  readonly families: readonly CodeFamily[];
  /** The code whose entry is shown. */
  readonly current: string | null;
}

/** Every code by family, as links; what is typed is looked for in code, number and meaning. */
export function FailureIndex({ families, current }: Props) {
  const [filter, setFilter] = useState('');
  const [severity, setSeverity] = useState<Severity | null>(null);
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    const entry = current === null ? null : list.current?.querySelector<HTMLElement>('[aria-current]');
    // Only the list scrolls, and not the page with it.
    if (entry && list.current) list.current.scrollTop = entry.offsetTop - list.current.clientHeight / 2;
  }, [current]);
  const wanted = filter.trim().toLowerCase();
  const shown = families
    .map(({ id, codes }) => ({ id, codes: codes.filter((entry) => (severity === null || entry.severity === severity) && matches(entry, wanted)) }))
    .filter(({ codes }) => codes.length > 0);
  return (
    <nav ref={list} className={styles.index} aria-label={t('failures.list')}>
      <div className={styles.tools}>
        <label>
          {t('failures.filter')}
          <input className={controls.field} value={filter} onChange={({ target }) => setFilter(target.value)} />
        </label>
        <label>
          {t('failures.severity')}
          <select
            className={controls.field}
            value={severity ?? ''}
            onChange={({ target }) => setSeverity(SEVERITIES.find((one) => one === target.value) ?? null)}
          >
            <option value="">{t('failures.severity.any')}</option>
            {SEVERITIES.map((one) => (
              <option key={one} value={one}>
                {t(`failures.severity.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <p aria-live="polite">{t('failures.count', { count: shown.reduce((sum, { codes }) => sum + codes.length, 0) })}</p>
      </div>
      <div className={styles.families}>
        {shown.map(({ id, codes }) => (
          <section key={id} className={styles.family}>
            <h3>{t(`failures.family.${id}`)}</h3>
            <ul>
              {codes.map(({ code, failures, severity: usual }) => (
                <li key={code}>
                  <FailureLink code={code} className={styles.entry} isCurrent={code === current}>
                    <span className={styles.meaning}>
                      <Rich message={meaningOf(code)} plain />
                    </span>
                    <span className={styles.code}>
                      {code} {failures.join(', ')} <span data-severity={usual}>{t(`failures.severity.${usual}`)}</span>
                    </span>
                  </FailureLink>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </nav>
  );
}

function matches({ code, failures }: CodeEntry, wanted: string): boolean {
  return [code, ...failures, text(meaningOf(code))].some((part) => part.toLowerCase().includes(wanted));
}
