/** What a route becomes: where it is attached, what its backends are, and its conditions per parent (S12.13). */
import { msg } from '../../../catalogue/message.ts';
import { GATEWAY_GROUP } from '../../kinds/gateway-api/names.ts';
import type { ParentRef } from '../../kinds/gateway-api/references.ts';
import type { Route } from '../../kinds/gateway-api/route-spec.ts';
import type { Namespace } from '../../kinds/namespace/namespace-spec.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import { nameKey, type ObjectRef, refKey } from '../../manifests/object-ref.ts';
import { attach, furthest, type Refusal } from './attachment.ts';
import type { RunningGatewayController } from './controllers.ts';
import { lackingFor } from './features.ts';
import type { ListenerDraft } from './listeners.ts';
import type { AttachedRoute, BackendResolution, Condition, RefusedRoute, SettledParent } from './settled.ts';

/** A Gateway or ListenerSet that a controller answers for. */
export interface Parent {
  readonly ref: ObjectRef;
  readonly controller: RunningGatewayController;
  /** Its own listeners only. */
  readonly listeners: readonly ListenerDraft[];
}

export interface RouteWorld {
  /** By `refKey`. */
  readonly parents: ReadonlyMap<string, Parent>;
  readonly mesh: RunningGatewayController | null;
  readonly namespaces: ReadonlyMap<string, Namespace>;
  readonly services: ReadonlyMap<string, Service>;
}

export interface SettledParents {
  readonly parents: readonly SettledParent[];
  /** By id of the listener. */
  readonly attached: readonly { readonly listener: string; readonly route: AttachedRoute }[];
  readonly refused: readonly { readonly listener: string; readonly route: RefusedRoute }[];
}

/** S12.13.1: a parent that nobody answers for gets no entry in the status. */
export function settleParents(route: Route, backends: ReadonlyMap<string, BackendResolution>, world: RouteWorld): SettledParents {
  const parents: SettledParent[] = [];
  const attached: SettledParents['attached'][number][] = [];
  const refused: SettledParents['refused'][number][] = [];
  for (const [index, ref] of route.parentRefs.entries()) {
    if (ref.group === '' && ref.kind === 'Service') {
      if (world.mesh !== null) parents.push(meshParent(route, index, ref, backends, world.mesh, world.services));
      continue;
    }
    const target: ObjectRef = { kind: ref.kind, namespace: ref.namespace, name: ref.name };
    const parent = ref.group === GATEWAY_GROUP ? world.parents.get(refKey(target)) : undefined;
    if (parent === undefined) continue;
    const found = attach(route, ref, parent.listeners, world.namespaces);
    const refusal = found.attached.length > 0 ? null : furthest(found.refused, ref, parent.listeners);
    const conditions = routeConditions(route, refusal, backends, parent.controller.unsupportedFeatures);
    const accepted = conditions[0]?.status === 'True';
    const { controllerName } = parent.controller;
    const listeners = accepted ? found.attached.map(({ listener }) => listener) : [];
    parents.push({ index, parent: target, sectionName: ref.sectionName, port: ref.port, controllerName, accepted, listeners, conditions });
    const key = refKey(route.ref);
    if (accepted) for (const { listener, hostnames } of found.attached) attached.push({ listener, route: { route: key, parentRef: index, hostnames } });
    for (const one of found.refused) refused.push({ listener: one.listener, route: { route: key, parentRef: index, ...one.refusal } });
  }
  return { parents, attached, refused };
}

function meshParent(
  route: Route,
  index: number,
  ref: ParentRef,
  backends: ReadonlyMap<string, BackendResolution>,
  mesh: RunningGatewayController,
  services: ReadonlyMap<string, Service>,
): SettledParent {
  const service = services.get(nameKey(ref.namespace, ref.name));
  const args = { service: nameKey(ref.namespace, ref.name) };
  const refusal: Refusal | null =
    service === undefined
      ? { reason: 'NoMatchingParent', why: msg('gateway-api.mesh-no-service', args), rule: 'S12.15' }
      : ref.port !== null && !service.ports.some(({ port }) => port === ref.port)
        ? { reason: 'NoMatchingParent', why: msg('gateway-api.backend-port', { ...args, port: ref.port }), rule: 'S12.15' }
        : null;
  const conditions = routeConditions(route, refusal, backends, mesh.unsupportedFeatures);
  const accepted = conditions[0]?.status === 'True';
  const parent: ObjectRef = { kind: 'Service', namespace: ref.namespace, name: ref.name };
  return { index, parent, sectionName: ref.sectionName, port: ref.port, controllerName: mesh.controllerName, accepted, listeners: [], conditions };
}

/** Accepted first. A rule that needs what the implementation lacks is dropped; a route of such rules only is refused. */
function routeConditions(
  route: Route,
  refusal: Refusal | null,
  backends: ReadonlyMap<string, BackendResolution>,
  unsupported: readonly string[],
): readonly Condition[] {
  const resolved = resolvedCondition(route, backends);
  if (refusal !== null) return [{ type: 'Accepted', status: 'False', reason: refusal.reason, message: refusal.why }, resolved];
  const lacking = route.rules.flatMap((rule, index) => {
    const feature = lackingFor(route, rule, unsupported);
    return feature === null ? [] : [{ index, feature }];
  });
  const [first] = lacking;
  if (first === undefined) return [{ type: 'Accepted', status: 'True', reason: 'Accepted', message: msg('gateway-api.route-accepted') }, resolved];
  const message = msg('gateway-api.rule-dropped', first);
  if (lacking.length === route.rules.length) return [{ type: 'Accepted', status: 'False', reason: 'UnsupportedValue', message }, resolved];
  return [
    { type: 'Accepted', status: 'True', reason: 'Accepted', message: msg('gateway-api.route-accepted') },
    resolved,
    { type: 'PartiallyInvalid', status: 'True', reason: 'UnsupportedValue', message },
  ];
}

/** The first reference that leads nowhere, in the order of the rules. */
function resolvedCondition(route: Route, backends: ReadonlyMap<string, BackendResolution>): Condition {
  const failure = (reason: string, message: Condition['message']): Condition => ({ type: 'ResolvedRefs', status: 'False', reason, message });
  for (const backend of backends.values()) if (backend.kind === 'invalid') return failure(backend.reason, backend.why);
  // Filters of an implementation's own are of kinds that nobody here knows: their rules fail and are not skipped (S12.7).
  const filters = route.rules.flatMap((rule) => [...rule.filters, ...rule.backendRefs.flatMap((ref) => ref.filters)]);
  const extension = filters.find((filter) => filter.type === 'ExtensionRef');
  if (extension !== undefined) return failure('InvalidKind', msg('gateway-api.extension-unknown', { kind: extension.kind, name: extension.name }));
  return { type: 'ResolvedRefs', status: 'True', reason: 'ResolvedRefs', message: msg('gateway-api.route-resolved') };
}
