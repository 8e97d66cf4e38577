import { formatFieldPath, refKey, type Evidence } from '../../engine/index.ts';
import { useStore } from '../store/store.ts';
import { linesOf } from '../store/text-ranges.ts';
import { reveal } from '../store/view-actions.ts';
import { t } from '../ui/locale.ts';
import styles from './EvidenceList.module.css';

/** The YAML that decided; a field that nobody wrote stands with the value it gets. */
export function EvidenceList({ evidence }: { readonly evidence: readonly Evidence[] }) {
  const workspace = useStore((state) => state.workspace);
  const documents = useStore((state) => state.analysis?.documents);
  if (evidence.length === 0) return null;
  return (
    <section>
      <h3>{t('app.evidence')}</h3>
      <ul className={styles.list}>
        {evidence.map(({ object, path, defaulted, within = [], range }) => {
          const lines = range && documents ? linesOf(workspace, documents, range) : null;
          const field = formatFieldPath(path);
          return (
            <li key={`${refKey(object)} ${field}`}>
              <p className={styles.field}>
                <span>{refKey(object)}</span> {field !== '' && <code>{field}</code>}
              </p>
              {defaulted !== undefined && <p className={styles.default}>{t('app.evidence.default', { value: defaulted })}</p>}
              {within.map((inner) => (
                <p key={inner.field} className={styles.default}>
                  {t('app.evidence.default', { value: `${inner.field}: ${inner.value}` })}
                </p>
              ))}
              {range && lines ? (
                <button type="button" className={styles.lines} onClick={() => reveal(range)}>
                  <span className={styles.number}>
                    {lines.first === lines.last ? t('app.line', { line: lines.first }) : t('app.lines', { first: lines.first, last: lines.last })}
                  </span>
                  <code>{lines.excerpt}</code>
                </button>
              ) : (
                <p className={styles.default}>{t('app.evidence.no-text')}</p>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
