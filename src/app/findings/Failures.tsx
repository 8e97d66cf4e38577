import { useEffect, useState } from 'react';
import { failures } from '../../catalogue/en/failures.ts';
import { failuresPage } from '../../catalogue/en/failures-page.ts';
import { findingsPage } from '../../catalogue/en/findings-page.ts';
import { msg } from '../../catalogue/message.ts';
import { learnWords } from '../../catalogue/page-words.ts';
import type { CodeFamily } from '../../engine/diagnosis.ts';
import { askCodes } from '../store/problem-actions.ts';
import { useStore } from '../store/store.ts';
import { t } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import { FailureEntry } from './FailureEntry.tsx';
import { FailureIndex } from './FailureIndex.tsx';
import { FailureLink } from './FailureLink.tsx';
import styles from './Failures.module.css';

learnWords(findingsPage);
learnWords(failuresPage);
learnWords(failures);

/** Every kind of problem that Podpath names: the list, and the entry that the address names. */
export function Failures() {
  const families = useFamilies();
  const wanted = useStore((state) => state.view.options.failures?.['code'] ?? null);
  if (families === null) return null;
  const entry = families.flatMap(({ codes }) => codes).find(({ code }) => code === wanted);
  return (
    <article className={styles.page} data-entry={wanted !== null || undefined}>
      <header className={styles.head}>
        <h2 className={styles.title}>{t('app.view.failures')}</h2>
        {wanted === null ? <p className={styles.lead}>{t('failures.lead')}</p> : <FailureLink code={null}>{t('failures.all')}</FailureLink>}
      </header>
      <FailureIndex families={families} current={wanted} />
      {entry !== undefined && <FailureEntry key={entry.code} entry={entry} />}
      {wanted !== null && entry === undefined && (
        <p>
          <Rich message={msg('failures.unknown', { code: wanted })} />
        </p>
      )}
    </article>
  );
}

function useFamilies(): readonly CodeFamily[] | null {
  const [families, setFamilies] = useState<readonly CodeFamily[] | null>(null);
  useEffect(() => {
    askCodes().then(setFamilies, () => {});
  }, []);
  return families;
}
