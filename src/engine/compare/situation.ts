/** What a comparison is made for: the workload, the request, and how it is reached as things stand. */
import type { Cluster } from '../cluster/cluster.ts';
import type { Service } from '../kinds/service/service-spec.ts';
import { refKey } from '../manifests/object-ref.ts';
import { readRequest } from '../trace/request.ts';
import type { RequestDraft } from '../trace/request-draft.ts';
import type { Backend } from '../trace/trace.ts';
import type { CompareQuestion } from './comparison.ts';
import { chooseTarget, reaches, servicesOf, type Target } from './target.ts';
import { publicHostOf } from './urls.ts';
import type { Situation } from './ways/way.ts';
import { traceIn, type Worlds } from './world.ts';

/** Null without a workload, or with a request that cannot be sent. */
export function situationOf(
  { base }: Worlds,
  targets: readonly Target[],
  { request, workload }: { readonly request: RequestDraft; readonly workload: CompareQuestion['workload'] },
  keepsClientAddress: boolean,
): Situation | null {
  const { cluster } = base;
  const { flow } = readRequest(request);
  const trace = traceIn(base, request);
  if (flow === null || trace === null) return null;
  const backends = trace.branches.flatMap(({ backend }) => backend ?? []);
  const target = chooseTarget(targets, workload, trace);
  if (target === null) return null;
  const reached = backends.find((backend) => reaches(target, backend)) ?? null;
  return {
    cluster,
    target,
    asked: request,
    flow,
    publicHost: publicHostOf(flow, cluster),
    endpoint: reached === null ? null : portOf(reached),
    service: serviceFor(cluster, target, reached),
    keepsClientAddress,
  };
}

function portOf({ endpoint }: Backend): number | null {
  const port = Number(endpoint.slice(endpoint.lastIndexOf(':') + 1));
  return Number.isInteger(port) && port > 0 ? port : null;
}

/** The one that the request uses, else a plain one with an address, else any. */
function serviceFor(cluster: Cluster, target: Target, reached: Backend | null): Service | null {
  const all = servicesOf(cluster, target);
  const used = reached?.service == null ? undefined : all.find(({ ref }) => refKey(ref) === refKey(reached.service!));
  return used ?? all.toSorted((a, b) => rank(a) - rank(b))[0] ?? null;
}

/** Plain ones first; a headless one last, because nothing translates its port. */
function rank({ type, headless }: Service): number {
  return headless ? 3 : type === 'ClusterIP' ? 0 : type === 'NodePort' ? 1 : 2;
}
