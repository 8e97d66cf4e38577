import { useState } from 'react';
import type { FormField, Json } from '../../engine/index.ts';
import controls from '../ui/controls.module.css';
import { Icon } from '../ui/Icon.tsx';
import { t } from '../ui/locale.ts';
import styles from './InHand.module.css';

interface Props {
  readonly id: string;
  readonly name: string;
  readonly field: FormField;
  readonly set: (value: Json | undefined, at?: FormField['path']) => void;
}

/** Labels, annotations, selectors: a name and a text in each line, and one line to add another. */
export function MapField({ id, name, field, set }: Props) {
  const value = field.value;
  const entries =
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value as Readonly<Record<string, Json>>).map(
          ([label, written]) => [label, typeof written === 'string' ? written : JSON.stringify(written)] as const,
        )
      : [];
  const [key, setKey] = useState('');
  const [text, setText] = useState('');
  return (
    <div className={styles.map}>
      {entries.map(([label, written]) => (
        <div key={label} className={styles.pair}>
          <code>{label}</code>
          <input
            // A new value from the texts replaces what stands here.
            key={written}
            className={`${controls.field} ${controls.mono}`}
            aria-label={t('hands.form.value', { field: `${name}.${label}` })}
            defaultValue={written}
            spellCheck={false}
            onBlur={(event) => {
              if (event.target.value !== written) set(event.target.value, [...field.path, label]);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter') event.currentTarget.blur();
            }}
          />
          <button
            type="button"
            className={controls.icon}
            aria-label={t('hands.form.remove', { field: `${name}.${label}` })}
            onClick={() => set(undefined, [...field.path, label])}
          >
            <Icon name="close" size={12} />
          </button>
        </div>
      ))}
      <form
        className={styles.pair}
        onSubmit={(event) => {
          event.preventDefault();
          if (key.trim() === '') return;
          set(text, [...field.path, key.trim()]);
          setKey('');
          setText('');
        }}
      >
        <input
          id={id}
          className={`${controls.field} ${controls.mono}`}
          aria-label={t('hands.form.key', { field: name })}
          placeholder={t('hands.form.name-hint')}
          value={key}
          spellCheck={false}
          onChange={(event) => setKey(event.target.value)}
        />
        <input
          className={`${controls.field} ${controls.mono}`}
          aria-label={t('hands.form.value', { field: name })}
          placeholder={t('hands.form.value-hint')}
          value={text}
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" className={controls.icon} aria-label={t('hands.form.add', { field: name })}>
          <Icon name="plus" />
        </button>
      </form>
    </div>
  );
}
