import { memo } from 'react';
import type { Scene, Station } from '../../scene/scene.ts';
import { t } from '../ui/locale.ts';
import styles from './Stations.module.css';

interface Props {
  readonly scene: Scene;
  /** The stop that the player has reached. */
  readonly stop: number;
  readonly onSeek: (stop: number) => void;
}

/** The numbered stops on the track, the end of a line, and what the client prints there. */
export const Stations = memo(({ scene, stop, onSeek }: Props) => (
  <>
    {scene.stations.map((station) => (
      <Mark
        key={station.id}
        station={station}
        isReached={station.number !== null && station.number - 1 <= stop}
        isCurrent={station.number !== null && station.number - 1 === stop}
        onSeek={onSeek}
        isBarrier={station.id.startsWith('end:') && scene.sees !== null && scene.sees.barrier.length > 0}
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
          {scene.sees.barrier.length > 0 && (
            <>
              <strong>{t('scene.barrier')}</strong>
              <samp>{scene.sees.barrier.join('\n')}</samp>
            </>
          )}
        </figure>
      </>
    )}
  </>
));

interface MarkProps {
  readonly station: Station;
  readonly isReached: boolean;
  readonly isCurrent: boolean;
  /** The end of a line that a policy closed: a bar across the track instead of a cross. */
  readonly isBarrier: boolean;
  readonly onSeek: (stop: number) => void;
}

/** A mouse's shortcut to the stop; the keyboard has the list of hops in the player. */
function Mark({ station, isReached, isCurrent, isBarrier, onSeek }: MarkProps) {
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
        {kind === 'gate' && (
          <svg viewBox="0 0 20 20">
            <path d={station.failed ? 'M6 2v16M14 2v16M6 5l8 10m0-10l-8 10' : 'M6 2v16M14 2v16'} />
          </svg>
        )}
        {kind === 'terminus' && (
          <svg viewBox="0 0 20 20">
            <path d={isBarrier ? 'M10 5v10M7.5 5h5m-5 10h5' : 'M6.5 6.5l7 7m0-7l-7 7'} />
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
      onClick={() => onSeek(number - 1)}
    >
      {number}
    </button>
  );
}
