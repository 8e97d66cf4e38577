import { t } from '../ui/locale.ts';
import styles from './Bar.module.css';

interface Props {
  readonly name: string;
  readonly cases: number;
  readonly passed: number;
  readonly unsupported: number;
  readonly missed: number;
}

/** How many of all cases: as stated, not simulated, otherwise. A part that is not empty is always wide enough to be seen. */
export function Bar({ name, cases, passed, unsupported, missed }: Props) {
  return (
    <div>
      <div className={styles.bar} aria-hidden="true">
        {passed > 0 && <span className={styles.passed} style={{ flexGrow: passed }} />}
        {unsupported > 0 && <span className={styles.unsupported} style={{ flexGrow: unsupported }} />}
        {missed > 0 && <span className={styles.missed} style={{ flexGrow: missed }} />}
      </div>
      <span className="visually-hidden">{t('exact.bar', { suite: name, passed, cases, unsupported, missed })}</span>
    </div>
  );
}
