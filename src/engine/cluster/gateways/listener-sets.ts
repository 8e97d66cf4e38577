/** Which ListenerSets a Gateway lets add listeners, and their order of precedence (S12.14, S12.4.4). */
import type { NamespacesAllowed } from '../../kinds/gateway-api/listener-spec.ts';
import { GATEWAY_GROUP } from '../../kinds/gateway-api/names.ts';
import type { Gateway } from '../../kinds/gateway/gateway-spec.ts';
import type { ListenerSet } from '../../kinds/listener-set/listener-set-spec.ts';
import type { Namespace } from '../../kinds/namespace/namespace-spec.ts';
import { selectorMatches } from '../../kinds/workload/label-selector.ts';

/** Names the Gateway as its parent and is of a namespace that the Gateway allows. */
export function allowsListenerSet(gateway: Gateway, set: ListenerSet, namespaces: ReadonlyMap<string, Namespace>): boolean {
  return isParent(gateway, set) && allowsNamespace(gateway.allowedListeners, gateway.ref.namespace, set.ref.namespace, namespaces);
}

export function isParent(gateway: Gateway, { parentRef }: ListenerSet): boolean {
  return (
    parentRef.group === GATEWAY_GROUP && parentRef.kind === 'Gateway' && parentRef.namespace === gateway.ref.namespace && parentRef.name === gateway.ref.name
  );
}

/** S12.1.3: without a selector, `from: Selector` selects nothing. */
export function allowsNamespace({ from, selector }: NamespacesAllowed, own: string, asking: string, namespaces: ReadonlyMap<string, Namespace>): boolean {
  switch (from) {
    case 'All':
      return true;
    case 'None':
      return false;
    case 'Same':
      return own === asking;
    case 'Selector':
      return selector !== null && selectorMatches(selector, namespaces.get(asking)?.metadata.labels ?? {});
  }
}
