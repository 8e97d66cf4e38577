import type { Ref } from 'react';
import type { Table } from '../../engine/index.ts';
import { t, text } from '../ui/locale.ts';
import { keyOf, Marked } from './Marked.tsx';
import { RuleLink } from './CellPanel.tsx';
import styles from './OwnTable.module.css';

/** A table whose columns are no ways: its cells name the rule they follow. */
export function OwnTable({ table, title, tableRef }: { readonly table: Table; readonly title: string; readonly tableRef: Ref<HTMLTableElement> }) {
  return (
    <table ref={tableRef} className={styles.table}>
      <caption className="visually-hidden">{title}</caption>
      <thead>
        <tr>
          <td>
            <span className="visually-hidden">{t('comparing.fact')}</span>
          </td>
          {table.columns.map((heading) => (
            <th key={heading.id} scope="col">
              {text(heading)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map(({ label, cells }) => (
          <tr key={label.id}>
            <th scope="row">{text(label)}</th>
            {cells.map((parts, index) => (
              <td key={table.columns[index]!.id}>
                {parts.map((part) => (
                  <div key={keyOf(part)} className={styles.part}>
                    <Marked part={part} />
                    {part.basis.kind !== 'trace' && (
                      <span className={styles.rule}>
                        <RuleLink rule={part.basis.rule} />
                      </span>
                    )}
                  </div>
                ))}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
