/**
 * What `kubectl describe` prints of Pods and Services: fields at the beginning of a line, what belongs to them further
 * in, the events at the end. The kind is told by which fields there are.
 */
import { placeOf, secondsOf, type Line, type Sighting, type Told } from './sighting.ts';

interface Field {
  readonly name: string;
  readonly value: string;
  readonly line: Line;
  /** The lines that stand further in. */
  readonly below: readonly Line[];
}

export function beginsDescription({ text }: Line): boolean {
  return /^Name:\s+\S+\s*$/.test(text);
}

/** `lines`: from one `Name:` to the next. */
export function readDescription(lines: readonly Line[], namespace: string | null): readonly Sighting[] {
  const fields = fieldsOf(lines);
  const value = (name: string) => fields.find((field) => field.name === name)?.value ?? '';
  const has = (name: string) => fields.some((field) => field.name === name);
  const kind = has('Containers') && has('Node') ? 'Pod' : has('Type') && has('Endpoints') ? 'Service' : null;
  const own = value('Namespace') === '' ? namespace : value('Namespace');
  const sighting = (line: Line, tells: Told): Sighting => ({ kind: kind ?? '', namespace: own, name: value('Name'), tells, ...placeOf(line) });
  return [
    ...(kind === 'Pod' ? podLines(fields) : []),
    ...(kind === 'Service' ? serviceLines(fields) : []),
    ...events(fields),
    ...(kind === null ? [[lines[0]!, { tells: 'nothing' }] as const] : []),
  ].map(([line, tells]) => sighting(line, tells));
}

type Said = readonly [Line, Told];

function fieldsOf(lines: readonly Line[]): readonly Field[] {
  const fields: (Field & { below: Line[] })[] = [];
  for (const line of lines) {
    const [, name, value = ''] = /^([A-Z][\w()/ -]*):\s*(.*)$/.exec(line.text) ?? [];
    if (name !== undefined) fields.push({ name, value: value.trim(), line, below: [] });
    else if (/^\s+\S/.test(line.text)) fields.at(-1)?.below.push(line);
  }
  return fields;
}

function podLines(fields: readonly Field[]): readonly Said[] {
  return fields.flatMap(({ name, value, line, below }): readonly Said[] => {
    switch (name) {
      case 'Status':
        return [[line, { tells: 'pod', status: value.split(/\s/)[0]! }]];
      case 'IP':
        return value === '' || value === '<none>' ? [] : [[line, { tells: 'pod', ip: value }]];
      case 'Node':
        return value === '' || value === '<none>' ? [] : [[line, { tells: 'pod', node: value.split('/')[0]! }]];
      case 'Conditions':
        return below.flatMap((condition): readonly Said[] => {
          const state = /^\s+Ready\s+(True|False)\s*$/.exec(condition.text)?.[1];
          return state === undefined ? [] : [[condition, { tells: 'pod', ready: state === 'True' }]];
        });
      case 'Containers':
        return stoppedContainers(below);
      default:
        return [];
    }
  });
}

/** `State: Waiting` or `Terminated`, with the reason on the line below. */
function stoppedContainers(lines: readonly Line[]): readonly Said[] {
  const out: Said[] = [];
  let container = '';
  let isDown = false;
  for (const line of lines) {
    const name = /^ {2}([a-z0-9-]+):\s*$/.exec(line.text)?.[1];
    if (name !== undefined) container = name;
    const state = /^ {4}(State|Last State):\s+(\w+)/.exec(line.text);
    if (state !== null) isDown = state[1] === 'State' && state[2] !== 'Running';
    const reason = /^ {6}Reason:\s+(\w+)/.exec(line.text)?.[1];
    if (isDown && reason !== undefined && container !== '') out.push([line, { tells: 'pod', stopped: { container, reason } }]);
  }
  return out;
}

function serviceLines(fields: readonly Field[]): readonly Said[] {
  return fields.flatMap(({ name, value, line }): readonly Said[] => {
    if (name === 'IP' && value !== '' && value !== 'None' && value !== '<none>') return [[line, { tells: 'service', clusterIP: value }]];
    if (name === 'LoadBalancer Ingress') return [[line, { tells: 'service', external: value.split(',').map((one) => one.trim().split(' ')[0]!) }]];
    if (name === 'Endpoints' && value === '') return [[line, { tells: 'nothing' }]];
    return [];
  });
}

/** Type, reason, age, from, message; below the names of the columns and a rule. */
function events(fields: readonly Field[]): readonly Said[] {
  const rows = fields.findLast(({ name }) => name === 'Events')?.below ?? [];
  return rows.flatMap((line): readonly Said[] => {
    const [type = '', reason = '', age = '', , ...message] = line.text.trim().split(/\s{2,}/);
    if (!['Normal', 'Warning'].includes(type)) return [];
    return [[line, { tells: 'event', reason, message: message.join('  '), age: secondsOf(age) }]];
  });
}
