import { repair as words } from '../../catalogue/en/repair.ts';
import { msg, type Message } from '../../catalogue/message.ts';
import { learnWords } from '../../catalogue/page-words.ts';
import { openFirstExample } from '../store/example-actions.ts';
import { startEmpty } from '../store/start.ts';
import { useStore, type PodpathState } from '../store/store.ts';
import controls from '../ui/controls.module.css';
import { t } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import styles from './Share.module.css';

learnWords(words);

const WHY: Readonly<Record<NonNullable<PodpathState['brokenLink']>, Message>> = {
  'not-a-permalink': msg('app.broken-link.damaged'),
  damaged: msg('app.broken-link.damaged'),
  'unknown-version': msg('app.broken-link.newer'),
  'too-large': msg('app.broken-link.too-large'),
};

/** A link that cannot be read: says why, and what can be done now. */
export function RepairScreen() {
  const why = useStore((state) => state.brokenLink);
  return (
    <main className={styles.repair}>
      <svg width="220" height="32" viewBox="0 0 220 32" aria-hidden="true" className={styles.terminus}>
        <path d="M16 16H204" />
        <circle cx="16" cy="16" r="9" />
        <circle cx="204" cy="16" r="11" data-bad="true" />
        <path d="m200 12 8 8m0-8-8 8" data-bad="true" />
      </svg>
      <h2>{t('app.broken-link')}</h2>
      {why && (
        <p>
          <Rich message={WHY[why]} />
        </p>
      )}
      <p>{t('app.broken-link.what')}</p>
      <div className={styles.ways}>
        <button type="button" className={controls.primary} onClick={() => void openFirstExample()}>
          {t('app.broken-link.example')}
        </button>
        <button type="button" className={controls.button} onClick={startEmpty}>
          {t('app.broken-link.empty')}
        </button>
      </div>
    </main>
  );
}
