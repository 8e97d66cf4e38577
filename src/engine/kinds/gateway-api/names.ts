/** Groups and kinds that Gateway API objects name each other by, and the grammars of its names (S4.7.12). */
import { msg } from '../../../catalogue/message.ts';
import { parseIp } from '../../manifests/ip.ts';
import type { Field } from '../field.ts';
import { shown } from '../field-rules.ts';
import { isDns1123Subdomain, isWildcardSubdomain } from '../names.ts';

export const GATEWAY_GROUP = 'gateway.networking.k8s.io';

/** A kind as an object names it: `{ group: '', kind: 'Service' }` is the core Service. */
export interface GroupKind {
  readonly group: string;
  readonly kind: string;
}

/**
 * A hostname of a listener or a route, null when absent or empty. The pattern of the CRDs lets addresses pass although
 * the text forbids them: `allowsIp` says whether a rule beside the pattern refuses them too.
 */
export function readHostname(field: Field, allowsIp: 'pattern-only' | 'refused' = 'pattern-only'): string | null {
  const host = field.filledText();
  if (host === null) return null;
  const args = { path: field.name, value: shown(host) };
  if (parseIp(host) !== null) {
    if (allowsIp === 'refused') field.reject('Invalid', 'S4.7.12', msg('rejection.gateway.host-ip', args));
    else field.note('gateway-hostname-ip', 'warning', ['S4.7.12'], msg('rejection.gateway.note.host-ip', args));
  } else if (host.includes('*')) {
    if (!isWildcardSubdomain(host)) field.reject('Invalid', 'S4.7.12', msg('rejection.ingress.host-wildcard', args));
  } else if (/:\d+$/.test(host)) field.reject('Invalid', 'S4.7.12', msg('rejection.gateway.host-port', args));
  else if (!isDns1123Subdomain(host)) field.reject('Invalid', 'S4.7.12', msg('rejection.ingress.host', args));
  return host;
}

/** A hostname without a star: of a redirect, a rewrite, a certificate. */
export function readPreciseHostname(field: Field, rule: 'S4.7.12' | 'S4.7.15'): string | null {
  const host = field.filledText();
  if (host !== null && !isDns1123Subdomain(host)) field.reject('Invalid', rule, msg('rejection.ingress.host', { path: field.name, value: shown(host) }));
  return host;
}

/** Rejects a list that is longer than the CRD lets it be. */
export function checkCount(field: Field, count: number, max: number, rule: `S4.7.${number}`): void {
  if (count > max) field.reject('TooMany', rule, msg('rejection.too-many', { path: field.name, max }));
}
