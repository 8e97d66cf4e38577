/** Routes of the Gateway API, and the grant by which a namespace lets others name its objects. */
import { msg, type Message } from '../../../catalogue/message.ts';
import { GATEWAY_GROUP } from '../../kinds/gateway-api/names.ts';
import type { Gateway } from '../../kinds/gateway/gateway-spec.ts';
import type { Json, JsonObject } from '../../manifests/document.ts';
import { nameKey, type ObjectRef } from '../../manifests/object-ref.ts';
import { admits, carries } from '../listeners.ts';
import { objectName } from '../names.ts';
import type { Site } from '../site.ts';
import { manifest, type Component, type Spot } from './component.ts';
import { GATEWAY_API } from './gateways.ts';
import { hostFor, serviceFor } from './ingresses.ts';

export type DrawnRoute = 'HTTPRoute' | 'GRPCRoute' | 'TLSRoute';

/** Under the namespace of the route unless it is another's. */
export function namedFrom(namespace: string, { namespace: other, name }: ObjectRef): JsonObject {
  return other === namespace ? { name } : { name, namespace: other };
}

export function routeManifest(ref: ObjectRef, gateway: ObjectRef | null, host: string, backend: ObjectRef, port: number): JsonObject {
  return manifest(ref, GATEWAY_API, {
    spec: {
      hostnames: [host],
      ...(gateway !== null && { parentRefs: [namedFrom(ref.namespace, gateway)] }),
      rules: [{ backendRefs: [{ ...namedFrom(ref.namespace, backend), port }] }],
    },
  });
}

/** The Gateway it was dropped on is joined afterwards; else the first that takes it as it is. */
function gatewayFor(site: Site, kind: DrawnRoute, { namespace, onto }: Spot): ObjectRef | null {
  if (onto?.kind === 'Gateway') return null;
  const takes = ({ manifest: text, listeners, ref }: Gateway) =>
    text !== null && listeners.some((one) => carries(one, kind) && admits(site, one, ref.namespace, namespace));
  return [...site.cluster.gateways.values()].find(takes)?.ref ?? null;
}

function routeComponent(id: string, kind: DrawnRoute, usual: { readonly name: string; readonly port: number }, title: Message, about: Message): Component {
  return {
    id,
    section: 'route',
    picture: kind,
    title,
    about,
    place: (site, at) => {
      const named = new Set(
        [...site.cluster.routes.values()].flatMap(({ rules }) =>
          rules.flatMap(({ backendRefs }) => backendRefs.map(({ namespace, name }) => nameKey(namespace, name))),
        ),
      );
      const service = serviceFor(site, at, named);
      // A route without a backend answers with an error, so one to a Service that is still to come stands there.
      const backend = service?.ref ?? { kind: 'Service', namespace: at.namespace, name: usual.name };
      const ref = { kind, namespace: at.namespace, name: objectName(site, kind, at.namespace, [backend.name]) };
      const gateway = gatewayFor(site, kind, at);
      const port = service?.ports[0]?.port ?? usual.port;
      return { documents: [routeManifest(ref, gateway, hostFor(site, backend.name), backend, port)], object: ref };
    },
  };
}

const httpRoute = routeComponent('http-route', 'HTTPRoute', { name: 'web', port: 80 }, msg('build.http-route'), msg('build.http-route.about'));
const grpcRoute = routeComponent('grpc-route', 'GRPCRoute', { name: 'api', port: 80 }, msg('build.grpc-route'), msg('build.grpc-route.about'));
const tlsRoute = routeComponent('tls-route', 'TLSRoute', { name: 'web', port: 443 }, msg('build.tls-route'), msg('build.tls-route.about'));

/** `group` is written although it is empty: a grant must say it, and the core API's is the empty one. */
export function grantManifest(site: Site, from: ObjectRef, to: { readonly kind: string; readonly namespace: string; readonly name?: string }): JsonObject {
  const name = objectName(site, 'ReferenceGrant', to.namespace, [`allow-${from.namespace}`]);
  const target: JsonObject = { group: '', kind: to.kind, ...(to.name !== undefined && { name: to.name }) };
  return manifest({ kind: 'ReferenceGrant', namespace: to.namespace, name }, GATEWAY_API, {
    spec: { from: [{ group: GATEWAY_GROUP, kind: from.kind, namespace: from.namespace }], to: [target] satisfies readonly Json[] },
  });
}

/** For the namespace that somebody else's route names; a grant within one namespace would grant nothing. */
const referenceGrant: Component = {
  id: 'reference-grant',
  section: 'route',
  picture: 'ReferenceGrant',
  title: msg('build.reference-grant'),
  about: msg('build.reference-grant.about'),
  place: (site, { namespace, onto }) => {
    const others = [...site.cluster.routes.values()].filter(({ ref }) => ref.namespace !== namespace);
    const asking = others.find(({ rules }) => rules.some(({ backendRefs }) => backendRefs.some((one) => one.namespace === namespace))) ?? others[0];
    const declared = [...site.cluster.namespaces.values()].find((one) => one.manifest !== null && one.ref.name !== namespace)?.ref.name;
    const from = asking?.ref ?? { kind: 'HTTPRoute', namespace: declared ?? (namespace === 'shop' ? 'team-a' : 'shop'), name: '' };
    const document = grantManifest(site, from, { kind: 'Service', namespace, ...(onto?.kind === 'Service' && { name: onto.name }) });
    const name = objectName(site, 'ReferenceGrant', namespace, [`allow-${from.namespace}`]);
    return { documents: [document], object: { kind: 'ReferenceGrant', namespace, name } };
  },
};

export const gatewayRoutes: readonly Component[] = [httpRoute, grpcRoute, tlsRoute, referenceGrant];
