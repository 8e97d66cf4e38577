/**
 * What a person who builds has placed and not joined yet: the map of a request leaves it out, the map that is built on
 * shows it. Workloads that no Service selects are one box each.
 */
import { msg } from '../catalogue/message.ts';
import { refKey, type Cluster } from '../engine/index.ts';
import { addService } from './service-sketch.ts';
import { plainBox, type Sketch } from './sketch.ts';

const MOST = 12;

export function sketchLoose(sketch: Sketch, cluster: Cluster): void {
  if (sketch.boxes.size > 0) sketchOtherServices(sketch, cluster);
  const served = servedPods(cluster);
  const counts = new Map<string, number>();
  for (const [key, { workload }] of cluster.pods) {
    if (workload !== null && !served.has(key)) counts.set(refKey(workload), (counts.get(refKey(workload)) ?? 0) + 1);
  }
  const workloads = [...cluster.workloads.values()].filter(
    ({ ref, manifest }) => manifest !== null && (counts.has(refKey(ref)) || isWithoutPods(cluster, refKey(ref))),
  );
  for (const { ref } of workloads.slice(0, MOST)) {
    const key = refKey(ref);
    sketch.add(
      plainBox({
        id: `loose:${key}`,
        lane: 'pods',
        kicker: ref.kind,
        title: ref.name,
        facts: [msg('scene.all.pods', { count: counts.get(key) ?? 0 })],
        object: ref,
        group: 'loose',
      }),
    );
  }
  const pods = [...cluster.pods].filter(([key, pod]) => pod.manifest !== null && pod.workload === null && !served.has(key) && !sketch.boxes.has(`pod:${key}`));
  for (const [key, pod] of pods.slice(0, MOST)) {
    sketch.add(
      plainBox({ id: `pod:${key}`, lane: 'pods', kicker: 'Pod', title: pod.ref.name, facts: pod.status.podIPs.slice(0, 1), object: pod.ref, group: 'loose' }),
    );
  }
}

/** Services that the request on the map has nothing to do with. */
function sketchOtherServices(sketch: Sketch, cluster: Cluster): void {
  const others = [...cluster.services].filter(([key, { manifest }]) => manifest !== null && !sketch.boxes.has(`service:${key}`));
  for (const [key] of others.slice(0, MOST)) addService(sketch, cluster, key, 0, others.length);
}

function servedPods(cluster: Cluster): ReadonlySet<string> {
  const served = new Set(cluster.controllers.flatMap(({ pods }) => pods));
  for (const slices of cluster.endpointSlices.values()) {
    for (const { endpoints } of slices) for (const { targetRef } of endpoints) if (targetRef !== null) served.add(`${targetRef.namespace}/${targetRef.name}`);
  }
  for (const excluded of cluster.excludedPods.values()) for (const { pod } of excluded) served.add(pod);
  return served;
}

function isWithoutPods(cluster: Cluster, workload: string): boolean {
  return ![...cluster.pods.values()].some((pod) => pod.workload !== null && refKey(pod.workload) === workload);
}
