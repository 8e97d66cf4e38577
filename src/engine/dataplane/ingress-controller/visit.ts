/** One visit of a connection to a controller's Pod, and what every hop of it has in common. */
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ObjectRef } from '../../manifests/object-ref.ts';
import { refKey } from '../../manifests/object-ref.ts';
import type { Memory } from '../../trace/memory.ts';
import type { Carry, HopDecision, State } from '../component.ts';
import type { CertificateChoice, ControllerView, IngressImplementation } from './implementation.ts';

export interface Visit {
  readonly view: ControllerView;
  readonly implementation: IngressImplementation;
  readonly state: State;
  readonly memory: Memory;
  /** Key of the controller's Pod. */
  readonly pod: string;
}

/** The fields of a hop that say who decides. */
export function frame({ view, implementation, pod }: Visit): Pick<HopDecision, 'kind' | 'hop' | 'actor' | 'layer' | 'verb' | 'object'> {
  const object = view.cluster.pods.get(pod);
  const actor = { component: implementation.product, instance: pod, node: object?.node ?? null, namespace: object?.ref.namespace ?? null };
  return { kind: 'hop', hop: 'ingress-controller', actor, layer: 'L7', verb: msg('ingress.verb'), object: object?.ref ?? null };
}

/** Assumptions behind a controller and the objects it read, each once. */
export function assumptionsOf({ cluster, controller }: ControllerView, read: readonly ObjectRef[]): readonly string[] {
  const ids = new Set<string>();
  if (controller.assumption !== null) ids.add(controller.assumption);
  for (const ref of read) {
    const id = assumptionBehind(cluster, ref);
    if (id !== null) ids.add(id);
  }
  return [...ids];
}

function assumptionBehind(cluster: Cluster, ref: ObjectRef): string | null {
  return cluster.provenance.get(refKey(ref))?.assumption ?? null;
}

/** What the session adds to what a request carries: the first to end TLS is the one whose certificate counts. */
export function tlsCarry(carry: Carry, certificate: CertificateChoice | null): Pick<Carry, 'certificateNames' | 'terminatedAt'> {
  if (certificate === null || carry.terminatedAt !== null) return { certificateNames: carry.certificateNames, terminatedAt: carry.terminatedAt };
  return { certificateNames: certificate.names, terminatedAt: 'ingress' };
}

/** What the controller read to show this certificate. */
export function secretOf(certificate: CertificateChoice | null): readonly ObjectRef[] {
  return certificate?.secret == null ? [] : [certificate.secret.ref];
}
