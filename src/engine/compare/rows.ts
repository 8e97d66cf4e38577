/** The facts of a comparison, in the order in which they are read: a new row is a file in `rows/` and a line here. */
import type { Cell, Row } from './comparison.ts';
import type { Trial } from './column.ts';
import { affinity, balance, protocols } from './rows/balance.ts';
import { avoid, cannot, cons, needs, pros, use } from './rows/choice.ts';
import { nodeDies, podDies } from './rows/failure.ts';
import { balancers, breakEven, cost } from './rows/money.ts';
import { layer, routing, source, tls } from './rows/packet.ts';
import { address, asked, called, dns, hops, reach } from './rows/request.ts';
import type { Circumstances, RowKind } from './rows/row.ts';

const ROWS: readonly RowKind[] = [
  asked,
  called,
  reach,
  address,
  dns,
  hops,
  layer,
  source,
  tls,
  routing,
  balancers,
  cost,
  breakEven,
  balance,
  affinity,
  protocols,
  podDies,
  nodeDies,
  needs,
  cannot,
  pros,
  cons,
  use,
  avoid,
];

export function rowsOf(trials: readonly Trial[], circumstances: Circumstances): readonly Row[] {
  return ROWS.map(({ id, label, cell }) => {
    const cells = trials.map((trial) => withoutRepeats(cell(trial, circumstances)));
    // What two cells say counts, not in which trace it was read.
    const said = new Set(cells.map((parts) => JSON.stringify(parts.map(({ message, tone }) => [message, tone]))));
    return { id, label: label(circumstances), cells, differs: said.size > 1 };
  });
}

/** A way that comes by the same kind of decision twice, as after a redirect, says it once. */
function withoutRepeats(parts: Cell): Cell {
  const said = new Set<string>();
  return parts.filter(({ message }) => {
    const sentence = JSON.stringify(message);
    return !said.has(sentence) && said.add(sentence);
  });
}
