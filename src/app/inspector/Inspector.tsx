import { Suspense, type ReactNode } from 'react';
import { useStore } from '../store/store.ts';
import { lazyPart } from '../ui/lazy-part.tsx';
import { t } from '../ui/locale.ts';
import { currentStop, stopIdOf } from '../store/current-stop.ts';
import { HopDetails } from './HopDetails.tsx';
import styles from './Inspector.module.css';

const ObjectDetails = lazyPart(async () => (await import('./ObjectDetails.tsx')).ObjectDetails);
const ReplyDetails = lazyPart(async () => (await import('./ReplyDetails.tsx')).ReplyDetails);

/** What happened at the current stop, and why; or what a chosen object is. */
export function Inspector({ hand }: { readonly hand: ReactNode }) {
  const selected = useStore((state) => state.view.selected);
  const trace = useStore((state) => state.analysis?.trace ?? null);
  const stopId = useStore(stopIdOf);

  if (selected) {
    return (
      <ObjectDetails object={selected}>
        <Suspense>{hand}</Suspense>
      </ObjectDetails>
    );
  }
  if (!trace || stopId === null) {
    return (
      <div className={styles.inspector}>
        <h2 className={styles.quietTitle}>{t('app.part.inspector')}</h2>
        <p className={styles.sentence}>{t('app.inspector.empty')}</p>
      </div>
    );
  }
  const current = currentStop(trace, stopId);
  return (
    // The scroll position belongs to a stop, not to the panel.
    <div key={stopId} className={styles.inspector}>
      {current.kind === 'hop' && <HopDetails trace={trace} current={current} />}
      {current.kind === 'reply' && <ReplyDetails trace={trace} />}
    </div>
  );
}
