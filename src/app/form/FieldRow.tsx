import { useId, type ReactNode } from 'react';
import { formatFieldPath, refKey, type FormField, type Json, type ObjectRef } from '../../engine/index.ts';
import { act } from '../store/build-actions.ts';
import controls from '../ui/controls.module.css';
import { Icon } from '../ui/Icon.tsx';
import { t } from '../ui/locale.ts';
import { Rich } from '../ui/Rich.tsx';
import { MapField } from './MapField.tsx';
import { TextField } from './TextField.tsx';
import styles from './InHand.module.css';

interface Props {
  readonly object: ObjectRef;
  readonly field: FormField;
}

/** One field: its path, its value or the default, what it means, what is wrong with it. */
export function FieldRow({ object, field }: Props) {
  const id = useId();
  const { path, value, type } = field;
  const name = formatFieldPath(path);
  const set = (next: Json | undefined, at = path) => void act({ kind: 'set', object, path: at, value: next }, `set ${refKey(object)} ${formatFieldPath(at)}`);
  const isItem = typeof path.at(-1) === 'number';
  const label = isItem ? `${String(path.at(-2))}[${path.at(-1)}]` : String(path.at(-1));
  const holder = formatFieldPath(path.slice(0, -1));
  return (
    <div className={styles.field} data-depth={Math.min(3, path.filter((step) => typeof step === 'number').length)} data-written={value !== null || undefined}>
      <div className={styles.label}>
        <div>
          <label htmlFor={id}>
            <code>{label}</code>
            <span className="visually-hidden"> {name}</span>
          </label>
          {holder !== '' && <span className={styles.path}>{holder}</span>}
        </div>
        {value !== null && !isRequired(field) && (
          <button
            type="button"
            className={controls.icon}
            aria-label={t('hands.form.clear', { field: name })}
            title={t('hands.form.clear', { field: name })}
            onClick={() => set(undefined)}
          >
            <Icon name="close" size={12} />
          </button>
        )}
      </div>
      <Control id={id} field={field} name={name} set={set} />
      <p id={`${id}-meaning`} className={styles.meaning}>
        <Rich message={field.meaning} />
        {type !== 'list' && type !== 'mapping' && field.default !== null && <span> · {t('hands.form.default', { value: field.default })}</span>}
      </p>
      {field.problems.map((message) => (
        <p key={JSON.stringify(message)} className={styles.problem} role="alert">
          <Rich message={message} />
        </p>
      ))}
    </div>
  );
}

/** A part that holds others is removed by its items. */
const isRequired = ({ path }: FormField) => path.length < 2;

/** What stands in a list of choices for a field that is not written: the default, told apart from the same value written. */
const unwritten = ({ default: value }: FormField) => (value === null ? t('hands.form.unset') : t('hands.form.default', { value }));

interface ControlProps {
  readonly id: string;
  readonly field: FormField;
  readonly name: string;
  readonly set: (value: Json | undefined, at?: FormField['path']) => void;
}

function Control({ id, field, name, set }: ControlProps): ReactNode {
  const { type, value, choices } = field;
  const described = `${id}-meaning`;
  switch (type) {
    case 'choice':
      return (
        <select
          id={id}
          className={controls.field}
          aria-describedby={described}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => set(event.target.value || undefined)}
        >
          <option value="">{unwritten(field)}</option>
          {typeof value === 'string' && !choices.includes(value) && <option value={value}>{value}</option>}
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </select>
      );
    case 'boolean':
      return (
        <select
          id={id}
          className={controls.field}
          aria-describedby={described}
          value={typeof value === 'boolean' ? String(value) : ''}
          onChange={(event) => set(event.target.value === '' ? undefined : event.target.value === 'true')}
        >
          <option value="">{unwritten(field)}</option>
          <option value="true">{t('hands.form.yes')}</option>
          <option value="false">{t('hands.form.no')}</option>
        </select>
      );
    case 'text':
    case 'number':
    case 'number-or-text':
    case 'texts':
      return <TextField id={id} described={described} field={field} set={set} />;
    case 'map':
      return <MapField id={id} name={name} field={field} set={set} />;
    case 'mapping':
      return value === null ? (
        <button id={id} type="button" className={controls.button} onClick={() => set(field.fresh)}>
          <Icon name="plus" />
          {t('hands.form.add-part', { field: String(field.path.at(-1)) })}
        </button>
      ) : null;
    case 'list': {
      const items = Array.isArray(value) ? (value as readonly Json[]) : [];
      return (
        <div className={styles.items}>
          {items
            .map((_, index) => [...field.path, index])
            .map((item) => (
              <button key={formatFieldPath(item)} type="button" className={controls.quiet} onClick={() => set(undefined, item)}>
                <Icon name="close" size={12} />
                <span className="visually-hidden">{t('hands.form.remove', { field: formatFieldPath(item) })}</span>
                <span aria-hidden="true">{t('hands.form.remove', { field: formatFieldPath(item.slice(-2)) })}</span>
              </button>
            ))}
          <button id={id} type="button" className={controls.button} onClick={() => set(field.fresh, [...field.path, items.length])}>
            <Icon name="plus" />
            <span className="visually-hidden">{t('hands.form.add', { field: name })}</span>
            <span aria-hidden="true">{t('hands.form.add', { field: String(field.path.at(-1)) })}</span>
          </button>
        </div>
      );
    }
  }
}
