/** Every connection that can be drawn, one line each; the first that fits both ends counts. */
import { msg, type Message } from '../../../catalogue/message.ts';
import { nameKey, type ObjectRef, refKey } from '../../manifests/object-ref.ts';
import { behind, type Site } from '../site.ts';
import { CLIENT, type Connected, type Connection } from './connection.ts';
import { ingressToClass, ingressToPods, ingressToSecret, ingressToService } from './ingress.ts';
import { gatewayToBackend, gatewayToClass, gatewayToSecret } from './gateway.ts';
import { clientToPod, requestToIngress, requestToPod, requestToRoute, requestToService } from './requests.ts';
import { gatewayToRoute, routeToGateway, routeToPods, routeToService } from './routes.ts';
import { serviceToPods } from './service-to-pods.ts';
import { serviceToService } from './services.ts';

const connections: readonly Connection[] = [
  serviceToPods,
  serviceToService,
  ingressToService,
  ingressToSecret,
  ingressToClass,
  ingressToPods,
  routeToService,
  routeToGateway,
  routeToPods,
  gatewayToRoute,
  gatewayToSecret,
  gatewayToClass,
  gatewayToBackend,
  requestToIngress,
  requestToService,
  requestToRoute,
  requestToPod,
  clientToPod,
];

/** Joins two things of the map, or says why they cannot be joined. */
export function connect(site: Site, from: ObjectRef, to: ObjectRef): Connected {
  const [start, end] = [endOf(site, from), endOf(site, to)];
  for (const { ref, isKnown } of [start, end]) {
    if (isKnown) continue;
    const isWritten = site.written.has(refKey(ref));
    return {
      refused: isWritten
        ? msg('build.refused.rejected', { kind: ref.kind, object: ref.name })
        : msg('build.refused.not-written', { kind: ref.kind, object: ref.name }),
    };
  }
  const connection = connections.find((one) => one.from.includes(start.ref.kind) && one.to.includes(end.ref.kind));
  return connection?.connect(site, start.ref, end.ref) ?? { refused: msg('build.refused.kinds', { from: start.ref.kind, to: end.ref.kind }) };
}

/** A Pod stands for its workload; a Pod of a controller for the one Ingress it serves. */
export function standsFor(site: Site, ref: ObjectRef): ObjectRef {
  const served = servedByPod(site, ref);
  return served.length === 1 ? served[0]! : behind(site, ref);
}

function endOf(site: Site, ref: ObjectRef): { readonly ref: ObjectRef; readonly isKnown: boolean } {
  if (ref.kind === CLIENT.kind) return { ref, isKnown: true };
  const object = standsFor(site, ref);
  return { ref: object, isKnown: site.accepted.has(refKey(object)) };
}

/** The Ingresses that a Pod of a controller serves. */
export function servedByPod({ cluster }: Site, { kind, namespace, name }: ObjectRef): readonly ObjectRef[] {
  if (kind !== 'Pod') return [];
  const claims = cluster.controllers.find(({ pods }) => pods.includes(nameKey(namespace, name)))?.claims ?? [];
  return claims.flatMap((claim) => cluster.ingresses.get(claim)?.ref ?? []);
}

export interface Target {
  readonly object: ObjectRef;
  /** Why it cannot be connected to; null where it can. */
  readonly refused: Message | null;
}

/** What one object could be joined to, those that it can first. Objects of which every connection is meaningless are left out. */
export function connectionTargets(site: Site, from: ObjectRef): readonly Target[] {
  const { ref } = endOf(site, from);
  const kinds = new Set(connections.filter((one) => one.from.includes(ref.kind)).flatMap(({ to }) => to));
  const targets = [...site.accepted.values()]
    .filter((object) => kinds.has(object.ref.kind) && refKey(object.ref) !== refKey(ref))
    .map((object): Target => {
      const connected = connect(site, ref, object.ref);
      return { object: object.ref, refused: 'refused' in connected ? connected.refused : null };
    });
  return [...targets.filter(({ refused }) => refused === null), ...targets.filter(({ refused }) => refused !== null)];
}
