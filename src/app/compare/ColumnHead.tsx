import type { DragEvent } from 'react';
import type { Column } from '../../engine/index.ts';
import controls from '../ui/controls.module.css';
import { Icon } from '../ui/Icon.tsx';
import { t, text } from '../ui/locale.ts';
import { Popover } from '../ui/Popover.tsx';
import { Rich } from '../ui/Rich.tsx';
import styles from './ColumnHead.module.css';

interface Props {
  readonly column: Column;
  readonly isPinned: boolean;
  readonly place: number;
  readonly count: number;
  readonly onMove: (by: -1 | 1) => void;
  readonly onPin: () => void;
  readonly onYaml: () => void;
  readonly onDragStart: (event: DragEvent) => void;
}

/** The way, whether the manifests hold it, how it is done here; and what can be done with the column. */
export function ColumnHead({ column, isPinned, place, count, onMove, onPin, onYaml, onDragStart }: Props) {
  const name = text(column.title);
  return (
    // Whoever has no mouse moves the column by its menu.
    <div className={styles.head} draggable onDragStart={onDragStart}>
      <div className={styles.line}>
        <span className={styles.title}>
          <Rich message={column.title} />
        </span>
        <Popover
          label={
            <>
              <Icon name="more" />
              <span className="visually-hidden">{t('comparing.column.menu', { name })}</span>
            </>
          }
          title={t('comparing.column.menu', { name })}
          buttonClass={controls.icon}
          align="end"
        >
          {(close) => (
            <div className={styles.menu}>
              <button type="button" className={controls.quiet} onClick={onYaml}>
                {t('comparing.column.yaml')}
              </button>
              <button type="button" className={controls.quiet} disabled={place === 0} onClick={() => onMove(-1)}>
                {t('comparing.column.left')}
              </button>
              <button type="button" className={controls.quiet} disabled={place === count - 1} onClick={() => onMove(1)}>
                {t('comparing.column.right')}
              </button>
              <button
                type="button"
                className={controls.quiet}
                aria-pressed={isPinned}
                onClick={() => {
                  onPin();
                  close();
                }}
              >
                {isPinned ? t('comparing.column.unpin') : t('comparing.column.pin')}
              </button>
            </div>
          )}
        </Popover>
      </div>
      <div className={styles.detail}>{text(column.detail)}</div>
      <button type="button" className={styles.origin} data-origin={column.origin} onClick={onYaml}>
        {column.origin === 'pasted' ? t('comparing.origin.pasted') : t('comparing.origin.what-if')} <code>{column.object.name}</code>
      </button>
    </div>
  );
}
