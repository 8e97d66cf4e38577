import { useEffect, useRef, type CSSProperties } from 'react';
import type { Scene } from '../../scene/scene.ts';
import { timeOf } from '../../scene/timeline.ts';
import { onFrame, timelineFor } from '../store/playback.ts';
import { goToStop } from '../store/view-actions.ts';
import { t, text } from '../ui/locale.ts';
import { seekTime } from './playhead.ts';
import styles from './Player.module.css';

/** The stops in order: the content of which the map is the picture. A line through them is scrubbed. */
export function HopList({ scene, current }: { readonly scene: Scene; readonly current: number }) {
  const line = useRef<HTMLDivElement>(null);
  const range = useRef<HTMLInputElement>(null);
  const { stops } = scene;
  const last = stops.length - 1;

  useEffect(
    () =>
      onFrame(({ scene: shown, position }) => {
        const end = shown.stops.length - 1;
        line.current?.style.setProperty('--done', String(end <= 0 ? 0 : position.progress / end));
        if (range.current && document.activeElement !== range.current) range.current.value = String(position.progress);
      }),
    [],
  );

  const stop = stops[current];
  return (
    <div className={styles.line} ref={line} data-failed={scene.route?.failed === true || undefined} style={{ '--stops': Math.max(1, last) } as CSSProperties}>
      <div className={styles.rail} />
      <div className={styles.done} />
      <input
        ref={range}
        type="range"
        className={styles.range}
        min={0}
        max={last}
        step="any"
        defaultValue={current}
        aria-label={t('player.position')}
        aria-valuetext={stop === undefined ? '' : `${text(stop.verb)} ${stop.fact}`}
        onInput={(event) => seekTime(timeOf(timelineFor(scene), Number(event.currentTarget.value)))}
      />
      <ol className={styles.stops} aria-label={t('player.hops')}>
        {stops.map((each, index) => (
          <li key={each.id} className={styles.stop} data-last={index === last || undefined} data-failed={each.failed || undefined}>
            <button
              type="button"
              onClick={() => goToStop(index)}
              aria-current={index === current ? 'step' : undefined}
              data-reached={index <= current || undefined}
            >
              <span className={styles.mark}>{each.number}</span>
              <span className={styles.verb}>{text(each.verb)}</span>
              <span className={styles.fact}>{breakable(each.fact)}</span>
              <span className="visually-hidden">{text(each.sentence)}</span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** An address is broken before its port, a name after a dot, and an arrow stays with what it points to. */
const breakable = (fact: string) =>
  fact
    .replace('→ ', '→\u00a0')
    .replace(/:(\d+)$/, '\u200b:$1')
    .replace(/\.(?=[a-z])/gi, '.\u200b');
