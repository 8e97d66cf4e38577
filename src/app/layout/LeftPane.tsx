import { useState, type ReactNode } from 'react';
import { useStore } from '../store/store.ts';
import { setTab } from '../store/view-actions.ts';
import { t } from '../ui/locale.ts';
import { Tabs } from '../ui/Tabs.tsx';
import styles from './LeftPane.module.css';

interface Props {
  readonly manifests: ReactNode;
  /** These come with their code when their tab is opened. */
  readonly environment: ReactNode;
  readonly add: ReactNode;
}

/** What is given: the texts, what they do not say, and what can be added to either. */
export function LeftPane({ manifests, environment, add }: Props) {
  const tab = useStore((state) => state.view.tab);
  // It comes when it is opened for the first time, and then stays, with what was typed into it.
  const [hasEnvironment, setHasEnvironment] = useState(false);
  if (tab === 'environment' && !hasEnvironment) setHasEnvironment(true);
  const problems = useStore((state) => state.analysis?.findings.filter((finding) => finding.severity !== 'info').length ?? 0);
  const hasErrors = useStore((state) => state.analysis?.findings.some((finding) => finding.severity === 'error') ?? false);
  const inferred = useStore((state) => state.analysis?.trace?.assumptions.filter((assumption) => assumption.origin === 'inferred').length ?? 0);
  return (
    <Tabs
      label={t('app.part.texts')}
      active={tab}
      onChange={setTab}
      tabs={[
        {
          id: 'manifests',
          label: (
            <>
              {t('app.tab.manifests')}
              {problems > 0 && (
                <span className={hasErrors ? styles.bad : styles.warn} title={t('app.problems', { count: problems })}>
                  <span aria-hidden="true">{problems}</span>
                  <span className="visually-hidden"> {t('app.problems', { count: problems })}</span>
                </span>
              )}
            </>
          ),
          panel: manifests,
        },
        {
          id: 'environment',
          label: (
            <>
              {t('app.tab.environment')}
              {inferred > 0 && (
                <span className={styles.warn} title={t('app.assumed', { count: inferred })}>
                  <span aria-hidden="true">{inferred}</span>
                  <span className="visually-hidden"> {t('app.assumed', { count: inferred })}</span>
                </span>
              )}
            </>
          ),
          panel: hasEnvironment && environment,
        },
        { id: 'add', label: t('app.tab.add'), panel: tab === 'add' && add },
      ]}
    />
  );
}
