/**
 * Tables as `kubectl get` prints them. The first line names the columns; cells stand below their names, at least two
 * spaces apart. https://kubernetes.io/docs/reference/kubectl/#output-options
 */
import { placeOf, secondsOf, type Line, type Sighting, type Told } from './sighting.ts';

export interface Table {
  readonly kind: TableKind;
  readonly columns: readonly Column[];
}

type TableKind = 'events' | 'pods' | 'services' | 'others';

interface Column {
  readonly name: string;
  readonly start: number;
}

/** The columns that tell which table it is; the others may be missing or come in addition. */
const KINDS: readonly (readonly [TableKind, readonly string[]])[] = [
  ['events', ['TYPE', 'REASON', 'OBJECT', 'MESSAGE']],
  ['pods', ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE']],
  ['services', ['NAME', 'TYPE', 'CLUSTER-IP', 'EXTERNAL-IP', 'PORT(S)']],
  ['others', ['NAME', 'READY', 'UP-TO-DATE']],
  ['others', ['NAME', 'DESIRED', 'CURRENT']],
  ['others', ['NAME', 'READY', 'AGE']],
];

/** Null for a line that names no columns of a table that is read. */
export function tableOf({ text }: Line): Table | null {
  const columns = [...text.matchAll(/\S+(?: \S+)*/g)].map((match) => ({ name: match[0], start: match.index }));
  const kind = KINDS.find(([, wanted]) => wanted.every((name) => columns.some((column) => column.name === name)))?.[0];
  return kind === undefined ? null : { kind, columns };
}

/** What a line below the names of the columns says. */
export function readRow(table: Table, line: Line, namespace: string | null): Sighting | null {
  const cells = cellsOf(table, line.text);
  const cell = (name: string) => cells.get(name) ?? '';
  const own = cells.get('NAMESPACE') ?? namespace;
  const place = placeOf(line);
  if (table.kind === 'events') {
    const [prefix = '', name = ''] = cell('OBJECT').split('/');
    if (name === '') return null;
    const tells: Told = { tells: 'event', reason: cell('REASON'), message: cell('MESSAGE'), age: secondsOf(cell('LAST SEEN')) };
    return { kind: kindNamed(prefix), namespace: own, name, tells, ...place };
  }
  const [name = '', prefix] = cell('NAME').split('/').toReversed();
  if (name === '') return null;
  if (table.kind === 'pods') return { kind: 'Pod', namespace: own, name, tells: { tells: 'pod', ...podFacts(cell) }, ...place };
  if (table.kind === 'services') return { kind: 'Service', namespace: own, name, tells: { tells: 'service', ...serviceFacts(cell) }, ...place };
  return { kind: kindNamed(prefix ?? ''), namespace: own, name, tells: { tells: 'nothing' }, ...place };
}

/** As many cells as columns stand at least two spaces apart; else what stands below each name counts, for a cell may be empty. */
function cellsOf({ columns }: Table, text: string): ReadonlyMap<string, string> {
  const parts = text.trim().split(/\s{2,}|\t+/);
  const last = columns.length - 1;
  const isWhole = parts.length >= columns.length;
  return new Map(
    columns.map(({ name, start }, index) => {
      const below = text.slice(start, columns[index + 1]?.start).trim();
      return [name, isWhole ? (index === last ? parts.slice(last).join('  ') : parts[index]!) : below];
    }),
  );
}

const isNone = (cell: string) => cell === '' || cell === '<none>';

function podFacts(cell: (name: string) => string): Omit<Extract<Told, { tells: 'pod' }>, 'tells'> {
  const [ready, all] = cell('READY').split('/');
  return {
    status: cell('STATUS'),
    ...(all !== undefined && { ready: ready === all }),
    ...(!isNone(cell('IP')) && { ip: cell('IP') }),
    ...(!isNone(cell('NODE')) && { node: cell('NODE') }),
  };
}

function serviceFacts(cell: (name: string) => string): Omit<Extract<Told, { tells: 'service' }>, 'tells'> {
  const external = cell('EXTERNAL-IP');
  return {
    ...(!isNone(cell('CLUSTER-IP')) && cell('CLUSTER-IP') !== 'None' && { clusterIP: cell('CLUSTER-IP') }),
    ...(cell('TYPE') === 'LoadBalancer' && !isNone(external) && { external: external === '<pending>' ? [] : external.split(',') }),
  };
}

const KIND_NAMES: Readonly<Record<string, string>> = {
  pod: 'Pod',
  service: 'Service',
  deployment: 'Deployment',
  replicaset: 'ReplicaSet',
  statefulset: 'StatefulSet',
  daemonset: 'DaemonSet',
  ingress: 'Ingress',
  node: 'Node',
};

/** `pod/api-0` and `deployment.apps/api` name their kind in small letters. */
export function kindNamed(prefix: string): string {
  const word = prefix.split('.')[0]!.toLowerCase();
  return KIND_NAMES[word] ?? word;
}
