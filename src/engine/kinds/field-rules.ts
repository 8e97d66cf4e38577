/** Checks that many kinds share: each reads a field, rejects what the API server rejects, and gives the value. */
import { msg } from '../../catalogue/message.ts';
import type { RuleId } from '../manifests/finding.ts';
import { type IpAddress, isLinkLocal, isLinkLocalMulticast, isLoopback, isUnspecified, parseIp } from '../manifests/ip.ts';
import type { Field } from './field.ts';
import { isDns1123Label, isDns1123Subdomain, isLabelValue, isPortName, isQualifiedName } from './names.ts';
import type { TransportProtocol } from './pod/pod-spec.ts';

/** Values are shown in sentences: long ones are cut. */
export function shown(value: string | number): string {
  const text = String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

export function required(field: Field, rule: RuleId): void {
  field.reject('Required', rule, msg('rejection.required', { path: field.name }));
}

/** One of a closed set of words; absent or unknown gives null. Empty text is a word, and none of them. */
export function oneOf<T extends string>(field: Field, allowed: readonly T[], rule: RuleId): T | null {
  field.offers(allowed);
  const value = field.text();
  if (value === null) return null;
  const known = allowed.find((word) => word === value);
  if (known !== undefined) return known;
  const message =
    value === ''
      ? msg('rejection.not-supported.empty', { path: field.name, allowed })
      : msg('rejection.not-supported', { path: field.name, value: shown(value), allowed });
  field.reject('NotSupported', rule, message);
  return null;
}

/** What the API server writes where no word is, and the rule by which it does. */
export interface Usual<T extends string> {
  readonly word: T;
  readonly by: RuleId;
  /** Some fields do not tell empty text from none; in others it is a word that is not supported. */
  readonly whereEmpty: 'missing' | 'refused';
}

/** The same with the word that the API server writes where none is. An unknown word is rejected and read as that one. */
export function oneOfOr<T extends string>(field: Field, allowed: readonly T[], { word, by, whereEmpty }: Usual<T>, rule: RuleId): T {
  field.offers(allowed);
  const stated = whereEmpty === 'missing' ? field.filledText() : field.text();
  return stated === null ? field.default(word, by) : (oneOf(field, allowed, rule) ?? word);
}

export function checkPortNumber(field: Field, port: number, rule: RuleId): boolean {
  if (port >= 1 && port <= 65535) return true;
  field.reject('Invalid', rule, msg('rejection.port-number', { path: field.name, value: port }));
  return false;
}

export function checkPortName(field: Field, name: string, rule: RuleId): boolean {
  if (isPortName(name)) return true;
  const isNumber = /^\d+$/.test(name);
  field.reject(
    'Invalid',
    rule,
    isNumber
      ? msg('rejection.port-name.quoted', { path: field.name, value: shown(name) })
      : msg('rejection.port-name', { path: field.name, value: shown(name) }),
  );
  return false;
}

/** TCP unless stated. */
export function readProtocol(field: Field, rule: RuleId, usual: Omit<Usual<TransportProtocol>, 'word'>): TransportProtocol {
  return oneOfOr<TransportProtocol>(field, ['TCP', 'UDP', 'SCTP'], { word: 'TCP', ...usual }, rule);
}

/** A Service's name is a DNS-1123 label since Kubernetes 1.36; before, it could not begin with a digit (S4.1.1). */
export type NameRule = 'service-name' | 'dns1123-label' | 'dns1123-subdomain';

export function checkName(field: Field, name: string, grammar: NameRule, rule: RuleId): void {
  const args = { path: field.name, value: shown(name) };
  switch (grammar) {
    case 'service-name':
    case 'dns1123-label':
      if (!isDns1123Label(name)) field.reject('Invalid', rule, msg('rejection.name.dns1123-label', args));
      return;
    case 'dns1123-subdomain':
      if (!isDns1123Subdomain(name)) field.reject('Invalid', rule, msg('rejection.name.dns1123-subdomain', args));
  }
}

/** S4.1.3: labels of objects and templates, and selectors, which only match such labels. */
export function checkLabels(field: Field, labels: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(labels)) {
    if (!isQualifiedName(key)) checkLabelKey(field.get(key), key);
    if (!isLabelValue(value)) checkLabelValue(field.get(key), value);
  }
}

export function checkLabelKey(field: Field, key: string): void {
  if (!isQualifiedName(key)) field.reject('Invalid', 'S4.1.3', msg('rejection.label-key', { path: field.name, value: shown(key) }));
}

export function checkLabelValue(field: Field, value: string): void {
  if (!isLabelValue(value)) field.reject('Invalid', 'S4.1.3', msg('rejection.label-value', { path: field.name, value: shown(value) }));
}

/** An address, in canonical form from here on. Old spellings are read as kube-proxy reads them, with a warning. */
export function readIp(field: Field, rule: RuleId, printed?: Field): IpAddress | null {
  const text = field.text();
  if (text === null) return null;
  const ip = parseIp(text);
  if (ip === null) field.reject('Invalid', rule, msg('rejection.ip', { path: field.name, value: shown(text) }), printed);
  else if (isOldSpelling(text))
    field.note('legacy-ip-format', 'warning', [rule], msg('rejection.note.legacy-ip', { path: field.name, value: text, canonical: ip.text }));
  return ip;
}

/** Leading zeros, or IPv4 in the clothes of IPv6: newer API servers refuse them in new objects. */
export function isOldSpelling(text: string): boolean {
  const v4 = text.slice(text.lastIndexOf(':') + 1);
  return v4.includes('.') && (/(^|[./])0\d/.test(v4) || /^::ffff:/i.test(text));
}

/** Addresses that cannot stand for something on the network (S4.2.16, S5.6). */
export function checkOrdinaryIp(field: Field, ip: IpAddress, rule: RuleId): boolean {
  if (!isUnspecified(ip) && !isLoopback(ip) && !isLinkLocal(ip) && !isLinkLocalMulticast(ip)) return true;
  field.reject('Invalid', rule, msg('rejection.ip-special', { path: field.name, value: ip.text }));
  return false;
}
