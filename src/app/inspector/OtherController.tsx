import { useEffect, useRef } from 'react';
import type { Difference, End, ThroughRow } from '../../engine/index.ts';
import { t, text } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import { outcomeName } from './outcome-name.ts';
import styles from './OtherControllers.module.css';

interface Props {
  readonly row: ThroughRow;
  readonly onSwitch: () => void;
  /** Whether this is what was switched to; asked once it is there. */
  readonly takesFocus: () => boolean;
}

/** One implementation: how the request ends through it, what differs and why, and the switch. */
export function OtherController({ row: { implementation, runs, ends, endsAlike, differences, headers, notes }, onSwitch, takesFocus }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (takesFocus()) button.current?.focus();
  });
  return (
    <li className={styles.row} data-runs={runs || undefined}>
      <div className={styles.head}>
        <h4>
          <code>{implementation}</code>
        </h4>
        {/* The same button before and after, so that the focus stays with it. */}
        <button
          ref={button}
          type="button"
          className={styles.switch}
          aria-disabled={runs}
          onClick={() => {
            if (!runs) onSwitch();
          }}
        >
          {runs ? t('switch.runs') : t('switch.to', { implementation })}
        </button>
      </div>
      <p className={styles.ends}>{ends.map((end) => endText(end, ends.length)).join(', ')}</p>
      {endsAlike && !runs && <p className={styles.said}>{t('switch.same')}</p>}
      {differences.map((difference) => (
        <Differs key={difference.what.id} difference={difference} />
      ))}
      {notes.map((note) => (
        <p key={JSON.stringify(note)} className={styles.said}>
          <Rich message={note} />
        </p>
      ))}
      {headers.length > 0 && (
        <details className={styles.headers}>
          <summary>{t('switch.headers', { count: headers.length })}</summary>
          {headers.map((header) => (
            <p key={JSON.stringify(header)} className={styles.said}>
              <Rich message={header} />
            </p>
          ))}
        </details>
      )}
    </li>
  );
}

function Differs({ difference: { what, why } }: { readonly difference: Difference }) {
  return (
    <p className={styles.said}>
      <Rich message={what} />{' '}
      {why !== null && (
        <span className={styles.why}>
          {why.by !== null && `${t('switch.by', { product: why.by })} `}
          <Rich message={why.says} />
        </span>
      )}
    </p>
  );
}

function endText({ outcome, service, share }: End, of: number): string {
  const end = service === null ? text(outcomeName(outcome)) : `${text(outcomeName(outcome))} · ${service}`;
  return of === 1 ? end : t('switch.share', { share: String(Number((share * 100).toFixed(1))), end });
}
