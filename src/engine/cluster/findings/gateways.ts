/** What is wrong between the objects of the Gateway API: what no controller takes, attaches, permits or finds (S15.6). */
import type { FailureCode } from '../../../catalogue/meaning.ts';
import { msg, type Message } from '../../../catalogue/message.ts';
import { GATEWAY_GROUP } from '../../kinds/gateway-api/names.ts';
import type { ParentRef } from '../../kinds/gateway-api/references.ts';
import { backendsOf } from '../../kinds/gateway-api/route.ts';
import type { Route } from '../../kinds/gateway-api/route-spec.ts';
import type { ApiObject } from '../../kinds/kind.ts';
import type { RuleId } from '../../manifests/finding.ts';
import { suggest } from '../../manifests/near-miss.ts';
import { nameKey, refKey } from '../../manifests/object-ref.ts';
import { formatFieldPath, type FieldPath } from '../../manifests/source.ts';
import type { Cluster } from '../cluster.ts';
import { hostnamesOverlap } from '../gateways/hostnames.ts';
import { knownByClassName } from '../gateways/known.ts';
import type { BackendResolution, Condition, SettledGateway, SettledListener, SettledParent } from '../gateways/settled.ts';
import { type Ledger, recordFinding } from '../ledger.ts';

export function reportGateways(cluster: Cluster, ledger: Ledger): void {
  for (const settled of cluster.gatewayApi.gateways.values()) reportGateway(settled, cluster, ledger);
  for (const settled of cluster.gatewayApi.gateways.values()) for (const listener of settled.listeners) reportListener(listener, cluster, ledger);
  for (const [key, { conditions }] of cluster.gatewayApi.listenerSets) {
    const object = cluster.listenerSets.get(key);
    const accepted = find(conditions, 'Accepted');
    if (object === undefined || accepted?.reason === 'ListenersNotValid' || accepted?.status === 'True' || accepted === undefined) continue;
    recordFinding(ledger, 'listener-set-not-attached', 'error', { object, path: ['spec', 'parentRef'] }, accepted.message, ['S12.14']);
  }
  for (const route of cluster.routes.values()) reportRoute(route, cluster, ledger);
  for (const [key, { ancestors }] of cluster.gatewayApi.backendTLSPolicies) reportPolicy(key, ancestors[0]?.conditions ?? [], cluster, ledger);
}

function find(conditions: readonly Condition[], type: string): Condition | undefined {
  return conditions.find((one) => one.type === type);
}

function reportGateway(settled: SettledGateway, cluster: Cluster, ledger: Ledger): void {
  const object = cluster.gateways.get(settled.gateway);
  if (object === undefined) return;
  if (settled.controller === null) {
    const wanted = object.gatewayClassName;
    const near = cluster.gatewayClasses.has(wanted) || knownByClassName(wanted) !== null ? null : suggest(wanted, [...cluster.gatewayClasses.keys()]);
    const message = near === null ? settled.why : msg('gateway-api.finding.class-near', { gateway: settled.gateway, class: wanted, near });
    recordFinding(ledger, 'gateway-class-unclaimed', 'error', { object, path: ['spec', 'gatewayClassName'] }, message, [...settled.rules, 'F-76']);
    return;
  }
  const [accepted, programmed, resolved] = ['Accepted', 'Programmed', 'ResolvedRefs'].map((type) => find(settled.conditions, type));
  if (accepted?.reason === 'InvalidParameters') report(['spec', 'infrastructure', 'parametersRef'], 'gateway-parameters-missing', accepted.message);
  else if (accepted?.reason === 'UnsupportedAddress') report(['spec', 'addresses'], 'gateway-address-unsupported', accepted.message);
  else if (programmed?.reason === 'AddressNotUsable') report(['spec', 'addresses'], 'gateway-address-unusable', programmed.message);
  else if (programmed?.reason === 'AddressNotAssigned')
    recordFinding(ledger, 'gateway-without-address', 'error', { object, path: [] }, programmed.message, ['S12.1.4', 'S12.13']);
  if (resolved?.status === 'False' && resolved.reason !== 'ListenersNotResolved') {
    report(['spec', 'tls', 'backend', 'clientCertificateRef'], 'gateway-client-certificate', resolved.message);
  }
  function report(path: FieldPath, code: FailureCode, message: Message): void {
    if (object !== undefined) recordFinding(ledger, code, 'error', { object, path }, message, ['S12.13']);
  }
}

function ownerOf({ owner }: SettledListener, cluster: Cluster): ApiObject | undefined {
  const key = nameKey(owner.namespace, owner.name);
  return owner.kind === 'Gateway' ? cluster.gateways.get(key) : cluster.listenerSets.get(key);
}

function reportListener(listener: SettledListener, cluster: Cluster, ledger: Ledger): void {
  const object = ownerOf(listener, cluster);
  if (object === undefined) return;
  const { path, conditions } = listener;
  const accepted = find(conditions, 'Accepted');
  const resolved = find(conditions, 'ResolvedRefs');
  const conflict = find(conditions, 'Conflicted');
  if (conflict?.status === 'True') recordFinding(ledger, 'listener-conflict', 'error', { object, path }, conflict.message, conflictRules(listener, conflict));
  else if (accepted?.status === 'False')
    recordFinding(ledger, 'listener-not-accepted', 'error', { object, path: refusedField(listener) }, accepted.message, ['S12.13']);
  if (resolved?.status === 'False') {
    const isKinds = resolved.reason === 'InvalidRouteKinds';
    const at = isKinds
      ? [...path, 'allowedRoutes', 'kinds']
      : resolved.reason.includes('CA')
        ? ['spec', 'tls', 'frontend']
        : [...path, 'tls', 'certificateRefs'];
    const code = isKinds ? 'listener-route-kinds' : resolved.reason === 'RefNotPermitted' ? 'reference-not-permitted' : 'listener-certificate';
    recordFinding(
      ledger,
      code,
      isKinds && listener.serves ? 'warning' : 'error',
      { object, path: at },
      resolved.message,
      isKinds ? ['S3.21'] : ['S12.12.1', 'F-82'],
    );
  }
  const overlap = find(conditions, 'OverlappingTLSConfig');
  if (overlap !== undefined) recordFinding(ledger, 'listener-tls-overlap', 'info', { object, path }, overlap.message, ['S12.3']);
  if (listener.serves && listener.attachedRoutes === 0) {
    recordFinding(
      ledger,
      'listener-without-routes',
      'info',
      { object, path: [...path, 'name'] },
      msg('gateway-api.finding.no-routes', { listener: listener.name }),
      ['S12.13.2'],
    );
  }
  reportMixedKinds(listener, cluster, ledger);
}

/** Which listeners are distinct, which protocols share a port; between a Gateway and its ListenerSets there is a winner. */
function conflictRules({ owner }: SettledListener, { reason }: Condition): readonly RuleId[] {
  return ['S12.4', reason === 'ProtocolConflict' ? 'S12.4.2' : 'S12.4.1', owner.kind === 'ListenerSet' ? 'S12.4.4' : 'S12.4.3', 'F-83'];
}

function refusedField({ path, conditions }: SettledListener): FieldPath {
  return find(conditions, 'Accepted')?.reason === 'NoValidCACertificate' ? [...path, 'tls'] : [...path, 'protocol'];
}

/** U3: the types' own comments say that only the older of the two is kept; newer pages let both serve. */
function reportMixedKinds({ attached, name }: SettledListener, cluster: Cluster, ledger: Ledger): void {
  const all = attached.flatMap(({ route, hostnames }) => {
    const object = cluster.routes.get(route);
    return object === undefined ? [] : [{ object, hostnames: hostnames.length === 0 ? [null] : hostnames }];
  });
  for (const { object, hostnames } of all) {
    if (object.protocol !== 'grpc') continue;
    const rival = all.find((other) => other.object.protocol === 'http' && hostnames.some((a) => other.hostnames.some((b) => hostnamesOverlap(a, b))));
    if (rival === undefined) continue;
    const message = msg('gateway-api.finding.mixed-kinds', { listener: name, http: refKey(rival.object.ref), grpc: refKey(object.ref) });
    recordFinding(
      ledger,
      'route-kinds-mixed',
      'warning',
      { object, path: ['spec', 'hostnames'] },
      message,
      ['S12.11', 'U3'],
      [{ object: rival.object, path: ['spec', 'hostnames'] }],
    );
  }
}

function reportRoute(route: Route, cluster: Cluster, ledger: Ledger): void {
  const settled = cluster.gatewayApi.routes.get(refKey(route.ref));
  if (settled === undefined) return;
  for (const [index, ref] of route.parentRefs.entries()) {
    const parent = settled.parents.find((one) => one.index === index);
    const path = ['spec', 'parentRefs', index];
    if (parent === undefined) reportLostParent(route, ref, path, cluster, ledger);
    else if (!parent.accepted) reportNotAttached(route, ref, parent, path, cluster, ledger);
  }
  if (route.parentRefs.length === 0) {
    recordFinding(
      ledger,
      'route-parent-missing',
      'warning',
      { object: route, path: ['spec'] },
      msg('gateway-api.finding.no-parents', { kind: route.ref.kind }),
      ['S12.1.3', 'F-78'],
    );
  }
  for (const { path, ref } of backendsOf(route)) {
    const backend = settled.backends.get(formatFieldPath(path));
    if (backend?.kind === 'invalid') reportBackend(route, backend, path, nameKey(ref.namespace, ref.name), cluster, ledger);
  }
  reportWeights(route, ledger);
  reportRedirectLoop(route, settled.parents, cluster, ledger);
}

function reportLostParent(route: Route, ref: ParentRef, path: FieldPath, cluster: Cluster, ledger: Ledger): void {
  const key = nameKey(ref.namespace, ref.name);
  const rules: readonly RuleId[] = ['S12.13.1', 'F-78'];
  if (ref.group === '' && ref.kind === 'Service') {
    recordFinding(ledger, 'mesh-missing', 'warning', { object: route, path }, msg('gateway-api.finding.no-mesh', { service: key }), ['S12.15']);
    return;
  }
  if (ref.group !== GATEWAY_GROUP || (ref.kind !== 'Gateway' && ref.kind !== 'ListenerSet')) {
    const message = msg('gateway-api.finding.parent-kind', { kind: ref.kind });
    recordFinding(ledger, 'route-parent-missing', 'warning', { object: route, path }, message, rules);
    return;
  }
  const all: readonly ApiObject[] = [...(ref.kind === 'Gateway' ? cluster.gateways : cluster.listenerSets).values()];
  // One that exists and has no controller has a finding of its own.
  if (all.some((one) => nameKey(one.ref.namespace, one.ref.name) === key)) return;
  const elsewhere = all.find((one) => one.ref.name === ref.name);
  const near = suggest(
    ref.name,
    all.filter((one) => one.ref.namespace === ref.namespace).map((one) => one.ref.name),
  );
  const message =
    near !== null
      ? msg('gateway-api.finding.parent-near', { kind: ref.kind, parent: key, near })
      : elsewhere !== undefined
        ? msg('gateway-api.finding.parent-elsewhere', { kind: ref.kind, parent: ref.name, namespace: elsewhere.ref.namespace, wanted: ref.namespace })
        : msg('gateway-api.finding.parent-missing', { kind: ref.kind, parent: key });
  const at = near === null && elsewhere !== undefined ? [...path, 'namespace'] : [...path, 'name'];
  // Where no namespace is written the parent is looked for beside the route.
  recordFinding(ledger, 'route-parent-missing', 'error', { object: route, path: at }, message, at.at(-1) === 'namespace' ? [...rules, 'S3.20'] : rules);
}

function reportNotAttached(route: Route, ref: ParentRef, { parent, conditions }: SettledParent, path: FieldPath, cluster: Cluster, ledger: Ledger): void {
  const accepted = find(conditions, 'Accepted');
  if (accepted === undefined) return;
  const own = [...cluster.gatewayApi.gateways.values()].flatMap(({ listeners }) => listeners.filter(({ owner }) => refKey(owner) === refKey(parent)));
  const names = own.map(({ name }) => name);
  const near = ref.sectionName === null ? null : suggest(ref.sectionName, names);
  const isSection = accepted.reason === 'NoMatchingParent' && ref.sectionName !== null && !names.includes(ref.sectionName);
  const message = isSection && near !== null ? msg('gateway-api.finding.section-near', { section: ref.sectionName ?? '', near }) : accepted.message;
  const at =
    accepted.reason === 'NoMatchingListenerHostname'
      ? ['spec', 'hostnames']
      : accepted.reason === 'NoMatchingParent'
        ? [...path, isSection ? 'sectionName' : 'port']
        : accepted.reason === 'UnsupportedValue'
          ? ['spec', 'rules']
          : path;
  const also = accepted.reason === 'NotAllowedByListeners' ? own.flatMap((one) => allowedRoutesOf(one, cluster)) : [];
  recordFinding(ledger, 'route-not-attached', 'error', { object: route, path: at }, message, ['S12.1.3', ...attachmentRules(accepted), 'F-77'], also);
}

function attachmentRules({ reason, message }: Condition): readonly RuleId[] {
  if (reason === 'NoMatchingListenerHostname') return ['S12.2'];
  if (reason === 'NoMatchingParent') return ['S12.13.1'];
  if (message.id === 'gateway-api.kind-not-allowed') return ['S12.12.2'];
  return reason === 'NotAllowedByListeners' ? ['S3.21'] : [];
}

function allowedRoutesOf(listener: SettledListener, cluster: Cluster): readonly { readonly object: ApiObject; readonly path: FieldPath }[] {
  const object = ownerOf(listener, cluster);
  return object === undefined ? [] : [{ object, path: [...listener.path, 'allowedRoutes'] }];
}

type Invalid = Extract<BackendResolution, { readonly kind: 'invalid' }>;

function reportBackend(route: Route, backend: Invalid, path: FieldPath, key: string, cluster: Cluster, ledger: Ledger): void {
  const report = (code: FailureCode, field: string, message: Message, rule: RuleId) =>
    recordFinding(ledger, code, 'error', { object: route, path: [...path, field] }, message, [backend.rule, rule]);
  switch (backend.reason) {
    case 'RefNotPermitted':
      return report('reference-not-permitted', 'namespace', backend.why, 'F-79');
    case 'InvalidKind':
      return report('backend-kind-unknown', 'kind', backend.why, 'F-80');
    case 'UnsupportedProtocol':
      return report('backend-protocol-unsupported', 'port', backend.why, 'F-80');
    case 'BackendNotFound': {
      if (cluster.services.has(key)) return report('backend-port-missing', 'port', backend.why, 'F-80');
      const [namespace = '', name = ''] = key.split('/');
      const services = [...cluster.services.values()];
      const near = suggest(
        name,
        services.filter(({ ref }) => ref.namespace === namespace).map(({ ref }) => ref.name),
      );
      const elsewhere = services.find(({ ref }) => ref.name === name);
      const message =
        near !== null
          ? msg('cluster.backend.near', { service: key, near })
          : elsewhere !== undefined
            ? msg('gateway-api.finding.backend-elsewhere', { name, namespace: elsewhere.ref.namespace, wanted: namespace })
            : backend.why;
      return report('backend-service-missing', near === null && elsewhere !== undefined ? 'namespace' : 'name', message, 'F-80');
    }
  }
}

/** U1: what happens to such requests is open upstream; none is forwarded. */
function reportWeights(route: Route, ledger: Ledger): void {
  for (const [index, { backendRefs }] of route.rules.entries()) {
    if (backendRefs.length === 0 || backendRefs.some(({ weight }) => weight > 0)) continue;
    const at = { object: route, path: ['spec', 'rules', index, 'backendRefs'] };
    recordFinding(ledger, 'weights-all-zero', 'warning', at, msg('gateway-api.finding.weights-zero'), ['S12.9.1', 'U1', 'F-87']);
  }
}

/** F-88: a redirect to https that also answers at the https listener, where it leads to itself. */
function reportRedirectLoop(route: Route, parents: readonly SettledParent[], cluster: Cluster, ledger: Ledger): void {
  if (route.protocol !== 'http') return;
  const ids = new Set(parents.flatMap(({ listeners }) => listeners));
  const listeners = [...cluster.gatewayApi.gateways.values()].flatMap((one) => one.listeners.filter(({ id }) => ids.has(id)));
  for (const [i, { filters }] of route.rules.entries()) {
    for (const [j, filter] of filters.entries()) {
      if (filter.type !== 'RequestRedirect' || filter.hostname !== null || filter.path !== null || filter.scheme === null) continue;
      const same = listeners.find(
        ({ protocol, port }) => protocol.toLowerCase() === filter.scheme && (filter.port ?? (filter.scheme === 'https' ? 443 : 80)) === port,
      );
      if (same === undefined) continue;
      const at = { object: route, path: ['spec', 'rules', i, 'filters', j] };
      const message = msg('gateway-api.finding.redirect-loop', { listener: same.name, scheme: filter.scheme });
      recordFinding(ledger, 'redirect-loop', 'error', at, message, ['S12.7', 'F-88'], [{ object: route, path: ['spec', 'parentRefs'] }]);
    }
  }
}

function reportPolicy(key: string, conditions: readonly Condition[], cluster: Cluster, ledger: Ledger): void {
  const object = cluster.backendTLSPolicies.get(key);
  const accepted = find(conditions, 'Accepted');
  const resolved = find(conditions, 'ResolvedRefs');
  if (object === undefined) return;
  if (accepted?.status === 'False' && accepted.reason !== 'NoValidCACertificate') {
    const isOlder = accepted.reason === 'Conflicted';
    recordFinding(
      ledger,
      isOlder ? 'backend-tls-conflict' : 'backend-tls-invalid',
      isOlder ? 'warning' : 'error',
      { object, path: ['spec', 'targetRefs'] },
      accepted.message,
      ['S12.12.3', 'F-86'],
    );
  }
  if (resolved?.status === 'False') {
    recordFinding(ledger, 'backend-tls-authority', 'error', { object, path: ['spec', 'validation', 'caCertificateRefs'] }, resolved.message, [
      'S12.12.3',
      'F-86',
    ]);
  }
}
