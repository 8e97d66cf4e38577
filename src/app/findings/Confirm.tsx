import type { Problem } from '../../engine/diagnosis.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { t } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import styles from './Findings.module.css';

const MOST = 4;

/** Commands that confirm a problem on a real cluster. */
export function Confirm({ commands }: { readonly commands: Problem['confirm'] }) {
  if (commands.length === 0) return null;
  return (
    <div className={styles.part}>
      <h4>{t('findings.confirm')}</h4>
      <ul className={styles.commands}>
        {commands.slice(0, MOST).map(({ line, shows }) => (
          <li key={line}>
            <span className={styles.command}>
              <code>{line}</code>
              <CopyButton value={line} label={line} />
            </span>
            <span className={styles.shows}>
              <Rich message={shows} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
