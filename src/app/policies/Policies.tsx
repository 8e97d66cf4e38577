import { policies as words } from '../../catalogue/en/policies.ts';
import { learnWords } from '../../catalogue/page-words.ts';
import { useStore } from '../store/store.ts';
import { t } from '../ui/locale.ts';
import { Tabs } from '../ui/Tabs.tsx';
import { CellDetails } from './CellDetails.tsx';
import { Lanes } from './Lanes.tsx';
import { Matrix } from './Matrix.tsx';
import { changeOptions, readOptions, type Options } from './options.ts';
import styles from './Policies.module.css';
import { usePolicies, type Policies as Answer } from './use-policies.ts';

learnWords(words);

/** Who may talk to whom by network policies: one workload with its lanes, or all of them as a matrix. */
export function Policies() {
  const given = useStore((state) => state.view.options.policies);
  const options = readOptions(given);
  const asked = usePolicies(subjectOf(options));
  return (
    <article className={styles.page}>
      <h2 className={styles.title}>{t('policies.title')}</h2>
      <p className={styles.lead}>{t('policies.lead')}</p>
      {asked.kind === 'waiting' && (
        <p className={styles.note} aria-busy="true">
          {t('policies.waiting')}
        </p>
      )}
      {asked.kind === 'failed' && <p className={styles.note}>{t('policies.failed')}</p>}
      {asked.kind === 'answered' && <Shown options={options} {...asked.policies} />}
    </article>
  );
}

/** In the matrix the side of the chosen cell that is Pods is the one asked about. */
function subjectOf({ show, of, cell }: Options): string | null {
  if (show === 'lanes' || cell === null) return of;
  return /^(dns|nodes|outside|range:)/.test(cell.to) ? cell.from : cell.to;
}

function Shown({ options, reach, view }: Answer & { readonly options: Options }) {
  const pods = reach.groups.filter(({ kind }) => kind === 'pods');
  if (pods.length === 0) return <p className={styles.note}>{t('policies.no-pods')}</p>;
  const isAnyIsolated = pods.some(({ isolatedBy }) => isolatedBy.ingress.length + isolatedBy.egress.length > 0);
  return (
    <>
      {!reach.enforced && <p className={styles.warning}>{t('policies.not-enforced')}</p>}
      {reach.enforced && !isAnyIsolated && <p className={styles.note}>{t('policies.none')}</p>}
      <Tabs
        label={t('policies.views')}
        active={options.show}
        onChange={(show) => changeOptions({ show })}
        tabs={[
          {
            id: 'lanes',
            label: t('policies.view.lanes'),
            panel: options.show === 'lanes' && view !== null ? <Lanes groups={pods} view={view} /> : null,
          },
          {
            id: 'matrix',
            label: t('policies.view.matrix'),
            panel:
              options.show === 'matrix' ? (
                <div className={styles.beside}>
                  <Matrix reach={reach} chosen={options.cell} />
                  <CellDetails groups={reach.groups} view={view} cell={options.cell} />
                </div>
              ) : null,
          },
        ]}
      />
    </>
  );
}
