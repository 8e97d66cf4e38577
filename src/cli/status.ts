/** The status view of the command: what the controllers of the Gateway API would write into each object's status (S12.13). */
import { renderText } from '../catalogue/render.ts';
import { conditionsOf, refKey, type Cluster } from '../engine/index.ts';

export function statusOf(cluster: Cluster): Record<string, unknown> {
  const { gateways } = cluster.gatewayApi;
  return {
    conditions: conditionsOf(cluster).map(({ object, parent, listener, condition }) => ({
      object: refKey(object),
      parent: parent && refKey(parent),
      listener,
      type: condition.type,
      status: condition.status,
      reason: condition.reason,
      message: renderText(condition.message),
    })),
    attachedRoutes: [...gateways.values()].flatMap(({ listeners }) =>
      listeners.map(({ owner, name, attachedRoutes }) => ({ object: refKey(owner), listener: name, count: attachedRoutes })),
    ),
    attachedListenerSets: Object.fromEntries([...gateways].map(([key, gateway]) => [`Gateway/${key}`, gateway.attachedListenerSets])),
  };
}
