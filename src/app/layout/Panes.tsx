import { useState, type CSSProperties, type ReactNode } from 'react';
import { SplitHandle } from '../ui/SplitHandle.tsx';
import { t } from '../ui/locale.ts';
import { MIDDLE, NARROW, useMedia } from '../ui/use-media.ts';
import styles from './Panes.module.css';

interface Props {
  readonly left: ReactNode;
  readonly centre: ReactNode;
  readonly right: ReactNode;
}

/** What is left is the map's: the longest common path, 948 px, fits into it from 1280 px on. */
const WIDTH = { wide: { left: 344, right: 288 }, middle: { left: 316, right: 268 }, narrow: { left: 328, right: 288 } } as const;

/** The map is never made narrower; px. */
const LEAST_MAP = 480;
const roomBeside = (other: number) => Math.max(260, window.innerWidth - LEAST_MAP - other);

/** Texts, map, details. Where the window is too narrow for three columns, the details stand below the texts. */
export function Panes({ left, centre, right }: Props) {
  const isNarrow = useMedia(NARROW);
  const isMiddle = useMedia(MIDDLE);
  const [widths, setWidths] = useState<{ readonly left: number | null; readonly right: number | null }>({ left: null, right: null });
  const initial = isNarrow ? WIDTH.narrow : isMiddle ? WIDTH.middle : WIDTH.wide;
  const leftWidth = widths.left ?? initial.left;
  const rightWidth = widths.right ?? initial.right;

  return (
    <div className={styles.panes} style={{ '--left': `${leftWidth}px`, '--right': `${rightWidth}px` } as CSSProperties}>
      <aside className={styles.left} aria-label={t('app.part.texts')}>
        {left}
        <div className={styles.leftHandle}>
          <SplitHandle
            label={t('app.resize.left')}
            value={leftWidth}
            min={240}
            max={Math.min(720, roomBeside(isNarrow ? 0 : rightWidth))}
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
              max={Math.min(640, roomBeside(leftWidth))}
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
