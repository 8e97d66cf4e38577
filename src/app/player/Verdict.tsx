import type { SceneVerdict } from '../../scene/scene.ts';
import { t, text } from '../ui/locale.ts';
import styles from './Player.module.css';
import { StepIcon } from './StepIcon.tsx';

/** How the request ends: by sign and words, colour only repeats it. */
export function Verdict({ verdict }: { readonly verdict: SceneVerdict }) {
  return (
    <p className={styles.verdict} data-verdict={verdict.result}>
      <StepIcon name={verdict.result} />
      <span>{text(verdict.text)}</span>
      {verdict.kind === 'depends' && (
        <>
          <span className={styles.depends}>{t('player.depends')}</span>
          <span className={styles.assumed}>{t('scene.assumed')}</span>
        </>
      )}
    </p>
  );
}
