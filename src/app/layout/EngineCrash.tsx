import { analyse } from '../store/analysis-actions.ts';
import { useStore } from '../store/store.ts';
import controls from '../ui/controls.module.css';
import { t } from '../ui/locale.ts';
import styles from './EngineCrash.module.css';

/** The engine failed, which is our fault and not the text's: say so, keep everything, offer another try. */
export function EngineCrash() {
  const crashed = useStore((state) => state.crashed);
  if (crashed === null) return null;
  return (
    <div role="alert" className={styles.crash}>
      <div>
        <strong>{t('app.engine-crashed')}</strong>
        <p>{t('app.engine-crashed.kept')}</p>
        <code>{crashed}</code>
      </div>
      <button type="button" className={controls.button} onClick={() => analyse()}>
        {t('app.try-again')}
      </button>
    </div>
  );
}
