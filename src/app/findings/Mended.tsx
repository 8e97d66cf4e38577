import { useEffect, useRef } from 'react';
import type { Problem } from '../../engine/diagnosis.ts';
import { formatFlow, formatOrigin } from '../../engine/index.ts';
import { undo } from '../store/document-actions.ts';
import { playProof } from '../store/problem-actions.ts';
import controls from '../ui/controls.module.css';
import { t } from '../ui/locale.ts';
import styles from './Findings.module.css';

/** What the last fix did, with the request that it lets through and the way back. The button that was pressed is gone, so it takes the focus. */
export function Mended({ problem }: { readonly problem: Problem }) {
  const place = useRef<HTMLElement>(null);
  useEffect(() => place.current?.focus(), []);
  const { proof } = problem;
  return (
    <section ref={place} tabIndex={-1} aria-label={t('findings.mended')} className={styles.mended}>
      <p>{proof?.fails ? t('findings.mended.arrives') : t('findings.mended')}</p>
      {proof !== null && (
        <p className={controls.mono}>
          {formatFlow(proof.flow)} · {formatOrigin(proof.flow.from)}
        </p>
      )}
      <p className={styles.tools}>
        {proof !== null && (
          <button type="button" className={controls.button} onClick={() => playProof(problem)}>
            {t('findings.play')}
          </button>
        )}
        <button type="button" className={controls.button} onClick={undo}>
          {t('app.undo')}
        </button>
      </p>
    </section>
  );
}
