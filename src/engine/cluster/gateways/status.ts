/** All conditions of a cluster in one list, as the statuses of its objects would show them (S12.13). */
import type { ObjectRef } from '../../manifests/object-ref.ts';
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
