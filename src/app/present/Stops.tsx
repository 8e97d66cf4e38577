import type { MouseEvent } from 'react';
import { advance, seek, stepBack } from '../store/playback.ts';
import { useStore } from '../store/store.ts';
import { t, text } from '../ui/locale.ts';
import styles from './Stops.module.css';

/** A click does not take the keys: the next press of Space is for the presentation, not for this button. */
const keepFocus = (event: MouseEvent) => event.preventDefault();

/** How far the presentation is: a dot for every hop and one for the reply, with the way on and back. */
export function Stops() {
  const stops = useStore((state) => state.analysis?.scene?.stops);
  const current = useStore((state) => state.playback.stop);
  if (!stops || stops.length === 0) return null;
  return (
    <div className={styles.stops}>
      <button type="button" className={styles.way} disabled={current === 0} aria-label={t('present.previous')} onMouseDown={keepFocus} onClick={stepBack}>
        <Arrow d="M15 5l-7 7 7 7" />
      </button>
      <ol className={styles.dots} aria-label={t('present.stops')}>
        {stops.map((stop, index) => (
          <li key={stop.id}>
            <button
              type="button"
              className={styles.dot}
              data-reached={index <= current || undefined}
              data-failed={stop.failed || undefined}
              aria-current={index === current ? 'step' : undefined}
              aria-label={stop.number === null ? text(stop.verb) : t('app.go-to-hop', { number: stop.number, verb: text(stop.verb) })}
              onMouseDown={keepFocus}
              onClick={() => seek(index)}
            />
          </li>
        ))}
      </ol>
      <button
        type="button"
        className={styles.way}
        disabled={current === stops.length - 1}
        aria-label={t('present.next')}
        onMouseDown={keepFocus}
        onClick={advance}
      >
        <Arrow d="M9 5l7 7-7 7" />
      </button>
    </div>
  );
}

function Arrow({ d }: { readonly d: string }) {
  return (
    <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={d} fill="none" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
