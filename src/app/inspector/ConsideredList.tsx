import { useState } from 'react';
import type { Considered } from '../../engine/index.ts';
import controls from '../ui/controls.module.css';
import { t } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import { percent } from './landing.ts';
import styles from './ConsideredList.module.css';

const MOST_SHOWN = 6;
/** The winner first; among equals the order in which the component looked. */
const RANK: Readonly<Record<Considered['result'], number>> = { taken: 0, possible: 1, lost: 2, excluded: 3 };

/** What the component could have chosen, and why each won or lost. */
export function ConsideredList({ considered }: { readonly considered: readonly Considered[] }) {
  const [showsAll, setShowsAll] = useState(false);
  if (considered.length === 0) return null;
  const sorted = [...considered].sort((a, b) => RANK[a.result] - RANK[b.result]);
  const shown = showsAll ? sorted : sorted.slice(0, MOST_SHOWN);
  return (
    <section>
      <h3>{t('app.considered')}</h3>
      <ul>
        {shown.map((choice, index) => (
          // The same thing may be considered twice, for two reasons.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index} className={styles.choice} data-result={choice.result}>
            <span className={styles.result}>{t(`app.considered.${choice.result}`)}</span>
            <div>
              <p className={styles.what}>
                <span>
                  <Rich message={choice.what} />
                </span>
                {choice.probability !== undefined && choice.probability < 1 && <span className={styles.share}>{percent(choice.probability)}</span>}
              </p>
              <p className={styles.why}>
                <Rich message={choice.why} />
              </p>
            </div>
          </li>
        ))}
      </ul>
      {shown.length < considered.length && (
        <button type="button" className={controls.link} onClick={() => setShowsAll(true)}>
          {t('app.show-all', { count: considered.length })}
        </button>
      )}
    </section>
  );
}
