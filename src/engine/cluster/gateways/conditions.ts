/** The conditions that controllers write on GatewayClasses, Gateways and ListenerSets (S12.13). */
import { msg, type Message } from '../../../catalogue/message.ts';
import type { Gateway } from '../../kinds/gateway/gateway-spec.ts';
import type { LoadBalancerIngress } from '../../kinds/service/service-spec.ts';
import { missingAddress, unsupportedAddress } from './addresses.ts';
import type { CertificateReference } from './certificates.ts';
import type { ListenerDraft } from './listeners.ts';
import type { Condition } from './settled.ts';

function condition(type: string, status: Condition['status'], reason: string, message: Message): Condition {
  return { type, status, reason, message };
}

/** What the API server writes at creation, and nobody changes (S12.1.1). */
export function pending(why: Message): readonly Condition[] {
  return [condition('Accepted', 'Unknown', 'Pending', why), condition('Programmed', 'Unknown', 'Pending', why)];
}

/** `lostParameters`: the object that `parametersRef` names and that does not exist. */
export function classConditions(isServed: boolean, why: Message, lostParameters: string | null): readonly Condition[] {
  if (!isServed) return [condition('Accepted', 'Unknown', 'Pending', why)];
  return [
    lostParameters === null
      ? condition('Accepted', 'True', 'Accepted', why)
      : condition('Accepted', 'False', 'InvalidParameters', msg('gateway-api.parameters-missing', { parameters: lostParameters })),
    condition('SupportedVersion', 'True', 'SupportedVersion', msg('gateway-api.version')),
  ];
}

export interface GatewayFacts {
  readonly listeners: readonly ListenerDraft[];
  readonly lostParameters: string | null;
  readonly unsupportedFeatures: readonly string[];
  readonly addresses: readonly LoadBalancerIngress[];
  /** The certificate shown to backends; null: none is named. */
  readonly clientCertificate: CertificateReference | null;
}

/** Accepted, Programmed and ResolvedRefs, and what weakens a Gateway. */
export function gatewayConditions(gateway: Gateway, facts: GatewayFacts): readonly Condition[] {
  const accepted = acceptance(gateway, facts);
  return [accepted, programming(gateway, facts, accepted), resolution(facts), ...insecure(gateway)];
}

function acceptance(gateway: Gateway, { listeners, lostParameters, unsupportedFeatures }: GatewayFacts): Condition {
  const address = unsupportedAddress(gateway, unsupportedFeatures);
  if (lostParameters !== null)
    return condition('Accepted', 'False', 'InvalidParameters', msg('gateway-api.parameters-missing', { parameters: lostParameters }));
  if (address !== null) return condition('Accepted', 'False', 'UnsupportedAddress', msg('gateway-api.address-type', { type: address.type }));
  const own = ownListeners(gateway, listeners);
  const invalid = own.filter(({ accepted, programmed }) => !accepted || !programmed).map(({ spec }) => spec.name);
  if (invalid.length === 0) return condition('Accepted', 'True', 'Accepted', msg('gateway-api.gateway-accepted'));
  const isAny = own.some(({ accepted }) => accepted);
  const message = msg('gateway-api.listeners-invalid', { listeners: invalid });
  return condition('Accepted', isAny ? 'True' : 'False', 'ListenersNotValid', message);
}

function ownListeners({ ref }: Gateway, listeners: readonly ListenerDraft[]): readonly ListenerDraft[] {
  return listeners.filter(({ owner }) => owner.ref.kind === ref.kind);
}

function programming(gateway: Gateway, { listeners, addresses }: GatewayFacts, accepted: Condition): Condition {
  const fails = (reason: string, message: Message) => condition('Programmed', 'False', reason, message);
  if (accepted.status === 'False') return fails('Invalid', accepted.message);
  if (!listeners.some(({ programmed }) => programmed)) return fails('Invalid', accepted.message);
  const missing = missingAddress(gateway, addresses);
  if (missing !== null) return fails('AddressNotUsable', msg('gateway-api.address-not-usable', { address: missing }));
  if (addresses.length === 0) return fails('AddressNotAssigned', msg('gateway-api.address-not-assigned'));
  return condition('Programmed', 'True', 'Programmed', msg('gateway-api.gateway-programmed'));
}

function resolution({ listeners, clientCertificate }: GatewayFacts): Condition {
  if (clientCertificate !== null && clientCertificate.kind === 'bad') {
    const reason = clientCertificate.fault === 'permission' ? 'RefNotPermitted' : 'InvalidClientCertificateRef';
    return condition('ResolvedRefs', 'False', reason, clientCertificate.why);
  }
  const lost = listeners.filter(({ resolved }) => !resolved).map(({ spec }) => spec.name);
  if (lost.length > 0) return condition('ResolvedRefs', 'False', 'ListenersNotResolved', msg('gateway-api.listeners-unresolved', { listeners: lost }));
  return condition('ResolvedRefs', 'True', 'ResolvedRefs', msg('gateway-api.gateway-resolved'));
}

/** S12.12.5: clients without a valid certificate get in all the same. */
function insecure({ frontendTls }: Gateway): readonly Condition[] {
  const all = frontendTls === null ? [] : [frontendTls.default, ...frontendTls.perPort.map(({ validation }) => validation)];
  if (!all.some((validation) => validation?.mode === 'AllowInsecureFallback')) return [];
  return [condition('InsecureFrontendValidationMode', 'True', 'ConfigurationChanged', msg('gateway-api.insecure-fallback'))];
}

/** `listeners`: its own; null: the Gateway does not allow it. */
export function listenerSetConditions(
  listeners: readonly ListenerDraft[] | null,
  gateway: { readonly key: string; readonly accepted: boolean },
): readonly Condition[] {
  const both = (status: Condition['status'], reasons: readonly [string, string], message: Message): readonly Condition[] => [
    condition('Accepted', status, reasons[0], message),
    condition('Programmed', status, reasons[1], message),
  ];
  if (listeners === null) return both('False', ['NotAllowed', 'NotAllowed'], msg('gateway-api.set-not-allowed', { gateway: gateway.key }));
  if (!gateway.accepted) return both('False', ['ParentNotAccepted', 'ParentNotProgrammed'], msg('gateway-api.set-parent', { gateway: gateway.key }));
  const invalid = listeners.filter(({ programmed }) => !programmed).map(({ spec }) => spec.name);
  const message =
    invalid.length === 0 ? msg('gateway-api.set-accepted', { gateway: gateway.key }) : msg('gateway-api.listeners-invalid', { listeners: invalid });
  if (invalid.length === listeners.length) return both('False', ['ListenersNotValid', 'ListenersNotValid'], message);
  return both('True', [invalid.length === 0 ? 'Accepted' : 'ListenersNotValid', 'Programmed'], message);
}
