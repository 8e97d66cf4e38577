import { useEffect, useState } from 'react';
import { status } from '../../catalogue/en/status.ts';
import { learnWords } from '../../catalogue/page-words.ts';
import type { ObjectRef, StatusPart } from '../../engine/index.ts';
import { engine } from '../store/analysis-actions.ts';
import { useStore } from '../store/store.ts';
import { t } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import styles from './Status.module.css';

learnWords(status);

/** The conditions that controllers would write on an object, its listeners, or for its parents. Asked of the worker when shown. */
export function Status({ object: { kind, namespace, name } }: { readonly object: ObjectRef }) {
  const analysis = useStore((state) => state.analysis);
  const [parts, setParts] = useState<readonly StatusPart[] | null>(null);
  useEffect(() => {
    // Asked anew with each analysis; before the first the worker knows no object.
    if (analysis === null) return undefined;
    let isCurrent = true;
    engine()
      .ask('status', { kind, namespace, name })
      .then((answer) => {
        if (isCurrent) setParts(answer);
      })
      // A crashed worker says so where the page shows it.
      .catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, [kind, namespace, name, analysis]);

  if (parts === null) return null;
  return (
    <section>
      <h3>{t('status.title')}</h3>
      {parts.length === 0 && <p className={styles.nobody}>{t('status.nobody')}</p>}
      {parts.map(({ about, conditions }) => (
        <div key={about.kind === 'object' ? '' : about.name}>
          {about.kind === 'listener' && <h4 className={styles.about}>{t('status.listener', { name: about.name, count: about.attachedRoutes })}</h4>}
          {about.kind === 'parent' && <h4 className={styles.about}>{t('status.parent', { name: about.name })}</h4>}
          <dl className={styles.conditions}>
            {conditions.map(({ type, status: value, reason, message }) => (
              <div key={type}>
                <dt>
                  {type}: {value} <span className={styles.reason}>{reason}</span>
                </dt>
                <dd>
                  <Rich message={message} />
                </dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
    </section>
  );
}
