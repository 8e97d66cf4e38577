/** What a listener of a Gateway takes, as far as building by hand asks. */
import { allowsNamespace } from '../cluster/gateways/listener-sets.ts';
import type { Listener } from '../kinds/gateway-api/listener-spec.ts';
import { kinds } from '../kinds/index.ts';
import type { Site } from './site.ts';

const CARRIERS: ReadonlyMap<string, readonly string[]> = new Map(kinds.flatMap(({ kind, route }) => (route === undefined ? [] : [[kind, route.carriers]])));

/** Routes of this kind go over its protocol, and it does not want other kinds only (S12.12.2). */
export function carries({ protocol, tls, allowedRoutes }: Listener, kind: string): boolean {
  const carriers = CARRIERS.get(kind) ?? [];
  const isCarried = carriers.includes(protocol) || carriers.includes(`${protocol}/${tls?.mode ?? 'Terminate'}`);
  return isCarried && (allowedRoutes.kinds.length === 0 || allowedRoutes.kinds.some((one) => one.kind === kind));
}

/** `own`: the namespace of the Gateway. */
export function admits({ cluster }: Site, { allowedRoutes }: Listener, own: string, namespace: string): boolean {
  return allowsNamespace(allowedRoutes.namespaces, own, namespace, cluster.namespaces);
}
