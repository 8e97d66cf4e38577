import { useState, type RefObject } from 'react';
import { msg, type Message } from '../../catalogue/message.ts';
import { toCsv, toMarkdown, type Comparison } from '../../engine/index.ts';
import controls from '../ui/controls.module.css';
import { t, text } from '../ui/locale.ts';
import { Popover } from '../ui/Popover.tsx';
import styles from './ExportMenu.module.css';
import type { Options } from './options.ts';
import { sheetOf } from './sheet.ts';

interface Props {
  readonly comparison: Comparison;
  readonly options: Options;
  readonly tableRef: RefObject<HTMLTableElement | null>;
}

/** The table as it is shown, for a page, a spreadsheet or a slide. */
export function ExportMenu({ comparison, options, tableRef }: Props) {
  const [said, setSaid] = useState<Message | null>(null);
  const copy = async (content: string) => {
    try {
      await navigator.clipboard.writeText(content);
      setSaid(msg('comparing.export.copied'));
    } catch {
      setSaid(msg('comparing.export.refused'));
    }
  };
  const save = async (form: 'png' | 'svg') => {
    const table = tableRef.current;
    if (table === null) return;
    const { savePicture } = await import('./picture.ts');
    setSaid((await savePicture(table, form)) ? msg('comparing.export.saved') : msg('comparing.export.refused'));
  };
  return (
    <>
      <Popover label={t('comparing.export')} title={t('comparing.export')} buttonClass={controls.button} align="end">
        {(close) => {
          const item = (label: string, act: () => void) => (
            <button
              type="button"
              className={controls.quiet}
              onClick={() => {
                close();
                act();
              }}
            >
              {label}
            </button>
          );
          return (
            <div className={styles.menu}>
              {item(t('comparing.export.markdown'), () => void copy(toMarkdown(sheetOf(comparison, options), text)))}
              {item(t('comparing.export.csv'), () => void copy(toCsv(sheetOf(comparison, options), text)))}
              {item(t('comparing.export.png'), () => void save('png'))}
              {item(t('comparing.export.svg'), () => void save('svg'))}
            </div>
          );
        }}
      </Popover>
      <output className={styles.said}>{said !== null && text(said)}</output>
    </>
  );
}
