/** What the backend references of routes lead to (S12.9). */
import { msg } from '../../../catalogue/message.ts';
import { GATEWAY_GROUP } from '../../kinds/gateway-api/names.ts';
import type { BackendObjectRef } from '../../kinds/gateway-api/references.ts';
import { backendsOf } from '../../kinds/gateway-api/route.ts';
import type { Route } from '../../kinds/gateway-api/route-spec.ts';
import type { ReferenceGrant } from '../../kinds/reference-grant/reference-grant-spec.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import { nameKey } from '../../manifests/object-ref.ts';
import { formatFieldPath } from '../../manifests/source.ts';
import { permission } from './grants.ts';
import type { BackendResolution } from './settled.ts';

interface World {
  readonly services: ReadonlyMap<string, Service>;
  readonly referenceGrants: ReadonlyMap<string, ReferenceGrant>;
}

/** What the implementations can do that serve the route. */
export interface Abilities {
  readonly unsupportedFeatures: readonly string[];
  readonly servesExternalNames: boolean;
}

/** By `formatFieldPath` of the place of each reference. */
export function resolveBackends(route: Route, able: Abilities, world: World): ReadonlyMap<string, BackendResolution> {
  return new Map(backendsOf(route).map(({ path, ref }) => [formatFieldPath(path), resolve(route, ref, able, world)]));
}

type Invalid = Extract<BackendResolution, { readonly kind: 'invalid' }>;

function resolve(route: Route, ref: BackendObjectRef, able: Abilities, { services, referenceGrants }: World): BackendResolution {
  if (ref.group !== '' || ref.kind !== 'Service') {
    const kind = ref.group === '' ? ref.kind : `${ref.kind}.${ref.group}`;
    return { kind: 'invalid', reason: 'InvalidKind', why: msg('gateway-api.backend-kind', { kind }), rule: 'S12.9.2' };
  }
  const key = nameKey(ref.namespace, ref.name);
  const from = { group: GATEWAY_GROUP, kind: route.ref.kind, namespace: route.ref.namespace };
  const allowed = sendsBack(route, ref) ? { kind: 'allowed' as const, grant: null } : permission(referenceGrants, from, ref);
  if (allowed.kind === 'refused') {
    const args = { kind: ref.kind, target: key, namespace: ref.namespace, ownKind: route.ref.kind, own: route.ref.namespace };
    return { kind: 'invalid', reason: 'RefNotPermitted', why: msg('gateway-api.not-permitted', args), rule: 'S12.9.5' };
  }
  const notFound = (why: Invalid['why'], rule: Invalid['rule'] = 'S12.9.2'): Invalid => ({ kind: 'invalid', reason: 'BackendNotFound', why, rule });
  const service = services.get(key);
  if (service === undefined) return notFound(msg('gateway-api.backend-missing', { service: key }));
  // Where its name leads is outside the reach of grants, so the API advises against it.
  if (service.type === 'ExternalName' && !able.servesExternalNames) {
    return { kind: 'invalid', reason: 'UnsupportedProtocol', why: msg('gateway-api.backend-external-name', { service: key }), rule: 'S12.9.3' };
  }
  const sameNumber = service.ports.filter(({ port }) => port === ref.port);
  const transport = route.protocol === 'udp' ? 'UDP' : 'TCP';
  const port = sameNumber.find(({ protocol }) => protocol === transport);
  if (sameNumber.length === 0) return notFound(msg('gateway-api.backend-port', { service: key, port: ref.port ?? 0 }));
  if (port === undefined) {
    const args = { service: key, port: ref.port ?? 0, protocol: sameNumber[0]!.protocol, kind: route.ref.kind };
    return { kind: 'invalid', reason: 'UnsupportedProtocol', why: msg('gateway-api.backend-transport', args), rule: 'S12.9.4' };
  }
  const { appProtocol } = port;
  if ((route.protocol === 'http' || route.protocol === 'grpc') && appProtocol !== null && !isSpoken(appProtocol, able.unsupportedFeatures)) {
    const why = msg('gateway-api.backend-protocol', { service: key, port: port.port, protocol: appProtocol });
    return { kind: 'invalid', reason: 'UnsupportedProtocol', why, rule: 'S12.9.4' };
  }
  return { kind: 'service', service: key, port: port.port, appProtocol, grant: allowed.grant };
}

/** A consumer route may send requests back to the Service whose clients it changes: that crosses no border (S12.15). */
function sendsBack({ parentRefs }: Route, { namespace, name }: BackendObjectRef): boolean {
  return parentRefs.some((parent) => parent.group === '' && parent.kind === 'Service' && parent.namespace === namespace && parent.name === name);
}

const FEATURES: Readonly<Record<string, string>> = {
  'kubernetes.io/h2c': 'HTTPRouteBackendProtocolH2C',
  'kubernetes.io/ws': 'HTTPRouteBackendProtocolWebSocket',
  'kubernetes.io/wss': 'HTTPRouteBackendProtocolWebSocket',
};

/** Plain names are those of IANA, of which HTTP proxies speak what they know; of the others only Kubernetes' own are known. */
function isSpoken(appProtocol: string, unsupported: readonly string[]): boolean {
  if (!appProtocol.includes('/')) return true;
  const feature = Object.hasOwn(FEATURES, appProtocol) ? FEATURES[appProtocol] : undefined;
  return feature !== undefined && !unsupported.includes(feature);
}
