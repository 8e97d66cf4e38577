import { refKey, type ObjectRef } from '../../engine/index.ts';
import { useStore } from '../store/store.ts';
import { openProblemOf } from '../store/view-actions.ts';
import { t } from '../ui/locale.ts';
import styles from './BoxNode.module.css';

/** On the corner of a box whose object is at fault; leads to what is wrong with it. */
export function ProblemBadge({ object }: { readonly object: ObjectRef }) {
  const findings = useStore((state) => state.analysis?.findings);
  const key = refKey(object);
  const own = findings?.filter((finding) => finding.severity !== 'info' && finding.object && refKey(finding.object) === key) ?? [];
  if (own.length === 0) return null;
  const label = t('scene.problems', { count: own.length, kind: object.kind, name: object.name });
  return (
    <button
      type="button"
      data-badge
      className={`${styles.badge} nodrag nopan`}
      data-severity={own.some(({ severity }) => severity === 'error') ? 'error' : 'warning'}
      aria-label={label}
      title={label}
      onClick={(event) => {
        // The box beneath shows its own details.
        event.stopPropagation();
        openProblemOf(object);
      }}
    >
      !
    </button>
  );
}
