import { useState } from 'react';
import type { Trace } from '../../engine/index.ts';
import controls from '../ui/controls.module.css';
import { t, text } from '../ui/locale.ts';
import { landings, percent } from './landing.ts';
import { outcomeName } from './outcome-name.ts';
import styles from './Landings.module.css';

const MOST_SHOWN = 8;

/** Where each request that comes by this hop can land. */
export function Landings({ trace, hop }: { readonly trace: Trace; readonly hop: string }) {
  const [showsAll, setShowsAll] = useState(false);
  const all = landings(trace, hop);
  if (all.length < 2) return null;
  const shown = showsAll ? all : all.slice(0, MOST_SHOWN);
  return (
    <section>
      <h3>{t('app.landing')}</h3>
      <ul className={styles.list}>
        {shown.map((landing) => {
          const name = landing.name ?? text(outcomeName(landing.branch.outcome));
          return (
            <li key={name} className={styles.landing} data-taken={landing.taken} data-failed={landing.name === null}>
              <span className={styles.name}>{name}</span>
              <span className={styles.bar} aria-hidden="true">
                <span style={{ width: `${Math.max(landing.share * 100, 1)}%` }} />
              </span>
              <span className={styles.share}>{percent(landing.share)}</span>
            </li>
          );
        })}
      </ul>
      {shown.length < all.length && (
        <button type="button" className={controls.link} onClick={() => setShowsAll(true)}>
          {t('app.show-all', { count: all.length })}
        </button>
      )}
    </section>
  );
}
