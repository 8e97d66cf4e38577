import { useId, useState } from 'react';
import type { Environment } from '../../engine/index.ts';
import { setScenario } from '../store/document-actions.ts';
import controls from '../ui/controls.module.css';
import { t, text } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import styles from './Environment.module.css';
import { shown, stated, type Setting } from './settings.ts';

/** One setting: its name, its value, whether somebody stated it, and the way back to the default. */
export function SettingField({ setting, environment }: { readonly setting: Setting; readonly environment: Environment }) {
  const id = useId();
  const isStated = (environment.stated as readonly string[]).includes(setting.key);
  const set = (value: Parameters<typeof setScenario>[1]) => void setScenario(['spec', 'environment', setting.key], value);
  const value = shown(environment, setting.key);

  return (
    <div className={styles.setting}>
      <label htmlFor={id} className={styles.name}>
        {text(setting.label)}
      </label>
      <div className={styles.control}>
        {setting.kind === 'switch' && (
          <input
            id={id}
            type="checkbox"
            role="switch"
            aria-checked={value === 'true'}
            className={styles.switch}
            checked={value === 'true'}
            aria-describedby={`${id}-help`}
            onChange={(event) => set(event.target.checked)}
          />
        )}
        {setting.kind === 'choice' && (
          <select id={id} className={controls.field} value={value} aria-describedby={`${id}-help`} onChange={(event) => set(event.target.value)}>
            {setting.choices.every(([choice]) => choice !== value) && <option value={value}>{value}</option>}
            {setting.choices.map(([choice, label]) => (
              <option key={choice} value={choice}>
                {text(label)}
              </option>
            ))}
          </select>
        )}
        {/* Another value from elsewhere makes another field, so that what is typed is never mixed with it. */}
        {setting.kind === 'text' && <TextField key={value} id={id} value={value} onCommit={(next) => set(stated(next, setting.isList))} />}
      </div>
      <p id={`${id}-help`} className={styles.help}>
        <Rich message={setting.help} />{' '}
        {isStated && (
          <button type="button" className={controls.link} onClick={() => set(undefined)}>
            {t('app.env.reset')}
            <span className="visually-hidden"> {text(setting.label)}</span>
          </button>
        )}
      </p>
    </div>
  );
}

/** Takes effect when the field is left or on Enter: half an address is no environment. */
function TextField({ id, value, onCommit }: { readonly id: string; readonly value: string; readonly onCommit: (value: string) => void }) {
  const [typed, setTyped] = useState(value);
  const commit = () => {
    if (typed !== value) onCommit(typed);
  };
  return (
    <input
      id={id}
      className={`${controls.field} ${controls.mono}`}
      value={typed}
      spellCheck={false}
      aria-describedby={`${id}-help`}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
      }}
    />
  );
}
