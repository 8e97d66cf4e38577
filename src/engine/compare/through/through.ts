/**
 * The same request through every implementation of the Ingress controller that serves it: each is really run in its
 * place, and what differs is found by comparing what became of the request. Pure.
 */
import { learnWords } from '../../../catalogue/known-words.ts';
import { through as words } from '../../../catalogue/en/through.ts';
import type { Message } from '../../../catalogue/message.ts';
import { buildCluster } from '../../cluster/build-cluster.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { decidedAt } from '../../dataplane/ingress-controller/ingress-controller.ts';
import { send } from '../../dataplane/send.ts';
import { parseManifests } from '../../manifests/parse.ts';
import type { Workspace } from '../../manifests/workspace.ts';
import type { Flow } from '../../trace/flow.ts';
import type { Hop } from '../../trace/hop.ts';
import type { Trace } from '../../trace/trace.ts';
import { differences, endsAlike, endsOf, headerDifferences, unread, type Difference, type End, type Passage } from './difference.ts';
import { standInsFor, switched } from './switch.ts';

learnWords(words);

export interface Through {
  /** Index of the controller in `Cluster.controllers`. */
  readonly controller: number;
  /** In the order of the registry. */
  readonly rows: readonly ThroughRow[];
}

export interface ThroughRow {
  /** As `Controller.implementation`. */
  readonly implementation: string;
  /** It is the one that runs. */
  readonly runs: boolean;
  readonly ends: readonly End[];
  /** They are those of the one that runs, in the same shares. */
  readonly endsAlike: boolean;
  /** From what the one that runs makes of the request; the greatest first. */
  readonly differences: readonly Difference[];
  readonly headers: readonly Message[];
  /** What else it does otherwise without a difference to this request. */
  readonly notes: readonly Message[];
}

/** `pod`: `namespace/name` of a Pod of the controller; null: the first controller on the request's way. Null: there is none. */
export function throughOthers(workspace: Workspace, flow: Flow, pod: string | null): Through | null {
  const manifests = parseManifests(workspace);
  const cluster = buildCluster(manifests);
  const index = indexOf(cluster, flow, pod);
  const controller = cluster.controllers[index];
  if (controller === undefined) return null;
  const here = passage(cluster, flow, index);
  const rows = standInsFor(controller, cluster.environment).map((implementation): ThroughRow => {
    if (implementation === controller.implementation) {
      return { implementation, runs: true, ends: endsOf(here.trace), endsAlike: true, differences: [], headers: [], notes: unread(here, []) };
    }
    const texts = switched(workspace, cluster, index, implementation);
    const there = passage(buildCluster(parseManifests(texts, manifests)), flow, index);
    const found = differences(here, there);
    const ends = endsOf(there.trace);
    return {
      implementation,
      runs: false,
      ends,
      endsAlike: endsAlike(endsOf(here.trace), ends),
      differences: found,
      headers: headerDifferences(here, there),
      notes: unread(there, found),
    };
  });
  return { controller: index, rows };
}

function indexOf(cluster: Cluster, flow: Flow, pod: string | null): number {
  if (pod !== null) return cluster.controllers.findIndex(({ kind, pods }) => kind === 'ingress' && pods.includes(pod));
  const decided = hopsTaken(send(cluster, flow).trace).flatMap((hop) => decidedAt(cluster, hop) ?? [])[0];
  return decided === undefined ? -1 : cluster.controllers.indexOf(decided.controller);
}

function passage(cluster: Cluster, flow: Flow, index: number): Passage {
  const { trace } = send(cluster, flow);
  const controller = cluster.controllers[index];
  const service = cluster.services.get(controller?.service ?? '') ?? null;
  const passed = hopsTaken(trace).flatMap((hop) => {
    const decided = decidedAt(cluster, hop);
    return decided === null ? [] : [{ hop, decided }];
  });
  // A controller of a cloud is there once for each of its load balancers, so another may be at its place.
  const own = passed.find(({ decided }) => decided.controller === controller) ?? passed[0];
  return { trace, hop: own?.hop ?? null, decided: own?.decided ?? null, service };
}

function hopsTaken({ hops, branches, taken }: Trace): readonly Hop[] {
  const ids = branches[taken]?.hops ?? [];
  return hops.filter(({ id }) => ids.includes(id));
}
