import type { ReactNode } from 'react';
import { useStore } from '../store/store.ts';
import { setPane } from '../store/view-actions.ts';
import { t } from '../ui/locale.ts';
import { Tabs } from '../ui/Tabs.tsx';
import styles from './Sheet.module.css';

interface Props {
  readonly map: ReactNode;
  readonly steps: ReactNode;
  readonly details: ReactNode;
  readonly editor: ReactNode;
}

/** Phones: the map on top, one thing at a time below it. */
export function Sheet({ map, steps, details, editor }: Props) {
  const pane = useStore((state) => state.view.pane);
  return (
    <div className={styles.phone}>
      <main className={styles.map}>{map}</main>
      <aside className={styles.sheet} aria-label={t('app.part.sheet')}>
        <Tabs
          label={t('app.part.sheet')}
          active={pane}
          onChange={setPane}
          tabs={[
            { id: 'path', label: t('app.tab.steps'), panel: steps },
            { id: 'details', label: t('app.tab.details'), panel: details },
            { id: 'editor', label: t('app.tab.texts'), panel: editor },
          ]}
        />
      </aside>
    </div>
  );
}
