import { useEffect, useId, useState } from 'react';
import { controllerSwitch } from '../../catalogue/en/switch.ts';
import { learnWords } from '../../catalogue/page-words.ts';
import { nameKey, type ObjectRef, type Through } from '../../engine/index.ts';
import { engine } from '../store/analysis-actions.ts';
import { switchController } from '../store/controller-actions.ts';
import { useStore } from '../store/store.ts';
import controls from '../ui/controls.module.css';
import { t } from '../ui/locale.ts';
import { OtherController } from './OtherController.tsx';
import styles from './OtherControllers.module.css';

learnWords(controllerSwitch);

/** A switch can lead to another stop, whose panel is new: what was open stays open, and the focus stays at the choice. */
const kept: { isOpen: boolean; chosen: string | null } = { isOpen: false, chosen: null };

/** At the station of an Ingress controller: what another one would make of the same request, and the switch to it. */
export function OtherControllers({ at: { kind, namespace, name } }: { readonly at: ObjectRef }) {
  const [isOpen, setIsOpen] = useState(kept.isOpen);
  const id = useId();
  const toggle = () => {
    kept.isOpen = !isOpen;
    setIsOpen(!isOpen);
  };
  return (
    <section className={styles.others}>
      <h3>
        <button type="button" className={controls.button} aria-expanded={isOpen} aria-controls={id} onClick={toggle}>
          {t('switch.open')}
        </button>
      </h3>
      <div id={id} hidden={!isOpen}>
        {isOpen && <Rows pod={kind === 'Pod' ? nameKey(namespace, name) : null} />}
      </div>
    </section>
  );
}

type Answer = { readonly kind: 'waiting' } | { readonly kind: 'failed' } | { readonly kind: 'answered'; readonly through: Through | null };

/** Asked anew with each analysis; the last answer stays until the next one comes. */
function Rows({ pod }: { readonly pod: string | null }) {
  const analysis = useStore((state) => state.analysis);
  const [answer, setAnswer] = useState<Answer>({ kind: 'waiting' });
  useEffect(() => {
    const { workspace, sent } = useStore.getState();
    if (analysis === null || sent === null) return undefined;
    let isCurrent = true;
    engine()
      .ask('through', { workspace, request: sent, pod })
      .then(
        (through) => isCurrent && setAnswer({ kind: 'answered', through }),
        () => isCurrent && setAnswer({ kind: 'failed' }),
      );
    return () => {
      isCurrent = false;
    };
  }, [analysis, pod]);

  if (answer.kind === 'waiting') return <output>{t('switch.waiting')}</output>;
  if (answer.kind === 'failed' || answer.through === null) return <output>{t('switch.failed')}</output>;
  const { controller, rows } = answer.through;
  return (
    <>
      <p className={styles.lead}>{t('switch.lead')}</p>
      <ul className={styles.rows}>
        {rows.map((row) => (
          <OtherController
            key={row.implementation}
            row={row}
            onSwitch={() => {
              kept.chosen = row.implementation;
              void switchController(controller, row.implementation);
            }}
            takesFocus={() => {
              const isChosen = row.runs && kept.chosen === row.implementation;
              if (isChosen) kept.chosen = null;
              return isChosen;
            }}
          />
        ))}
      </ul>
    </>
  );
}
