import controls from '../ui/controls.module.css';
import { Icon } from '../ui/Icon.tsx';
import { t } from '../ui/locale.ts';
import styles from './HeadersPanel.module.css';

type Header = readonly [name: string, value: string];

interface Props {
  readonly headers: readonly Header[];
  /** Shown in empty fields. */
  readonly example: Header;
  readonly onChange: (headers: readonly Header[]) => void;
}

/** A list of headers that grows and shrinks. */
export function HeaderRows({ headers, example, onChange }: Props) {
  const setHeader = (index: number, header: Header) => onChange(headers.map((other, at) => (at === index ? header : other)));
  return (
    <>
      {headers.map(([name, value], index) => (
        // Rows have no identity but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className={styles.row}>
          <input
            className={`${controls.field} ${controls.mono}`}
            aria-label={t('app.headers.name', { number: index + 1 })}
            placeholder={example[0]}
            spellCheck={false}
            value={name}
            onChange={(event) => setHeader(index, [event.target.value, value])}
          />
          <input
            className={`${controls.field} ${controls.mono}`}
            aria-label={t('app.headers.value', { number: index + 1 })}
            placeholder={example[1]}
            spellCheck={false}
            value={value}
            onChange={(event) => setHeader(index, [name, event.target.value])}
          />
          <button
            type="button"
            className={controls.icon}
            aria-label={t('app.headers.remove', { number: index + 1 })}
            onClick={() => onChange(headers.filter((_, at) => at !== index))}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
      <button type="button" className={controls.button} onClick={() => onChange([...headers, ['', '']])}>
        <Icon name="plus" />
        {t('app.headers.add')}
      </button>
    </>
  );
}
