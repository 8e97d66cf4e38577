/**
 * A Secret's payload never gets past this file: values keep only which keys exist, which of them hold something,
 * and what the certificate says about itself (S2.7).
 */
import { decodeBase64 } from './base64.ts';
import { readCertificate, type CertificateFacts } from './certificate.ts';
import type { Json, JsonObject } from './document.ts';
import { isList, isObject } from './json.ts';

/** Key of a Secret's `value` under which the facts stand, in place of `data` and `stringData`. */
export const SECRET_FACTS = 'podpath.dev/secret-facts';

/** What a person may say about a certificate without having one, as an annotation of the Secret. */
export const CERTIFICATE_NAMES = 'podpath.dev/certificate-names';
export const CERTIFICATE_NOT_BEFORE = 'podpath.dev/certificate-not-before';
export const CERTIFICATE_NOT_AFTER = 'podpath.dev/certificate-not-after';

/** Stands where a payload stood in a text that is about to leave the page; facts of a certificate may follow. */
export const REDACTED = 'podpath:removed';

/** A type, not an interface: so it is a `Json` like the rest of the value it stands in. */
export type SecretFacts = {
  /** Keys of `data` and `stringData`, sorted. */
  readonly keys: readonly string[];
  /** Those whose value is not empty. */
  readonly filled: readonly string[];
  readonly certificate: CertificateFacts | null;
};

/**
 * The object without the payload of the Secret that it is, or of those that a custom kind wraps. The same object where
 * there is none.
 */
export function withoutPayloads(value: JsonObject): JsonObject {
  if (value['kind'] === 'Secret') {
    const { data, stringData, ...rest } = value;
    return { ...rest, [SECRET_FACTS]: secretFacts(data, stringData, annotationsOf(value)) };
  }
  let changed: Record<string, Json> | null = null;
  for (const [key, item] of Object.entries(value)) {
    const kept = withoutNested(item);
    if (kept !== item) changed = { ...(changed ?? value), [key]: kept };
  }
  return changed ?? value;
}

/** Fields such as `{ kind: Secret, name: x }` only refer to one. */
function withoutNested(value: Json): Json {
  if (isObject(value)) return value['kind'] === 'Secret' && !('data' in value) && !('stringData' in value) ? value : withoutPayloads(value);
  if (!isList(value)) return value;
  const kept = value.map(withoutNested);
  return kept.some((item, index) => item !== value[index]) ? kept : value;
}

/** What is left of a Secret's payload in a parsed object; nothing for an object of another kind. */
export function secretFactsOf(value: JsonObject): SecretFacts {
  // Only `withoutPayloads` writes under this key: what a person wrote there has been replaced.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return (value['kind'] === 'Secret' ? (value[SECRET_FACTS] as SecretFacts | undefined) : undefined) ?? NO_FACTS;
}

const NO_FACTS: SecretFacts = { keys: [], filled: [], certificate: null };

function secretFacts(data: Json | undefined, stringData: Json | undefined, annotations: JsonObject): SecretFacts {
  // `stringData` wins over `data` for the same key, as on the API server.
  const payload = new Map<string, string>();
  for (const [key, value] of entries(data)) payload.set(key, key === 'tls.crt' ? decodeData(value) : value.trim());
  for (const [key, value] of entries(stringData)) payload.set(key, value);
  const names = textOf(annotations[CERTIFICATE_NAMES]);
  const certificate =
    names === null
      ? readTlsCertificate(payload.get('tls.crt') ?? '')
      : statedCertificate(names.split(','), textOf(annotations[CERTIFICATE_NOT_BEFORE]), textOf(annotations[CERTIFICATE_NOT_AFTER]));
  return { keys: [...payload.keys()].sort(), filled: [...payload].flatMap(([key, value]) => (value === '' ? [] : [key])).sort(), certificate };
}

/** Facts of a `tls.crt`, or those that `redactSecrets` left in its place. */
function readTlsCertificate(text: string): CertificateFacts | null {
  return text.startsWith(REDACTED) ? parseRedacted(text) : readCertificate(text);
}

/** What replaces one value: the marker, and for a certificate the facts that `readTlsCertificate` finds again. */
export function redactedValue(key: string, value: string, encoded: boolean): string {
  if (value.trim() === '') return '';
  const text = encoded ? decodeData(value) : value;
  const facts = key === 'tls.crt' ? readTlsCertificate(text.trim()) : null;
  if (facts === null) return REDACTED;
  const { commonName, names, notBefore, notAfter, selfSigned, issuer, uris = [] } = facts;
  return [
    REDACTED,
    ...(commonName === null ? [] : [`cn=${clean(commonName)}`]),
    `names=${names.map(clean).join(',')}`,
    ...(notBefore === null ? [] : [`notBefore=${clean(notBefore)}`]),
    ...(notAfter === null ? [] : [`notAfter=${clean(notAfter)}`]),
    ...(selfSigned ? ['selfSigned=true'] : []),
    ...(issuer === undefined ? [] : [`issuer=${clean(issuer)}`]),
    ...(uris.length === 0 ? [] : [`uris=${uris.map(cleanUri).join(',')}`]),
  ].join(';');
}

function parseRedacted(text: string): CertificateFacts | null {
  const fields = new Map(
    text
      .trim()
      .split(';')
      .slice(1)
      .map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]),
  );
  const [names, issuer, uris] = [fields.get('names'), fields.get('issuer'), fields.get('uris')];
  if (names === undefined) return null;
  return {
    commonName: fields.get('cn') ?? null,
    names: names === '' ? [] : names.split(','),
    notBefore: fields.get('notBefore') ?? null,
    notAfter: fields.get('notAfter') ?? null,
    selfSigned: fields.get('selfSigned') === 'true',
    ...(issuer !== undefined && { issuer }),
    ...(uris !== undefined && { uris: uris.split(',') }),
  };
}

function statedCertificate(names: readonly string[], notBefore: string | null, notAfter: string | null): CertificateFacts {
  const clean = names.map((name) => name.trim().toLowerCase()).filter((name) => name !== '');
  return { commonName: clean[0] ?? null, names: clean, notBefore, notAfter, selfSigned: false };
}

/** Names come from a certificate that anyone may have made: only what names and times are made of is kept. */
function clean(text: string): string {
  return text.replace(/[^\w.:*@ +-]/g, '').slice(0, 253);
}

function cleanUri(text: string): string {
  return text.replace(/[^\w.:/@+-]/g, '').slice(0, 253);
}

/** Base64 as `data` holds it. Text that is none is taken as it stands: it is there, and that is what counts. */
function decodeData(value: string): string {
  if (value.startsWith(REDACTED)) return value;
  const bytes = decodeBase64(value);
  if (bytes === null) return value;
  let out = '';
  for (const byte of bytes) out += String.fromCharCode(byte);
  return out;
}

function entries(value: Json | undefined): readonly (readonly [string, string])[] {
  if (!isObject(value)) return [];
  return Object.entries(value).map(([key, item]) => [key, item === null ? '' : typeof item === 'string' ? item : JSON.stringify(item)]);
}

function annotationsOf(value: JsonObject): JsonObject {
  const metadata = value['metadata'];
  const annotations = isObject(metadata) ? metadata['annotations'] : null;
  return isObject(annotations) ? annotations : {};
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
