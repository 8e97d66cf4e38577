/** All conditions of a cluster in one list, as the statuses of its objects would show them (S12.13). */
import { nameKey, type ObjectRef, refKey } from '../../manifests/object-ref.ts';
import type { Cluster } from '../cluster.ts';
import type { Condition } from './settled.ts';

export interface PlacedCondition {
  readonly object: ObjectRef;
  /** The parent of a route or the ancestor of a policy that the condition is about. */
  readonly parent: ObjectRef | null;
  /** Name of the listener that it is about. */
  readonly listener: string | null;
  readonly condition: Condition;
}

export function conditionsOf({ gatewayApi, gatewayClasses, gateways, listenerSets, routes, backendTLSPolicies }: Cluster): readonly PlacedCondition[] {
  const out: PlacedCondition[] = [];
  const add = (object: ObjectRef | undefined, conditions: readonly Condition[], parent: ObjectRef | null = null, listener: string | null = null): void => {
    if (object !== undefined) for (const condition of conditions) out.push({ object, parent, listener, condition });
  };
  for (const [name, { conditions }] of gatewayApi.classes) add(gatewayClasses.get(name)?.ref, conditions);
  for (const [key, { conditions }] of gatewayApi.gateways) add(gateways.get(key)?.ref, conditions);
  for (const [key, { conditions }] of gatewayApi.listenerSets) add(listenerSets.get(key)?.ref, conditions);
  for (const { listeners } of gatewayApi.gateways.values()) for (const { owner, name, conditions } of listeners) add(owner, conditions, null, name);
  for (const [key, { parents }] of gatewayApi.routes) for (const { parent, conditions } of parents) add(routes.get(key)?.ref, conditions, parent);
  for (const [key, { ancestors }] of gatewayApi.backendTLSPolicies) {
    for (const { parent, conditions } of ancestors) add(backendTLSPolicies.get(key)?.ref, conditions, parent);
  }
  return out;
}

/** What the status of one object says about itself, one of its listeners, or one of its parents. */
export interface StatusPart {
  readonly about:
    | { readonly kind: 'object' }
    | { readonly kind: 'listener'; readonly name: string; readonly attachedRoutes: number }
    /** `name`: of the parent, with the section and port that the route asks for. */
    | { readonly kind: 'parent'; readonly name: string };
  readonly conditions: readonly Condition[];
}

/** Empty for objects that no controller of the Gateway API answers for. */
export function statusOf({ gatewayApi }: Cluster, object: ObjectRef): readonly StatusPart[] {
  const key = nameKey(object.namespace, object.name);
  const own = (conditions: readonly Condition[] | undefined): readonly StatusPart[] =>
    conditions === undefined ? [] : [{ about: { kind: 'object' }, conditions }];
  const listeners = [...gatewayApi.gateways.values()].flatMap((gateway) => gateway.listeners.filter(({ owner }) => refKey(owner) === refKey(object)));
  const ofListeners = listeners.map(({ name, attachedRoutes, conditions }): StatusPart => ({ about: { kind: 'listener', name, attachedRoutes }, conditions }));
  switch (object.kind) {
    case 'GatewayClass':
      return own(gatewayApi.classes.get(object.name)?.conditions);
    case 'Gateway':
      return [...own(gatewayApi.gateways.get(key)?.conditions), ...ofListeners];
    case 'ListenerSet':
      return [...own(gatewayApi.listenerSets.get(key)?.conditions), ...ofListeners];
    case 'BackendTLSPolicy':
      return (gatewayApi.backendTLSPolicies.get(key)?.ancestors ?? []).map(({ parent, conditions }) => ({
        about: { kind: 'parent', name: refKey(parent) },
        conditions,
      }));
    default:
      return (gatewayApi.routes.get(refKey(object))?.parents ?? []).map(({ parent, sectionName, port, conditions }) => ({
        about: { kind: 'parent', name: [refKey(parent), sectionName, port].filter((part) => part !== null).join(' ') },
        conditions,
      }));
  }
}
