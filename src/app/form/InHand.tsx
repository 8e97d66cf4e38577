import { useEffect, useState } from 'react';
import { hands } from '../../catalogue/en/hands.ts';
import { learnWords } from '../../catalogue/page-words.ts';
import { refKey, type InHand as Held, type ObjectRef } from '../../engine/index.ts';
import { engine } from '../store/analysis-actions.ts';
import { act } from '../store/build-actions.ts';
import { useStore } from '../store/store.ts';
import { select } from '../store/view-actions.ts';
import controls from '../ui/controls.module.css';
import { t } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import { msg } from '../../catalogue/message.ts';
import { ObjectForm } from './ObjectForm.tsx';
import { Tools } from './Tools.tsx';
import styles from './InHand.module.css';

learnWords(hands);

/** What can be done with the selected object: tools, switches, and its form. */
export function InHand() {
  const selected = useStore((state) => state.view.selected);
  const held = useHeld(selected);
  if (selected === null || held === null) return null;
  const { object, serves, toggles, targets, form } = held;
  const isOther = refKey(object) !== refKey(selected);
  return (
    <div className={styles.hand}>
      {isOther && serves.length === 0 && (
        <p className={styles.note}>
          <Rich message={msg('hands.standing-for', { kind: object.kind, name: object.name })} />
        </p>
      )}
      {serves.length > 0 && (
        <section>
          <h3>{t('hands.serves')}</h3>
          {serves.map((ref) => (
            <button key={refKey(ref)} type="button" className={`${controls.link} ${styles.served}`} onClick={() => select(ref)}>
              {ref.name}
            </button>
          ))}
        </section>
      )}
      {held.isWritten && <Tools key={`tools ${refKey(object)}`} object={object} targets={targets} />}
      {toggles.length > 0 && (
        <fieldset className={styles.toggles}>
          <legend>{t('hands.toggles')}</legend>
          {toggles.map((toggle) => (
            <label key={toggle.switch}>
              <input
                type="checkbox"
                checked={toggle.isOn}
                onChange={(event) => void act({ kind: 'switch', object: selected, switch: toggle.switch, isOn: event.target.checked })}
              />
              {t(`hands.toggle.${toggle.switch}`)}
            </label>
          ))}
        </fieldset>
      )}
      {form !== null && <ObjectForm key={`form ${refKey(object)}`} form={form} />}
    </div>
  );
}

/** Asked anew with every answer about the texts; until it comes, the last one about the same object stays. */
function useHeld(selected: ObjectRef | null): Held | null {
  const workspace = useStore((state) => state.workspace);
  const [held, setHeld] = useState<{ readonly about: string; readonly answer: Held } | null>(null);
  const about = selected === null ? '' : refKey(selected);
  useEffect(() => {
    if (selected === null) return;
    let isGone = false;
    void engine()
      .ask('takeInHand', { workspace, object: selected })
      .then((answer) => {
        if (!isGone) setHeld({ about: refKey(selected), answer });
      });
    return () => {
      isGone = true;
    };
  }, [selected, workspace]);
  return held?.about === about ? held.answer : null;
}
