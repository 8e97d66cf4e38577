import { useShallow } from 'zustand/react/shallow';
import { rulesPage as words } from '../../catalogue/en/rules-page.ts';
import { learnWords } from '../../catalogue/page-words.ts';
import type { Ladders, Shadowed } from '../../engine/index.ts';
import { useStore } from '../store/store.ts';
import { t } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import { askedOf } from './options.ts';
import { Question } from './Question.tsx';
import { RungItem } from './RungItem.tsx';
import { RuleLines } from './RuleLines.tsx';
import styles from './Rules.module.css';
import { useLadders } from './use-ladders.ts';

learnWords(words);

/** For a host and a path, every rule in the order in which it is tried; and the rules that nobody can reach. */
export function Rules() {
  const asked = useStore(useShallow(askedOf));
  const answer = useLadders(asked);
  return (
    <article className={styles.page}>
      <h2 className={styles.title}>{t('rules.title')}</h2>
      <p className={styles.lead}>{t('rules.lead')}</p>
      <Question asked={asked} />
      {answer.kind === 'waiting' && (
        <p className={styles.note} aria-busy="true">
          {t('rules.waiting')}
        </p>
      )}
      {answer.kind === 'failed' && <p className={styles.note}>{t('rules.failed')}</p>}
      {answer.kind === 'answered' && <Answered host={asked.host.trim()} {...answer.ladders} />}
    </article>
  );
}

function Answered({ host, ladders, shadowed }: Ladders & { readonly host: string }) {
  const hasRoutes = useStore((state) => state.analysis?.objects.some(({ ref }) => /^(Ingress|.*Route)$/.test(ref.kind)) ?? true);
  if (!hasRoutes) return <p className={styles.note}>{t('rules.nothing')}</p>;
  return (
    <>
      {host === '' && <p className={styles.note}>{t('rules.no-host')}</p>}
      {host !== '' && ladders.length === 0 && <p className={styles.note}>{t('rules.none', { host })}</p>}
      {host !== '' &&
        ladders.map(({ server, rungs }, index) => (
          // Two listeners of one name differ only in their place.
          // oxlint-disable-next-line react/no-array-index-key
          <section key={index}>
            <h3>
              <Rich message={server} />
            </h3>
            <ol className={styles.rungs}>
              {rungs.map((rung, at) => (
                // One rule can be tried twice, for two of its matches.
                // oxlint-disable-next-line react/no-array-index-key
                <RungItem key={at} rung={rung} />
              ))}
            </ol>
          </section>
        ))}
      {shadowed.length > 0 && <OutOfReach shadowed={shadowed} />}
    </>
  );
}

function OutOfReach({ shadowed }: { readonly shadowed: readonly Shadowed[] }) {
  return (
    <section>
      <h3>{t('rules.shadowed')}</h3>
      <p className={styles.why}>{t('rules.shadowed.lead')}</p>
      <ul className={styles.rungs}>
        {shadowed.map(({ what, by, why, evidence }, index) => (
          // Two rules may read the same.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index} className={styles.rung} data-result="excluded">
            <p className={styles.what}>
              <Rich message={what} />
            </p>
            <p className={styles.why}>
              {t('rules.shadowed.by')} <Rich message={by} />. <Rich message={why} />
            </p>
            <RuleLines evidence={evidence} />
          </li>
        ))}
      </ul>
    </section>
  );
}
