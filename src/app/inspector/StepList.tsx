import type { Stop } from '../../scene/scene.ts';
import { useStore } from '../store/store.ts';
import { text, t } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import { goToStop } from '../store/view-actions.ts';
import styles from './StepList.module.css';

const NO_STOPS: readonly Stop[] = [];

/** The whole path as a list: the content of which the map is the picture. */
export function StepList() {
  const stops = useStore((state) => state.analysis?.scene?.stops ?? NO_STOPS);
  const current = useStore((state) => state.playback.stop);
  if (stops.length === 0) return <p className={styles.none}>{t('app.inspector.empty')}</p>;
  return (
    <ol className={styles.steps} aria-label={t('app.tab.steps')}>
      {stops.map((stop, index) => (
        <li key={stop.id} className={styles.step} data-failed={stop.failed || undefined} aria-current={index === current ? 'step' : undefined}>
          <button
            type="button"
            className={styles.number}
            aria-label={stop.number === null ? text(stop.verb) : t('app.go-to-hop', { number: stop.number, verb: text(stop.verb) })}
            onClick={() => goToStop(index)}
          >
            {stop.number ?? ''}
          </button>
          <div>
            <p className={styles.verb}>
              {text(stop.verb)} <code>{stop.fact}</code>
            </p>
            <p className={styles.sentence}>
              <Rich message={stop.sentence} />
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}
