import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { Scene } from '../../scene/scene.ts';
import { BoxFace } from '../drawing/BoxFace.tsx';
import { Ground } from '../drawing/Ground.tsx';
import { Packet } from '../drawing/Packet.tsx';
import { Stations } from '../drawing/Stations.tsx';
import { TrackLine } from '../drawing/TrackLine.tsx';
import controls from '../ui/controls.module.css';
import { t } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import { REDUCED_MOTION } from '../ui/use-media.ts';
import { createClock } from './example-clock.ts';
import styles from './ExampleMap.module.css';

/** The way of one request beside a text, at its full size; it plays by itself once, and follows the packet where it is wider than its window. */
export function ExampleMap({ scene }: { readonly scene: Scene }) {
  const frame = useRef<HTMLElement>(null);
  const clock = useMemo(() => createClock(scene), [scene]);
  const { stop, isPlaying } = useSyncExternalStore(clock.subscribe, clock.state);
  useEffect(() => {
    clock.play();
    return clock.pause;
  }, [clock]);
  // The reply has no station: the map stays where the way ends.
  const station = scene.stations.findLast(({ number }) => number !== null && number <= stop + 1);
  useEffect(() => {
    const place = frame.current;
    if (station === undefined || place === null) return;
    place.scrollTo({ left: station.x - place.clientWidth / 2, behavior: matchMedia(REDUCED_MOTION).matches ? 'auto' : 'smooth' });
  }, [station]);
  const here = scene.stops[stop];
  const last = scene.stops.length - 1;
  return (
    <div className={styles.map}>
      {/* It scrolls, so the keyboard must reach it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section ref={frame} className={styles.frame} aria-label={t('failures.map')} tabIndex={0} data-testid="example-map">
        <div className={styles.canvas} style={{ width: scene.width, height: scene.height }}>
          <Ground scene={scene} />
          <svg className={styles.tracks} width={scene.width} height={scene.height}>
            {scene.tracks.map((track) => (
              <TrackLine key={track.id} track={track} />
            ))}
          </svg>
          {scene.boxes.map((box) => (
            <div key={box.id} className={styles.box} style={{ left: box.x, top: box.y, width: box.width, height: box.height }}>
              <BoxFace box={box} isCurrent={box.hop !== null && box.hop === here?.id} as="div" />
            </div>
          ))}
          <Stations scene={scene} stop={stop} onSeek={clock.seek} />
          <Packet scene={scene} stop={stop} onFrame={clock.onFrame} />
        </div>
      </section>
      <div className={styles.player}>
        <button type="button" className={controls.button} onClick={isPlaying ? clock.pause : clock.play}>
          {isPlaying ? t('failures.pause') : t('failures.play')}
        </button>
        <button type="button" className={controls.button} disabled={stop === 0} onClick={() => clock.seek(stop - 1)}>
          {t('failures.step-back')}
        </button>
        <button type="button" className={controls.button} disabled={stop >= last} onClick={() => clock.seek(stop + 1)}>
          {t('failures.step')}
        </button>
      </div>
      {here !== undefined && (
        <p className={styles.sentence} aria-live={isPlaying ? 'off' : 'polite'}>
          <Rich message={here.sentence} />
        </p>
      )}
    </div>
  );
}
