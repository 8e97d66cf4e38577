import type { ReachCell } from '../../engine/index.ts';
import styles from './Sign.module.css';

const PATHS: Readonly<Record<ReachCell['verdict'], string>> = {
  allowed: 'm4 8.4 2.7 2.7L12 5.4',
  open: 'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6z',
  exempt: 'M4 6.2h8M4 9.8h8',
  some: 'M8 4.2a3.8 3.8 0 1 0 0 7.6zM8 4.2a3.8 3.8 0 0 1 0 7.6',
  denied: 'm5 5 6 6m0-6-6 6',
  none: 'M6.5 8h3',
};

/** A verdict by shape, with its colour beside it; the word stands where the sign does. */
export function Sign({ verdict }: { readonly verdict: ReachCell['verdict'] }) {
  return (
    <svg className={styles.sign} data-verdict={verdict} width="18" height="18" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[verdict]} />
    </svg>
  );
}
