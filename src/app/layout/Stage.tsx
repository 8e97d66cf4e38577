import { useEffect, useState, type ReactNode } from 'react';
import { msg } from '../../catalogue/message.ts';
import type { PodpathState } from '../store/store.ts';
import { useStore } from '../store/store.ts';
import { reveal, setPane, setTab } from '../store/view-actions.ts';
import controls from '../ui/controls.module.css';
import { t } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import styles from './Stage.module.css';

/** Shorter waits are not worth a word; ms. */
const NOTICEABLE = 250;

type Situation = 'starting' | 'empty' | 'unreadable' | 'no-request' | 'bad-request' | 'shown';

function situationOf({ workspace, analysis, sent }: PodpathState): Situation {
  if (!analysis) return 'starting';
  if (workspace.every((file) => file.text.trim() === '')) return 'empty';
  if (analysis.objects.length === 0 && analysis.findings.some((finding) => finding.severity === 'error')) return 'unreadable';
  if (sent === null) return 'no-request';
  if (analysis.trace === null && analysis.requestFindings.length > 0) return 'bad-request';
  return 'shown';
}

/** The place of the map, and what stands there when there is nothing to draw. */
export function Stage({ children, examples, notice }: { readonly children: ReactNode; readonly examples: ReactNode; readonly notice: ReactNode }) {
  const situation = useStore(situationOf);
  const hasUrl = useStore((state) => state.draft.url.trim() !== '');
  const hasObjects = useStore((state) => state.analysis === null || state.analysis.objects.length > 0);
  const isBusy = useStore((state) => state.analysing);
  const isWaiting = useLate(isBusy);

  return (
    <div className={styles.stage} aria-busy={isBusy}>
      {situation !== 'empty' && children}
      {situation === 'empty' && <Empty examples={examples} />}
      {situation === 'unreadable' && <Unreadable />}
      {situation === 'bad-request' && <BadRequest />}
      <div className={styles.bottom}>
        {notice}
        {situation === 'no-request' && (
          <p className={styles.hint}>{t(hasObjects ? (hasUrl ? 'app.map.press-send' : 'app.map.no-request') : 'app.map.no-objects')}</p>
        )}
      </div>
      <p aria-live="polite" className={isWaiting ? styles.waiting : 'visually-hidden'}>
        {isWaiting ? t('app.map.analysing') : ''}
      </p>
    </div>
  );
}

/** The palette beside the map; on a phone the sheet of the texts comes up with it. */
function addByHand(): void {
  setTab('add');
  setPane('editor');
}

function Empty({ examples }: { readonly examples: ReactNode }) {
  return (
    <section className={styles.empty}>
      <h2>{t('app.empty.title')}</h2>
      <p>
        <Rich message={msg('app.empty.how')} plain />
      </p>
      <p>
        <Rich message={msg('app.empty.printed')} plain />
      </p>
      <p>
        <button type="button" className={controls.button} onClick={addByHand}>
          {t('app.empty.by-hand')}
        </button>
      </p>
      <h3>{t('app.empty.or-example')}</h3>
      {examples}
    </section>
  );
}

function Unreadable() {
  const first = useStore((state) => state.analysis?.findings.find((finding) => finding.severity === 'error'));
  const range = first?.ranges[0];
  return (
    <section className={styles.card} data-kind="bad">
      <h2>{t('app.map.unreadable')}</h2>
      {first && (
        <p>
          <Rich message={first.message} />
        </p>
      )}
      {range && (
        <button type="button" className={controls.button} onClick={() => reveal(range)}>
          {t('app.show-lines')}
        </button>
      )}
    </section>
  );
}

function BadRequest() {
  const findings = useStore((state) => state.analysis?.requestFindings ?? []);
  return (
    <section className={styles.card} data-kind="bad">
      <h2>{t('app.map.bad-request')}</h2>
      {findings.map((finding) => (
        <p key={finding.code}>
          <Rich message={finding.message} />
        </p>
      ))}
    </section>
  );
}

/** True once something has lasted long enough to be noticed. */
function useLate(isOn: boolean): boolean {
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    if (!isOn) return;
    const timer = setTimeout(() => setIsLate(true), NOTICEABLE);
    return () => {
      clearTimeout(timer);
      setIsLate(false);
    };
  }, [isOn]);
  return isOn && isLate;
}
