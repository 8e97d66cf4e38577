import { formatFieldPath, refKey, type ObjectRef, type Provenance } from '../../engine/index.ts';
import { useStore } from '../store/store.ts';
import { t } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import styles from './MadeBy.module.css';

const NOTHING: Readonly<Record<string, Provenance>> = {};

/** Who made this: for objects and addresses that no text states, which controller, from which field. */
export function MadeBy({ objects }: { readonly objects: readonly (ObjectRef | null)[] }) {
  const provenance = useStore((state) => state.analysis?.provenance ?? NOTHING);
  const keys = [...new Set(objects.filter((object) => object !== null).map(refKey))];
  const made = keys.flatMap((key) => Object.entries(provenance).filter(([id]) => id === key || id.startsWith(`${key}#`)));
  if (made.length === 0) return null;
  return (
    <section>
      <h3>{t('app.made-by')}</h3>
      <dl className={styles.list}>
        {made.map(([id, { by, from, why }]) => (
          <div key={id}>
            <dt>
              <code>{id.replace('#', ' ')}</code>
            </dt>
            <dd>
              <p>{from ? t('app.made-by.from', { by, object: refKey(from.object), field: formatFieldPath(from.path) }) : t('app.made-by.alone', { by })}</p>
              <p className={styles.why}>
                <Rich message={why} />
              </p>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
