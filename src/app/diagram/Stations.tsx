import { memo } from 'react';
import type { Scene, Station } from '../../scene/scene.ts';
import { seek } from '../store/playback.ts';
import { useStore } from '../store/store.ts';
import { t } from '../ui/locale.ts';
import styles from './Stations.module.css';

/** The numbered stops on the track, the end of a line, and what the client prints there. */
export const Stations = memo(({ scene }: { readonly scene: Scene }) => {
  const stop = useStore((state) => state.playback.stop);
  return (
    <>
      {scene.stations.map((station) => (
        <Mark
          key={station.id}
          station={station}
          isReached={station.number !== null && station.number - 1 <= stop}
          isCurrent={station.number !== null && station.number - 1 === stop}
        />
      ))}
      {scene.sees && (
        <>
          <svg className={styles.leader} aria-hidden="true">
            <path d={scene.sees.leader} />
          </svg>
          <figure className={styles.sees} style={{ left: scene.sees.x, top: scene.sees.y, width: scene.sees.width, height: scene.sees.height }}>
            <figcaption>{t('scene.sees')}</figcaption>
            <samp>{scene.sees.lines.join('\n')}</samp>
          </figure>
        </>
      )}
    </>
  );
});

/** A mouse's shortcut to the stop; the keyboard has the list of hops in the player. */
function Mark({ station, isReached, isCurrent }: { readonly station: Station; readonly isReached: boolean; readonly isCurrent: boolean }) {
  const { number, kind } = station;
  const label = number === null ? undefined : t('scene.station', { number });
  const style = { left: station.x, top: station.y };
  if (number === null) {
    return (
      <span
        className={styles.mark}
        style={style}
        data-kind={kind}
        data-failed={station.failed || undefined}
        data-dead={station.id.startsWith('dead:') || undefined}
        aria-hidden="true"
      >
        {kind === 'terminus' && (
          <svg viewBox="0 0 20 20">
            <path d="M6.5 6.5l7 7m0-7l-7 7" />
          </svg>
        )}
      </span>
    );
  }
  return (
    <button
      type="button"
      className={styles.mark}
      style={style}
      data-kind={kind}
      data-failed={station.failed || undefined}
      data-reached={isReached || undefined}
      data-current={isCurrent || undefined}
      tabIndex={-1}
      aria-hidden="true"
      title={label}
      onClick={() => seek(number - 1)}
    >
      {number}
    </button>
  );
}
