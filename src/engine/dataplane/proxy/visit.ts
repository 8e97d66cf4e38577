/** What every hop of one visit to a proxy has in common. */
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { ObjectRef } from '../../manifests/object-ref.ts';
import { refKey } from '../../manifests/object-ref.ts';
import type { Carry, HopDecision } from '../component.ts';
import type { CertificateChoice, Visit } from './proxy.ts';

/** The fields of a hop that say who decides. */
export function frame({ cluster, proxy }: Visit): Pick<HopDecision, 'kind' | 'hop' | 'actor' | 'layer' | 'verb' | 'object'> {
  const common = { kind: 'hop', hop: proxy.hop, layer: 'L7', verb: msg('proxy.verb') } as const;
  const { outside } = proxy;
  if (outside !== undefined)
    return { ...common, actor: { component: proxy.product, instance: outside.name, node: null, namespace: null }, object: outside.object };
  const object = cluster.pods.get(proxy.pod ?? '');
  const actor = { component: proxy.product, instance: proxy.pod, node: object?.node ?? null, namespace: object?.ref.namespace ?? null };
  return { ...common, actor, object: object?.ref ?? null };
}

/** Assumptions behind a proxy and the objects it read, each once. */
export function assumptionsOf({ cluster, proxy }: Visit, read: readonly ObjectRef[]): readonly string[] {
  const ids = new Set<string>();
  if (proxy.assumption !== null) ids.add(proxy.assumption);
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
export function tlsCarry({ state: { carry }, proxy }: Visit, certificate: CertificateChoice | null): Pick<Carry, 'certificateNames' | 'terminatedAt'> {
  if (certificate === null || carry.terminatedAt !== null) return { certificateNames: carry.certificateNames, terminatedAt: carry.terminatedAt };
  return { certificateNames: certificate.names, terminatedAt: proxy.speaker };
}

/** What the proxy read to show this certificate. */
export function secretOf(certificate: CertificateChoice | null): readonly ObjectRef[] {
  return certificate?.secret == null ? [] : [certificate.secret.ref];
}
