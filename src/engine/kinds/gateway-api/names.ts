/** Groups and kinds that Gateway API objects name each other by, and the grammars of its names (S4.7.12). */
import { msg } from '../../../catalogue/message.ts';
import type { RuleId } from '../../manifests/finding.ts';
import { parseIp } from '../../manifests/ip.ts';
import type { Field } from '../field.ts';
import { required, shown } from '../field-rules.ts';
import { isDns1123Subdomain, isWildcardSubdomain } from '../names.ts';

export const GATEWAY_GROUP = 'gateway.networking.k8s.io';

/** A kind as an object names it: `{ group: '', kind: 'Service' }` is the core Service. */
export interface GroupKind {
  readonly group: string;
  readonly kind: string;
}

/**
 * A hostname of a listener or a route, null when absent or empty. The pattern of the CRDs lets addresses pass although
 * the text forbids them: `allowsIp` says whether a rule of the `list` that it stands in refuses them too.
 */
export function readHostname(field: Field, allowsIp: 'pattern-only' | 'refused' = 'pattern-only', list?: Field): string | null {
  const host = readText(field, 'S4.7.12');
  if (host === null) return null;
  const args = { path: field.name, value: shown(host) };
  if (parseIp(host) !== null) {
    if (allowsIp === 'refused') field.reject('Invalid', 'S4.7.12', msg('rejection.gateway.host-ip', args), list);
    else field.note('gateway-hostname-ip', 'warning', ['S4.7.12'], msg('rejection.gateway.note.host-ip', args));
  } else if (host.includes('*')) {
    if (!isWildcardSubdomain(host)) field.reject('Invalid', 'S4.7.12', msg('rejection.ingress.host-wildcard', args));
  } else if (/:\d+$/.test(host)) field.reject('Invalid', 'S4.7.12', msg('rejection.gateway.host-port', args));
  else if (!isDns1123Subdomain(host)) field.reject('Invalid', 'S4.7.12', msg('rejection.ingress.host', args));
  return host;
}

/** A hostname without a star: of a redirect, a rewrite, a certificate. */
export function readPreciseHostname(field: Field, rule: 'S4.7.12' | 'S4.7.15'): string | null {
  const host = readText(field, rule);
  if (host !== null && !isDns1123Subdomain(host)) field.reject('Invalid', rule, msg('rejection.ingress.host', { path: field.name, value: shown(host) }));
  return host;
}

/** Text of at least one character: the CRDs tell empty text from none, and refuse it. Null where nothing can be read. */
export function readText(field: Field, rule: RuleId): string | null {
  const text = field.text();
  if (text === '') field.reject('Invalid', rule, msg('rejection.gateway.empty', { path: field.name }));
  return text || null;
}

/** The same, where it must be written. Empty where nothing can be read. */
export function readRequiredText(field: Field, rule: RuleId): string {
  if (field.text() === null) required(field, rule);
  return readText(field, rule) ?? '';
}

/** Rejects a list that must be written and hold something. */
export function requireItems(list: Field, rule: RuleId): void {
  if (list.value === undefined) required(list, rule);
  else if (list.items().length === 0) list.reject('Invalid', rule, msg('rejection.gateway.too-few', { path: list.name }));
}

/** Rejects the second of two entries with the same name: such lists are kept as maps. */
export function checkUnique(list: Field, names: readonly string[], rule: RuleId): void {
  for (const [index, name] of names.entries()) {
    if (name === '' || names.indexOf(name) === index) continue;
    const item = list.item(index);
    item.reject('Duplicate', rule, msg('rejection.gateway.name-twice', { path: item.name, name: shown(name) }));
  }
}

/** Rejects a list that is longer than the CRD lets it be. */
export function checkCount(field: Field, count: number, max: number, rule: `S4.7.${number}`): void {
  if (count > max) field.reject('TooMany', rule, msg('rejection.too-many', { path: field.name, max }));
}
