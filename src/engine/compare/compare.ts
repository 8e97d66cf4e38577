/**
 * The same request through every way of exposing one workload (S17). Ways that the manifests hold are taken as they
 * stand, the others are tried out as what-ifs; every trace is a real one, of a real cluster. Pure.
 */
import type { Cluster } from '../cluster/cluster.ts';
import type { Service } from '../kinds/service/service-spec.ts';
import { nameKey } from '../manifests/object-ref.ts';
import { readRequest } from '../trace/request.ts';
import { actorsTable } from './actors.ts';
import { tryWay, type Trial } from './column.ts';
import type { Answers, CompareQuestion, Comparison } from './comparison.ts';
import { purposesTable } from './purposes.ts';
import { rowsOf } from './rows.ts';
import { situationOf } from './situation.ts';
import { chooseTarget, targetsIn, type Target } from './target.ts';
import { waysOf } from './ways.ts';
import { worldsOf } from './world.ts';

export function compare(question: CompareQuestion, before?: Tried): { readonly comparison: Comparison; readonly tried: Tried } {
  const tried = before !== undefined && isSameWorld(question, before.question) ? before : tryAll(question);
  const { cluster, targets, target, trials } = tried;
  const services = question.services ?? Math.max(1, exposable(cluster).length);
  const comparison: Comparison = {
    workloads: targets.map(({ ref }) => ref),
    workload: target?.ref ?? null,
    services,
    columns: trials.map(({ column }) => column),
    rows: rowsOf(trials, { services, prices: question.prices }),
    actors: actorsTable(cluster),
    purposes: purposesTable(trials),
    answers: answersTo(question, cluster, services),
    findings: readRequest(question.request).findings,
  };
  return { comparison, tried };
}

/** What the next comparison can use again when only numbers changed: all traces. */
export interface Tried {
  readonly question: CompareQuestion;
  readonly cluster: Cluster;
  readonly targets: readonly Target[];
  readonly target: Target | null;
  readonly trials: readonly Trial[];
}

const isSameWorld = (now: CompareQuestion, then: CompareQuestion): boolean => {
  const world = ({ workspace, request, workload, ways }: CompareQuestion) => JSON.stringify([workspace, request, workload, ways]);
  return world(now) === world(then);
};

function tryAll(question: CompareQuestion): Tried {
  const worlds = worldsOf(question.workspace);
  const { cluster } = worlds.base;
  const targets = targetsIn(cluster);
  const situation = situationOf(worlds, targets, question, false);
  const trials = situation === null ? [] : waysOf(question.ways).flatMap((way) => tryWay(way, situation, question.workspace, worlds) ?? []);
  return { question, cluster, targets, target: situation?.target ?? chooseTarget(targets, question.workload, null), trials };
}

/** Services of applications: what a person would think of when asked how many there are to expose. */
function exposable(cluster: Cluster): readonly Service[] {
  const ofControllers = new Set(cluster.controllers.flatMap(({ service }) => service ?? []));
  return [...cluster.services.values()].filter(
    ({ ref, manifest, type }) =>
      manifest !== null && type !== 'ExternalName' && ref.namespace !== 'kube-system' && !ofControllers.has(nameKey(ref.namespace, ref.name)),
  );
}

/** What the request and the manifests say already, so that nobody is asked what can be seen. */
function answersTo({ request }: CompareQuestion, { environment, services: all }: Cluster, services: number): Answers {
  const { flow } = readRequest(request);
  const isHttp = flow === null || flow.scheme === 'http' || flow.scheme === 'https';
  const asksPod = [...all.values()].some(({ headless, ref }) => headless && flow !== null && flow.host.includes(`.${ref.name}`));
  const isOwn = /^(metallb|kube-vip)/.test(environment.cloud) || (environment.cloud === 'none' && environment.stated.includes('cloud'));
  return {
    protocol: isHttp ? 'http' : 'other',
    reach: request.from.kind === 'external' ? 'outside' : asksPod ? 'each-pod' : 'inside',
    services,
    place: isOwn ? 'own-hardware' : 'cloud',
    clientAddress: false,
  };
}
