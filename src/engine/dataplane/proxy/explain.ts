/** What all proxies share in explaining: the Pods behind an empty backend, how much of a list a person gets to see. */
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import type { ConsideredChoice } from '../component.ts';
import type { Empty } from './proxy.ts';
import { readinessOf } from '../readiness.ts';

/** Most entries a hop lists: what decided is in front, and nobody reads a hundred. */
export const MOST_CONSIDERED = 60;
const MOST_LEFT_OUT = 10;

/** Of a list too long to show, the stretch that holds what was taken; the front when nothing was. */
export function windowAround<T>(list: readonly T[], taken: T | null, most: number): readonly T[] {
  if (list.length <= most) return list;
  const at = taken === null ? 0 : Math.max(0, list.indexOf(taken));
  const from = Math.min(Math.max(0, at - Math.floor(most / 2)), list.length - most);
  return list.slice(from, from + most);
}

/** The Pods behind an empty backend that are no endpoint, and why. */
export function emptyChoices(cluster: Cluster, empty: Empty): readonly ConsideredChoice[] {
  if (empty.kind !== 'no-endpoints') return [];
  const key = nameKey(empty.service.ref.namespace, empty.service.ref.name);
  const left = (cluster.excludedPods.get(key) ?? []).map(({ pod, why, rule }): ConsideredChoice => ({
    what: msg('proxy.pod', { pod }),
    result: 'excluded',
    why,
    rules: [rule],
  }));
  const unready = (cluster.endpointSlices.get(key) ?? [])
    .flatMap((slice) => slice.endpoints)
    .filter((entry) => !entry.ready)
    .map(({ addresses, targetRef, terminating, ready }): ConsideredChoice => ({
      what:
        targetRef === null
          ? msg('proxy.endpoint', { endpoint: addresses[0] ?? '', service: key })
          : msg('proxy.pod', { pod: nameKey(targetRef.namespace, targetRef.name) }),
      result: 'excluded',
      why: terminating ? msg('proxy.endpoint.terminating') : msg('proxy.endpoint.not-ready'),
      rules: ['S5.3'],
      ...readinessOf(cluster, { pod: targetRef === null ? null : nameKey(targetRef.namespace, targetRef.name), ready }),
    }));
  return [...unready, ...left].slice(0, MOST_LEFT_OUT);
}
