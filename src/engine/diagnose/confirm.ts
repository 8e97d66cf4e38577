/** Commands that confirm a problem on a real cluster, with the names of the objects at fault. */
import { msg } from '../../catalogue/message.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { ObjectRef } from '../manifests/object-ref.ts';
import type { SourceRange } from '../manifests/source.ts';
import { SCENARIO_FILE } from '../manifests/workspace.ts';
import type { Command } from '../trace/hop.ts';
import { manifestOf } from './change.ts';

/** `said`: what the hop at which the request ends already offers. */
export function confirmingCommands(
  cluster: Cluster,
  at: { readonly code: string | null; readonly object: ObjectRef | null; readonly ranges: readonly SourceRange[] },
  said: readonly Command[],
): readonly Command[] {
  const { object } = at;
  const file = at.ranges[0]?.file;
  const isRejected = object !== null && cluster.rejections.some((rejection) => rejection.object.kind === object.kind && rejection.object.name === object.name);
  const own: Command[] = [];
  if (isRejected && file !== undefined) own.push({ line: `kubectl apply --dry-run=server -f ${quoted(file)}`, shows: msg('diagnose.confirm.apply') });
  else if (object !== null && file !== SCENARIO_FILE && manifestOf(cluster.manifests, object) !== null) {
    const namespace = object.namespace === '' ? '' : ` -n ${object.namespace}`;
    own.push({ line: `kubectl describe ${object.kind.toLowerCase()} ${object.name}${namespace}`, shows: msg('diagnose.confirm.describe') });
  }
  return [...new Map([...own, ...said].map((command) => [command.line, command])).values()];
}

function quoted(file: string): string {
  return /^[\w./-]+$/.test(file) ? file : `'${file.replaceAll("'", String.raw`'\''`)}'`;
}
