import { useEffect } from 'react';
import { pause, play, seek, seekEnd, setSpeed, step, togglePlay } from '../store/playback.ts';
import { useStore, type Playback } from '../store/store.ts';
import { t, text } from '../ui/locale.ts';
import { isPageKey } from '../ui/page-keys.ts';
import { HopList } from './HopList.tsx';
import styles from './Player.module.css';
import { StepIcon } from './StepIcon.tsx';
import { Verdict } from './Verdict.tsx';

const SPEEDS: readonly Playback['speed'][] = [0.5, 1, 2, 4];

/** Plays the request: its controls, its stops on a line, and how it ends. */
export function Player() {
  const scene = useStore((state) => state.analysis?.scene ?? null);
  const { status, stop, speed } = useStore((state) => state.playback);
  useKeys();

  const stops = scene?.stops ?? [];
  const current = stops[stop];
  if (scene === null || current === undefined) {
    return (
      <section className={styles.player} aria-label={t('player.title')} data-empty>
        <p className={styles.idle}>{t('player.idle')}</p>
      </section>
    );
  }
  const isPlaying = status === 'playing';
  const playLabel = isPlaying ? t('player.pause') : status === 'ended' ? t('player.replay') : t('player.play');
  return (
    <section className={styles.player} aria-label={t('player.title')}>
      <div className={styles.bar}>
        <button type="button" className={styles.play} onClick={isPlaying ? pause : play} aria-label={playLabel} title={playLabel}>
          <StepIcon name={isPlaying ? 'pause' : status === 'ended' ? 'again' : 'play'} />
        </button>
        <button
          type="button"
          className={styles.step}
          onClick={() => step(-1)}
          disabled={stop === 0}
          aria-label={t('player.previous')}
          title={t('player.previous')}
        >
          <StepIcon name="back" />
        </button>
        <button
          type="button"
          className={styles.step}
          onClick={() => step(1)}
          disabled={stop === stops.length - 1}
          aria-label={t('player.next')}
          title={t('player.next')}
        >
          <StepIcon name="on" />
        </button>
        <p className={styles.where}>
          {current.number === null ? (
            text(current.verb)
          ) : (
            <>
              {t('player.hop', { number: current.number, count: stops.length - 1 })} <span className={styles.actor}>· {current.actor}</span>
            </>
          )}
        </p>
        <label className={styles.speed}>
          <span className="visually-hidden">{t('player.speed')}</span>
          <select value={speed} onChange={(event) => setSpeed(SPEEDS.find((value) => String(value) === event.target.value) ?? 1)}>
            {SPEEDS.map((value) => (
              <option key={value} value={value}>
                {t('player.speed-value', { times: value })}
              </option>
            ))}
          </select>
        </label>
        {scene.verdict && <Verdict verdict={scene.verdict} />}
      </div>
      <HopList scene={scene} current={stop} />
      <output className="visually-hidden">{text(current.sentence)}</output>
    </section>
  );
}

/** Space plays, arrows step, Home and End go to the ends: everywhere but where keys have another meaning. */
function useKeys(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!isPageKey(event)) return;
      const target = event.target instanceof Element ? event.target : null;
      if (event.key === ' ' && target?.closest('button, a, summary, [tabindex="0"]:not([type="range"])')) return;
      const act = KEYS[event.key];
      if (act === undefined) return;
      act();
      event.preventDefault();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}

const KEYS: Readonly<Record<string, () => void>> = {
  ' ': togglePlay,
  ArrowLeft: () => step(-1),
  ArrowRight: () => step(1),
  Home: () => seek(0),
  End: seekEnd,
};
