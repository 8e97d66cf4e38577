/** Which routes attach to which listeners, and why the others do not (S12.1.3, S12.2). */
import { msg } from '../../../catalogue/message.ts';
import { GATEWAY_GROUP } from '../../kinds/gateway-api/names.ts';
import type { ParentRef } from '../../kinds/gateway-api/references.ts';
import type { Route } from '../../kinds/gateway-api/route-spec.ts';
import type { Namespace } from '../../kinds/namespace/namespace-spec.ts';
import { intersectHostnames } from './hostnames.ts';
import { allowsNamespace } from './listener-sets.ts';
import type { ListenerDraft } from './listeners.ts';
import type { RefusedRoute } from './settled.ts';

export interface Attachment {
  readonly attached: readonly { readonly listener: string; readonly hostnames: readonly string[] }[];
  readonly refused: readonly { readonly listener: string; readonly refusal: Refusal }[];
}

export type Refusal = Pick<RefusedRoute, 'reason' | 'why' | 'rule'>;

/** The order in which a listener checks: the reason of a route is that of the check it got furthest with. */
const STAGES: readonly Refusal['reason'][] = ['NoMatchingParent', 'NotAllowedByListeners', 'NoMatchingListenerHostname'];

/** `listeners`: those of the parent itself. Those that ListenerSets add belong to the sets alone (S12.14). */
export function attach(route: Route, ref: ParentRef, listeners: readonly ListenerDraft[], namespaces: ReadonlyMap<string, Namespace>): Attachment {
  const attached: Attachment['attached'][number][] = [];
  const refused: Attachment['refused'][number][] = [];
  for (const listener of listeners) {
    const found = check(route, ref, listener, namespaces);
    if ('reason' in found) refused.push({ listener: listener.id, refusal: found });
    else attached.push({ listener: listener.id, hostnames: found.hostnames });
  }
  return { attached, refused };
}

/** The refusal that the status of a route shows when no listener took it. `listeners`: those of the parent. */
export function furthest(refused: Attachment['refused'], ref: ParentRef, listeners: readonly ListenerDraft[]): Refusal {
  const [first] = refused.map(({ refusal }) => refusal).sort((a, b) => STAGES.indexOf(b.reason) - STAGES.indexOf(a.reason));
  if (first !== undefined && first.reason !== 'NoMatchingParent') return first;
  const parent = ref.name;
  const names = listeners.map(({ spec }) => spec.name);
  const why =
    listeners.length === 0
      ? msg('gateway-api.no-listeners', { parent })
      : ref.sectionName !== null && !names.includes(ref.sectionName)
        ? msg('gateway-api.no-section', { parent, section: ref.sectionName, listeners: names })
        : msg('gateway-api.no-port', { parent, wanted: ref.port ?? 0, ports: [...new Set(listeners.map(({ spec }) => String(spec.port)))] });
  return { reason: 'NoMatchingParent', why, rule: 'S12.13.1' };
}

function check(
  route: Route,
  ref: ParentRef,
  { spec, owner, supportedKinds }: ListenerDraft,
  namespaces: ReadonlyMap<string, Namespace>,
): Refusal | { readonly hostnames: readonly string[] } {
  const { kind, namespace } = route.ref;
  const args = { listener: spec.name };
  if (ref.sectionName !== null && ref.sectionName !== spec.name) {
    return { reason: 'NoMatchingParent', why: msg('gateway-api.other-section', { ...args, section: ref.sectionName }), rule: 'S12.13.1' };
  }
  if (ref.port !== null && ref.port !== spec.port) {
    return { reason: 'NoMatchingParent', why: msg('gateway-api.other-port', { ...args, port: spec.port, wanted: ref.port }), rule: 'S12.13.1' };
  }
  if (!supportedKinds.some((one) => one.group === GATEWAY_GROUP && one.kind === kind)) {
    return { reason: 'NotAllowedByListeners', why: msg('gateway-api.kind-not-allowed', { ...args, kind, protocol: spec.protocol }), rule: 'S12.12.2' };
  }
  const { namespaces: allowed } = spec.allowedRoutes;
  if (!allowsNamespace(allowed, owner.ref.namespace, namespace, namespaces)) {
    return { reason: 'NotAllowedByListeners', why: msg('gateway-api.namespace-not-allowed', { ...args, namespace, from: allowed.from }), rule: 'S12.1.3' };
  }
  const hasHostnames = route.protocol !== 'tcp' && route.protocol !== 'udp';
  const hostnames = hasHostnames ? intersectHostnames(spec.hostname, route.hostnames) : [];
  if (hostnames === null) {
    const why = msg('gateway-api.hostnames-disjoint', { ...args, hostname: spec.hostname ?? '', hostnames: route.hostnames });
    return { reason: 'NoMatchingListenerHostname', why, rule: 'S12.2' };
  }
  return { hostnames };
}
