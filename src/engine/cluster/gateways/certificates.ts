/** Certificates that Gateways name: those they show (S12.12.1), and the authorities they trust (S12.12.3, S12.12.5). */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { ConfigMap } from '../../kinds/config-map/config-map-spec.ts';
import { GATEWAY_GROUP, type GroupKind } from '../../kinds/gateway-api/names.ts';
import type { TargetRef } from '../../kinds/gateway-api/references.ts';
import type { ReferenceGrant } from '../../kinds/reference-grant/reference-grant-spec.ts';
import type { Secret } from '../../kinds/secret/secret-spec.ts';
import type { RuleId } from '../../manifests/finding.ts';
import { nameKey, type ObjectRef } from '../../manifests/object-ref.ts';
import { permission } from './grants.ts';

export interface Stores {
  readonly secrets: ReadonlyMap<string, Secret>;
  readonly configMaps: ReadonlyMap<string, ConfigMap>;
  readonly referenceGrants: ReadonlyMap<string, ReferenceGrant>;
}

/** Why a reference leads to nothing that can be used. */
export interface BadReference {
  readonly kind: 'bad';
  /** `permission`: no grant; `kind`: not a kind that is read; `object`: missing or unreadable. */
  readonly fault: 'permission' | 'kind' | 'object';
  readonly why: Message;
  readonly rule: RuleId;
}

export type CertificateReference = { readonly kind: 'good'; readonly key: string; readonly grant: string | null } | BadReference;

/** A Secret with a certificate and its key, named by a Gateway or a ListenerSet. */
export function serverCertificate(owner: ObjectRef, ref: TargetRef, stores: Stores): CertificateReference {
  if (ref.group !== '' || ref.kind !== 'Secret')
    return { kind: 'bad', fault: 'kind', why: msg('gateway-api.certificate-kind', { kind: ref.kind }), rule: 'S12.12.1' };
  const allowed = permission(stores.referenceGrants, asking(owner), ref);
  const key = nameKey(ref.namespace, ref.name);
  if (allowed.kind === 'refused') return notPermitted(owner, ref);
  const secret = stores.secrets.get(key);
  const why =
    secret === undefined
      ? msg('gateway-api.certificate-missing', { secret: key })
      : !secret.usableForTls
        ? msg('gateway-api.certificate-incomplete', { secret: key })
        : secret.certificate === null
          ? msg('gateway-api.certificate-unreadable', { secret: key })
          : null;
  return why === null ? { kind: 'good', key, grant: allowed.grant } : { kind: 'bad', fault: 'object', why, rule: 'S12.12.1' };
}

/** A ConfigMap with a bundle of authorities under `ca.crt`. */
export function authority(owner: ObjectRef, ref: TargetRef, stores: Stores): CertificateReference {
  const rule = owner.kind === 'BackendTLSPolicy' ? 'S12.12.3' : 'S12.12.5';
  if (ref.group !== '' || ref.kind !== 'ConfigMap') return { kind: 'bad', fault: 'kind', why: msg('gateway-api.authority-kind', { kind: ref.kind }), rule };
  const allowed = permission(stores.referenceGrants, asking(owner), ref);
  if (allowed.kind === 'refused') return notPermitted(owner, ref);
  const key = nameKey(ref.namespace, ref.name);
  const configMap = stores.configMaps.get(key);
  const why =
    configMap === undefined
      ? msg('gateway-api.authority-missing', { configMap: key })
      : configMap.caCertificate === 'missing'
        ? msg('gateway-api.authority-without-key', { configMap: key })
        : configMap.caCertificate === 'unreadable'
          ? msg('gateway-api.authority-unreadable', { configMap: key })
          : null;
  return why === null ? { kind: 'good', key, grant: allowed.grant } : { kind: 'bad', fault: 'object', why, rule };
}

function asking({ kind, namespace }: ObjectRef): GroupKind & { readonly namespace: string } {
  return { group: GATEWAY_GROUP, kind, namespace };
}

function notPermitted(owner: ObjectRef, ref: TargetRef): BadReference {
  const why = msg('gateway-api.not-permitted', {
    kind: ref.kind,
    target: nameKey(ref.namespace, ref.name),
    namespace: ref.namespace,
    ownKind: owner.kind,
    own: owner.namespace,
  });
  return { kind: 'bad', fault: 'permission', why, rule: 'S12.9.5' };
}
