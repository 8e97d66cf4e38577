import type { Trace } from '../../engine/index.ts';
import { goToPage } from '../store/link-actions.ts';
import { setTab } from '../store/view-actions.ts';
import controls from '../ui/controls.module.css';
import { Icon } from '../ui/Icon.tsx';
import { t, text } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import { FindingLine } from './FindingLine.tsx';
import { headlineOf, resultOf } from './verdict-headline.ts';
import styles from './VerdictCard.module.css';

/** More would bury what the client sees. */
const MOST_CAUSES = 3;

const MARK = { delivered: 'check', answered: 'dot', fails: 'cross' } as const;

/** How it ends in a few words, the sentence behind it, and what the client's own program prints. */
export function VerdictCard({ trace }: { readonly trace: Trace }) {
  const inferred = trace.assumptions.filter((assumption) => assumption.origin === 'inferred').length;
  const result = resultOf(trace);
  return (
    <section className={styles.verdict} data-verdict={result} data-depends={trace.verdict.kind === 'depends' || undefined}>
      <h3 className={styles.word}>
        <span className={styles.mark}>
          <Icon name={MARK[result]} size={14} />
        </span>
        {text(headlineOf(trace))}
      </h3>
      <p>
        <Rich message={trace.summary} />
      </p>
      {trace.verdict.kind === 'depends' && (
        <p>
          <button type="button" className={controls.link} onClick={() => setTab('environment')}>
            {t('app.verdict.see-assumptions', { count: inferred })}
          </button>
        </p>
      )}
      {trace.causes.length > 0 && (
        <>
          <h4>{t('app.causes')}</h4>
          <ul className={styles.causes}>
            {trace.causes.slice(0, MOST_CAUSES).map((finding, index) => (
              // Two findings may be word for word the same.
              // oxlint-disable-next-line react/no-array-index-key
              <li key={`${finding.code} ${index}`}>
                <Rich message={finding.message} /> <FindingLine finding={finding} />
              </li>
            ))}
          </ul>
        </>
      )}
      {trace.clientSees.length > 0 && (
        <>
          <h4>{t('app.client-sees')}</h4>
          <pre>{trace.clientSees.join('\n')}</pre>
        </>
      )}
      {result === 'fails' && (
        <p>
          <button type="button" className={controls.link} onClick={() => goToPage('findings')}>
            {t('app.verdict.how-to-mend')}
          </button>
        </p>
      )}
    </section>
  );
}
