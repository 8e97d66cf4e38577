/**
 * The listeners of one Gateway as its controller sees them: what they speak, which certificates they have, which
 * conflict, and which kinds of routes they take (S12.4, S12.12, S12.13). Routes are attached afterwards.
 */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { Listener } from '../../kinds/gateway-api/listener-spec.ts';
import { GATEWAY_GROUP, type GroupKind } from '../../kinds/gateway-api/names.ts';
import type { Carrier } from '../../kinds/gateway-api/route-spec.ts';
import type { FrontendValidation, Gateway } from '../../kinds/gateway/gateway-spec.ts';
import { kinds } from '../../kinds/index.ts';
import type { ApiObject } from '../../kinds/kind.ts';
import type { ListenerSet } from '../../kinds/listener-set/listener-set-spec.ts';
import { refKey } from '../../manifests/object-ref.ts';
import type { FieldPath } from '../../manifests/source.ts';
import { authority, type BadReference, serverCertificate, type Stores } from './certificates.ts';
import { type Conflict, findConflicts } from './conflicts.ts';
import { lackOf } from './features.ts';
import { hostnamesOverlap } from './hostnames.ts';
import type { Condition, ListenerCertificate, SettledFrontend, SettledTls } from './settled.ts';

/** A listener before its routes. */
export interface ListenerDraft {
  readonly id: string;
  readonly owner: ApiObject;
  readonly path: FieldPath;
  readonly spec: Listener;
  readonly carrier: Carrier | null;
  readonly tls: SettledTls | null;
  readonly supportedKinds: readonly GroupKind[];
  readonly conflict: Conflict | null;
  readonly accepted: boolean;
  readonly programmed: boolean;
  readonly resolved: boolean;
  readonly conditions: readonly Condition[];
}

/** `sets`: those that the Gateway lets add listeners, in order of precedence. */
export function draftListeners(gateway: Gateway, sets: readonly ListenerSet[], unsupported: readonly string[], stores: Stores): readonly ListenerDraft[] {
  const owners: readonly (Gateway | ListenerSet)[] = [gateway, ...sets];
  const conflicts = findConflicts(owners, !unsupported.includes('TLSRouteModeMixed'));
  const drafts = owners.flatMap((owner, group) =>
    owner.listeners.map((spec, index) => draft(gateway, owner, spec, index, conflicts[group]?.[index] ?? null, unsupported, stores)),
  );
  return drafts.map((listener) => withOverlap(listener, drafts, stores));
}

function draft(
  gateway: Gateway,
  owner: Gateway | ListenerSet,
  spec: Listener,
  index: number,
  conflict: Conflict | null,
  unsupported: readonly string[],
  stores: Stores,
): ListenerDraft {
  const carrier = carrierOf(spec);
  const lack = carrier === null ? 'protocol' : lackOf(carrier, unsupported);
  const { tls, faults } = tlsOf(gateway, owner, spec, index, stores);
  const { supportedKinds, badKind } = kindsOf(spec, lack === 'protocol' ? null : carrier, unsupported);
  const trustsNobody = tls?.mode === 'Terminate' && tls.frontend !== null && tls.frontend.trusts.length === 0;
  const isRefused = acceptance(spec, conflict, lack, trustsNobody);
  const lacksCertificate = spec.protocol === 'HTTPS' || tls?.mode === 'Terminate' ? tls?.mode !== 'Terminate' || tls.certificates.length === 0 : false;
  const hasOptionsOnly = spec.tls !== null && spec.tls.certificateRefs.length === 0 && Object.keys(spec.tls.options).length > 0;
  const resolution = resolvedRefs(spec, faults, badKind);
  const isServable = isRefused === null && (!lacksCertificate || hasOptionsOnly) && supportedKinds.length > 0;
  return {
    id: `${refKey(owner.ref)}#${spec.name}`,
    owner,
    path: ['spec', 'listeners', index],
    spec,
    carrier,
    tls,
    supportedKinds,
    conflict,
    accepted: isRefused === null,
    programmed: isServable,
    resolved: resolution.status === 'True',
    conditions: [
      isRefused ?? { type: 'Accepted', status: 'True', reason: 'Accepted', message: msg('gateway-api.listener-accepted') },
      isServable
        ? { type: 'Programmed', status: 'True', reason: 'Programmed', message: msg('gateway-api.listener-programmed') }
        : { type: 'Programmed', status: 'False', reason: conflict ?? 'Invalid', message: isRefused?.message ?? resolution.message },
      resolution,
      conflict === null
        ? { type: 'Conflicted', status: 'False', reason: 'NoConflicts', message: msg('gateway-api.listener-distinct') }
        : { type: 'Conflicted', status: 'True', reason: conflict, message: conflictMessage(conflict, spec) },
    ],
  };
}

const PLAIN_CARRIERS = ['HTTP', 'HTTPS', 'TCP', 'UDP'] as const;

function carrierOf({ protocol, tls }: Listener): Carrier | null {
  if (protocol === 'TLS') return tls?.mode === 'Passthrough' ? 'TLS/Passthrough' : 'TLS/Terminate';
  return PLAIN_CARRIERS.find((carrier) => carrier === protocol) ?? null;
}

/** Null: accepted. */
function acceptance(spec: Listener, conflict: Conflict | null, lack: 'protocol' | 'value' | null, trustsNobody: boolean): Condition | null {
  const refusal = (reason: string, message: Message): Condition => ({ type: 'Accepted', status: 'False', reason, message });
  if (lack === 'protocol') return refusal('UnsupportedProtocol', msg('gateway-api.listener-protocol', { protocol: spec.protocol }));
  if (lack === 'value') return refusal('UnsupportedValue', msg('gateway-api.listener-mode', { protocol: spec.protocol, mode: spec.tls?.mode ?? '' }));
  if (conflict !== null) return refusal(conflict, conflictMessage(conflict, spec));
  if (trustsNobody) return refusal('NoValidCACertificate', msg('gateway-api.listener-trusts-nobody'));
  return null;
}

function conflictMessage(conflict: Conflict, { port, hostname }: Listener): Message {
  if (conflict === 'ProtocolConflict') return msg('gateway-api.protocol-conflict', { port });
  return hostname === null ? msg('gateway-api.hostname-conflict-all', { port }) : msg('gateway-api.hostname-conflict', { port, hostname });
}

interface Fault extends BadReference {
  readonly reference: 'certificate' | 'authority';
}

function tlsOf(
  gateway: Gateway,
  owner: Gateway | ListenerSet,
  spec: Listener,
  index: number,
  stores: Stores,
): { readonly tls: SettledTls | null; readonly faults: readonly Fault[] } {
  if (spec.tls === null) return { tls: null, faults: [] };
  if (spec.tls.mode === 'Passthrough') return { tls: { mode: 'Passthrough' }, faults: [] };
  const faults: Fault[] = [];
  const certificates: ListenerCertificate[] = [];
  for (const [at, ref] of spec.tls.certificateRefs.entries()) {
    const found = serverCertificate(owner.ref, ref, stores);
    const path = ['spec', 'listeners', index, 'tls', 'certificateRefs', at];
    if (found.kind === 'good') certificates.push({ secret: found.key, path, grant: found.grant });
    else faults.push({ ...found, reference: 'certificate' });
  }
  const validation = spec.protocol === 'HTTPS' ? frontendAt(gateway, spec.port) : null;
  let frontend: SettledFrontend | null = null;
  if (validation !== null) {
    const trusts: string[] = [];
    for (const ref of validation.caCertificateRefs) {
      const found = authority(gateway.ref, ref, stores);
      if (found.kind === 'good') trusts.push(found.key);
      else faults.push({ ...found, reference: 'authority' });
    }
    frontend = { mode: validation.mode, trusts, path: validation.path };
  }
  return { tls: { mode: 'Terminate', certificates, frontend }, faults };
}

/** What clients must show at a port: its own setting, else the default (S12.12.5). */
function frontendAt({ frontendTls }: Gateway, port: number): (FrontendValidation & { readonly path: FieldPath }) | null {
  if (frontendTls === null) return null;
  const index = frontendTls.perPort.findIndex((one) => one.port === port);
  const own = frontendTls.perPort[index];
  const base = ['spec', 'tls', 'frontend'];
  if (own !== undefined) return own.validation === null ? null : { ...own.validation, path: [...base, 'perPort', index, 'tls', 'validation'] };
  return frontendTls.default === null ? null : { ...frontendTls.default, path: [...base, 'default', 'validation'] };
}

function resolvedRefs(spec: Listener, faults: readonly Fault[], badKind: GroupKind | null): Condition {
  const failure = (reason: string, message: Message): Condition => ({ type: 'ResolvedRefs', status: 'False', reason, message });
  const [fault] = faults;
  if (fault !== undefined) {
    const reason =
      fault.fault === 'permission'
        ? 'RefNotPermitted'
        : fault.reference === 'certificate'
          ? 'InvalidCertificateRef'
          : fault.fault === 'kind'
            ? 'InvalidCACertificateKind'
            : 'InvalidCACertificateRef';
    return failure(reason, fault.why);
  }
  // The CRD lets an HTTPS listener without `tls` pass since 1.6 (U15).
  if (spec.protocol === 'HTTPS' && spec.tls === null) return failure('InvalidCertificateRef', msg('gateway-api.certificate-none'));
  if (badKind !== null) return failure('InvalidRouteKinds', msg('gateway-api.listener-kinds', { kind: badKind.kind, protocol: spec.protocol }));
  return { type: 'ResolvedRefs', status: 'True', reason: 'ResolvedRefs', message: msg('gateway-api.listener-resolved') };
}

/** The kinds of routes that the protocol implies, or those of the stated ones that it can carry (S3.21). */
function kindsOf(
  spec: Listener,
  carrier: Carrier | null,
  unsupported: readonly string[],
): { readonly supportedKinds: readonly GroupKind[]; readonly badKind: GroupKind | null } {
  const able = kinds.flatMap(({ kind, route }) =>
    carrier !== null && route?.carriers.includes(carrier) === true && !unsupported.includes(kind) ? [{ group: GATEWAY_GROUP, kind }] : [],
  );
  const stated = spec.allowedRoutes.kinds;
  if (stated.length === 0) return { supportedKinds: able, badKind: null };
  const isAble = (wanted: GroupKind) => able.some(({ group, kind }) => group === wanted.group && kind === wanted.kind);
  return { supportedKinds: stated.filter(isAble), badKind: stated.find((wanted) => !isAble(wanted)) ?? null };
}

/** Two listeners of one port that end TLS for hosts that overlap: a reused connection may reach the wrong one. */
function withOverlap(listener: ListenerDraft, all: readonly ListenerDraft[], { secrets }: Stores): ListenerDraft {
  if (listener.tls === null || listener.conflict !== null) return listener;
  const rivals = all.filter((other) => other !== listener && other.tls !== null && other.conflict === null && other.spec.port === listener.spec.port);
  const named = (one: ListenerDraft): readonly string[] =>
    one.tls?.mode === 'Terminate' ? one.tls.certificates.flatMap(({ secret }) => secrets.get(secret)?.certificate?.names ?? []) : [];
  const shares = rivals.find((other) => named(listener).some((name) => named(other).some((theirs) => hostnamesOverlap(name, theirs))));
  const overlaps = rivals.find((other) => hostnamesOverlap(listener.spec.hostname, other.spec.hostname));
  const condition: Condition | null =
    shares !== undefined
      ? overlapping('OverlappingCertificates', msg('gateway-api.overlapping-certificates', { other: shares.spec.name }))
      : overlaps !== undefined
        ? overlapping('OverlappingHostnames', msg('gateway-api.overlapping-hostnames', { other: overlaps.spec.name }))
        : null;
  return condition === null ? listener : { ...listener, conditions: [...listener.conditions, condition] };
}

function overlapping(reason: string, message: Message): Condition {
  return { type: 'OverlappingTLSConfig', status: 'True', reason, message };
}
