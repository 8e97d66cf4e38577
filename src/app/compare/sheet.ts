/** What is on screen, as a sheet for other programs. */
import { PRESETS, type Comparison, type Sheet, type Table } from '../../engine/index.ts';
import { t, text } from '../ui/locale.ts';
import { rowsShown } from './ComparisonTable.tsx';
import { inOrder, type Options } from './options.ts';

export function sheetOf(comparison: Comparison, options: Options): Sheet {
  const table = ownTable(comparison, options);
  if (table !== null)
    return {
      corner: '',
      columns: table.columns.map((heading) => [text(heading)]),
      rows: table.rows.map(({ label, cells }) => ({ label: text(label), cells })),
    };
  const columns = inOrder(comparison.columns, options);
  const places = columns.map((column) => comparison.columns.indexOf(column));
  return {
    corner: '',
    columns: columns.map(({ title, detail, origin }) => [text(title), text(detail), t(`comparing.origin.${origin}`)]),
    rows: rowsShown(comparison, options).map(({ label, cells }) => ({ label: text(label), cells: places.map((place) => cells[place]!) })),
  };
}

/** The table of a preset that shows no ways; null for the others. */
export function ownTable(comparison: Comparison, { preset }: Pick<Options, 'preset'>): Table | null {
  const shows = PRESETS.find(({ id }) => id === preset)?.shows ?? 'ways';
  return shows === 'ways' ? null : comparison[shows];
}
