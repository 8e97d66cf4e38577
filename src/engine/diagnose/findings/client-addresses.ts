/** Addresses of clients that are replaced on the way, where something goes by them (S7.5.4). */
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import { ingressOnTheWay, placesOf, set } from '../edits.ts';
import type { FindingKind } from '../finding-kind.ts';
import type { Problem } from '../problem.ts';

export const clientAddresses: readonly FindingKind[] = [
  {
    code: 'client-address-lost',
    role: 'cause',
    decisions: { 'ingress.nginx.address-lost': 'F-36' },
    repairs: keepSource,
    places: placesOfPolicy,
    cure: () => msg('diagnose.cure.client-address'),
  },
  {
    code: 'client-address-hidden',
    role: 'note',
    decisions: { 'ingress.nginx.address-hidden': 'F-36' },
    repairs: keepSource,
    places: placesOfPolicy,
    cure: () => msg('diagnose.cure.client-address'),
  },
];

function keepSource(problem: Problem, cluster: Cluster): ReturnType<NonNullable<FindingKind['repairs']>> {
  const service = controllerService(problem, cluster);
  return service === null ? [] : [[set(service, ['spec', 'externalTrafficPolicy'], 'Local')]];
}

function placesOfPolicy(problem: Problem, cluster: Cluster): ReturnType<NonNullable<FindingKind['places']>> {
  const service = controllerService(problem, cluster);
  return service === null ? [] : placesOf(cluster, service, ['spec', 'externalTrafficPolicy']);
}

/** The Service before the controller that takes the Ingress, where a text holds it and it lets nodes replace the source. */
export function controllerService(problem: Problem, cluster: Cluster): Problem['object'] {
  const ingress = ingressOnTheWay(problem, cluster);
  if (ingress === null) return null;
  const claimed = nameKey(ingress.ref.namespace, ingress.ref.name);
  const key = cluster.controllers.find(({ claims }) => claims.includes(claimed))?.service ?? null;
  const service = key === null ? undefined : cluster.services.get(key);
  return service === undefined || service.manifest === null || service.externalTrafficPolicy !== 'Cluster' ? null : service.ref;
}
