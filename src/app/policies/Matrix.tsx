import { useRef, useState, type KeyboardEvent } from 'react';
import type { PolicyGroup, Reachability } from '../../engine/index.ts';
import { t } from '../ui/locale.ts';
import styles from './Matrix.module.css';
import { changeOptions, type Options } from './options.ts';
import { peerName, verdictName, VERDICTS } from './peer-name.ts';
import { Sign } from './Sign.tsx';

interface Props {
  readonly reach: Reachability;
  readonly chosen: Options['cell'];
}

interface Place {
  readonly row: number;
  readonly column: number;
}

const MOVES: Readonly<Record<string, readonly [number, number]>> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** Every group against every other. One stop of the Tab key; arrows move, Enter explains. */
export function Matrix({ reach, chosen }: Props) {
  const { groups, cells, leftOut } = reach;
  // Nobody is sent to what has no ports, and nothing starts at the DNS.
  const columns = groups.flatMap((group, index) => (group.ports.length > 0 ? [index] : []));
  const rows = groups.flatMap((group, index) => (group.kind === 'dns' ? [] : [index]));
  // One namespace for all needs no mention.
  const isMixed = new Set(groups.filter(({ kind }) => kind === 'pods').map(({ namespace }) => namespace)).size > 1;
  const [at, setAt] = useState<Place>({ row: 0, column: 0 });
  const grid = useRef<HTMLTableElement>(null);
  const here: Place = { row: Math.min(at.row, rows.length - 1), column: Math.min(at.column, columns.length - 1) };

  const onKeyDown = (event: KeyboardEvent) => {
    const move = MOVES[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const row = Math.max(0, Math.min(here.row + move[0], rows.length - 1));
    const column = Math.max(0, Math.min(here.column + move[1], columns.length - 1));
    setAt({ row, column });
    grid.current?.querySelector<HTMLElement>(`[data-place="${row} ${column}"]`)?.focus();
  };

  return (
    <div className={styles.matrix}>
      <div className={styles.scroll}>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
        <table ref={grid} className={styles.table} onKeyDown={onKeyDown}>
          <caption className="visually-hidden">
            {t('policies.matrix')}. {t('policies.matrix.keys')}
          </caption>
          <thead>
            <tr>
              <td className={styles.corner}>{t('policies.matrix.from')}</td>
              {columns.map((index) => (
                <th key={groups[index]!.id} scope="col" className={styles.column}>
                  <Name group={groups[index]!} isMixed={isMixed} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((source, row) => (
              <tr key={groups[source]!.id}>
                <th scope="row" className={styles.row}>
                  <Name group={groups[source]!} isMixed={isMixed} />
                </th>
                {columns.map((target, column) => {
                  const from = groups[source]!;
                  const to = groups[target]!;
                  const { verdict } = cells[source]![target]!;
                  const isChosen = chosen !== null && chosen.from === from.id && chosen.to === to.id;
                  return (
                    <td key={to.id}>
                      <button
                        type="button"
                        className={styles.cell}
                        data-place={`${row} ${column}`}
                        tabIndex={here.row === row && here.column === column ? 0 : -1}
                        aria-label={t('policies.matrix.cell', { from: peerName(from), to: peerName(to), verdict: verdictName(verdict) })}
                        aria-pressed={isChosen}
                        onFocus={() => setAt({ row, column })}
                        onClick={() => changeOptions({ cell: { from: from.id, to: to.id } })}
                      >
                        <Sign verdict={verdict} />
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {leftOut > 0 && <p className={styles.left}>{t('policies.left-out', { count: leftOut })}</p>}
      <ul className={styles.legend} aria-label={t('policies.legend')}>
        {VERDICTS.map((verdict) => (
          <li key={verdict}>
            <Sign verdict={verdict} />
            {verdictName(verdict)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Name({ group, isMixed }: { readonly group: PolicyGroup; readonly isMixed: boolean }) {
  return (
    <span className={styles.name}>
      {peerName(group)}
      {isMixed && group.kind === 'pods' && <span className={styles.namespace}>{group.namespace}</span>}
    </span>
  );
}
