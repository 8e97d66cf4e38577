import { useEffect } from 'react';
import { undo } from '../store/document-actions.ts';
import { useStore } from '../store/store.ts';
import { dismissNotice } from '../store/view-actions.ts';
import controls from '../ui/controls.module.css';
import { Icon } from '../ui/Icon.tsx';
import { t } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import styles from './NoticeBar.module.css';

/** Long enough to read two sentences and reach the button; ms. */
const SHOWN = 9000;

/** What the last action did, with the way back. Read aloud; goes away by itself. */
export function NoticeBar() {
  const notice = useStore((state) => state.notice);
  const canUndo = useStore((state) => state.history.past.length > 0);

  useEffect(() => {
    if (!notice) return;
    const timer = setTimeout(dismissNotice, SHOWN);
    return () => clearTimeout(timer);
  }, [notice]);

  return (
    <div aria-live="polite">
      {notice && (
        <div className={styles.notice}>
          <p>
            <Rich message={notice.message} />
          </p>
          {notice.undo && canUndo && (
            <button type="button" className={controls.link} onClick={undo}>
              {t('app.undo')}
            </button>
          )}
          <button type="button" className={controls.icon} aria-label={t('app.dismiss')} onClick={dismissNotice}>
            <Icon name="close" />
          </button>
        </div>
      )}
    </div>
  );
}
