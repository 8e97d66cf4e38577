/**
 * What kubectl printed beside the manifests (events, descriptions, tables of Pods and Services) and what it proves: how
 * the Pods of these texts are, and which load balancers nobody made. A Pod's own state outweighs an event about it, and
 * of two events about the same thing the newer counts. What proves nothing exactly is left out, and said so.
 */
import { msg, type Message } from '../../catalogue/message.ts';
import type { Json, Manifests } from '../manifests/document.ts';
import type { Finding } from '../manifests/finding.ts';
import { isObject } from '../manifests/json.ts';
import { locateField } from '../manifests/locate.ts';
import { refKey } from '../manifests/object-ref.ts';
import type { SourceRange } from '../manifests/source.ts';
import type { Seen, Unused } from './seen.ts';
import { tellPods } from './sighted-pods.ts';
import { tellServices, type SeenBalancer } from './sighted-services.ts';

export interface Sighted {
  readonly manifests: Manifests;
  /** By Service key. */
  readonly balancers: ReadonlyMap<string, SeenBalancer>;
  readonly findings: readonly Finding[];
}

export function withSightings(manifests: Manifests): Sighted {
  const seen = [...printed(manifests), ...eventObjects(manifests)];
  if (seen.length === 0) return { manifests, balancers: new Map(), findings: [] };
  const known = new Map(manifests.objects.map((object) => [refKey(object.ref), object]));
  const pods = tellPods(seen, known);
  const services = tellServices(seen, known);
  for (const object of [...pods.objects, ...services.objects]) known.set(refKey(object.ref), object);
  const others = seen
    .filter(({ kind }) => kind !== 'Pod' && kind !== 'Service')
    .map((each): Unused => ({ seen: each, why: msg('cluster.sighting.proves-nothing') }));
  return {
    manifests: { ...manifests, objects: [...known.values()] },
    balancers: services.balancers,
    findings: findingsOf([...pods.unused, ...services.unused, ...others]),
  };
}

function printed({ documents }: Manifests): readonly Seen[] {
  return documents.flatMap(({ file, index, sightings = [] }) =>
    sightings.map((sighting) => ({ ...sighting, range: { file, document: index, from: sighting.from, to: sighting.to } })),
  );
}

/** `kubectl get events -o yaml`: https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/ */
function eventObjects(manifests: Manifests): readonly Seen[] {
  return manifests.objects.flatMap((object): readonly Seen[] => {
    if (object.ref.kind !== 'Event') return [];
    const { value } = object;
    const about = value['involvedObject'] ?? value['regarding'];
    if (!isObject(about)) return [];
    const { range } = locateField(manifests, object, ['reason']);
    const message = text(value['message'] ?? value['note']);
    const time = Date.parse(text(value['lastTimestamp'] ?? value['deprecatedLastTimestamp'] ?? value['eventTime']));
    // The age of another event is all that it is compared with, so any beginning does.
    const age = Number.isNaN(time) ? null : -time / 1000;
    return [
      {
        kind: text(about['kind']),
        namespace: about['namespace'] === undefined ? null : text(about['namespace']),
        name: text(about['name']),
        tells: { tells: 'event', reason: text(value['reason']), message, age },
        from: range.from,
        to: range.to,
        range,
      },
    ];
  });
}

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** Of several lines that are not used for the same reason, one finding. */
function findingsOf(unused: readonly Unused[]): readonly Finding[] {
  const byReason = new Map<string, { readonly why: Message; readonly ranges: SourceRange[] }>();
  for (const { seen, why } of unused) {
    const key = `${seen.range.file} ${seen.range.document} ${JSON.stringify(why)}`;
    const same = byReason.get(key);
    if (same === undefined) byReason.set(key, { why, ranges: [seen.range] });
    else if (same.ranges.length < MAX_RANGES) same.ranges.push(seen.range);
  }
  return [...byReason.values()].map(({ why, ranges }): Finding => ({ code: 'printed-line-unused', severity: 'info', message: why, ranges, rules: ['S1.4.6'] }));
}

const MAX_RANGES = 8;
