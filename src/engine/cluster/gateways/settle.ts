/**
 * Everything that the controllers of the Gateway API settle, in the order in which it depends on each other: who serves
 * which Gateway, its listeners, the routes on them, the policies of their backends (S12). Decides nothing about requests.
 */
import { msg } from '../../../catalogue/message.ts';
import type { BackendTLSPolicy } from '../../kinds/backend-tls-policy/backend-tls-policy-spec.ts';
import type { Route } from '../../kinds/gateway-api/route-spec.ts';
import type { GatewayClass } from '../../kinds/gateway-class/gateway-class-spec.ts';
import type { Gateway } from '../../kinds/gateway/gateway-spec.ts';
import type { ListenerSet } from '../../kinds/listener-set/listener-set-spec.ts';
import type { Namespace } from '../../kinds/namespace/namespace-spec.ts';
import type { Node } from '../../kinds/node/node-spec.ts';
import type { Pod } from '../../kinds/pod/pod-spec.ts';
import type { Service } from '../../kinds/service/service-spec.ts';
import type { Manifests } from '../../manifests/document.ts';
import { nameKey, type ObjectRef, refKey } from '../../manifests/object-ref.ts';
import type { LoadBalancer } from '../cluster.ts';
import { addressesOf } from './addresses.ts';
import { byAgeThenName } from './age.ts';
import { type Ancestor, settleBackendTLS } from './backend-tls.ts';
import { type Abilities, resolveBackends } from './backends.ts';
import { serverCertificate, type Stores } from './certificates.ts';
import { classConditions, gatewayConditions, listenerSetConditions, pending } from './conditions.ts';
import { claimOf, type GatewayControllers, type RunningGatewayController } from './controllers.ts';
import { infrastructureOf, type Installed } from './infrastructure.ts';
import { allowsListenerSet, isParent } from './listener-sets.ts';
import { draftListeners, type ListenerDraft } from './listeners.ts';
import { type Parent, type SettledParents, settleParents } from './routes.ts';
import type { MeshBinding, SettledGateway, SettledGatewayApi, SettledGatewayClass, SettledListener, SettledListenerSet, SettledRoute } from './settled.ts';

export interface GatewayWorld extends Stores {
  readonly manifests: Manifests;
  /** S1.3a: in an open world, what was not pasted exists. */
  readonly complete: boolean;
  readonly gatewayClasses: ReadonlyMap<string, GatewayClass>;
  readonly gateways: ReadonlyMap<string, Gateway>;
  readonly listenerSets: ReadonlyMap<string, ListenerSet>;
  readonly routes: ReadonlyMap<string, Route>;
  readonly backendTLSPolicies: ReadonlyMap<string, BackendTLSPolicy>;
  readonly namespaces: ReadonlyMap<string, Namespace>;
  readonly nodes: ReadonlyMap<string, Node>;
  readonly pods: ReadonlyMap<string, Pod>;
  readonly services: ReadonlyMap<string, Service>;
  readonly loadBalancers: ReadonlyMap<string, LoadBalancer>;
}

export function settleGateways(controllers: GatewayControllers, installed: Installed, world: GatewayWorld): SettledGatewayApi {
  const classes = new Map([...world.gatewayClasses].map(([name, one]) => [name, settleClass(one, controllers.running, world)]));
  const drafts = [...world.gateways.values()].map((gateway) => draftGateway(gateway, controllers.running, installed, world));
  const parents = new Map<string, Parent>();
  for (const { gateway, controller, sets, listeners } of drafts) {
    if (controller === null) continue;
    for (const { ref } of [gateway, ...sets]) {
      const own = listeners.filter(({ owner }) => refKey(owner.ref) === refKey(ref));
      parents.set(refKey(ref), { ref, controller, listeners: own });
    }
  }
  const routeWorld = { parents, mesh: controllers.mesh, namespaces: world.namespaces, services: world.services };
  const routes = new Map<string, SettledRoute>();
  const attached: SettledParents['attached'][number][] = [];
  const refused: SettledParents['refused'][number][] = [];
  const byGatewayAge = [...world.routes.values()].sort(byAgeThenName);
  for (const route of byGatewayAge) {
    const backends = resolveBackends(route, abilitiesFor(route, parents, controllers.mesh), world);
    const settled = settleParents(route, backends, routeWorld);
    routes.set(refKey(route.ref), { route: refKey(route.ref), parents: settled.parents, backends });
    attached.push(...settled.attached);
    refused.push(...settled.refused);
  }
  const { gateways, listenerSets } = closeGateways(drafts, attached, refused, world);
  const policies = [...world.backendTLSPolicies.values()];
  const tls = settleBackendTLS(policies, world.services, policies.length === 0 ? new Map() : ancestorsOf(drafts, routes), world);
  const mesh = controllers.mesh === null ? new Map() : meshBindings(byGatewayAge, routes);
  const meshAssumption = controllers.mesh?.assumption ?? null;
  return { classes, gateways, listenerSets, routes, backendTLSPolicies: tls.policies, backendTLS: tls.byPort, mesh, meshAssumption };
}

function settleClass(one: GatewayClass, running: readonly RunningGatewayController[], world: GatewayWorld): SettledGatewayClass {
  const controller = running.find(({ controllerName }) => controllerName === one.controllerName);
  const args = { class: one.ref.name, controller: one.controllerName };
  const lost = one.parametersRef === null ? null : lostParameters(one.parametersRef, one.parametersRef.namespace ?? '', world);
  if (controller === undefined)
    return { name: one.ref.name, controller: null, conditions: classConditions(false, msg('gateway-api.class-unserved', args), null) };
  return { name: one.ref.name, controller: controller.name, conditions: classConditions(true, msg('gateway-api.class-accepted', args), lost) };
}

/** What `parametersRef` names, when it must have been pasted and was not. */
function lostParameters(ref: { readonly kind: string; readonly name: string }, namespace: string, { manifests, complete }: GatewayWorld): string | null {
  const isThere = manifests.objects.some((object) => object.ref.kind === ref.kind && object.ref.name === ref.name && object.ref.namespace === namespace);
  return isThere || !complete ? null : `${ref.kind} ${nameKey(namespace, ref.name)}`;
}

/** A Gateway, its ListenerSets in order of precedence, and their listeners, before any route. */
interface GatewayDraft {
  readonly gateway: Gateway;
  readonly controller: RunningGatewayController | null;
  readonly sets: readonly ListenerSet[];
  /** Those that name it and are not allowed to add listeners. */
  readonly refusedSets: readonly ListenerSet[];
  readonly listeners: readonly ListenerDraft[];
  readonly settled: Omit<SettledGateway, 'listeners' | 'attachedListenerSets'>;
}

function draftGateway(gateway: Gateway, running: readonly RunningGatewayController[], installed: Installed, world: GatewayWorld): GatewayDraft {
  const key = nameKey(gateway.ref.namespace, gateway.ref.name);
  const claim = claimOf(gateway, running, world.gatewayClasses);
  if (claim.kind === 'unclaimed') {
    const conditions = pending(claim.why);
    const nobody = { controller: null, implementation: 'generic', unsupportedFeatures: [], infrastructure: null, addresses: [], assumption: null };
    const settled = { gateway: key, ...nobody, why: claim.why, rules: [claim.rule], accepted: false, clientCertificate: null, conditions };
    return { gateway, controller: null, sets: [], refusedSets: [], listeners: [], settled };
  }
  const { controller, gatewayClass } = claim;
  const { unsupportedFeatures } = controller;
  const naming = [...world.listenerSets.values()].filter((set) => isParent(gateway, set)).sort(byAgeThenName);
  const sets = naming.filter((set) => allowsListenerSet(gateway, set, world.namespaces));
  const listeners = draftListeners(gateway, sets, unsupportedFeatures, world);
  const installation = installed.get(key);
  const infrastructure = installation === undefined ? null : infrastructureOf(installation, gateway.ref.namespace, world.pods, world.services);
  const addresses = infrastructure === null ? [] : addressesOf(infrastructure, world);
  const { parametersRef } = gateway.infrastructure;
  const client = gateway.backendClientCertificate;
  const clientCertificate = client === null ? null : serverCertificate(gateway.ref, client, world);
  const conditions = gatewayConditions(gateway, {
    listeners,
    lostParameters: parametersRef === null ? null : lostParameters(parametersRef, gateway.ref.namespace, world),
    unsupportedFeatures,
    addresses,
    clientCertificate,
  });
  return {
    gateway,
    controller,
    sets,
    refusedSets: naming.filter((set) => !sets.includes(set)),
    listeners,
    settled: {
      gateway: key,
      controller: controller.name,
      implementation: controller.implementation,
      unsupportedFeatures,
      why: msg('gateway-api.claimed', { controller: controller.name, class: gatewayClass.ref.name }),
      rules: ['S12.1.1', 'S12.1.2'],
      accepted: conditions.some(({ type, status }) => type === 'Accepted' && status === 'True'),
      clientCertificate: clientCertificate?.kind === 'good' ? clientCertificate.key : null,
      infrastructure,
      addresses,
      conditions,
      assumption: controller.assumption,
    },
  };
}

/** A feature that the implementation of any parent lacks may make a backend unusable for the route. */
function abilitiesFor(route: Route, parents: ReadonlyMap<string, Parent>, mesh: RunningGatewayController | null): Abilities {
  const serving = route.parentRefs.flatMap((ref): readonly RunningGatewayController[] => {
    const parent = parents.get(refKey({ kind: ref.kind, namespace: ref.namespace, name: ref.name }));
    return parent !== undefined ? [parent.controller] : ref.kind === 'Service' && mesh !== null ? [mesh] : [];
  });
  return {
    unsupportedFeatures: serving.flatMap(({ unsupportedFeatures }) => unsupportedFeatures),
    servesExternalNames: serving.some(({ servesExternalNames }) => servesExternalNames),
  };
}

/** Gateways and ListenerSets with the routes on their listeners. */
function closeGateways(
  drafts: readonly GatewayDraft[],
  attached: SettledParents['attached'],
  refused: SettledParents['refused'],
  world: GatewayWorld,
): Pick<SettledGatewayApi, 'gateways' | 'listenerSets'> {
  const attachedTo = groupByListener(attached);
  const refusedBy = groupByListener(refused);
  const gateways = new Map<string, SettledGateway>();
  const setsOf = new Map<string, SettledListenerSet>();
  for (const { gateway, sets, refusedSets, listeners, settled } of drafts) {
    let count = 0;
    for (const set of [...sets, ...refusedSets]) {
      const own = sets.includes(set) ? listeners.filter(({ owner }) => owner === set) : null;
      const conditions = listenerSetConditions(own, { key: settled.gateway, accepted: settled.accepted });
      if (conditions[0]?.status === 'True') count++;
      const key = nameKey(set.ref.namespace, set.ref.name);
      setsOf.set(key, { listenerSet: key, gateway: own === null ? null : settled.gateway, listeners: own?.map(({ id }) => id) ?? [], conditions });
    }
    const isServed = (owner: ObjectRef) =>
      settled.accepted && (owner.kind === gateway.ref.kind || setsOf.get(nameKey(owner.namespace, owner.name))?.conditions[0]?.status === 'True');
    gateways.set(settled.gateway, {
      ...settled,
      attachedListenerSets: count,
      listeners: listeners.map((one): SettledListener => {
        const routes = attachedTo.get(one.id) ?? [];
        return {
          id: one.id,
          owner: one.owner.ref,
          path: one.path,
          name: one.spec.name,
          port: one.spec.port,
          protocol: one.spec.protocol,
          carrier: one.carrier,
          hostname: one.spec.hostname,
          tls: one.tls,
          serves: one.programmed && isServed(one.owner.ref),
          supportedKinds: one.supportedKinds,
          attached: routes,
          refused: refusedBy.get(one.id) ?? [],
          attachedRoutes: new Set(routes.map(({ route }) => route)).size,
          conditions: one.conditions,
        };
      }),
    });
  }
  const listenerSets = new Map<string, SettledListenerSet>();
  for (const [key, { parentRef }] of world.listenerSets) {
    // A Gateway that is missing or that nobody serves leaves the set as it was created.
    const why = msg('gateway-api.set-waits', { gateway: nameKey(parentRef.namespace, parentRef.name) });
    listenerSets.set(key, setsOf.get(key) ?? { listenerSet: key, gateway: null, listeners: [], conditions: pending(why) });
  }
  return { gateways, listenerSets };
}

function groupByListener<T>(list: readonly { readonly listener: string; readonly route: T }[]): ReadonlyMap<string, readonly T[]> {
  const out = new Map<string, T[]>();
  for (const { listener, route } of list) {
    const same = out.get(listener);
    if (same === undefined) out.set(listener, [route]);
    else same.push(route);
  }
  return out;
}

/** The Gateways whose accepted routes lead to each Service. */
function ancestorsOf(drafts: readonly GatewayDraft[], routes: ReadonlyMap<string, SettledRoute>): ReadonlyMap<string, readonly Ancestor[]> {
  const gatewayOf = new Map<string, Ancestor>();
  for (const { gateway, controller, listeners } of drafts) {
    if (controller === null) continue;
    for (const { id } of listeners) gatewayOf.set(id, { parent: gateway.ref, controllerName: controller.controllerName });
  }
  const out = new Map<string, Ancestor[]>();
  for (const { parents, backends } of routes.values()) {
    const ancestors = parents.flatMap(({ listeners }) => listeners.flatMap((id) => gatewayOf.get(id) ?? []));
    for (const backend of backends.values()) if (backend.kind === 'service') push(out, backend.service, ancestors);
  }
  return out;
}

function push<T>(map: Map<string, T[]>, key: string, items: readonly T[]): void {
  map.set(key, [...(map.get(key) ?? []), ...items]);
}

/** S12.15: routes of the Service's own namespace are its producer's; others are those of one consumer's namespace. */
function meshBindings(routes: readonly Route[], settled: ReadonlyMap<string, SettledRoute>): ReadonlyMap<string, readonly MeshBinding[]> {
  const out = new Map<string, MeshBinding[]>();
  for (const { ref } of routes) {
    const key = refKey(ref);
    for (const { index, parent, port, accepted } of settled.get(key)?.parents ?? []) {
      if (parent.kind !== 'Service' || !accepted) continue;
      const consumerNamespace = parent.namespace === ref.namespace ? null : ref.namespace;
      push(out, nameKey(parent.namespace, parent.name), [{ route: key, parentRef: index, port, consumerNamespace }]);
    }
  }
  return out;
}
