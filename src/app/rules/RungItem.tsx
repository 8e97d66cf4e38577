import type { Rung } from '../../engine/index.ts';
import { t } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import { RuleLines } from './RuleLines.tsx';
import styles from './Rules.module.css';

/** One rule on its rung: whether it takes the request and why, and what puts it above the next. */
export function RungItem({ rung: { what, result, why, above, evidence } }: { readonly rung: Rung }) {
  return (
    <li className={styles.rung} data-result={result}>
      <p className={styles.head}>
        <span className={styles.result}>{t(`rules.${result}`)}</span>
        <span className={styles.what}>
          <Rich message={what} />
        </span>
      </p>
      <p className={styles.why}>
        <Rich message={why} />
      </p>
      <RuleLines evidence={evidence} />
      {above !== null && (
        <p className={styles.above}>
          <Rich message={above} />
        </p>
      )}
    </li>
  );
}
