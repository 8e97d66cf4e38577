import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { refKey, type BuildAction, type InHand, type ObjectRef } from '../../engine/index.ts';
import { act } from '../store/build-actions.ts';
import { useStore } from '../store/store.ts';
import { setRenames } from '../store/view-actions.ts';
import controls from '../ui/controls.module.css';
import { t } from '../ui/locale.ts';
import { Popover } from '../ui/Popover.tsx';
import { Rich } from '../ui/Rich.tsx';
import styles from './InHand.module.css';

interface Props {
  readonly object: ObjectRef;
  readonly targets: InHand['targets'];
}

/** What can be done with a whole object. The map has the same on keys: Delete, F2, Ctrl+D. */
export function Tools({ object, targets }: Props) {
  const isRenamed = useStore((state) => state.view.renames === true);
  useEffect(() => {
    if (isRenamed) setRenames(false);
  }, [isRenamed]);
  return (
    <fieldset className={styles.tools} aria-label={t('hands.tools', { object: `${object.kind} ${object.name}` })}>
      <Popover title={t('hands.connect')} label={t('hands.connect')} buttonClass={controls.button}>
        {(close) => <Targets from={object} targets={targets} close={close} />}
      </Popover>
      <Popover title={t('hands.rename')} label={t('hands.rename')} buttonClass={controls.button} isWanted={isRenamed}>
        {(close) => <Word label={t('hands.rename.field')} start={object.name} action={(name) => ({ kind: 'rename', object, name })} close={close} />}
      </Popover>
      <button type="button" className={controls.button} onClick={() => void act({ kind: 'duplicate', object })}>
        {t('hands.duplicate')}
      </button>
      {object.namespace !== '' && (
        <Popover title={t('hands.move')} label={t('hands.move')} buttonClass={controls.button}>
          {(close) => (
            <Word label={t('hands.move.field')} start={object.namespace} action={(namespace) => ({ kind: 'move', object, namespace })} close={close} />
          )}
        </Popover>
      )}
      <button type="button" className={controls.button} onClick={() => void act({ kind: 'delete', object })}>
        {t('hands.delete')}
      </button>
    </fieldset>
  );
}

/** Possible ones first; the others say why not. */
function Targets({ from, targets, close }: { readonly from: ObjectRef; readonly targets: InHand['targets']; readonly close: () => void }) {
  const list = useRef<HTMLDivElement>(null);
  const possible = targets.filter(({ refused }) => refused === null);
  const others = targets.filter(({ refused }) => refused !== null);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div ref={list} className={styles.targets} onKeyDown={onKeyDown}>
      {possible.length === 0 && <p className={styles.note}>{t('hands.connect.none')}</p>}
      {possible.map(({ object }, index) => (
        <button
          key={refKey(object)}
          type="button"
          className={controls.quiet}
          // The browser moves the focus here when the panel opens: Enter takes the first.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus={index === 0}
          onClick={() => {
            close();
            void act({ kind: 'connect', from, to: object });
          }}
        >
          <span className={styles.kind}>{object.kind}</span> {object.name}
        </button>
      ))}
      {others.length > 0 && (
        <>
          <h4>{t('hands.connect.not')}</h4>
          <ul>
            {others.map(({ object, refused }) => (
              <li key={refKey(object)}>
                <span className={styles.kind}>{object.kind}</span> {object.name}
                {refused !== null && (
                  <span className={styles.why}>
                    <Rich message={refused} />
                  </span>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

interface WordProps {
  readonly label: string;
  readonly start: string;
  readonly action: (word: string) => BuildAction;
  readonly close: () => void;
}

/** One word to be typed; it stays open when the word is not possible. */
function Word({ label, start, action, close }: WordProps) {
  const [word, setWord] = useState(start);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const apply = async () => {
    if (await act(action(word))) close();
  };
  return (
    <form
      className={styles.word}
      onSubmit={(event) => {
        event.preventDefault();
        void apply();
      }}
    >
      <label>
        {label}
        <input ref={input} className={`${controls.field} ${controls.mono}`} value={word} spellCheck={false} onChange={(event) => setWord(event.target.value)} />
      </label>
      <button type="submit" className={controls.primary}>
        {t('hands.apply')}
      </button>
    </form>
  );
}
