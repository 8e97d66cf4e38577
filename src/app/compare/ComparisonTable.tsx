import { useRef, type KeyboardEvent, type Ref } from 'react';
import { PRESETS, type Column, type Comparison, type MiniPath as Path, type Row, type WayId } from '../../engine/index.ts';
import { isPresented } from '../store/present-actions.ts';
import { useStore } from '../store/store.ts';
import { t, text } from '../ui/locale.ts';
import { PHONE, useMedia } from '../ui/use-media.ts';
import { ColumnHead } from './ColumnHead.tsx';
import styles from './ComparisonTable.module.css';
import { keyOf, Marked } from './Marked.tsx';
import { MiniPath, widthOf } from './MiniPath.tsx';
import { changeOptions, inOrder, moved, placed, type Options } from './options.ts';

export interface OpenCell {
  readonly row: Row;
  readonly column: Column;
  readonly index: number;
}

interface Props {
  readonly comparison: Comparison;
  readonly options: Options;
  readonly tableRef: Ref<HTMLTableElement>;
  readonly onOpen: (cell: OpenCell) => void;
  readonly onYaml: (column: Column) => void;
}

/** Px: what a column is never narrower than. */
const NARROWEST = 168;
const LABELS = 140;
const LABELS_ON_PHONE = 104;
/** From 12 px to 18 px. */
const PRESENTED = 1.5;
/** Pinned columns need a window as wide as this. */
const PINNABLE = '(min-width: 1360px)';

interface NamedPath {
  readonly path: Path;
  /** Null where it is the only one. */
  readonly name: string | null;
}

/** What this request meets, and where it ends, the way of a call that arrives: the client's own, or one from a Pod. */
function pathsOf({ views: { asked, called, inside }, best }: Column): readonly NamedPath[] {
  const stands = { path: asked.path, name: t('comparing.path.asked') };
  if (best === 'inside') return [stands, { path: inside!.path, name: t('comparing.path.inside') }];
  if (!asked.path.arrives && called.path.arrives) return [stands, { path: called.path, name: t('comparing.path.called') }];
  return [{ path: asked.path, name: null }];
}

/** Rows that a preset asks for, in its order, and of those the ones that differ where only they are wanted. */
export function rowsShown(comparison: Comparison, options: Options): readonly Row[] {
  const wanted = PRESETS.find(({ id }) => id === options.preset)?.rows ?? [];
  const rows = wanted.length === 0 ? comparison.rows : wanted.flatMap((id) => comparison.rows.find((row) => row.id === id) ?? []);
  return options.onlyDiffering ? rows.filter(({ differs }) => differs) : rows;
}

/** One column per way, one row per fact: a real table, whose cells open what they rest on. */
export function ComparisonTable({ comparison, options, tableRef, onOpen, onYaml }: Props) {
  const body = useRef<HTMLTableSectionElement>(null);
  const canPin = useMedia(PINNABLE);
  const scale = useStore(isPresented) ? PRESENTED : 1;
  const labels = (useMedia(PHONE) ? LABELS_ON_PHONE : LABELS) * scale;
  const columns = inOrder(comparison.columns, options);
  const ways = columns.map(({ way }) => way);
  const rows = rowsShown(comparison, options);
  const widths = columns.map((column) => scale * Math.max(NARROWEST, ...pathsOf(column).map(({ path }) => widthOf(path))));
  const preset = PRESETS.find(({ id }) => id === options.preset)!;
  // Where there is room, pinned columns stay while the others move under them.
  const pinnedAt = (index: number) =>
    canPin && options.pinned.includes(ways[index]!) ? { left: labels + widths.slice(0, index).reduce((sum, width) => sum + width, 0) } : undefined;
  const move = (way: WayId, by: -1 | 1) => changeOptions({ order: moved(ways, way, by) });

  return (
    <table ref={tableRef} className={styles.table} style={{ minWidth: labels + widths.reduce((sum, width) => sum + width, 0) }}>
      <caption className="visually-hidden">
        {t('comparing.table', { preset: text(preset.title) })}. {t('comparing.keys')}
      </caption>
      <colgroup>
        <col style={{ width: labels }} />
        {columns.map(({ way }, index) => (
          <col key={way} style={{ width: widths[index] }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          <td className={styles.corner}>
            <span className="visually-hidden">{t('comparing.fact')}</span>
          </td>
          {columns.map((column, index) => (
            <th
              key={column.way}
              scope="col"
              className={styles.head}
              data-pinned={pinnedAt(index) !== undefined || undefined}
              style={pinnedAt(index)}
              onDragOver={(event) => event.dataTransfer.types.includes(DRAGGED) && event.preventDefault()}
              onDrop={(event) => {
                const way = event.dataTransfer.getData(DRAGGED) as WayId;
                if (ways.includes(way)) changeOptions({ order: placed(ways, way, index) });
              }}
            >
              <ColumnHead
                column={column}
                isPinned={options.pinned.includes(column.way)}
                place={index}
                count={columns.length}
                onMove={(by) => move(column.way, by)}
                onPin={() =>
                  changeOptions({
                    pinned: options.pinned.includes(column.way) ? options.pinned.filter((way) => way !== column.way) : [...options.pinned, column.way],
                  })
                }
                onYaml={() => onYaml(column)}
                onDragStart={(event) => event.dataTransfer.setData(DRAGGED, column.way)}
              />
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={body}>
        <tr>
          <th scope="row" className={styles.label}>
            {t('comparing.path')}
          </th>
          {columns.map((column, index) => (
            <td key={column.way} className={styles.cell} data-pinned={pinnedAt(index) !== undefined || undefined} style={pinnedAt(index)}>
              <div className={styles.way}>
                {pathsOf(column).map(({ path, name }) => (
                  <div key={name}>
                    {name !== null && <span className={styles.name}>{name}</span>}
                    <MiniPath path={path} scale={scale} />
                  </div>
                ))}
              </div>
            </td>
          ))}
        </tr>
        {rows.map((row, rowIndex) => (
          <tr key={row.id}>
            <th scope="row" className={styles.label}>
              {text(row.label)}
            </th>
            {columns.map((column, index) => {
              const at = comparison.columns.indexOf(column);
              return (
                <td key={column.way} className={styles.cell} data-pinned={pinnedAt(index) !== undefined || undefined} style={pinnedAt(index)}>
                  <button
                    type="button"
                    className={styles.open}
                    // One stop of the Tab key for all cells; the arrow keys lead on.
                    tabIndex={rowIndex === 0 && index === 0 ? 0 : -1}
                    onClick={() => onOpen({ row, column, index: at })}
                    onKeyDown={(event) => walk(event, body.current)}
                  >
                    {row.cells[at]!.map((part) => (
                      <Marked key={keyOf(part)} part={part} />
                    ))}
                  </button>
                </td>
              );
            })}
          </tr>
        ))}
        {rows.length === 0 && (
          <tr>
            <td colSpan={columns.length + 1} className={styles.none}>
              {t('comparing.no-rows')}
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

const DRAGGED = 'application/x-podpath-way';

const STEPS: Readonly<Record<string, readonly [row: number, column: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Arrow keys from cell to cell; Home and End to the ends of a row. The cell that was left last is where Tab comes back to. */
function walk(event: KeyboardEvent<HTMLButtonElement>, body: HTMLTableSectionElement | null): void {
  const here = event.currentTarget;
  if (body === null) return;
  const grid = [...body.rows].map((row) => [...row.querySelectorAll<HTMLButtonElement>('td > button')]).filter((buttons) => buttons.length > 0);
  const row = grid.findIndex((buttons) => buttons.includes(here));
  const column = grid[row]?.indexOf(here) ?? -1;
  if (column < 0) return;
  const step = STEPS[event.key];
  const to =
    step !== undefined ? grid[row + step[0]]?.[column + step[1]] : event.key === 'Home' ? grid[row]?.[0] : event.key === 'End' ? grid[row]?.at(-1) : undefined;
  if (to === undefined) return;
  event.preventDefault();
  for (const button of grid.flat()) button.tabIndex = -1;
  to.tabIndex = 0;
  to.focus();
  to.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}
