import type { Explained } from '../worker/diagnosis.ts';
import { linesOf } from '../store/text-ranges.ts';
import { t } from '../ui/locale.ts';
import styles from './Failures.module.css';

/** The texts of an example, with the lines marked that its problem names. */
export function MarkedManifests({ workspace, documents, problem }: Pick<Explained, 'workspace' | 'documents' | 'problem'>) {
  const places = problem.ranges.flatMap((range) => linesOf(workspace, documents, range) ?? []);
  const [file] = workspace;
  if (file === undefined) return null;
  return (
    <pre className={styles.manifests} aria-label={t('failures.manifests')}>
      {file.text
        .trimEnd()
        .split('\n')
        .map((line, index) => {
          const isMarked = places.some(({ first, last }) => first <= index + 1 && index + 1 <= last);
          const Line = isMarked ? 'mark' : 'span';
          return (
            // Lines may be equal; they never change their order.
            // oxlint-disable-next-line react/no-array-index-key
            <Line key={index} className={styles.line} data-number={index + 1}>
              {line}
              {'\n'}
            </Line>
          );
        })}
    </pre>
  );
}
