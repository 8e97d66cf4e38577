/**
 * What an X.509 certificate says about itself: names, validity, whether it signed itself (RFC 5280, S2.7).
 *
 * Four fields of one structure are read, so the DER reader is written here, in 1 kB: of the libraries, asn1js adds 17 kB
 * (gzip) and @peculiar/asn1-x509 30 kB to a worker that may weigh 90. Nothing is verified.
 */
import { decodeBase64 } from './base64.ts';
import { ipFromValue } from './ip.ts';

/** Plain facts; the same shape as `kinds/secret` shows. A type, so that it is a `Json`. */
export type CertificateFacts = {
  readonly commonName: string | null;
  /** DNS names and IP addresses of the subject alternative name. */
  readonly names: readonly string[];
  /** ISO 8601. */
  readonly notBefore: string | null;
  readonly notAfter: string | null;
  readonly selfSigned: boolean;
  /** Common name of who signed it; absent when it holds none. */
  readonly issuer?: string;
  /** URIs of the subject alternative name, as SPIFFE uses them; absent when there are none. */
  readonly uris?: readonly string[];
};

interface Der {
  readonly tag: number;
  readonly content: Uint8Array;
}

const SEQUENCE = 0x30;
const COMMON_NAME = '85,4,3';
const SUBJECT_ALTERNATIVE_NAME = '85,29,17';

/** Facts of the first certificate in a PEM text, which is the server's own; null when there is no readable one. */
export function readCertificate(pem: string): CertificateFacts | null {
  const body = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----([^-]*)-----END/.exec(pem)?.[1];
  const der = body === undefined ? null : decodeBase64(body);
  if (der === null || der.length > 100_000) return null;
  const certificate = children(der)[0];
  const signed = certificate === undefined ? undefined : children(certificate.content)[0];
  if (signed?.tag !== SEQUENCE) return null;
  const fields = children(signed.content);
  // The version is optional and tagged [0]; after it everything up to the key has a fixed place.
  const [, , issuer, validity, subject, ...rest] = fields[0]?.tag === 0xa0 ? fields.slice(1) : fields;
  if (issuer === undefined || validity === undefined || subject === undefined) return null;
  const [notBefore, notAfter] = children(validity.content);
  const extensions = rest.find((field) => field.tag === 0xa3);
  const signedBy = commonName(issuer);
  const { names, uris } = extensions === undefined ? { names: [], uris: [] } : alternativeNames(extensions);
  return {
    commonName: commonName(subject),
    names,
    notBefore: readTime(notBefore),
    notAfter: readTime(notAfter),
    selfSigned: issuer.content.join() === subject.content.join(),
    ...(signedBy !== null && { issuer: signedBy }),
    ...(uris.length > 0 && { uris }),
  };
}

/** The values inside a constructed value; stops silently where the bytes make no sense. */
function children(bytes: Uint8Array): readonly Der[] {
  const out: Der[] = [];
  let at = 0;
  while (at + 2 <= bytes.length) {
    const tag = bytes[at]!;
    let length = bytes[at + 1]!;
    at += 2;
    if (length >= 0x80) {
      const count = length & 0x7f;
      if (count === 0 || count > 4) return out;
      length = 0;
      for (let index = 0; index < count; index++) length = length * 256 + (bytes[at++] ?? 0);
    }
    if (at + length > bytes.length) return out;
    out.push({ tag, content: bytes.subarray(at, at + length) });
    at += length;
  }
  return out;
}

function commonName(subject: Der): string | null {
  for (const set of children(subject.content)) {
    for (const attribute of children(set.content)) {
      const [type, value] = children(attribute.content);
      if (type !== undefined && value !== undefined && type.content.join() === COMMON_NAME) return readText(value);
    }
  }
  return null;
}

function alternativeNames(extensions: Der): { readonly names: readonly string[]; readonly uris: readonly string[] } {
  const names: string[] = [];
  const uris: string[] = [];
  const list = children(extensions.content)[0];
  for (const extension of list === undefined ? [] : children(list.content)) {
    const parts = children(extension.content);
    const value = parts.at(-1);
    if (parts[0]?.content.join() !== SUBJECT_ALTERNATIVE_NAME || value === undefined) continue;
    for (const name of children(children(value.content)[0]?.content ?? new Uint8Array())) {
      if (name.tag === 0x82) names.push(readText(name).toLowerCase());
      if (name.tag === 0x86) uris.push(readText(name));
      if (name.tag === 0x87 && (name.content.length === 4 || name.content.length === 16)) names.push(formatAddress(name.content));
    }
  }
  return { names, uris };
}

/** UTF-8 where it is, else Latin-1; BMPString is two bytes a character. */
function readText({ tag, content }: Der): string {
  if (tag === 0x1e) {
    let out = '';
    for (let index = 0; index + 1 < content.length; index += 2) out += String.fromCharCode(content[index]! * 256 + content[index + 1]!);
    return out;
  }
  const latin = String.fromCharCode(...content.subarray(0, 1000));
  try {
    return decodeURIComponent(latin.replace(/[^A-Za-z0-9]/g, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`));
  } catch {
    return latin;
  }
}

/** UTCTime has two digits for the year, of which 50 and above are 19xx (RFC 5280 4.1.2.5). */
function readTime(time: Der | undefined): string | null {
  if (time === undefined) return null;
  const digits = readText(time);
  const match = (time.tag === 0x18 ? /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?Z$/ : /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?Z$/).exec(digits);
  if (match === null) return null;
  const [, year = '', month, day, hour, minute, second = '00'] = match;
  const fullYear = time.tag === 0x18 ? year : `${Number(year) >= 50 ? '19' : '20'}${year}`;
  return `${fullYear}-${month}-${day}T${hour}:${minute}:${second}Z`;
}

function formatAddress(bytes: Uint8Array): string {
  let value = 0n;
  for (const byte of bytes) value = value * 256n + BigInt(byte);
  return ipFromValue(bytes.length === 4 ? 'IPv4' : 'IPv6', value)?.text ?? '';
}
