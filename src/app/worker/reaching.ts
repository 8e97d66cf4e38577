/** What only the page of policies asks for, so that the worker loads it with the first of these questions. */
import { policyView, reachability, type Cluster, type Reachability } from '../../engine/index.ts';
import type { Calls } from './protocol.ts';

export function reach(cluster: Cluster, subject: string | null): Calls['policies']['answer'] {
  const all = reachability(cluster);
  const asked = subject === null ? null : policyView(cluster, subject);
  const usual = firstIsolated(all);
  return { reach: all, view: asked ?? (usual === null ? null : policyView(cluster, usual)) };
}

/** Whom one most probably came to look at. */
function firstIsolated({ groups }: Reachability): string | null {
  const pods = groups.filter(({ kind }) => kind === 'pods');
  const isolated = pods.find(({ isolatedBy }) => isolatedBy.ingress.length > 0) ?? pods.find(({ isolatedBy }) => isolatedBy.egress.length > 0);
  return (isolated ?? pods[0])?.id ?? null;
}
