import type { ReactNode } from 'react';
import type { Problem } from '../../engine/diagnosis.ts';
import { formatFlow, formatOrigin } from '../../engine/index.ts';
import controls from '../ui/controls.module.css';
import { t } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import styles from './Findings.module.css';

interface Props {
  readonly proof: NonNullable<Problem['proof']>;
  /** What can be done with the request. */
  readonly children?: ReactNode;
}

/** The request that shows a problem: where on its way, and what the client sees. */
export function ProofOf({ proof, children }: Props) {
  return (
    <div className={styles.part}>
      <h4>{proof.fails ? t('findings.fails') : t('findings.affects')}</h4>
      <p className={controls.mono}>
        {formatFlow(proof.flow)} · {formatOrigin(proof.flow.from)}
      </p>
      <p>
        <span className={styles.station}>{proof.station}</span>
        <strong>
          <Rich message={proof.at} />
        </strong>
      </p>
      <p>
        <Rich message={proof.summary} />
      </p>
      {proof.clientSees.length > 0 && <pre className={styles.lines}>{proof.clientSees.join('\n')}</pre>}
      {children}
    </div>
  );
}
