import { useState, type CSSProperties, type ReactNode } from 'react';
import { SplitHandle } from '../ui/SplitHandle.tsx';
import { t } from '../ui/locale.ts';
import { NARROW, useMedia } from '../ui/use-media.ts';
import styles from './Panes.module.css';

interface Props {
  readonly left: ReactNode;
  readonly centre: ReactNode;
  readonly right: ReactNode;
}

const WIDTH = { left: 356, right: 296, narrowLeft: 336 };

/** Texts, map, details. Where the window is too narrow for three columns, the details stand below the texts. */
export function Panes({ left, centre, right }: Props) {
  const isNarrow = useMedia(NARROW);
  const [widths, setWidths] = useState<{ readonly left: number | null; readonly right: number | null }>({ left: null, right: null });
  const leftWidth = widths.left ?? (isNarrow ? WIDTH.narrowLeft : WIDTH.left);
  const rightWidth = widths.right ?? WIDTH.right;

  return (
    <div className={styles.panes} style={{ '--left': `${leftWidth}px`, '--right': `${rightWidth}px` } as CSSProperties}>
      <aside className={styles.left} aria-label={t('app.part.texts')}>
        {left}
        <div className={styles.leftHandle}>
          <SplitHandle
            label={t('app.resize.left')}
            value={leftWidth}
            min={240}
            max={720}
            pane="before"
            onChange={(width) => setWidths({ ...widths, left: width })}
            onReset={() => setWidths({ ...widths, left: null })}
          />
        </div>
      </aside>
      <main className={styles.centre}>{centre}</main>
      <aside className={styles.right} aria-label={t('app.part.inspector')}>
        {!isNarrow && (
          <div className={styles.rightHandle}>
            <SplitHandle
              label={t('app.resize.right')}
              value={rightWidth}
              min={260}
              max={640}
              pane="after"
              onChange={(width) => setWidths({ ...widths, right: width })}
              onReset={() => setWidths({ ...widths, right: null })}
            />
          </div>
        )}
        {right}
      </aside>
    </div>
  );
}
