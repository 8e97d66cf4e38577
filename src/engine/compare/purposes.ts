/** The matrix of purposes: what somebody wants to reach, the way that suits it, and what it comes to on these manifests. */
import { msg, type Message } from '../../catalogue/message.ts';
import { arrives, bestOf, type Trial } from './column.ts';
import type { Answers, Cell, Table } from './comparison.ts';
import { recommend } from './recommend.ts';
import { endOf } from './rows/row.ts';
import { titleOf } from './ways.ts';
import { byRule } from './rows/row.ts';

const PLAIN: Answers = { protocol: 'http', reach: 'inside', services: 1, place: 'cloud', clientAddress: false };

const PURPOSES: readonly (readonly [Message, Answers])[] = [
  [msg('compare.purpose.inside'), PLAIN],
  [msg('compare.purpose.each-pod'), { ...PLAIN, reach: 'each-pod' }],
  [msg('compare.purpose.debug'), { ...PLAIN, reach: 'outside', place: 'test' }],
  [msg('compare.purpose.http'), { ...PLAIN, reach: 'outside', services: 5 }],
  [msg('compare.purpose.raw'), { ...PLAIN, reach: 'outside', protocol: 'other' }],
  [msg('compare.purpose.own-hardware'), { ...PLAIN, reach: 'outside', protocol: 'other', place: 'own-hardware' }],
  [msg('compare.purpose.alias'), { ...PLAIN, reach: 'alias' }],
];

export function purposesTable(trials: readonly Trial[]): Table {
  return {
    columns: [msg('compare.purposes.way'), msg('compare.purposes.why'), msg('compare.purposes.here')],
    rows: PURPOSES.map(([label, answers]) => {
      const { way, reasons } = recommend(answers);
      const trial = trials.find((candidate) => candidate.way.id === way);
      return { label, cells: [[byRule(titleOf(way), 'S17.6')], reasons, trial === undefined ? [] : onTheseManifests(trial)] };
    }),
  };
}

function onTheseManifests(trial: Trial): Cell {
  const seen = bestOf(trial);
  const end = endOf(trial.best, seen);
  const { id } = trial.way;
  const basis = { kind: 'trace', view: trial.best, hop: null, way: id } as const;
  const url = { message: msg('compare.called', { url: seen.request.url }), tone: 'plain' as const, basis };
  return arrives(seen.trace) ? [url] : [url, { ...end, basis: { ...basis, hop: null } }];
}
