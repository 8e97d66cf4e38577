/** What a route of the Gateway API can be joined to: Services by a backend, Gateways by a parent; with the grant or the admission that it needs. */
import { msg } from '../../../catalogue/message.ts';
import { permission } from '../../cluster/gateways/grants.ts';
import { intersectHostnames } from '../../cluster/gateways/hostnames.ts';
import type { Listener } from '../../kinds/gateway-api/listener-spec.ts';
import { GATEWAY_GROUP } from '../../kinds/gateway-api/names.ts';
import type { Route } from '../../kinds/gateway-api/route-spec.ts';
import { kinds } from '../../kinds/index.ts';
import { NAME_LABEL } from '../../kinds/namespace/namespace.ts';
import type { Json, JsonObject, ManifestObject } from '../../manifests/document.ts';
import { isList } from '../../manifests/json.ts';
import { nameKey, type ObjectRef, refKey } from '../../manifests/object-ref.ts';
import type { FieldPath } from '../../manifests/source.ts';
import type { Workspace } from '../../manifests/workspace.ts';
import { grantManifest, namedFrom } from '../components/gateway-routes.ts';
import { admits, carries } from '../listeners.ts';
import { inKubectlOrder } from '../names.ts';
import { serviceAt, type Site } from '../site.ts';
import { appendDocuments, setObjectField, valueAt } from '../text-edits.ts';
import { type Connected, type Connection, RUNS_PODS } from './connection.ts';
import { freePath } from './free-path.ts';

export const ROUTES: readonly string[] = kinds.flatMap(({ kind, route }) => (route === undefined ? [] : [kind]));

export const routeToService: Connection = {
  from: ROUTES,
  to: ['Service'],
  connect: (site, from, to) => {
    const [route, text, service] = [site.cluster.routes.get(refKey(from)), site.written.get(refKey(from)), serviceAt(site, to)];
    const port = service?.ports[0]?.port;
    if (route === undefined || text === undefined || service === null) return { refused: msg('build.refused.unknown', { object: to.name }) };
    if (port === undefined) return { refused: msg('build.refused.no-ports', { service: to.name }) };
    const isNamed = route.rules.some(({ backendRefs }) => backendRefs.some((one) => isService(one) && one.namespace === to.namespace && one.name === to.name));
    const named = isNamed ? site.workspace : withBackend(site, text, route, to, port);
    const workspace = withGrant(site, named, from, to);
    if (workspace === site.workspace) return { refused: msg('build.refused.connected', { from: from.name, to: to.name }) };
    const args = { route: from.name, service: to.name };
    return { workspace, said: workspace === named ? msg('build.said.backend', args) : msg('build.said.backend-grant', { ...args, namespace: to.namespace }) };
  },
};

const isService = ({ group, kind }: { readonly group: string; readonly kind: string }) => group === '' && kind === 'Service';

/** A backend that waits for its Service takes this one; else an HTTPRoute gets a rule for a path of its own, and any other route one backend more. */
function withBackend(site: Site, text: ManifestObject, route: Route, to: ObjectRef, port: number): Workspace {
  const backend: JsonObject = { ...namedFrom(route.ref.namespace, to), port };
  const open = openBackend(site, route);
  if (open !== null) {
    return ['name', 'namespace', 'port'].reduce((texts, field) => setObjectField(texts, text, [...open, field], backend[field]), site.workspace);
  }
  const rules = valueAt(text.value, ['spec', 'rules']);
  const count = isList(rules) ? rules.length : 0;
  if (count > 0 && route.protocol !== 'http') {
    return setObjectField(site.workspace, text, ['spec', 'rules', 0, 'backendRefs', route.rules[0]?.backendRefs.length ?? 0], backend);
  }
  const taken = route.protocol === 'http' && count > 0 ? route.rules.flatMap(({ matches }) => matches.map(({ path }) => path.value)) : [];
  const path = freePath(taken, to.name);
  // A rule without a match takes every path.
  const rule: JsonObject = { backendRefs: [backend], ...(path !== '/' && { matches: [{ path: { type: 'PathPrefix', value: path } }] }) };
  return setObjectField(site.workspace, text, ['spec', 'rules', count], inKubectlOrder(rule));
}

/** The first backend whose Service does not stand in the texts. */
function openBackend(site: Site, { rules }: Route): FieldPath | null {
  for (const [rule, { backendRefs }] of rules.entries()) {
    const index = backendRefs.findIndex((one) => isService(one) && !site.written.has(refKey({ kind: 'Service', namespace: one.namespace, name: one.name })));
    if (index !== -1) return ['spec', 'rules', rule, 'backendRefs', index];
  }
  return null;
}

/** S12.9.5: the namespace of what is named must consent. The grant stands in the file of what it is about. */
export function withGrant(site: Site, workspace: Workspace, from: ObjectRef, to: ObjectRef): Workspace {
  const asking = { group: GATEWAY_GROUP, kind: from.kind, namespace: from.namespace };
  if (permission(site.cluster.referenceGrants, asking, { group: '', ...to }).kind === 'permitted') return workspace;
  const file = site.written.get(refKey(to))?.file ?? site.written.get(refKey(from))?.file ?? '';
  return appendDocuments(workspace, file, [grantManifest(site, from, to)]);
}

export const routeToGateway: Connection = { from: ROUTES, to: ['Gateway'], connect: joinGateway };
export const gatewayToRoute: Connection = { from: ['Gateway'], to: ROUTES, connect: (site, from, to) => joinGateway(site, to, from) };

function joinGateway(site: Site, from: ObjectRef, to: ObjectRef): Connected {
  const [route, gateway] = [site.cluster.routes.get(refKey(from)), site.cluster.gateways.get(nameKey(to.namespace, to.name))];
  const [text, gatewayText] = [site.written.get(refKey(from)), site.written.get(refKey(to))];
  if (route === undefined || gateway === undefined || text === undefined || gatewayText === undefined)
    return { refused: msg('build.refused.unknown', { object: to.name }) };
  const args = { route: from.name, gateway: to.name };
  const fitting = [...gateway.listeners.entries()].filter(([, listener]) => carries(listener, from.kind));
  if (fitting.length === 0) return { refused: msg('build.refused.no-listener', { gateway: to.name, kind: from.kind }) };
  const named = fitting.filter(([, { hostname }]) => intersectHostnames(hostname, route.hostnames) !== null);
  const [first] = named;
  if (first === undefined) return { refused: msg('build.refused.other-hostnames', { ...args, hostnames: fitting.map(([, { hostname }]) => hostname ?? '*') }) };
  const isOpen = named.some(([, listener]) => admits(site, listener, to.namespace, from.namespace));
  const opened = isOpen ? site.workspace : admitting(site.workspace, gatewayText, first, from.namespace);
  if (opened === null) return { refused: msg('build.refused.other-labels', { listener: first[1].name, gateway: to.name, namespace: from.namespace }) };
  const isParent = route.parentRefs.some(({ kind, namespace, name }) => kind === 'Gateway' && namespace === to.namespace && name === to.name);
  const workspace = isParent ? opened : setObjectField(opened, text, ['spec', 'parentRefs', route.parentRefs.length], namedFrom(from.namespace, to));
  if (workspace === site.workspace) return { refused: msg('build.refused.connected', { from: from.name, to: to.name }) };
  return {
    workspace,
    said: isOpen ? msg('build.said.parent', args) : msg('build.said.parent-admitted', { ...args, listener: first[1].name, namespace: from.namespace }),
  };
}

/** The listener takes one namespace more, and no other; null where it chooses by labels of its own. */
function admitting(workspace: Workspace, gateway: ManifestObject, [index, { allowedRoutes }]: readonly [number, Listener], namespace: string) {
  const path: FieldPath = ['spec', 'listeners', index, 'allowedRoutes', 'namespaces'];
  const { from, selector } = allowedRoutes.namespaces;
  if (from !== 'Selector') {
    const only = (values: readonly string[]): Json => ({ matchExpressions: [{ key: NAME_LABEL, operator: 'In', values }] });
    return setObjectField(
      setObjectField(workspace, gateway, [...path, 'from'], 'Selector'),
      gateway,
      [...path, 'selector'],
      only([gateway.ref.namespace, namespace]),
    );
  }
  const [expression, ...more] = selector?.matchExpressions ?? [];
  const isByName = expression?.key === NAME_LABEL && expression.operator === 'In' && more.length === 0 && Object.keys(selector?.matchLabels ?? {}).length === 0;
  if (!isByName) return null;
  return setObjectField(workspace, gateway, [...path, 'selector', 'matchExpressions', 0, 'values', expression.values.length], namespace);
}

/** A rule names a Service; Pods come and go. */
export const routeToPods: Connection = {
  from: ROUTES,
  to: RUNS_PODS,
  connect: (_, from, to) => ({ refused: msg('build.refused.route-pods', { route: from.name, target: to.name }) }),
};
