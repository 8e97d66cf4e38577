/**
 * Recognises what kubectl prints for people, pasted beside manifests: the tables of events, Pods and Services, and
 * descriptions of Pods and Services. Such a document is no YAML and holds no object; its lines are sightings.
 */
import { beginsDescription, readDescription } from './description.ts';
import { linesOf, type Line, type Sighting } from './sighting.ts';
import { readRow, tableOf } from './table.ts';

/** Cheap, for every document is asked: only its first line of text is looked at. */
export function isPrinted(text: string): boolean {
  const line = firstLine(text);
  if (line === null || line.text.length > LONGEST) return false;
  return tableOf(line) !== null || (beginsDescription(line) && /^(?:Namespace|Labels|Annotations|Roles|Priority):/m.test(text));
}

/** Names of columns need less; JSON on one line needs more. */
const LONGEST = 400;

/** Past the mark of a document, comments and the command that a person typed. */
function firstLine(text: string): Line | null {
  for (let from = 0; from < text.length;) {
    const end = text.indexOf('\n', from);
    const line = text.slice(from, end === -1 ? undefined : end).replace(/\r$/, '');
    if (line.trim() !== '' && !/^(?:---|#|\$ )/.test(line)) return { text: line, from };
    if (end === -1) break;
    from = end + 1;
  }
  return null;
}

/** Of a text that `isPrinted`. A line that a person typed, `$ kubectl get events -n shop`, may name the namespace. */
export function readPrinted(text: string): readonly Sighting[] {
  const lines = linesOf(text);
  const sightings: Sighting[] = [];
  let namespace: string | null = null;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index]!;
    const command = /^\$ .*?(?:-n|--namespace)[ =](\S+)/.exec(line.text);
    if (line.text.startsWith('$ ')) namespace = command?.[1] ?? null;
    const table = tableOf(line);
    if (table === null && !beginsDescription(line)) continue;
    const end = endOf(lines, index + 1);
    if (table === null) sightings.push(...readDescription(lines.slice(index, end), namespace));
    else sightings.push(...lines.slice(index + 1, end).flatMap((row) => readRow(table, row, namespace) ?? []));
    index = end - 1;
  }
  return sightings.filter(({ name }) => name !== '');
}

/** A block ends where the next begins; a table also with an empty line. */
function endOf(lines: readonly Line[], start: number): number {
  const isTable = tableOf(lines[start - 1]!) !== null;
  const end = lines.findIndex(
    (line, index) =>
      index >= start && (line.text.startsWith('$ ') || beginsDescription(line) || (isTable && (line.text.trim() === '' || tableOf(line) !== null))),
  );
  return end === -1 ? lines.length : end;
}
